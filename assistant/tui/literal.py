"""Text from files as it stands: never markup, never control characters."""

import textwrap
from typing import Final

from textual.content import Content

_BIDIRECTIONAL: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
# Zero-width joiners stay: languages need them. Direction marks can make a sentence read as another one.
_FILTER: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_BIDIRECTIONAL)),
    ord("\n"): "\n",
    ord("\t"): " ",
}

INDENT: Final = 2


def printable(text: str) -> str:
    """The text without control characters and without marks that change its direction."""
    return text.translate(_FILTER)


def literal(text: str, style: str = "") -> Content:
    """A text to show, character for character."""
    return Content.styled(printable(text), style)


def hanging(mark: str, text: str, width: int, style: str = "", mark_style: str | None = None) -> Content:
    """A text behind a mark, its further lines indented to where it begins."""
    text = " ".join(printable(text).split())
    room = max(width, len(mark) + 10)
    wrapped = textwrap.wrap(text, room, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
    lines = "\n".join(wrapped)[len(mark) :]
    return Content.assemble(Content.styled(mark, style if mark_style is None else mark_style), (lines, style))


def stacked(*parts: Content | None, apart: int = 1) -> Content:
    """The parts below each other, without those that are empty; ``apart`` 2 leaves a line free between them."""
    return Content("\n" * apart).join([part for part in parts if part is not None and part.plain])
