"""Text that moves no cursor and hides no other text, and names for characters that look like others."""

import unicodedata
from collections.abc import Container
from typing import Final

from assistant.system.language import _

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


_LATIN: Final = str.maketrans("аеорсхуіјѕһԁԛԝкмтвнАЕОРСХУІЈЅКМТВН", "aeopcxyijshdqwkmtbhAEOPCXYIJSKMTBH")
"""Cyrillic letters, and the Latin ones for which they are taken."""


_LONGEST_NAME: Final = 80
"""Characters: what is longer is prose, in which scripts may be mixed."""


def disguise(text: str, known: Container[str] = ()) -> str:
    """Return a sentence that names the character for which a name or a value is not what it looks like, or "".

    That is a space or a sign without width other than the usual ones; a letter, digit or dash of another script among
    Latin letters and digits; or letters that only look like one of ``known``. Nothing else of the text is repeated.
    """
    if text.isascii():
        return ""
    strange = [character for character in text if not character.isascii()]
    unseen = next((character for character in strange if character.isspace() or not character.isprintable()), None)
    looks_known = unicodedata.normalize("NFKC", text.translate(_LATIN)) in known
    mixed = text if looks_known else next(filter(_is_mixed, text.split()), "") if len(text) <= _LONGEST_NAME else ""
    found = unseen or next((character for character in mixed if not character.isascii()), None)
    return _("It contains {character}.").format(character=character_name(found)) if found else ""


def _is_mixed(word: str) -> bool:
    return not word.isascii() and any(character.isascii() and character.isalnum() for character in word)


def character_name(character: str) -> str:
    """Return the code point and the name of a character: ``U+00A0 (NO-BREAK SPACE)``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def joined(*sentences: str) -> str:
    """Return the sentences that say something, with a space between."""
    return " ".join(filter(None, sentences))
