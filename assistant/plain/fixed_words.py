"""Words that mean the same at every question: numbers, yes and no, and the names of commands."""

import re
from typing import Final

from assistant.interview.typed_answer.text import normalized
from assistant.interview.typed_answer.unknown import words_of
from assistant.system.language import locale_in_use
from assistant.system.locale import LOCALES, words_of_all

_NUMBER: Final = re.compile(r"\(?([0-9]{1,9})[.)]?")

YES: Final = words_of_all(lambda locale: locale.yes)
NO: Final = words_of_all(lambda locale: locale.no)
_LETTERS_OF_YES: Final = words_of_all(lambda locale: locale.letters_of_yes)
_LETTERS_OF_NO: Final = words_of_all(lambda locale: locale.letters_of_no)
_COMMANDS: Final = {
    name: letter
    for locale in LOCALES.values()
    for letter, names in locale.commands.items()
    for name in names.split("|")
}


def number_said(text: str) -> int | None:
    """Return the number that a text is, as in ``2``, ``2.`` or ``(2)``; None if it is no number."""
    match = _NUMBER.fullmatch(normalized(text))
    return int(match[1]) if match else None


def yes_or_no(text: str) -> bool | None:
    """Return the answer of a text to a yes-or-no question, in any language; None if it is not certain.

    One letter is certain only in the language in use: on a Russian keyboard the key of "y" is the letter of "нет".
    """
    said = " ".join(words_of(text))
    if said in YES or said == locale_in_use().letters_of_yes[0]:
        return True
    return False if said in NO or said == locale_in_use().letters_of_no[0] else None


def letter_of_yes_or_no(text: str) -> bool | None:
    """Return what one letter could mean in some language or on some keyboard: yes, no, or None."""
    said = " ".join(words_of(text))
    return True if said in _LETTERS_OF_YES else False if said in _LETTERS_OF_NO else None


def command_said(words: tuple[str, ...]) -> str:
    """Return the letter of the command that these words name; empty if they name none."""
    return _COMMANDS.get(" ".join(words), "")
