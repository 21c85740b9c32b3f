"""The terminal is given back as it was, shows only what is text, and whatever is typed or pasted does no harm."""

import fcntl
import os
import random
import signal
import struct
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.project import ROOT, SOUND, Run
from tests.support.pseudo_terminal import Terminal, on_a_terminal

CANARY = "zzcanary"
LEFT_ALONE = b"\x1b[?1049l"
"""Leaves the alternate screen."""
NOT_TEXT = {
    "clipboard": b"\x1b]52;c;enpjYW5hcnk=\x07",
    "screen": b"\x1b[2J",
    "eight bits": "\x9b31m".encode(),
    "direction": "\u202e".encode(),
}
SHOWS_IT = "import sys, os; sys.stdout.buffer.write(os.environb[b'SHOWN']); sys.stdout.flush(); input()"


@contextmanager
def questionnaire(*words: str) -> Iterator[Terminal]:
    with on_a_terminal(["-m", "assistant", "ask", "--rulebook", str(SOUND), *words], ROOT, LC_ALL="C.UTF-8") as person:
        yield person


def modes(person: Terminal) -> list[object]:
    return termios.tcgetattr(person._handle)[:6]


def settle(person: Terminal, seconds: float = 0.4) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        person._read(0.05)


@pytest.mark.parametrize(
    ("number", "code"),
    [(None, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)],
    ids=str,
)
def test_the_modes_of_the_terminal_are_those_of_before(number: signal.Signals | None, code: int) -> None:
    with questionnaire() as person:
        before = modes(person)
        person.waits_for(b"1  ")
        assert modes(person) != before  # the control: while it asks, they are others
        if number is None:
            person.types(b"\x11")
        else:
            person.process.send_signal(number)
        assert person.ends() == code
        assert modes(person) == before
        for undone in (LEFT_ALONE, b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l"):
            assert undone in person.received.rpartition(b"1  ")[2]


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU], ids=str)
def test_no_signal_stops_it_with_its_screen_standing(number: signal.Signals) -> None:
    with questionnaire() as person:
        person.waits_for(b"1  ")
        for _ in range(5):
            person.process.send_signal(number)
        person.types(b"1")
        person.waits_for(b"For how many days?")
        person.types(b"\x11")
        assert person.ends() == 0


def test_a_questionnaire_that_was_stopped_goes_on_where_it_was_and_gives_the_terminal_back() -> None:
    with questionnaire() as person:
        before = modes(person)
        person.waits_for(b"1  ")
        while_asking = modes(person)
        person.types(b"\x1a")  # Ctrl-Z: the keys of a questionnaire do not stop it
        for _ in range(2):
            person.process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, person.process.pid, os.WSTOPPED)
            while person._read(0.1):
                pass
            drawn = person.received.count(b"Did he leave?")
            person.process.send_signal(signal.SIGCONT)
            person.waits_for(b"Did he leave?", times=drawn + 1)
        assert modes(person) == while_asking
        person.types(b"1")
        person.waits_for(b"For how many days?")
        for number in (signal.SIGTSTP, signal.SIGTTIN):  # as before it was stopped
            person.process.send_signal(number)
        person.types(b"\x11")
        assert person.ends() == 0
        assert modes(person) == before


def test_a_window_of_one_cell_asks_nothing_and_comes_back() -> None:
    with questionnaire() as person:
        person.waits_for(b"1  ")
        for rows, columns in ((1, 1), (0, 0), (1, 500), (500, 1), (24, 80)):
            fcntl.ioctl(person._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            person.process.send_signal(signal.SIGWINCH)
            settle(person)
        assert person.process.poll() is None
        person.types(b"\x11")
        assert person.ends() == 0


PASTES = {
    "escape": b"1\x1b]52;c;enpjYW5hcnk=\x071\x1b[31m",
    "nothing but bytes": bytes(range(128, 256)) + b"\0\0" + CANARY.encode(),
    "two hundred thousand": CANARY.encode() * 25_000,
    "marks": ("1" + "\u0301" * 500).encode(),
    "joiner": "می\u200cخواهم".encode(),
    "markup": b"[/ [@click=app.bell]x[/] [sic] " + CANARY.encode(),
    "no end": b"",
}


@pytest.mark.parametrize("paste", PASTES.values(), ids=PASTES)
def test_what_is_pasted_is_neither_a_reply_nor_an_end(paste: bytes) -> None:
    with questionnaire() as person:
        person.waits_for(b"1  ")
        for start in range(0, len(paste) or 1, 2000):
            if start == 0:
                person.types(b"\x1b[200~")
            person.types(paste[start : start + 2000])
            person._read(0)
        person.types(b"\x1b[201~")
        settle(person)
        assert person.process.poll() is None
        person.types(b"\x11")
        assert person.ends() == 0
        assert CANARY.encode() not in person.received
        assert not [sequence for sequence in NOT_TEXT.values() if sequence in person.received[:-20]]


def test_no_bytes_from_a_keyboard_crash_it() -> None:
    chance = random.Random(7)
    with questionnaire() as person:
        person.waits_for(b"1  ")
        for _ in range(60):
            typed = chance.randbytes(chance.randint(1, 30))
            # Not what leaves, nor what makes the terminal itself answer or leaves a paste open.
            for leaving in (b"q", b"Q", b"\x11", b"\x03", b"\xd0", b"\x1b"):
                typed = typed.replace(leaving, b"\xff")
            person.types(typed)
            person._read(0.01)
        settle(person)
        assert person.process.poll() is None, person.received[-500:]
        person.types(b"\x11")
        assert person.ends() == 0


@pytest.mark.parametrize("name", NOT_TEXT)
def test_a_control_sequence_in_a_file_is_not_shown(run: Run, tmp_path: Path, name: str) -> None:
    sequence = NOT_TEXT[name].decode()
    for text in (f"id: 'x{sequence}'\nanswers: {{}}\n", f"id: x\ntitle: 'x{sequence}'\nanswers: {{}}\n"):
        case = tmp_path / "case.yaml"
        case.write_text(text)
        outcome = run("evaluate", "--rulebook", SOUND, case)
        assert outcome.code == 2
        assert sequence not in outcome.out + outcome.err
    named = tmp_path / f"x{sequence}.yaml"
    named.write_text("id: x\nanswers: {left: 1}\n")
    for words in (["evaluate", named], ["verify", named], ["ask", "--scenario", named], ["check", "--rulebook", named]):
        outcome = run(*words)
        assert outcome.code == 2
        assert sequence not in outcome.out + outcome.err


@pytest.mark.parametrize("name", NOT_TEXT)
def test_a_control_sequence_in_an_argument_is_not_shown(run: Run, name: str) -> None:
    sequence = NOT_TEXT[name].decode()
    for words in (
        [sequence],
        [f"--{sequence}"],
        ["schema", sequence],
        ["--lang", sequence, "check"],
        ["diff", "--dates", sequence, "x"],
    ):
        outcome = run(*words)
        assert outcome.code == 2
        assert sequence not in outcome.out + outcome.err, words


@pytest.mark.parametrize("sequence", NOT_TEXT.values(), ids=NOT_TEXT)
def test_a_program_that_shows_them_is_found_by_these_tests(tmp_path: Path, sequence: bytes) -> None:
    with on_a_terminal(["-c", SHOWS_IT], tmp_path, SHOWN=os.fsdecode(sequence)) as person:
        person.waits_for(sequence)
