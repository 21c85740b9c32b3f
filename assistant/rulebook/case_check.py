"""Checks of cases: their answers suit the questions, and their outcomes are findings."""

import datetime
from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.answer import Mistake, read_answer, unknown_finding, unknown_question
from assistant.rulebook.case import Case, Day
from assistant.rulebook.finding import Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers
from assistant.rulebook.ranges import DateRange, interval
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.system.language import _


def check_cases(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the problems of all cases that can be found without the rules."""
    for case in rulebook.cases:
        yield from _answers(rulebook, case)
        yield from _outcome(rulebook, case)
        yield from _reports(rulebook, case)
        yield from _order_of_days(rulebook, case)


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
        names = getattr(case.outcome, field)
        for index, name in enumerate(names):
            key = f"cases.{case.id}.outcome.{field}.{index}"
            finding = rulebook.finding.get(name)
            is_exposure = finding is not None and finding.kind is Kind.EXPOSURE
            if finding is None:
                unknown = unknown_finding(rulebook, name)
                yield rulebook.problem_at(key, unknown.message, unknown.remedy)
            elif name in names[:index]:
                message = _("'{id}' is here a second time.").format(id=name)
                yield rulebook.problem_at(key, message, _("Delete one of the two."))
            elif field != "happened" and not is_exposure:
                exposures = [each.id for each in rulebook.findings if each.kind is Kind.EXPOSURE]
                message = _("'{id}' is no exposure: nobody is charged with it.").format(id=name)
                yield rulebook.problem_at(key, message, nearest(name, exposures) or _("Name it under 'happened'."))
            elif field == "happened" and finding.penalties:
                message = _("'{id}' is an offence: it does not happen, it is charged or punished.").format(id=name)
                yield rulebook.problem_at(key, message, _("Name it under 'charged_with' or 'convicted_of'."))


def _reports(rulebook: Rulebook, case: Case) -> Iterator[Problem]:
    for index, report in enumerate(case.reported):
        if report in case.reported[:index]:
            message = _("this report is here a second time.")
            yield rulebook.problem_at(f"cases.{case.id}.reported.{index}", message, _("Delete one of the two."))


def _order_of_days(rulebook: Rulebook, case: Case) -> Iterator[Problem]:
    """Yield a problem if an outcome or a report is certainly earlier than the act, or all reports than the outcome."""
    asked = rulebook.question.get(rulebook.metadata.date_question or "")
    act = read_answer(asked, _given(case).get(asked.id)) if asked is not None else None
    act_start = interval(act)[0] if isinstance(act, datetime.date | DateRange) else None
    remedy = _("Mend the day that is wrong.")
    dated = [(f"reported.{index}", report.on) for index, report in enumerate(case.reported)]
    for key, on in (("outcome", case.outcome.on), *dated):
        if _is_before(on, act_start):
            message = _("this is earlier than the act of this case.")
            yield rulebook.problem_at(f"cases.{case.id}.{key}.on", message, remedy)
    outcome_start = interval(case.outcome.on)[0] if case.outcome.on is not None else None
    if all(_is_before(on, outcome_start) for _key, on in dated):
        message = _("this is later than all reports of this case.")
        yield rulebook.problem_at(f"cases.{case.id}.outcome.on", message, remedy)


def _is_before(on: Day | None, start: int | None) -> bool:
    last = None if on is None else interval(on)[1]
    return last is not None and start is not None and last < start
