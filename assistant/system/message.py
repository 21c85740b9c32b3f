"""Messages: what is said, before it is in a language. :func:`text` puts it into the current one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from assistant.system.language import N_, grouped, translated


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the catalogue, and the phrases for its placeholders.

    The key of a plural is a pair of forms, between which the slot ``count`` decides.
    """

    key: str | tuple[str, str]
    slots: tuple[tuple[str, Phrase], ...] = ()

    def filled(self, **slots: Phrase) -> Message:
        """Return the message with phrases for its placeholders."""
        return Message(self.key, tuple(slots.items()))


@dataclass(frozen=True, slots=True)
class Series:
    """Phrases with a separator between them. ``conjunction`` is the key of the message that adds the last one."""

    items: tuple[Phrase, ...]
    separator: str
    conjunction: str = ""


Phrase: TypeAlias = str | int | datetime.date | Message | Series
"""What can be said: text from a rulebook, a number, a day, a message, or several of these in a series."""


def message(key: str, /, **slots: Phrase) -> Message:
    """Return a message. Babel collects its key, so that it has to be a literal text."""
    return Message(key).filled(**slots)


def counted(one: str, many: str, count: int = 0, /, **slots: Phrase) -> Message:
    """Return a message about ``count`` things, which is also the slot ``count``."""
    return Message((one, many), (("count", count), *slots.items()))


def series(separator: str, *items: Phrase | None) -> Series:
    """Return the items that are not None as a series."""
    return Series(tuple(item for item in items if item is not None), separator)


def either(items: Iterable[Phrase]) -> Series:
    """Return alternatives: ``a, b or c``."""
    return Series(tuple(items), ", ", N_("{others} or {last}"))


_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def text(phrase: Phrase) -> str:
    """Return a phrase in the current language: days as 24.09.2022, numbers with a thousands separator."""
    if isinstance(phrase, Message):
        slots = dict(phrase.slots)
        return _PLACEHOLDER.sub(
            lambda found: text(slots[found[1]]) if found[1] in slots else found[0], translated(phrase.key, slots)
        )
    if isinstance(phrase, Series):
        *others, last = map(text, phrase.items or ("",))
        if not (phrase.conjunction and others):
            return phrase.separator.join([*others, last])
        return text(Message(phrase.conjunction, (("others", phrase.separator.join(others)), ("last", last))))
    if isinstance(phrase, datetime.date):
        return f"{phrase:%d.%m}.{phrase.year:04}"  # not %Y, which drops the zeros of an early year on some systems
    return phrase if isinstance(phrase, str) else grouped(phrase)


def without_slots(key: str) -> str:
    """Return a message in the current language with "…" in place of each placeholder."""
    return _PLACEHOLDER.sub("…", translated(key, {}))
