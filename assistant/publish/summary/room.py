"""How much has room on two printed pages: an estimate in lines, on the safe side of what a browser prints."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from assistant.publish.summary.part import Form, Part

LINES: Final = 130
"""Lines of two A4 pages as :mod:`assistant.publish.summary_format` prints them."""

_CHARACTERS: Final = {
    Form.TITLE: 80,
    Form.NOTICE: 108,
    Form.HEADING: 80,
    Form.ANSWER: 58,
    Form.FINDING: 98,
    Form.TEXT: 104,
    Form.ITEM: 104,
    Form.CITATION: 104,
}
"""Characters of a line, in the wider of two scripts."""
_AROUND: Final = {Form.TITLE: 1.0, Form.HEADING: 1.0, Form.FINDING: 0.4}
"""Lines that stay free around a part."""


def lines(part: Part) -> float:
    """About how many lines a part takes; the answers stand in two columns."""
    taken = ceil(len(part.text) / _CHARACTERS[part.form]) + _AROUND.get(part.form, 0)
    return taken / 2 if part.form is Form.ANSWER else taken


class Room:
    """What is left of the two pages."""

    def __init__(self, parts: Iterable[Part]) -> None:
        """``parts`` stand there whatever else has room."""
        self.left = LINES - sum(map(lines, parts))

    def first(self, groups: Sequence[Sequence[Part]]) -> int:
        """How many of some groups of parts have room besides, from the first on; they take it up."""
        for number, group in enumerate(groups):
            needed = sum(map(lines, group))
            if needed > self.left:
                return number
            self.left -= needed
        return len(groups)
