"""Make text safe to display: no character may move the cursor or hide text; look-alike characters are named."""

import unicodedata
from collections.abc import Container
from typing import Final

from assistant.system.language import _

REPLACEMENT: Final = "\ufffd"
"""The replacement for a character that must not be displayed."""
_JOINERS: Final = "\u200c\u200d"
"""Zero-width (non-)joiners, which several languages need for spelling; other format characters can hide text."""


def unprintable(character: str) -> bool:
    """Return whether a character could move the cursor or hide text: controls, format characters, surrogates."""
    if character in "\n\r" or character in _JOINERS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str) -> str:
    """Return the text with :data:`REPLACEMENT` in place of each unprintable character; line breaks are preserved."""
    if text.isprintable():  # the usual case, and much faster
        return text
    return "".join(REPLACEMENT if unprintable(character) else character for character in text)


_LATIN_LOOK_ALIKES: Final = str.maketrans("аеорсхуіјѕһԁԛԝкмтвнАЕОРСХУІЈЅКМТВН", "aeopcxyijshdqwkmtbhAEOPCXYIJSKMTBH")
"""Cyrillic letters, and the Latin letters that look like them."""
_NAME_CHARACTERS: Final = 80
"""Characters. A longer text is prose, in which scripts may be mixed."""


def disguise(text: str, known: Container[str] = ()) -> str:
    """Return a sentence that names a misleading character in a name or value, or "" if it has none.

    Misleading are: an unusual space or invisible character; a non-ASCII character in a word that also has ASCII letters
    or digits; letters that only look like a name in ``known``. Nothing else of the text is repeated.
    """
    if text.isascii():
        return ""
    unusual = [character for character in text if not character.isascii()]
    invisible = next((character for character in unusual if character.isspace() or not character.isprintable()), None)
    looks_known = unicodedata.normalize("NFKC", text.translate(_LATIN_LOOK_ALIKES)) in known
    mixed = text if looks_known else next(filter(_is_mixed, text.split()), "") if len(text) <= _NAME_CHARACTERS else ""
    culprit = invisible or next((character for character in mixed if not character.isascii()), None)
    return _("It contains {character}.").format(character=character_name(culprit)) if culprit else ""


def _is_mixed(word: str) -> bool:
    return not word.isascii() and any(character.isascii() and character.isalnum() for character in word)


def character_name(character: str) -> str:
    """Return the code point and the name of a character: ``U+00A0 (NO-BREAK SPACE)``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def joined(*sentences: str) -> str:
    """Return the sentences that are not empty, joined by a space."""
    return " ".join(filter(None, sentences))
