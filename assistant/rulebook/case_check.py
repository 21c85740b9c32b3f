"""Checks of cases: their answers suit the questions, and their outcomes are findings."""

from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.answer import Mistake, read_answer, unknown_finding, unknown_question
from assistant.rulebook.case import Case
from assistant.rulebook.finding import Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.system.language import _


def check_cases(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the problems of all cases that can be found without the rules."""
    for case in rulebook.cases:
        yield from _answers(rulebook, case)
        yield from _outcome(rulebook, case)


def answers_of(rulebook: Rulebook, case: Case) -> Answers:
    """Return the answers of a case that :func:`check_cases` has accepted; what is not reported is left out."""
    read = {name: read_answer(rulebook.question[name], value) for name, value in _given(case).items()}
    return {name: answer for name, answer in read.items() if not isinstance(answer, Mistake)}


def _given(case: Case) -> dict[str, object]:
    return {name: value for name, value in case.answers.items() if value is not None and value != UNKNOWN}


def _answers(rulebook: Rulebook, case: Case) -> Iterator[Problem]:
    for name, value in _given(case).items():
        asked = rulebook.question.get(name)
        read = unknown_question(rulebook, name) if asked is None else read_answer(asked, value)
        if isinstance(read, Mistake):
            yield rulebook.problem_at(f"cases.{case.id}.answers.{name}", read.message, read.remedy)


def _outcome(rulebook: Rulebook, case: Case) -> Iterator[Problem]:
    for field in ("convicted_of", "charged_with", "happened"):
        for index, name in enumerate(getattr(case.outcome, field)):
            key = f"cases.{case.id}.outcome.{field}.{index}"
            finding = rulebook.finding.get(name)
            if finding is None:
                unknown = unknown_finding(rulebook, name)
                yield rulebook.problem_at(key, unknown.message, unknown.remedy)
            elif field != "happened" and finding.kind is not Kind.EXPOSURE:
                exposures = [each.id for each in rulebook.findings if each.kind is Kind.EXPOSURE]
                message = _("'{id}' is no exposure: nobody is charged with it.").format(id=name)
                yield rulebook.problem_at(key, message, nearest(name, exposures) or _("Name it under 'happened'."))
