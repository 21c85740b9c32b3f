"""Why a question is asked: which findings it can still decide, and by which answers. Computed, not written by hand."""

from collections import defaultdict

from assistant.assessment.assessor import Assessor, Status
from assistant.assessment.supposition import answers_among, nearest_answer, supposed_statuses, waiting_for
from assistant.documents.value import Value
from assistant.explanation.wording import alternatives, answers_text, status_word
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Atom
from assistant.rulebook.question import Answers
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet
from assistant.system.language import _, plural


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


def why_asked_lines(rulebook: Rulebook, why: WhyAsked, most: int | None = None) -> tuple[str, ...]:
    """Return the reasons for a question, one finding a line: at most ``most`` findings, and the number of others."""
    if not why.effects:
        return (_("No answer to this question can change a finding any more."),)
    shown = why.effects[:most]
    lines = [effect_text(rulebook, why.question, effect) for effect in shown]
    more = len(why.effects) - len(shown)
    if more:
        lines.append(plural("It bears on {count} more finding.", "It bears on {count} more findings.", more))
    if why.contradicting:
        contradicting = _answers(rulebook, why.question, why.contradicting)
        lines.append(_("This would contradict other answers: {answers}.").format(answers=contradicting))
    return tuple(lines)


def narrower_lines(assessor: Assessor, answers: Answers, question: str, most: int = 3) -> tuple[str, ...]:
    """Return what an answer within the range that was given would decide; no line if the answer is exact or enough.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    if not isinstance(answers.get(question), DateRange | NumberRange | OptionSet):
        return ()
    why = why_asked(assessor, answers, question)
    if not why.effects:
        return ()
    return (_("A more exact answer would decide more:"), *why_asked_lines(assessor.rulebook, why, most))


def effect_text(rulebook: Rulebook, question: str, effect: Effect) -> str:
    """Return a sentence about the statuses that the answers to a question would give a finding."""
    finding = rulebook.finding[effect.finding]
    if not effect.decides:
        return _("“{title}”: the answer decides together with others.").format(title=finding.title)
    outcomes = {
        Status.ESTABLISHED: effect.established,
        Status.EXCLUDED: effect.excluded,
        Status.POSSIBLE: effect.possible,
    }
    parts = [
        _("{status} with: {answers}").format(
            status=status_word(status, finding), answers=_answers(rulebook, question, atoms)
        )
        for status, atoms in outcomes.items()
        if atoms
    ]
    return _("“{title}”: {outcomes}.").format(title=finding.title, outcomes="; ".join(parts))


def _answers(rulebook: Rulebook, question: str, atoms: tuple[Atom, ...]) -> str:
    return alternatives([answers_text(rulebook.question[question], atom) for atom in atoms])
