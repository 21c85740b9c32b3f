"""What stands on the keys: those of a Latin keyboard, and the letters that a Russian layout has in their place."""

from typing import Final

_LATIN: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю"
ON_RUSSIAN_LAYOUT: Final = dict(zip(_LATIN, _RUSSIAN, strict=True))
"""The Russian letter on each key that is a letter in Russian."""
ON_LATIN_LAYOUT: Final = {russian: latin for latin, russian in ON_RUSSIAN_LAYOUT.items()}


def key_name(letter: str, language: str) -> str:
    """What is printed on a letter's key, as a reader of the language types it."""
    return ON_RUSSIAN_LAYOUT.get(letter, letter) if language == "ru" else letter
