"""Somebody at a terminal, who sees the questionnaire and presses keys."""

import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.project import ROOT
from tests.support.screen import Screen
from tests.support.session import Session

CLEARED = b"\x1b[3J"
TWO_QUESTIONS = ROOT / "tests" / "rulebooks" / "two_questions"
ESC, CTRL_C, CTRL_Q = b"\x1b[27u", b"\x03", b"\x11"


class Person:
    """Reads while waiting, and knows what is on the screen."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.screen = Screen(80, 24)
        self.received = b""

    @property
    def sees(self) -> str:
        """Return what is on the screen, each space and end of a line as one space."""
        return " ".join(self.screen.text.split())

    def types(self, keys: bytes | str) -> None:
        """Press keys, all at once."""
        self.session.types(keys.encode() if isinstance(keys, str) else keys)

    def waits_for(self, *texts: str, seconds: float = 30) -> None:
        """Read until one of some texts is on the screen, and a moment longer, as nobody answers at once."""
        deadline = time.monotonic() + seconds
        while not any(text in self.sees for text in texts):
            assert time.monotonic() < deadline, f"{texts} not on the screen:\n{self.screen.text}"
            assert self.reads(0.05) or self.goes_on, f"it has ended:\n{self.screen.text}\n{self.received[-500:]!r}"
        self.waits_until_quiet(0.2)

    def waits_until_quiet(self, seconds: float = 0.4) -> None:
        """Read until nothing has been written for a while."""
        while self.reads(seconds):
            pass

    def does(self, steps: Sequence[tuple[bytes | str, str]]) -> None:
        """Press keys, and wait for a text after each of them; for quiet if there is none."""
        for keys, text in steps:
            self.types(keys)
            if text:
                self.waits_for(text)
            else:
                self.waits_until_quiet()

    @property
    def goes_on(self) -> bool:
        """Return whether the program has not ended."""
        return self.session.process.poll() is None

    def ends(self, seconds: float = 60) -> int:
        """Read until the program ends, and return its exit code."""
        deadline = time.monotonic() + seconds
        while self.goes_on:
            assert time.monotonic() < deadline, f"it goes on:\n{self.screen.text}"
            self.reads(0.005)
        while self.reads(0.05):
            pass
        return self.session.process.wait()

    def reads(self, seconds: float) -> bool:
        """Wait for output, take it in, and return whether there was any."""
        data = self.session.reads(seconds)
        self.received += data
        self.screen.feed(data.decode(errors="replace"))
        return bool(data)


def questionnaire(folder: Path, *words: str) -> Session:
    """Start the questionnaire as anybody does."""
    return Session(["-m", "assistant", "ask", *words], folder)


def two_questions(folder: Path, *words: str) -> Session:
    """Start a questionnaire of the first two questions only, which costs half as much to start."""
    return questionnaire(folder, "--lang", "en", "--rulebook", str(TWO_QUESTIONS), *words)
