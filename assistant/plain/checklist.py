"""A checklist line by line: the numbers of what is true, then whether the others are not true or not known."""

import re
from typing import Final, NamedTuple

from assistant.interview.state import Checklist
from assistant.interview.typed_answer.unknown import unknown_reply, words_of
from assistant.plain.fixed_words import NO, number_said, yes_or_no
from assistant.plain.typed import Command, Unread, command
from assistant.rulebook.answer import Unknown
from assistant.system.language import _
from assistant.system.locale import pattern_of_all, words_of_all

NONE: Final = NO | words_of_all(lambda locale: locale.none)
_BETWEEN_NUMBERS: Final = re.compile(rf"[\s,;.]+(?:(?:{pattern_of_all(lambda locale: locale.between_units)})\s+)?")


class Others(NamedTuple):
    """What was said of the others: that they are not known, or with None that none of them is true."""

    reply: Unknown | None


def marked(checklist: Checklist, line: str) -> tuple[str, ...] | Unknown | Command | Unread:
    """Return the questions whose numbers a line has, none for "none"; or what else the line means."""
    if line.strip() == "0" or " ".join(words_of(line)) in NONE:
        return ()
    numbers = [number_said(part) for part in _BETWEEN_NUMBERS.split(line.strip().rstrip(".,;"))]
    if None not in numbers:
        most = len(checklist.questions)
        if all(1 <= (number or 0) <= most for number in numbers):
            return tuple(question.id for at, question in enumerate(checklist.questions, start=1) if at in numbers)
        message = _("There is no such number. They go from 1 to {most}; 0 alone means none of them.")
        return Unread((message.format(most=most),))
    if command(line) == Command("d"):
        return Unknown.DONT_KNOW
    if command(line) == Command("s"):
        return Unknown.SKIPPED
    given = command(line) or unknown_reply(words_of(line))
    return given or Unread((_("Type the numbers of what is true, as in 1 3; 0 for none; or ? for help."),))


def about_the_others(line: str) -> Others | Unread:
    """Return whether the others are not true or not known; or how to say so."""
    if line.strip() == "0" or yes_or_no(line) is False or " ".join(words_of(line)) in NONE:
        return Others(None)
    unknown = Unknown.DONT_KNOW if command(line) == Command("d") else unknown_reply(words_of(line))
    return Others(unknown) if unknown else Unread((_("Type the whole word no, or: I don't know."),))
