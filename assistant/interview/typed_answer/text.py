"""Typed text without differences that mean nothing: spaces, letter case, widths, look-alike letters."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from assistant.system.display_safe import REPLACEMENT, unprintable
from assistant.system.keyboard import LAYOUTS, ON_LATIN_LAYOUT
from assistant.system.language import _

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LATIN: Final = "ABCEHKMOPTXYaceopxy"
_CYRILLIC: Final = "АВСЕНКМОРТХУасеорху"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
LETTER: Final = r"(?u:[^\W\d_])"
"""A regular expression for one letter, also within one for ASCII."""
_LETTERS: Final = re.compile(f"{LETTER}+")
_HAS_LATIN: Final = re.compile("[A-Za-z]")
_HAS_CYRILLIC: Final = re.compile("[А-Яа-яЁё]")
_OTHER_LAYOUTS: Final = [str.maketrans(layout) for layout in (*LAYOUTS.values(), ON_LATIN_LAYOUT)]
_LIKE_DIGITS: Final = str.maketrans("oоlіiз", "001113")


def normalized(text: str) -> str:
    """Return the text in lower case, with single spaces, and without invisible characters at its ends.

    A word with Latin and Cyrillic letters is written in one alphabet if its letters have look-alikes there.
    """
    text = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    at_the_ends = "".join({character for character in text if _is_gap(character) or _hidden(character)})
    text = "".join(" " if _is_gap(character) else character for character in text.strip(at_the_ends))
    text = re.sub(" +", " ", text)
    return _LETTERS.sub(lambda word: _in_one_alphabet(word[0]), text).casefold().replace("ё", "е")


def hidden_character(text: str) -> str:
    """Return a message about the first invisible or undecodable character in the text; empty if there is none."""
    for character in normalized(text):
        if character == REPLACEMENT:
            return _("A character in it could not be read. Type it again.")
        if _hidden(character):
            message = _("There is a character in it that cannot be seen, U+{code:04X}. Type it again.")
            return message.format(code=ord(character))
    return ""


def has_mixed_alphabets(text: str) -> bool:
    """Return whether a word has Latin and Cyrillic letters that are not only look-alikes."""
    return any(_is_mixed(word) for word in _LETTERS.findall(normalized(text)))


def with_digits(text: str) -> str:
    """Return plain text with the letters that look like digits replaced by them."""
    return text.translate(_LIKE_DIGITS)


def layout_hint(text: str, fits: Callable[[str], bool]) -> str:
    """Return what to say of a text that ``fits``, once plain, if the same keys are typed on another layout."""
    typed = text.casefold()
    if any(fits(normalized(typed.translate(layout))) for layout in _OTHER_LAYOUTS):
        return _("The keyboard seems to be switched to another language. Switch it and type the answer again.")
    return ""


def _is_gap(character: str) -> bool:
    return character == "\t" or unicodedata.category(character) == "Zs"


def _hidden(character: str) -> bool:
    return unprintable(character) or unicodedata.category(character) == "Cf" or character in "\r\n"


def _is_mixed(word: str) -> bool:
    return bool(_HAS_LATIN.search(word) and _HAS_CYRILLIC.search(word))


def _in_one_alphabet(word: str) -> str:
    if not _is_mixed(word):
        return word
    spellings = (word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN))
    return next((spelling for spelling in spellings if not _is_mixed(spelling)), word)
