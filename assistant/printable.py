"""Text that moves no cursor and hides no other text, whoever has written it and wherever it is shown."""

import unicodedata
from typing import Final

MARK: Final = "\ufffd"
"""What stands in place of a character that is not to be shown."""
_JOINERS: Final = "\u200c\u200d"
"""Zero-width (non-)joiners belong to the spelling of several languages; other format characters can hide text."""


def unprintable(character: str) -> bool:
    """Whether a character could move a cursor or hide text: controls, bidi and other format characters, surrogates."""
    if character in "\n\r" or character in _JOINERS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str) -> str:
    """The text with :data:`MARK` in place of each such character; its lines stay lines."""
    if text.isprintable():  # as most text is, and this is quick
        return text
    return "".join(MARK if unprintable(character) else character for character in text)
