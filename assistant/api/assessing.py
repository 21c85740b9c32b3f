"""Check answers, and assess what follows from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from assistant.api.explaining import Why, explain
from assistant.assessment import assessor
from assistant.assessment.assessment import Assessment as InnerAssessment
from assistant.documents.problem import InputError, Place, Problem
from assistant.documents.yaml_reader import named
from assistant.explanation.view.words import notice_words
from assistant.rulebook.answer import Mistake, contradiction, read_answer, unknown_finding, unknown_question
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program
from assistant.rulebook.question import Answer
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.scenarios.json_report import FindingReport, json_report
from assistant.scenarios.scenario import Scenario
from assistant.system.language import _, speaking
from assistant.system.message import text

_ANSWERS: Final = "answers"
"""The place of problems that do not concern one answer."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Assessment:
    """What follows from some answers: what :meth:`Assessor.assess` returns.

    ``answers``: the answers as they were understood, days as :class:`datetime.date`; unknown ones are absent.
    ``findings``: every finding by id, warnings first. ``exact``: no finding is *possible* although all ways to complete
    the answers agree; it is false only where a rulebook is too large to decide that.
    """

    rulebook: Rulebook
    answers: Mapping[str, Answer]
    findings: Mapping[str, FindingReport]
    exact: bool
    _program: Program
    _assessment: InnerAssessment

    @property
    def notice(self) -> str:
        """What to show next to every finding: what this is, and up to which day the law was reviewed."""
        with speaking(self.rulebook.language):
            return text(notice_words(self.rulebook))

    def why(self, finding: str) -> Why:
        """Return why a finding has its status, by its id.

        Raises:
            InputError: if the rulebook has no such finding.
        """
        with speaking(self.rulebook.language):
            if finding not in self.findings:
                raise InputError([_problem("finding", unknown_finding(self.rulebook, finding))])
            return explain(self.rulebook, self._program, self._assessment, self.answers, finding)


class Assessor:
    """Assesses answers by a rulebook. Make one, and use it for many answers, from one thread at a time.

    >>> from assistant import load_rulebook
    >>> assessor = Assessor(load_rulebook().or_raise())
    >>> assessment = assessor.assess({"service_category": "contract", "refusal": "oral", "act_date": "2022-09-24"})
    >>> assessment.findings["uk332_2_1"].status.value
    'possible'

    An invalid answer raises an error; it is never ignored:

    >>> assessor.assess({"refusal": "perhaps"})
    Traceback (most recent call last):
    assistant.InputError: answers['refusal']: this is not an option of 'refusal'. Known: ...
    """

    rulebook: Rulebook

    def __init__(self, rulebook: Rulebook) -> None:
        """Compile the rules."""
        self.rulebook = rulebook
        self._assessor = assessor.Assessor(rulebook)

    def assess(self, answers: Mapping[str, Answer | None]) -> Assessment:
        """Return what follows from answers by the ids of their questions.

        An answer is True or False, the id of an option, a whole number, or a day (a :class:`datetime.date`, or text as
        in ``2022-09-24``), or a range: also written as in scenario files (``2022-09``, ``{"from": 28, "up_to": 31}``,
        a list of options). None and ``"unknown"`` mean that it is not known, as does leaving the question out.
        Nothing else is converted or guessed.

        Raises:
            InputError: if a question or an option is unknown, a value has the wrong type or lies out of bounds, or the
                answers contradict each other. It has every problem, and says of each which answer it is about.
            EngineError: if the rules engine fails.
        """
        with speaking(self.rulebook.language):
            known = _known_answers(self.rulebook, answers)
            assessment = self._assessor.assess(known)
            if assessment.contradictions:
                clashes = map(contradiction, assessment.clashes(self.rulebook))
                raise InputError(_problem(_ANSWERS, clash) for clash in clashes)
        report = json_report(self.rulebook, Scenario(id=_ANSWERS, answers=known), assessment)
        return Assessment(
            rulebook=self.rulebook,
            answers=MappingProxyType(known),
            findings=MappingProxyType(report.findings),
            exact=report.exact,
            _program=self._assessor.program,
            _assessment=assessment,
        )


def _known_answers(rulebook: Rulebook, answers: Any) -> dict[str, Answer]:
    if not isinstance(answers, Mapping):
        raise InputError([_problem(_ANSWERS, Mistake(_("a mapping (keys and values) is needed here."), ""))])
    problems: list[Problem] = []
    known: dict[str, Answer] = {}
    for question, place, answer in _read_answers(rulebook, answers):
        if isinstance(answer, Mistake):
            problems.append(_problem(place, answer))
        else:
            known[question] = answer
    if problems:
        raise InputError(problems)
    return known


def _read_answers(rulebook: Rulebook, answers: Mapping[Any, Any]) -> Iterator[tuple[str, str, Answer | Mistake]]:
    """Yield every answer that is not unknown: its question, its place, and the answer or the mistake in it."""
    for key, value in answers.items():
        question = key if isinstance(key, str) else ""
        place = f"{_ANSWERS}[{named(question)!r}]"
        if question not in rulebook.question:
            yield question, place, unknown_question(rulebook, question)
        elif value is not None and not (isinstance(value, str) and value == UNKNOWN):
            yield question, place, read_answer(rulebook.question[question], value)


def _problem(place: str, mistake: Mistake) -> Problem:
    return mistake.at(Place(path=place))
