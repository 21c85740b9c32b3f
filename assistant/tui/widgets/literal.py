"""Text shown character for character: never markup, never control characters."""

import re
import textwrap
from typing import Final

from textual.content import Content

from assistant.system.display_safe import printable as marked
from assistant.system.message import Phrase, text

_ABBREVIATION: Final = re.compile(r"\b(\w{1,3}\.) (?=\d)")
"""An abbreviation and the space before its number, as in art. 332 and ч. 3.1 ст. 337; no line may break there."""
_SPACES: Final = {ord("\t"): " ", ord("\r"): None}


def printable(shown: str) -> str:
    """Return the text with a mark in place of each character that the loader would refuse."""
    if shown.replace("\n", "").isprintable():  # as nearly every text is, and this is quick
        return shown
    return marked(shown.translate(_SPACES))


def literal(phrase: Phrase, style: str = "") -> Content:
    """Return a text to show, character for character, in a style of Textual."""
    return Content.styled(printable(text(phrase)), style)


def literals(*phrases: Phrase | None, style: str = "") -> list[Content]:
    """Return the texts of all phrases that are not None."""
    return [literal(phrase, style) for phrase in phrases if phrase is not None]


def hanging(mark: str, phrase: Phrase, width: int, style: str = "", mark_style: str | None = None) -> Content:
    """Return a text after a mark, wrapped to ``width`` columns, with further lines indented by the mark."""
    words = _ABBREVIATION.sub("\\1\N{NO-BREAK SPACE}", " ".join(printable(text(phrase)).split()))
    room = max(width, len(mark) + 10)
    wrapped = textwrap.wrap(words, room, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
    lines = "\n".join(wrapped)[len(mark) :].replace("\N{NO-BREAK SPACE}", " ")
    return Content.assemble(Content.styled(mark, style if mark_style is None else mark_style), (lines, style))


def stacked(*parts: Content | None, line_breaks: int = 1) -> Content:
    """Return the parts below each other, without empty ones; ``line_breaks`` 2 leaves a free line between them."""
    return Content("\n" * line_breaks).join([part for part in parts if part is not None and part.plain])
