"""What a terminal receives when the questionnaire ends: by a key, by a signal, by a crash, or before it begins."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import Terminal, on_a_terminal
from tests.support.small_rulebook import ESCAPE, small_rulebook

CLEARED = b"\x1b[3J"
SMALL_TO_THE_END = (
    (b"d", b"On which day?"),
    (b"\td", b"Was there a war?"),
    (b"d", b"How many days?"),
    (b"\td", b"He [sic] went"),
    (b"d", b"Did he ask a lawyer?"),
    (b"d", b"Look at the findings"),
)
"""Nothing is known: keys, each pressed once its question is on the screen, and the question after."""
PROGRAM = """
import sys
from pathlib import Path
from assistant.rulebook.loader import load_rulebook
from assistant.tui import run
{before}
sys.exit(run(load_rulebook(Path(sys.argv[1])), "en"))
"""
CRASHING = """
from assistant.interview import state as interview
def crash(*answers):
    canary = answers
    raise ValueError(str(answers))
interview.reply_to = crash
"""


@contextmanager
def terminal(folder: Path, before: str = "", **environment: str) -> Iterator[Terminal]:
    small_rulebook(folder)
    with on_a_terminal(["-c", PROGRAM.format(before=before), str(folder)], folder, **environment) as person:
        yield person


@pytest.mark.parametrize("keys", [b"q", b"\x11", b"\x03", "й".encode()])
def test_a_key_leaves_in_a_moment_and_clears_screen_and_scrollback(tmp_path: Path, keys: bytes) -> None:
    with terminal(tmp_path) as person:
        person.waits_for(b"Was it done?")
        begun = time.monotonic()
        person.types(keys)
        assert person.ends() == 0
        assert time.monotonic() - begun < 1  # 0.2 s by itself; the suite may run beside other work
        after_the_screen = person.received.rpartition(b"\x1b[?1049l")[2]
        assert after_the_screen.endswith(CLEARED)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_restores_the_terminal(tmp_path: Path, number: signal.Signals) -> None:
    with terminal(tmp_path) as person:
        person.waits_for(b"Was it done?")
        person.process.send_signal(number)
        assert person.ends() == 128 + number
        assert b"\x1b[?1049l" in person.received
        assert person.received.endswith(CLEARED)


def test_the_key_that_stops_other_programs_does_nothing(tmp_path: Path) -> None:
    with terminal(tmp_path) as person:
        person.waits_for(b"Was it done?")
        person.types(b"\x1a")
        person.types(b"1")
        person.waits_for(b"On which day?")


def test_a_crash_says_where_and_never_what(tmp_path: Path) -> None:
    with terminal(tmp_path, CRASHING) as person:
        person.waits_for(b"Was it done?")
        person.types(b"1")
        assert person.ends() == 70
        told = person.received.rpartition(CLEARED)[2].decode()
        assert "ValueError at " in told
        assert ".py:" in told
        assert "done" not in told
        assert "act" not in told


def test_a_byte_that_is_no_text_does_not_end_it(tmp_path: Path) -> None:
    with terminal(tmp_path) as person:
        person.waits_for(b"Was it done?")
        person.types(b"\xff")
        time.sleep(0.2)
        person.types(b"1")
        person.waits_for(b"On which day?")


@pytest.mark.parametrize("keys", [b"f", b"q", b"1", b"24\r", b"\x1b[27u", b"\x1b[B", b"o\x1b"])
def test_keys_before_the_first_screen_neither_crash_nor_answer(tmp_path: Path, keys: bytes) -> None:
    with terminal(tmp_path) as person:
        deadline = time.monotonic() + 20
        while b"Was it done?" not in person.received and person.process.poll() is None:
            assert time.monotonic() < deadline
            person.types(keys)
            person._read(0.05)
        if person.process.poll() is None:
            person.types(b"\x11")
        assert person.ends() == 0


def test_nothing_is_written_for_variables_of_textual(tmp_path: Path) -> None:
    with terminal(tmp_path, TEXTUAL_LOG="log.txt", TEXTUAL_SCREENSHOT="1", TEXTUAL="debug,devtools") as person:
        person.waits_for(b"Was it done?")
        person.types(b"1")
        person.waits_for(b"On which day?")
        person.types(b"\x10")
        person.types(b"\tq")
        person.waits_for(b"once more leaves")
        person.types(b"q")
        assert person.ends() == 0
    assert {path.name for path in tmp_path.iterdir()} == {"rules", "seeds"}


def test_escape_sequences_of_an_article_do_not_reach_the_terminal(tmp_path: Path) -> None:
    with terminal(tmp_path) as person:
        person.waits_for(b"Was it done?")
        for keys, following in SMALL_TO_THE_END:
            person.types(keys)
            person.waits_for(following)
        person.types(b"f")
        person.waits_for(b"Prison is possible")
        person.types(b"\x1b[B\r")
        person.waits_for(b"Why it has this status")
        person.types(b"\x1b[B" * 12 + b"\r")
        person.waits_for("⟦".encode())
        assert ESCAPE.encode() not in person.received
        assert b"\x1b]52" not in person.received


@pytest.mark.parametrize("term", ["dumb", ""])
def test_without_a_terminal_it_says_so(tmp_path: Path, term: str) -> None:
    with on_a_terminal(["-m", "assistant"], tmp_path, TERM=term, LC_ALL="C.UTF-8") as person:
        assert person.ends() == 2
        assert b"needs a terminal" in person.received


def test_it_ends_when_the_terminal_is_gone_without_a_signal(tmp_path: Path) -> None:
    with terminal(tmp_path) as person:
        person.waits_for(b"Was it done?")
        person.hangs_up()
        assert person.process.wait(20) == 0
