"""Escape text for Markdown: nothing in it is read as markup, and only characters that could be are escaped."""

import re
from typing import Final

_BEGINNING: Final = re.compile(
    r"(?P<number>\d{1,9})(?P<dot>[.)](?= |$))"  # an entry of a numbered list
    r"|[-+](?= |$)|(?:- ?){3,}$"  # an entry of another list, a line across the page
    r"|\#{1,6}(?= |$)|=+$|[>*_~]|\[(?=[ xX]\] )"  # a heading, a quotation, a line, a fence, a box to tick
)
"""Characters that are markup at the beginning of a line."""
_INSIDE: Final = re.compile(
    r"[\\`]"
    r"|(?<! )\*|\*(?! )"
    r"|(?<! )(?<![^\W_])_|_(?! )(?![^\W_])|(?<= )_(?! )|(?<! )_(?= )"  # neither within a word nor by itself
    r"|\](?=[(\[:])|\[(?=\^)"  # a link, or what it leads to
    r"|<(?=[A-Za-z/!?])|&(?=\#?\w+;)"  # HTML
    r"|(?<= )\#(?=\#*$)|^\#(?=\#*$)"  # the end of a heading
    r"|:(?=[a-z][\w+-]*:)"  # a picture by its name
)
"""Characters that are markup anywhere in a line."""
_PAIRED: Final = ("~", "$")
"""Characters that are markup (strike-through, formula) only if a line contains two of them."""


def markdown(text: str, *, cell: bool = False) -> str:
    """Return the text as one line of Markdown (CommonMark and GitHub's), or as a cell of a table."""
    line = " ".join(text.split())
    marks = {match.start() for match in _INSIDE.finditer(line)}
    marks |= {at for sign in _PAIRED if line.count(sign) > 1 for at, each in enumerate(line) if each == sign}
    if cell:
        marks |= {at for at, each in enumerate(line) if each == "|"}
    elif begins := _BEGINNING.match(line):
        marks.add(begins.start("dot") if begins["dot"] else 0)
    return "".join(f"\\{each}" if at in marks else each for at, each in enumerate(line))
