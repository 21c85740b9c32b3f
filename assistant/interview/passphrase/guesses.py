"""An estimate, rather too low than too high, of the guesses that a passphrase withstands.

zxcvbn (Wheeler, USENIX Security 2016) knows English words, names and keyboard walks. This module estimates what zxcvbn
takes for random: Russian words, words typed on the other keyboard layout, and words of any other language.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from assistant.system.keyboard import LAYOUTS, ON_LATIN_LAYOUT

MAX_JUDGED_CHARACTERS: Final = 72
"""Further characters are ignored: the time grows with the square, and 72 bad characters show that all is bad."""
_LOG10_WORDS: Final = 4.0
"""log₁₀ of the number of words that a person thinks of. A word is rarer by half a digit for each letter over ten."""
_NOT_LATIN: Final = re.compile(r"[^\W\d_]*[^\W\d_a-z][^\W\d_]*")
"""A run of letters that is not all a–z."""

_OTHER_LAYOUT: Final = str.maketrans({**LAYOUTS["ru"], **ON_LATIN_LAYOUT})
_IN_LATIN_LETTERS: Final = str.maketrans("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", "ъь") | {
    ord(letter): latin for letter, latin in zip("жцчшщюя", ("zh", "ts", "ch", "sh", "sch", "yu", "ya"), strict=True)
}
_WORD_SEPARATORS: Final = re.compile(r"[\s.,;:!?_-]+")


def guesses(passphrase: str) -> float:
    """Return the number of guesses, at most about 10^72, of the cheapest attack known to this module."""
    text = passphrase[:MAX_JUDGED_CHARACTERS].lower().replace("ё", "е")
    typed_elsewhere = text.translate(_OTHER_LAYOUT).replace("ё", "е")
    ways = [_word_by_word(text)]
    for spelling in (text, _WORD_SEPARATORS.sub("", text)):
        ways += [_by_zxcvbn(spelling), _by_zxcvbn(spelling.translate(_OTHER_LAYOUT).replace("ё", "е"))]
    if all(word in _ranks() for word in _NOT_LATIN.findall(typed_elsewhere)):
        ways.append(_word_by_word(typed_elsewhere))
    return min(ways)


def _by_zxcvbn(text: str) -> float:
    from zxcvbn import zxcvbn

    # It refuses an empty text; a single guess will do.
    return float(zxcvbn(text, user_inputs=list(_ranks()), max_length=MAX_JUDGED_CHARACTERS)["guesses"]) if text else 1.0


def _word_by_word(text: str) -> float:
    """Return the guesses if each foreign word is guessed as one of the common words or as any word.

    Each word counts once. zxcvbn estimates the rest. Infinite if there are no foreign words.
    """
    words = set(_NOT_LATIN.findall(text))
    product = 1.0
    for word in words:
        any_word = 10 ** min(len(word), _LOG10_WORDS + max(0, len(word) - 10) / 2)
        product *= min(_ranks().get(word, any_word), any_word)
    return product * _by_zxcvbn(" ".join(_NOT_LATIN.sub("", text).split())) if words else float("inf")


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    """Return common Russian words with their ranks, from 1; also in Latin letters, and sayings as one word."""
    lines = Path(__file__).with_name("common_words.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    known = (form for word in words for form in (word, word.replace(" ", "")))
    forms = dict.fromkeys(form for word in known for form in (word, word.translate(_IN_LATIN_LETTERS)))
    return {form: rank for rank, form in enumerate(forms, start=1)}
