"""The room on two printed pages, in lines: a cautious estimate of what a browser prints."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from assistant.publish.summary.part import Form, Part

MAX_LINES: Final = 130
"""Lines of two A4 pages as :mod:`assistant.publish.summary_format` prints them."""

_LINE_CHARACTERS: Final = {
    Form.TITLE: 80,
    Form.NOTICE: 108,
    Form.HEADING: 80,
    Form.ANSWER: 58,
    Form.FINDING: 98,
    Form.TEXT: 104,
    Form.ITEM: 104,
    Form.CITATION: 104,
}
"""In the wider of two scripts."""
_EMPTY_LINES_AROUND: Final = {Form.TITLE: 1.0, Form.HEADING: 1.0, Form.FINDING: 0.4}


def lines(part: Part) -> float:
    """Return about how many lines a part takes; answers are printed in two columns."""
    taken = ceil(len(part.text) / _LINE_CHARACTERS[part.form]) + _EMPTY_LINES_AROUND.get(part.form, 0)
    return taken / 2 if part.form is Form.ANSWER else taken


class Room:
    """The room that is left on the two pages."""

    def __init__(self, parts: Iterable[Part]) -> None:
        """Reserve room for ``parts``, which are shown in any case."""
        self.left = MAX_LINES - sum(map(lines, parts))

    def first(self, groups: Sequence[Sequence[Part]]) -> int:
        """Return how many groups of parts, from the first on, have room, and reserve it for them."""
        for number, group in enumerate(groups):
            needed = sum(map(lines, group))
            if needed > self.left:
                return number
            self.left -= needed
        return len(groups)
