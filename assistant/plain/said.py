"""Words that mean the same at every question: numbers, yes and no, and the names of commands."""

import re
from typing import Final

from assistant.interview.typed_answer.text import plain
from assistant.interview.typed_answer.unknown import words_of
from assistant.system.language import _

_NUMBER: Final = re.compile(r"\(?([0-9]{1,9})[.)]?")

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
    """Return the number that a text is, as in ``2``, ``2.`` or ``(2)``; None if it is no number."""
    match = _NUMBER.fullmatch(plain(text))
    return int(match[1]) if match else None


def yes_or_no(text: str) -> bool | None:
    """Return the answer of a text to a yes-or-no question, in either language; None if it is not certain.

    One letter is certain only in the language in use: on a Russian keyboard the key of "y" is the letter of "нет".
    """
    said = " ".join(words_of(text))
    if said in YES or said == _("y"):
        return True
    return False if said in NO or said == _("n") else None


def letter_of_yes_or_no(text: str) -> bool | None:
    """Return what one letter could mean in some language or on some keyboard: yes, no, or None."""
    return {"y": True, "д": True, "n": False, "н": False, "т": False}.get(" ".join(words_of(text)))


def command_said(words: tuple[str, ...]) -> str:
    """Return the letter of the command that these words name; empty if they name none."""
    return _COMMANDS.get(" ".join(words), "")
