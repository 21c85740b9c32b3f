"""Lets a monkey loose on the questionnaire, one session after the other, and tells what must not be."""

import json
import re
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from tests.monkey.actions import PASTED_SEQUENCES, Action, Monkey
from tests.monkey.verdict import Entry, Judge, keys_from_nowhere, keys_sent
from tests.support.project import ROOT, loaded
from tests.support.screen import Screen
from tests.support.session import Session

WATCHED: Final = str(ROOT / "tests" / "monkey" / "watched.py")
LAST_EVENTS: Final = 40
CTRL_Q, F1, ESC = b"\x11", b"\x1bOP", b"\x1b[27u"


class Patience(NamedTuple):
    """How long the program may take to act on a key: seconds of its processor time, or of the clock if it sleeps."""

    processor: float = 10
    clock: float = 60


class Outcome(NamedTuple):
    """What a session came to."""

    name: str
    faults: Sequence[str]
    replied: int
    pages: frozenset[str]
    seconds: float
    events: Sequence[str]

    def __str__(self) -> str:
        told = "\n".join(f"  {fault}" for fault in self.faults)
        return f"{self.name}:\n{told}\n  the last events:\n    " + "\n    ".join(self.events)


class Play:
    """One session: the program on its terminal, and what is known of it so far."""

    def __init__(self, name: str, rulebook: Rulebook, plant: str = "", patience: Patience | None = None) -> None:
        self.name = name
        self._rulebook, self._plant, self._patience = rulebook, plant, patience or Patience()
        self._judge = Judge(rulebook)
        self._sent: Counter[str] = Counter()
        self._events: deque[str] = deque(maxlen=LAST_EVENTS)
        self._entries: list[Entry] = []
        self._tail = b""
        self._arrived = self._begun = 0
        self._drawn: set[str] = set()
        self._progress = (0.0, 0.0)
        self._fault = ""

    def run(self, early: Iterable[Action], actions: Iterable[Action], seconds: float) -> Outcome:
        """Do what comes before the first screen, then the actions, for at most so many seconds; then leave."""
        words = ["ask", "--lang", self._rulebook.language]
        with tempfile.TemporaryDirectory(prefix="monkey-") as folder:
            (work := Path(folder) / "work").mkdir()
            log = Path(folder) / "log"
            with Session([WATCHED, str(log), self._plant, *words], work) as self._session:
                self._progress = (time.monotonic(), 0.0)
                log.touch()
                with log.open(encoding="utf-8", errors="replace") as self._log:
                    self._play(early, time.monotonic() + seconds)
                    self._wait_for_the_screen()
                    self._play(actions, self._session.begun + seconds)
                    if self._goes_on:
                        self._answers()
                    self._leave()
                    self._read_log()
                lasted = time.monotonic() - self._session.begun
                code = self._session.process.poll()
        faults = [*([self._fault] if self._fault else []), *self._judge.faults]
        if code != 0 and not self._fault:
            faults.append(f"exit code {code}: {_told(self._tail)}")
        if b"Traceback" in self._tail:
            faults.append("a traceback on the terminal")
        faults += keys_from_nowhere(self._sent, iter(self._entries))
        return Outcome(self.name, faults, self._judge.replied, frozenset(self._judge.pages), lasted, list(self._events))

    @property
    def _goes_on(self) -> bool:
        return not self._fault and self._session.process.poll() is None

    def _play(self, actions: Iterable[Action], until: float) -> None:
        for action in actions:
            if time.monotonic() > until or not self._goes_on:
                return
            self._do(action)
            self._look(action.pause)
            if action.until:
                self._wait_for(action)

    def _wait_for(self, action: Action) -> None:
        """Wait until a question was drawn; do the action again if it came too early to count."""
        begun = again = time.monotonic()
        while action.until not in self._drawn and self._goes_on:
            self._look(0.02)
            if time.monotonic() > again + 2:
                again = time.monotonic()
                self._do(action)
            if time.monotonic() > begun + Patience().clock:
                self._fault = f"{action.until} was not drawn"
        self._look(0.2)

    def _wait_for_the_screen(self) -> None:
        """Wait until the program reads its terminal: before, the system keeps Ctrl+Q for itself."""
        deadline = time.monotonic() + Patience().clock
        while self._goes_on and not self._entries:
            self._look(0.05)
            if time.monotonic() > deadline:
                self._fault = "it did not start"
        self._look(0.2)

    def _do(self, action: Action) -> None:
        self._events.append(f"{time.monotonic():.3f} {action}")
        if action.size is not None:
            self._session.resize(*action.size)
        if action.name != "paste":
            self._sent.update(keys_sent(action.data.decode(errors="replace")))
        self._session.types(action.data)

    def _look(self, seconds: float) -> None:
        """Read for some time, and see whether the program still acts on keys."""
        deadline = time.monotonic() + seconds
        while True:
            data = self._session.reads(deadline - time.monotonic())
            for sequence in PASTED_SEQUENCES:
                if sequence in self._tail[-len(sequence) + 1 :] + data:
                    self._fault = f"the terminal received {sequence!r}, which was only pasted"
            self._tail = (self._tail + data)[-20_000:]
            self._read_log()
            if time.monotonic() >= deadline:
                break
        self._mind_progress()

    def _read_log(self) -> None:
        while line := self._log.readline():
            if not line.endswith("\n"):  # the rest comes later
                self._log.seek(self._log.tell() - len(line.encode()))
                return
            entry = json.loads(line)
            self._entries.append(entry)
            self._judge.take(entry)
            if entry["what"] == "arrived":
                self._arrived = entry["number"]
            elif entry["what"] == "begins":
                self._begun = entry["number"] or self._arrived
                self._progress = (time.monotonic(), self._session.processor_seconds())
                self._events.append(f"  {entry['time']:.3f} {_begun(entry)}")
            elif entry["what"] == "drawn":
                self._drawn |= set(entry["questions"])
            elif entry["what"] in {"reply", "check_off", "withdraw", "begin_again", "resume", "asked"}:
                self._events.append(f"    {entry['time']:.3f} {_changed(entry)}")

    def _mind_progress(self) -> None:
        if self._begun >= self._arrived and not self._session.queued:
            self._progress = (time.monotonic(), self._session.processor_seconds())
            return
        clock, processor = self._progress
        used, passed = self._session.processor_seconds() - processor, time.monotonic() - clock
        if self._goes_on and (used > self._patience.processor or passed > self._patience.clock):
            self._fault = f"no key was acted on for {passed:.1f} s, of which {used:.1f} s of processor time"

    def _answers(self) -> None:
        """See that a key still changes what is on the screen: help opens anywhere, or else something closes."""
        while self._goes_on and (self._begun < self._arrived or self._session.queued):
            self._look(0.05)
        screen = Screen(101, 31)
        self._session.resize(screen.columns, screen.lines)
        begun, used = time.monotonic(), self._session.processor_seconds()
        self._show(screen)
        before, keys = screen.text, [F1, ESC]
        while self._goes_on and screen.text == before:
            self._do(Action("does it answer?", keys[0]))
            keys.reverse()
            self._show(screen)
            busy = self._session.processor_seconds() - used > self._patience.processor
            if busy or time.monotonic() - begun > self._patience.clock:
                self._fault = "no key changes anything on the screen"

    def _show(self, screen: Screen) -> None:
        """Read until the program has drawn something and is quiet again, or draws nothing for a while."""
        until = time.monotonic() + 1
        while time.monotonic() < until and self._goes_on:
            if data := self._session.reads(0.05):
                until = time.monotonic() + 0.2
                self._tail = (self._tail + data)[-20_000:]
                screen.feed(data.decode(errors="replace"))
            self._read_log()

    def _leave(self) -> None:
        """Leave by Ctrl+Q, and read to the end."""
        process = self._session.process
        if self._goes_on:
            self._do(Action("Ctrl+Q", CTRL_Q))
        begun, used = time.monotonic(), self._session.processor_seconds()
        while process.poll() is None and not self._fault:
            self._tail = (self._tail + self._session.reads(0.02))[-20_000:]
            busy = self._session.processor_seconds() - used > self._patience.processor
            if process.poll() is None and (busy or time.monotonic() - begun > self._patience.clock):
                self._fault = "Ctrl+Q does not leave"
        while data := self._session.reads(0.05):
            self._tail = (self._tail + data)[-20_000:]


def play(seed: str, language: str, seconds: float) -> Iterator[Outcome]:
    """Play sessions for so many seconds, each for at most a third of them, and begin again whenever one is left."""
    rulebook = in_language(loaded(ROOT), language)
    deadline, number = time.monotonic() + seconds, 0
    while (left := deadline - time.monotonic()) > min(5, seconds / 4):
        number += 1
        monkey = Monkey(f"{seed}/{language}/{number}", rulebook)
        name = f"seed {seed}, {language}, session {number}"
        early = list(monkey.before_the_screen()) if number % 2 else []
        yield Play(name, rulebook).run(early, monkey, min(left, max(20, seconds / 3)))


def replay(seed: str, language: str, number: int, seconds: float) -> Outcome:
    """Play one session again; the same keys, though not at the same moments."""
    rulebook = in_language(loaded(ROOT), language)
    monkey = Monkey(f"{seed}/{language}/{number}", rulebook)
    early = list(monkey.before_the_screen()) if number % 2 else []
    return Play(f"seed {seed}, {language}, session {number}", rulebook).run(early, monkey, seconds)


def scripted(actions: Sequence[Action], plant: str = "", language: str = "en") -> Outcome:
    """Play a session of known actions, with something planted that must not be."""
    rulebook = in_language(loaded(ROOT), language)
    patience = Patience(processor=2, clock=8)
    return Play(plant or "scripted", rulebook, plant, patience).run((), actions, 60)


def _told(tail: bytes) -> str:
    """Return what is left on the terminal when the screen is gone."""
    after = tail.rpartition(b"\x1b[3J")[2] or tail[-500:]
    return re.sub(rb"\x1b\[[0-9;?<=>]*[@-~]", b"", after).decode(errors="replace").strip()


def _begun(entry: Entry) -> str:
    what = entry.get("key") or entry["kind"]
    return f"{what} on {entry['page']}, question {entry.get('asked')}"


def _changed(entry: Entry) -> str:
    return " ".join(str(value) for name, value in entry.items() if name in {"what", "question", "reply", "text"})
