"""Text that stands for itself in a page: no character of it is markup, and none is escaped that could not be."""

import re
from typing import Final

_BEGINNING: Final = re.compile(
    r"(?P<number>\d{1,9})(?P<dot>[.)](?= |$))"  # an entry of a numbered list
    r"|[-+](?= |$)|(?:- ?){3,}$"  # an entry of another list, a line across the page
    r"|\#{1,6}(?= |$)|=+$|[>*_~]|\[(?=[ xX]\] )"  # a heading, a quotation, a line, a fence, a box to tick
)
"""What is markup where a line begins."""
_INSIDE: Final = re.compile(
    r"[\\`]"
    r"|(?<! )\*|\*(?! )"
    r"|(?<! )(?<![^\W_])_|_(?! )(?![^\W_])|(?<= )_(?! )|(?<! )_(?= )"  # neither within a word nor by itself
    r"|\](?=[(\[:])|\[(?=\^)"  # a link, or what it leads to
    r"|<(?=[A-Za-z/!?])|&(?=\#?\w+;)"  # HTML
    r"|(?<= )\#(?=\#*$)|^\#(?=\#*$)"  # the end of a heading
    r"|:(?=[a-z][\w+-]*:)"  # a picture by its name
)
"""What is markup anywhere."""
_PAIRED: Final = ("~", "$")
"""What strikes out, or begins a formula, if there are two."""


def markdown(text: str, *, cell: bool = False) -> str:
    """Return the text in one line of Markdown (CommonMark, and GitHub's), or for a cell of a table."""
    line = " ".join(text.split())
    marks = {found.start() for found in _INSIDE.finditer(line)}
    marks |= {at for sign in _PAIRED if line.count(sign) > 1 for at, each in enumerate(line) if each == sign}
    if cell:
        marks |= {at for at, each in enumerate(line) if each == "|"}
    elif begins := _BEGINNING.match(line):
        marks.add(begins.start("dot") if begins["dot"] else 0)
    return "".join(f"\\{each}" if at in marks else each for at, each in enumerate(line))
