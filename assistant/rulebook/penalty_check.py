"""Checks of the penalties of findings: who has one, what it refers to, and that the texts say the same."""

import re
from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.condition_check import check_condition
from assistant.rulebook.finding import Finding, Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Penalty, Sentence, Term
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
        for penalty in finding.penalties:
            here = _key(finding, penalty)
            for name, value in penalty.conditions.items():
                yield from check_condition(rulebook, f"{here}.for.{name}", name, value)
            yield from _references(rulebook, here, penalty)
        yield from _words(rulebook, finding)


def _references(rulebook: Rulebook, key: str, penalty: Penalty) -> Iterator[Problem]:
    if penalty.statute is not None and penalty.statute not in rulebook.sources.statute:
        message = _("there is no statute '{id}'.").format(id=penalty.statute)
        yield rulebook.problem_at(f"{key}.statute", message, nearest(penalty.statute, rulebook.sources.statute))
    if penalty.in_force and rulebook.metadata.date_question is None:
        message = _("a period needs a question to be compared with.")
        yield rulebook.problem_at(f"{key}.in_force", message, _("Name one as 'date_question' of the rulebook."))


def _words(rulebook: Rulebook, finding: Finding) -> Iterator[Problem]:
    """Yield a problem for each language of the program in which the texts do not contain the words of a penalty."""
    for language in rulebook.languages if finding.penalties else ():
        if language not in LANGUAGES:
            continue
        texts = _texts(rulebook, language, finding)
        with speaking(language):
            said = {penalty_phrase(penalty): penalty for penalty in finding.penalties}
            missing, rest = _missing(list(said), texts)
            life = penalty_phrase(Sentence(life=True))
        for phrase in missing:
            message = _("in the language '{language}', the texts of '{id}' do not say '{phrase}'.")
            message = message.format(language=language, id=finding.id, phrase=phrase)
            key = _key(finding, said[phrase])
            yield rulebook.problem_at(key, message, _("Write it word for word, or mend the penalty."))
        if not missing and _folded(life) in rest:
            message = _("in the language '{language}', the texts of '{id}' say '{phrase}', and no penalty does.")
            message = message.format(language=language, id=finding.id, phrase=life)
            yield rulebook.problem_at(f"findings.{finding.id}.penalty", message, _("Mend the penalty or the texts."))


def _missing(phrases: list[str], texts: str) -> tuple[list[str], str]:
    """Return the phrases that the texts do not say, and the texts without the others.

    A phrase within a longer one does not count, nor one that goes on a length: "2 to 3 years" is not said by "12 to 3
    years", nor "8 months" by "1 year 8 months".
    """
    rest, missing = _folded(texts), []
    length = rf"\d+ (?:{'|'.join(map(re.escape, _units()))})"
    for phrase in sorted(phrases, key=len, reverse=True):
        whole = rf"(?<!\w)({length} )?{re.escape(_folded(phrase))}(?!\w| {length}\b)"
        if all(found[1] for found in re.finditer(whole, rest)):
            missing.append(phrase)
        rest = re.sub(whole, "…", rest)
    return missing, rest


def _units() -> set[str]:
    """Return the words for months and years in the current language, with each number and in each case."""
    lengths = (1, 2, 5, 12, 24, 60)
    terms = (Term(start=start, up_to=most) for most in lengths for start in (None, most))
    return {penalty_phrase(Sentence(arrest=term)).split()[-1] for term in terms}


def _texts(rulebook: Rulebook, language: str, finding: Finding) -> str:
    texts = rulebook.translations.get(language, {})
    title = texts.get(f"findings.{finding.id}.title", finding.title)
    return f"{title} {texts.get(f'findings.{finding.id}.text', finding.text)}"


def _folded(text: str) -> str:
    """Return a text in small letters, with one space for any white space."""
    return " ".join(text.casefold().split())


def _key(finding: Finding, penalty: Penalty) -> str:
    """Return the key of the place of a penalty."""
    index = finding.penalties.index(penalty)
    return f"findings.{finding.id}.penalty.{index if penalty.id is None else penalty.id}"
