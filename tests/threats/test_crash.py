"""A crash says where the program stopped, and never what somebody answered."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from yaml import YAMLError

from assistant.rulebook.relocation.catalogue_edit import CatalogueText
from assistant.system.crash_report import crash_report
from tests.support.project import ROOT, SOUND
from tests.support.pseudo_terminal import Terminal

CANARY = "zzcanary"
PLANTED = """
import sys
def crash(*given, **named):
    secret = "zz" + "canary"
    raise ValueError(secret)
"""
STOCK = PLANTED + "crash()\n"
"""The control: what Python prints by itself quotes the message."""
IN_THE_COMMAND_LINE = "from assistant.scenarios import evaluation; evaluation.evaluate_files = crash\n"
BEFORE_ANY_COMMAND = "from assistant import cli; cli.parse_options = crash\n"
IN_A_THREAD = (
    "from assistant.scenarios import evaluation; import threading; real = evaluation.evaluate_files\n"
    "def threaded(*given):\n    one = threading.Thread(target=crash); one.start(); one.join(); return real(*given)\n"
    "evaluation.evaluate_files = threaded\n"
)
WHILE_FREED = (
    "from assistant.scenarios import evaluation; real = evaluation.evaluate_files\n"
    "class Freed:\n    __del__ = crash\n"
    "def freeing(*given):\n    Freed(); return real(*given)\n"
    "evaluation.evaluate_files = freeing\n"
)
LOGGED = (
    "from assistant.scenarios import evaluation; import logging; real = evaluation.evaluate_files\n"
    "def logging_it(*given):\n    logging.getLogger('asyncio').error('zz' + 'canary'); return real(*given)\n"
    "evaluation.evaluate_files = logging_it\n"
)
AS_THE_PROGRAM = "sys.argv = ['assistant', *sys.argv[1:]]\nfrom assistant.cli import main\nsys.exit(main())\n"
OPTIONS = {"plainly": (), "as a developer": ("-X", "dev"), "with its fault handler": ("-X", "faulthandler")}


def ran(code: str, *words: object, options: tuple[str, ...] = (), typed: str = "") -> tuple[int, str]:
    """The exit code, and what was told on both streams."""
    done = subprocess.run(
        [sys.executable, *options, "-c", code, *map(str, words)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        input=typed.encode(),
        timeout=60,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text("id: case\nanswers: {left: true, days: 11}\n")
    return path


def test_the_place_is_the_last_one_in_the_program_and_not_in_a_library() -> None:
    with pytest.raises(YAMLError) as caught:
        CatalogueText("no: [yaml")
    place = r" ParserError at assistant/rulebook/relocation/catalogue_edit\.py:\d+\."
    assert re.search(place, crash_report(caught.value))


def test_what_python_prints_by_itself_is_found_by_these_tests() -> None:
    code, told = ran(STOCK)
    assert code == 1
    assert CANARY in told


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("fault", [IN_THE_COMMAND_LINE, BEFORE_ANY_COMMAND], ids=["command", "before"])
def test_a_mistake_in_the_command_line_says_where_and_never_what(
    case: Path, fault: str, options: tuple[str, ...]
) -> None:
    code, told = ran(PLANTED + fault + AS_THE_PROGRAM, "evaluate", "--rulebook", SOUND, case, options=options)
    assert "ValueError at " in told
    assert CANARY not in told
    assert "Traceback" not in told
    assert code == 70


@pytest.mark.parametrize("fault", [IN_A_THREAD, WHILE_FREED, LOGGED], ids=["thread", "freed", "logged"])
def test_what_fails_beside_a_command_is_not_told(case: Path, fault: str) -> None:
    code, told = ran(PLANTED + fault + AS_THE_PROGRAM, "evaluate", "--rulebook", SOUND, case, options=("-X", "dev"))
    assert code == 0
    assert CANARY not in told
    assert CANARY in ran(PLANTED + fault + "evaluation.evaluate_files(*[None] * 2)")[1]


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_mistake_in_the_plain_questionnaire_says_where_and_never_what(options: tuple[str, ...]) -> None:
    fault = "from assistant.interview import state as interview; interview.reply_to = crash\n"
    words = ("ask", "--plain", "--rulebook", SOUND)
    code, told = ran(PLANTED + fault + AS_THE_PROGRAM, *words, options=options, typed="1\n")
    assert code == 70
    assert "ValueError at " in told
    assert CANARY not in told


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_mistake_on_the_screen_says_where_and_never_what(options: tuple[str, ...]) -> None:
    fault = "from assistant.interview import state as interview; interview.reply_to = crash\n"
    far, near = pty.openpty()
    words = ["ask", "--rulebook", str(SOUND)]
    with subprocess.Popen(
        [sys.executable, *options, "-c", PLANTED + fault + AS_THE_PROGRAM, *words],
        stdin=near,
        stdout=near,
        stderr=near,
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
    ) as process:
        os.close(near)
        person = Terminal(process, far)
        person.waits_for(b"1  ")
        person.types(b"1")
        assert person.ends() == 70
        os.close(far)
    assert b"ValueError at " in person.received
    assert CANARY.encode() not in person.received
