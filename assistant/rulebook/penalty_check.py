"""Checks of the penalties of findings: who has one, what it refers to, and that the texts say the same."""

from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.condition_check import check_condition
from assistant.rulebook.finding import Finding, Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Penalty
from assistant.rulebook.penalty_phrase import penalty_phrase
from assistant.system.language import LANGUAGES, _, speaking


def check_penalties(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the problems of all penalties."""
    stated = any(finding.penalty is not None for finding in rulebook.findings)
    for finding in rulebook.findings:
        key = f"findings.{finding.id}"
        if finding.kind is not Kind.EXPOSURE and finding.penalty is not None:
            yield rulebook.problem_at(f"{key}.penalty", _("only an exposure has a penalty."), _("Delete it."))
        elif finding.kind is Kind.EXPOSURE and finding.penalty is None and stated:
            message = _("'{id}' has no penalty, and other exposures have one.").format(id=finding.id)
            yield rulebook.problem_at(key, message, _("Write its penalty, or 'penalty: {none: …}' with the reason."))
        for index, penalty in enumerate(finding.penalties):
            here = f"{key}.penalty.{index if penalty.id is None else penalty.id}"
            for name, value in penalty.conditions.items():
                yield from check_condition(rulebook, f"{here}.for.{name}", name, value)
            yield from _references(rulebook, here, penalty)
            yield from _words(rulebook, here, finding, penalty)


def _references(rulebook: Rulebook, key: str, penalty: Penalty) -> Iterator[Problem]:
    if penalty.statute is not None and penalty.statute not in rulebook.sources.statute:
        message = _("there is no statute '{id}'.").format(id=penalty.statute)
        yield rulebook.problem_at(f"{key}.statute", message, nearest(penalty.statute, rulebook.sources.statute))
    if penalty.in_force and rulebook.metadata.date_question is None:
        message = _("a period needs a question to be compared with.")
        yield rulebook.problem_at(f"{key}.in_force", message, _("Name one as 'date_question' of the rulebook."))


def _words(rulebook: Rulebook, key: str, finding: Finding, penalty: Penalty) -> Iterator[Problem]:
    """Yield a problem for each language of the program in which the texts do not contain the words of the penalty."""
    for language in rulebook.languages:
        if language not in LANGUAGES:
            continue
        with speaking(language):
            phrase = penalty_phrase(penalty)
        if _folded(phrase) not in _folded(_texts(rulebook, language, finding)):
            message = _("in the language '{language}', the texts of '{id}' do not say '{phrase}'.")
            message = message.format(language=language, id=finding.id, phrase=phrase)
            yield rulebook.problem_at(key, message, _("Write it word for word, or mend the penalty."))


def _texts(rulebook: Rulebook, language: str, finding: Finding) -> str:
    texts = rulebook.translations.get(language, {})
    title = texts.get(f"findings.{finding.id}.title", finding.title)
    return f"{title} {texts.get(f'findings.{finding.id}.text', finding.text)}"


def _folded(text: str) -> str:
    """Return a text in small letters, with one space for any white space."""
    return " ".join(text.casefold().split())
