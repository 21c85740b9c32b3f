"""What must hold of a session, checked from its log."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from tests.monkey.written import written

Entry = Mapping[str, Any]
"""A line of the log; see :mod:`tests.monkey.watched`."""

SAYS_UNKNOWN: Final = {
    **dict.fromkeys("dDвВ", written(Unknown.DONT_KNOW)),
    **dict.fromkeys("sSыЫ", written(Unknown.SKIPPED)),
}
RECORDING: Final = "\r123456789ds"
FIRST_OF_KEYPAD: Final = 57399
"""The code of its 0 in the protocol of Kitty."""


class Press(NamedTuple):
    """A key or a click that can record a reply, and what was in sight when the program began to act on it."""

    entry: Entry
    seen: frozenset[str]
    """The questions drawn by the time that it arrived, and since they were asked."""


class Judge:
    """Goes through a log, and collects what must not be."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self.faults: list[str] = []
        self.replied = 0
        self.pages: set[str] = set()
        self._replies: dict[str, str] = {}
        self._expected: dict[str, str] = {}
        self._asked: str | None = None
        self._visible: frozenset[str] = frozenset()
        self._seen: set[str] = set()
        self._arrivals: dict[int, frozenset[str]] = {}
        self._press: Press | None = None
        self._submitted: Entry | None = None
        self._pages_of_keys = [""] * 3

    def take(self, entry: Entry) -> None:
        """Look at the next line."""
        getattr(self, f"_take_{entry['what']}")(entry)

    def _take_arrived(self, entry: Entry) -> None:
        self._arrivals[entry["number"]] = frozenset(self._seen | self._visible)

    def _take_begins(self, entry: Entry) -> None:
        seen = self._arrivals.pop(entry["number"], frozenset())
        page = entry["page"] or ""
        self.pages.add(page)
        self._pages_of_keys = [*self._pages_of_keys[1:], page]
        if _can_record(entry):
            self._press, self._submitted = Press(entry, seen), None

    def _take_drawn(self, entry: Entry) -> None:
        self._visible = frozenset(entry["questions"])
        self._seen |= self._visible & {self._asked or ""}

    def _take_asked(self, entry: Entry) -> None:
        self._asked = entry["question"]
        self._seen = set()

    def _take_submitted(self, entry: Entry) -> None:
        self._submitted = entry

    def _take_reply(self, entry: Entry) -> None:
        self.replied += 1
        question, reply = entry["question"], entry["reply"]
        self._expected = {**self._replies, question: reply}
        press, self._press = self._press, None
        fault = _without_key(question, press) or self._not_meant(entry, press)
        if fault:
            self._report(f"{question}: {reply} recorded {fault}", entry)

    def _take_check_off(self, entry: Entry) -> None:
        self.replied += 1
        self._expected = {**self._replies, **entry["replies"], **dict.fromkeys(entry["none_of"], written(False))}
        press, self._press = self._press, None
        if press is None:
            self._report("a checklist was recorded without a key of its own", entry)

    def _take_withdraw(self, entry: Entry) -> None:
        self._expected = {name: reply for name, reply in self._replies.items() if name not in entry["questions"]}
        if len(entry["questions"]) == 1 and "OverviewPage" not in self._pages_of_keys:
            self._report("a reply was taken back without a key on the overview", entry)

    def _take_begin_again(self, entry: Entry) -> None:
        self._expected = {}
        if self._replies and "NextCasePage" not in self._pages_of_keys:
            self._report("everything was forgotten without being asked whether", entry)

    def _take_resume(self, entry: Entry) -> None:
        self._expected = dict(entry["replies"])

    def _take_done(self, entry: Entry) -> None:
        if not entry["trouble"]:
            self._replies = self._expected
        self._compare(entry)

    def _take_replies(self, entry: Entry) -> None:
        self._compare(entry)

    def _take_end(self, entry: Entry) -> None:
        self._compare(entry)

    def _compare(self, entry: Entry) -> None:
        if entry["replies"] != self._replies:
            names = sorted(set(entry["replies"].items()) ^ set(self._replies.items()))
            self._report(f"replies changed by themselves: {names}", entry)
            self._replies = dict(entry["replies"])

    def _not_meant(self, reply: Entry, press: Press | None) -> str:
        """Return why a reply is not what its key says, or nothing."""
        assert press is not None
        said, entry = reply["reply"], press.entry
        question = self._rulebook.question[reply["question"]]
        if entry["kind"] == "key" and entry["key"] != "enter":
            means = _meaning(question, entry["character"])
            return "" if said == means else f"by the key {entry['character']!r}, which means {means}"
        if said in SAYS_UNKNOWN.values() or not question.type.is_ordered:
            return ""
        # What the field itself has sent, else what it holds now, or held before it was emptied.
        held = next((each for each in (self._submitted, reply, entry) if each is not None and each.get("text")), reply)
        same = said == held["reading"]
        return "" if same else f"although the field held {held['text']!r}, which reads {held['reading']}"

    def _report(self, fault: str, entry: Entry) -> None:
        self.faults.append(f"{fault} (at {entry['time']:.3f})")


def _can_record(entry: Entry) -> bool:
    """Return whether this key or click may record a reply where it was pressed."""
    if entry["kind"] == "MouseUp":
        return bool(entry.get("on_choices"))
    if entry["kind"] != "key" or entry["page"] != "MainPage":
        return False
    if entry["key"] == "enter":
        return True
    character = entry["character"]
    return bool(character) and (character in "0123456789" or character in SAYS_UNKNOWN) and not entry.get("in_field")


def _without_key(question: str, press: Press | None) -> str:
    if press is None:
        return "without a key of its own"
    if press.entry.get("asked") != question:
        return f"by a key for another question, {press.entry.get('asked')}"
    return "" if question in press.seen else "by a key that was pressed before the question was drawn"


def _meaning(question: Question, character: str) -> str | None:
    """Return the reply that a key stands for."""
    if character in SAYS_UNKNOWN:
        return SAYS_UNKNOWN[character]
    number = int(character)
    if question.type is QuestionType.YES_NO:
        return {1: written(True), 2: written(False)}.get(number)
    return written(question.options[number - 1].id) if number <= len(question.options) else None


def keys_sent(text: str) -> Iterator[str]:
    """Return the recording keys that a text can come out as, at most: also those of a sequence that is broken."""
    kitty = (int(code) for code in re.findall(r"\x1b\[(\d+)[;:\d]*u", text))
    keypad = {FIRST_OF_KEYPAD + digit: ord(str(digit)) for digit in range(10)}
    for character in (*text, *(chr(keypad.get(code, code)) for code in kitty)):
        if character.lower() in RECORDING:
            yield character.lower()


def keys_from_nowhere(sent: Mapping[str, int], log: Iterable[Entry]) -> list[str]:
    """Return which recording keys came more often than they were sent: then a paste was taken for keys."""
    keys = (entry for entry in log if entry["what"] == "arrived" and entry["kind"] == "key")
    arrived = Counter("\r" if key["key"] == "enter" else (key["character"] or "").lower() for key in keys)
    return [
        f"the key {name!r} came {arrived[name]} times, and was sent {sent.get(name, 0)} times"
        for name in RECORDING
        if arrived[name] > sent.get(name, 0)
    ]
