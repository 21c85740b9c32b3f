"""Whole numbers below 100 as words, in any language: "ten", "двадцать одну"."""

import re
from typing import Final

from assistant.interview.typed_answer.text import LETTER
from assistant.system.locale import LOCALES

_NUMBERS: Final = {
    word: int(number)
    for locale in LOCALES.values()
    for number, words in locale.numbers.items()
    for word in words.split("|")
}
_TENS: Final = "|".join(word for word, number in _NUMBERS.items() if number >= 20)  # noqa: PLR2004  # twenty
_UNITS: Final = "|".join(word for word, number in _NUMBERS.items() if 1 <= number <= 9)  # noqa: PLR2004  # one to nine
_IN_WORDS: Final = re.compile(rf"(?<!{LETTER})(?:({_TENS})[ -]({_UNITS})|({'|'.join(_NUMBERS)}))(?!{LETTER})")


def in_figures(text: str) -> str:
    """Return plain text with the numbers in words as figures."""
    return _IN_WORDS.sub(lambda match: str(sum(_NUMBERS[word] for word in match.groups() if word)), text)
