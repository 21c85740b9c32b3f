"""While somebody answers, nothing is written anywhere and nobody is called: seen by strace, from the first key on.

It takes a minute and needs strace: a step of its own in ``.ci/run``.
"""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.project import ROOT
from tests.support.pseudo_terminal import Terminal

STRACE = shutil.which("strace") or "strace"

CALLS = "trace=%file,%network,openat2,io_uring_setup,memfd_create,ftruncate"
RUN = "import sys; sys.argv[0] = 'assistant'; from assistant.cli import main; sys.exit(main())"
PLANTED = """
from assistant.interview import state as interview
real = interview.reply_to
def leaking(*given):
    {leak}
    return real(*given)
interview.reply_to = leaking
"""
WRITES = r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE"
CHANGES = [
    "creat",
    "mkdir",
    "mkdirat",
    "mknod",
    "mknodat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "truncate",
    "ftruncate",
    "chmod",
    "fchmodat",
    "chown",
    "lchown",
    "fchownat",
    "utime",
    "utimes",
    "utimensat",
    "setxattr",
    "memfd_create",
]
HARMLESS = ("/dev/tty", "/dev/null", "/dev/pts/", "/dev/ptmx")
"""What may be opened for writing: the terminal, and what forgets everything."""
LINE = re.compile(r"(?:\[pid +\d+\] |\d+ +)?(?P<call>\w+)\((?P<given>.*)")


def leaks(trace: str) -> list[str]:
    """The calls that change a file system or reach for the network, also those in vain."""
    found = []
    for line in trace.splitlines():
        call = LINE.match(line)
        if call is None:
            continue
        name, given = call["call"], call["given"]
        path = re.search(r'"([^"]*)"', given)
        if name in {"open", "openat", "openat2"}:
            if re.search(WRITES, given) and not (path and path[1].startswith(HARMLESS)):
                found.append(line)
        elif (
            name in CHANGES
            or name == "io_uring_setup"
            or (name == "socket" and "AF_INET" in given)
            or (name in {"connect", "bind", "sendto"} and re.search(r"AF_INET|sun_path", given))
        ):
            found.append(line)
    return found


class Watched:
    """A run of the program under strace: what the terminal received, and what the system was asked for."""

    def __init__(self, person: Terminal, trace: Path) -> None:
        self.person = person
        self._trace = trace

    def leaks(self) -> list[str]:
        return leaks(self._trace.read_text("utf-8", "replace"))


@contextmanager
def watched(folder: Path, words: Sequence[str], leak: str = "") -> Iterator[Watched]:
    """The program in a terminal, under strace, in an empty folder with its own home."""
    home = folder / "home"
    home.mkdir()
    far, near = pty.openpty()
    code = (PLANTED.format(leak=leak) if leak else "") + RUN
    with subprocess.Popen(
        # Python keeps the compiled form of its own modules when it first imports them. That is none of anybody's
        # answers, but would hide what is.
        [STRACE, "-f", "-e", CALLS, "-o", str(folder / "trace"), sys.executable, "-B", "-c", code, *words],
        stdin=near,
        stdout=near,
        stderr=near,
        cwd=home,
        start_new_session=True,
        env={
            **{name: os.environ[name] for name in ("PATH",)},
            "TERM": "xterm-256color",
            "COLUMNS": "100",
            "LINES": "30",
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "TEXTUAL": "devtools,debug",
            "TEXTUAL_LOG": "log",
        },
    ) as process:
        os.close(near)
        try:
            yield Watched(Terminal(process, far), folder / "trace")
        finally:
            process.kill()
            os.close(far)
    assert not any(home.iterdir())


def whole_questionnaire(watch: Watched) -> None:
    """Answers much, opens every page, revises, changes language and colours, leaves."""
    person = watch.person
    person.waits_for(b"On which day", 20)
    settled(person)  # a key counts only once the question is on the screen
    person.types(b"24.09.2022\r")
    person.waits_for(b"How did he serve", 30)
    for keys in (
        b"2",
        b"1",
        b"d",
        b"1",
        b"s",
        b"1",
        b"2",
        b"b",
        b"1",
        b"d",
        b"1",
        b"2",
        b"\x1b[B",
        b"f",
        b"\x1b[B",
        b"\r",
    ):
        person.types(keys)
        settled(person)
    for key in (b"\x1b", b"w", b"\x1b", b"o", b"\x1b", b"i", b"\x1b", b"c", b"\x1b", b"p", b"\x1b", b"?", b"\x1b"):
        person.types(key)
        settled(person)
    for key in (b"l", b"t", b"l", b"\x10", b"\x1b[200~" + b"x" * 100 + b"\x1b[201~", *[b"\x1b[Bd"] * 20):
        person.types(key)
        settled(person)


def settled(person: Terminal) -> None:
    """Waits until the screen has been still for a moment."""
    before = -1
    while before < len(person.received):
        before = len(person.received)
        until = time.monotonic() + 0.35
        while time.monotonic() < until:
            person._read(0.05)


def test_a_whole_questionnaire_writes_nothing_and_calls_nobody(tmp_path: Path) -> None:
    with watched(tmp_path, ["ask"]) as watch:
        whole_questionnaire(watch)
        watch.person.types(b"\x11")
        assert watch.person.ends() == 0
        assert watch.leaks() == []


@pytest.mark.parametrize(
    "leak",
    [
        "open('leak.txt', 'w').close(); import os; os.unlink('leak.txt')",
        "import socket; socket.socket(socket.AF_INET).close()",
        "import tempfile; tempfile.TemporaryFile().close()",
        "import os; os.close(os.memfd_create('leak'))",
        "import os; os.mkdir('leak'); os.rmdir('leak')",
        "import socket; socket.socket(socket.AF_UNIX).connect_ex('/dev/log')",
    ],
    ids=["file", "socket", "temporary", "memory", "folder", "log"],
)
def test_what_is_planted_is_seen(tmp_path: Path, leak: str) -> None:
    with watched(tmp_path, ["ask", "--plain"], leak) as watch:
        watch.person.waits_for(b"On which day", 20)
        watch.person.types(b"24.09.2022\n")
        watch.person.waits_for(b"How did he serve", 30)
        watch.person.types(b"q\nq\n")
        watch.person.ends()
        assert watch.leaks()


def test_a_crash_and_a_signal_leave_nothing(tmp_path: Path) -> None:
    for number, leak in enumerate(("raise ValueError('zzcanary')", "import os; os.kill(os.getpid(), 11)")):
        folder = tmp_path / str(number)
        folder.mkdir()
        with watched(folder, ["ask"], leak) as watch:
            watch.person.waits_for(b"On which day", 20)
            settled(watch.person)
            watch.person.types(b"24.09.2022\r")
            watch.person.ends(30)
            assert watch.leaks() == []
            assert b"zzcanary" not in watch.person.received
            assert (signal.SIGSEGV.name in (folder / "trace").read_text("utf-8")) == (number == 1)
            assert "core dumped" not in (folder / "trace").read_text("utf-8")


def test_the_plain_questionnaire_writes_nothing(tmp_path: Path) -> None:
    with watched(tmp_path, ["ask", "--plain"]) as watch:
        person = watch.person
        person.waits_for(b"On which day", 20)
        for line in (
            b"24.09.2022",
            b"contract",
            b"d",
            b"s",
            b"?",
            b"b",
            b"o",
            b"f all",
            b"e 1",
            b"w",
            b"w 1",
            b"t",
            b"p",
        ):
            person.types(line + b"\n")
            settled(person)
        person.types(b"all\n")
        settled(person)
        person.types(b"q\nq\n")
        assert person.ends() == 0
        assert watch.leaks() == []


@pytest.mark.parametrize("command", ["evaluate", "check", "diff"])
def test_a_command_over_files_writes_nothing(tmp_path: Path, command: str) -> None:
    words = {
        "evaluate": ["evaluate", str(ROOT / "tests" / "scenarios" / "articles")],
        "check": ["check", "--prove"],
        "diff": ["diff", "--dates", "2022-09-20", "2022-09-24"],
    }[command]
    with watched(tmp_path, words) as watch:
        watch.person.ends(60)
        assert watch.leaks() == []
