"""Answers stand neither in the arguments nor in the environment of the process, and no core of it can be left."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT, SOUND
from tests.support.pseudo_terminal import on_a_terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which is Linux's own")

DAYS = b"8642097531"
"""An answer that nothing else looks like."""
TELLS_AT_THE_END = """
import atexit, ctypes, os, sys
def tell():
    print("dumpable:", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
atexit.register(tell)
end_now = os._exit  # as a child process ends
os._exit = lambda code: (tell(), end_now(code))
sys.argv = ["assistant", *sys.argv[1:]]
{first}
from assistant.cli import main
sys.exit(main())
"""


def read(process: int, name: str) -> bytes:
    return Path(f"/proc/{process}/{name}").read_bytes()


@pytest.mark.parametrize("planted", [False, True])
def test_an_answer_is_neither_in_the_arguments_nor_in_the_environment(planted: bool) -> None:
    """The control hands it over as an argument and in a variable, as the program never does."""
    leaked = [DAYS.decode()] if planted else []
    words = ["-c", TELLS_AT_THE_END.format(first="sys.argv[4:] = []"), "ask", "--plain", f"--rulebook={SOUND}", *leaked]
    with on_a_terminal(words, ROOT, LC_ALL="C.UTF-8", **({"LEAKED": leaked[0]} if leaked else {})) as person:
        for asked, reply in ((b"Question: ", b"yes\n"), (b"Question: ", DAYS + b"\n")):
            person.waits_for(asked)
            person.types(reply)
        person.waits_for(DAYS)  # which the terminal itself has echoed
        assert (DAYS in read(person.process.pid, "cmdline")) is planted
        try:
            environment = read(person.process.pid, "environ")
        except PermissionError:  # what is not dumpable belongs to root
            return
        assert (DAYS in environment) is planted


@pytest.mark.parametrize("words", [["ask", "--plain"], ["evaluate", str(ROOT / "tests" / "scenarios" / "articles")]])
def test_no_core_is_left(words: list[str]) -> None:
    with on_a_terminal(["-c", TELLS_AT_THE_END.format(first=""), *words], ROOT, LC_ALL="C.UTF-8") as person:
        if words[0] == "ask":
            person.waits_for(b"Question: ")
            limits = read(person.process.pid, "limits").decode().splitlines()
            assert next(line for line in limits if line.startswith("Max core")).split()[4:6] == ["0", "0"]
            person.types(b"q\n")
        person.ends(30)
        processes = 2 if words[0] == "evaluate" else 1  # also the child that does the work
        assert person.received.count(b"dumpable: 0") == processes


def test_no_core_is_left_of_the_process_that_encrypts() -> None:
    asked = """
import ctypes, resource, runpy
import assistant.interview.saved.age_process as process
try:
    runpy.run_path(process.__file__, run_name='__main__')
except (SystemExit, ValueError):  # there is no request
    print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    ran = subprocess.run(
        [sys.executable, "-c", asked], input=b"", capture_output=True, check=True, cwd=ROOT, timeout=60
    )
    assert ran.stdout == b"(0, 0) 0\n"


def test_a_process_that_may_leave_a_core_is_found_by_these_tests() -> None:
    with on_a_terminal(
        ["-c", TELLS_AT_THE_END.replace("from assistant.cli import main", "main = lambda: 0")], ROOT
    ) as person:
        person.ends()
        assert b"dumpable: 1" in person.received
