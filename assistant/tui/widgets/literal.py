"""Text shown character for character: never markup, never control characters."""

import re
import textwrap
from typing import Final

from textual.content import Content

from assistant.system.display_safe import printable as marked

_ABBREVIATED: Final = re.compile(r"\b(\w{1,3}\.) (?=\d)")
"""An abbreviation and the space before its number, as in art. 332 and ч. 3.1 ст. 337; no line may break there."""
_SPACES: Final = {ord("\t"): " ", ord("\r"): None}


def printable(text: str) -> str:
    """Return the text with a mark in place of each character that the loader would refuse."""
    if text.replace("\n", "").isprintable():  # as nearly every text is, and this is quick
        return text
    return marked(text.translate(_SPACES))


def literal(text: str, style: str = "") -> Content:
    """Return a text to show, character for character, in a style of Textual."""
    return Content.styled(printable(text), style)


def hanging(mark: str, text: str, width: int, style: str = "", mark_style: str | None = None) -> Content:
    """Return a text after a mark, wrapped to ``width`` columns, with further lines indented by the mark."""
    text = _ABBREVIATED.sub("\\1\N{NO-BREAK SPACE}", " ".join(printable(text).split()))
    room = max(width, len(mark) + 10)
    wrapped = textwrap.wrap(text, room, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
    lines = "\n".join(wrapped)[len(mark) :].replace("\N{NO-BREAK SPACE}", " ")
    return Content.assemble(Content.styled(mark, style if mark_style is None else mark_style), (lines, style))


def stacked(*parts: Content | None, line_breaks: int = 1) -> Content:
    """Return the parts below each other, without empty ones; ``line_breaks`` 2 leaves a free line between them."""
    return Content("\n" * line_breaks).join([part for part in parts if part is not None and part.plain])
