"""Keyboard layouts: the keys of a Latin keyboard and the letters that the Russian layout has on them."""

from typing import Final

_LATIN: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю"
ON_RUSSIAN_LAYOUT: Final = dict(zip(_LATIN, _RUSSIAN, strict=True))
"""The Russian letter of each Latin key, for keys that have a letter in the Russian layout."""
ON_LATIN_LAYOUT: Final = {russian: latin for latin, russian in ON_RUSSIAN_LAYOUT.items()}


def key_name(letter: str, language: str) -> str:
    """Return the label of a Latin letter's key in the layout of a language."""
    return ON_RUSSIAN_LAYOUT.get(letter, letter) if language == "ru" else letter
