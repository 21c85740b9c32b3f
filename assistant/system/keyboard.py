"""Keyboard layouts: the keys of a Latin keyboard and the letters that other layouts have on them."""

from typing import Final

from assistant.system.locale import LOCALES

LATIN_KEYS: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
LAYOUTS: Final = {
    locale.code: dict(zip(LATIN_KEYS, locale.keyboard, strict=True)) for locale in LOCALES.values() if locale.keyboard
}
"""The letter of each Latin key, by language."""
ON_LATIN_LAYOUT: Final = {letter: key for layout in LAYOUTS.values() for key, letter in layout.items()}
"""The Latin key of each letter of another layout."""


def key_name(letter: str, language: str) -> str:
    """Return the label of a Latin letter's key in the layout of a language."""
    return LAYOUTS.get(language, {}).get(letter, letter)
