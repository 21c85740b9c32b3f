"""Why a question is asked: which findings it can still decide, and by which answers. Computed, not written by hand."""

from collections import defaultdict

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import answers_among, nearest_answer, supposed_statuses, waiting_for
from assistant.documents.value import Value
from assistant.rulebook.program import Atom
from assistant.rulebook.question import Answers
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet


class Effect(Value):
    """The statuses that the answers to a question would give a finding that is possible without an answer.

    ``established``, ``excluded`` and ``possible`` contain the answers that lead to each status. If the first two are
    empty, the question decides only together with others.
    """

    finding: str
    established: tuple[Atom, ...] = ()
    excluded: tuple[Atom, ...] = ()
    possible: tuple[Atom, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether a single answer settles the finding."""
        return bool(self.established or self.excluded)


class WhyAsked(Value):
    """The findings that a question can still decide: those that one answer settles, then the rest; warnings first.

    ``contradicting`` contains the answers that would contradict earlier ones. If ``exact``, a question has effects only
    if it matters for some completion of the answers.
    """

    question: str
    effects: tuple[Effect, ...]
    contradicting: tuple[Atom, ...]
    exact: bool


def why_asked(assessor: Assessor, answers: Answers, question: str) -> WhyAsked:
    """Return why a question is asked, given the answers to the others.

    An exact answer to the question itself is ignored. If it is a range, the effects are those of answers within it.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    given = answers.get(question)
    within = given if isinstance(given, DateRange | NumberRange | OptionSet) else None
    others = {asked: answer for asked, answer in answers.items() if asked != question or within is not None}
    asked, cells = assessor.rulebook.question[question], assessor.cells[question]
    leading: dict[str, dict[Status, list[int]]] = {
        finding: defaultdict(list) for finding in waiting_for(assessor, others, question)
    }
    contradicting: list[int] = []
    for at in range(len(cells.representatives)) if within is None else cells.touched(within):
        answer = nearest_answer(cells, at, within)
        statuses = supposed_statuses(assessor, {**others, question: answer}, leading)
        if statuses is None:
            contradicting.append(at)
            continue
        for finding, by_status in leading.items():
            by_status[statuses[finding]].append(at)
    effects = [
        Effect(
            finding=finding,
            established=answers_among(asked, cells, by_status[Status.ESTABLISHED], within),
            excluded=answers_among(asked, cells, by_status[Status.EXCLUDED], within),
            possible=answers_among(asked, cells, by_status[Status.POSSIBLE], within),
        )
        for finding, by_status in leading.items()
    ]
    return WhyAsked(
        question=question,
        effects=tuple(sorted(effects, key=lambda effect: not effect.decides)),
        contradicting=answers_among(asked, cells, contradicting, within),
        exact=assessor.diagram is not None,
    )
