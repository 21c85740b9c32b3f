"""Checks of the names of days: in each language, every name tells which days are meant."""

from collections import Counter
from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import NamedDays, Question
from assistant.system.language import _


def check_named_days(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield all problems of the names of days of a rulebook."""
    for question in rulebook.questions:
        for language in rulebook.languages if question.named else ():
            yield from _names(rulebook, question, language)


def _names(rulebook: Rulebook, question: Question, language: str) -> Iterator[Problem]:
    names = {days.id: _in_language(rulebook, question, language, days) for days in question.named}
    uses = Counter(name for spellings in names.values() for name in spellings)
    repeated = {name for name, count in uses.items() if count > 1}
    for days, spellings in names.items():
        key = f"questions.{question.id}.named.{days}.words"
        if not all(any(map(str.isalpha, spelling)) for spelling in spellings):
            message = _("in the language '{language}', a name of these days has no letter.").format(language=language)
            yield rulebook.problem_at(key, message, _("Write words, or delete the | before or after it."))
        elif repeated.intersection(spellings):
            message = _("in the language '{language}', these days have a name that is used twice for '{id}'.")
            message = message.format(language=language, id=question.id)
            yield rulebook.problem_at(
                key, message, _("Rename one of the days, so that each name tells which are meant.")
            )


def _in_language(rulebook: Rulebook, question: Question, language: str, days: NamedDays) -> list[str]:
    """Return the names of days in small letters, with one space for any white space."""
    key = f"questions.{question.id}.named.{days.id}.words"
    words = rulebook.translations.get(language, {}).get(key, days.words)
    spellings = days.replacing(words=words).spellings
    return [" ".join(spelling.casefold().split()) for spelling in spellings]
