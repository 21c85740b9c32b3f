"""Words that mean the same at every question: yes, no, "I don't know", and those that stand for a command."""

import re
from typing import Final

from assistant.interview.typed_answer.text import plain
from assistant.interview.typed_answer.unknown import words_of
from assistant.system.language import _

_NUMBER: Final = re.compile(r"\(?([0-9]{1,9})[.)]?")
"""A word, a number with its sign, or a character that means something: "yes?" is not "yes"."""

YES: Final = {
    *("yes", "yeah", "yep", "yup", "true", "yes of course", "of course"),
    *("да", "ага", "угу", "верно", "конечно", "да конечно", "так точно"),
}
NO: Final = {
    *("no", "nope", "nah", "false", "not at all", "of course not"),
    *("нет", "неа", "нету", "неверно", "конечно нет", "никак нет"),
}
_COMMANDS: Final = {
    **dict.fromkeys(("help", "помощь", "справка"), "?"),
    **dict.fromkeys(("back", "go back", "назад"), "b"),
    **dict.fromkeys(("findings", "выводы"), "f"),
    **dict.fromkeys(("next", "next case", "следующий", "следующий случай"), "n"),
    **dict.fromkeys(("quit", "exit", "leave", "выйти", "выход"), "q"),
}


def number_said(text: str) -> int | None:
    """Return the number that a text is, as in ``2``, ``2.`` or ``(2)``; none if it is no number."""
    match = _NUMBER.fullmatch(plain(text))
    return int(match[1]) if match else None


def yes_or_no(text: str) -> bool | None:
    """Return what a text says to a question of yes or no, in either language; none if that is not certain.

    One letter is certain in the language in use only: the key of "y" has the letter of "нет" on a Russian keyboard.
    """
    said = " ".join(words_of(text))
    if said in YES or said == _("y"):
        return True
    return False if said in NO or said == _("n") else None


def letter_of_yes_or_no(text: str) -> bool | None:
    """Return what one letter could mean in some language or on some keyboard: yes, no, or neither."""
    return {"y": True, "д": True, "n": False, "н": False, "т": False}.get(" ".join(words_of(text)))


def command_said(words: tuple[str, ...]) -> str:
    """Return the letter of the command that these words name, or nothing."""
    return _COMMANDS.get(" ".join(words), "")
