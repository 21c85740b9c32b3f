"""The languages of the program: a folder for each, with its record and its translated texts."""

from collections.abc import Callable
from typing import Final

from assistant.system.locale.en import ENGLISH
from assistant.system.locale.record import Locale
from assistant.system.locale.ru import RUSSIAN

LOCALES: Final = {locale.code: locale for locale in (ENGLISH, RUSSIAN)}
"""The record of each language, by its code."""


def words_of_all(field: Callable[[Locale], str]) -> frozenset[str]:
    """Return the words of a field in all languages: what is typed may be in any of them."""
    return frozenset(word for locale in LOCALES.values() for word in field(locale).split("|") if word)


def pattern_of_all(field: Callable[[Locale], str]) -> str:
    """Return the words of a field in all languages as alternatives of a regular expression."""
    return "|".join(sorted(words_of_all(field)))
