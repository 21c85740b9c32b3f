"""Compare two rulebooks, or two days in one: which findings change, for which and how many answers."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from assistant.analysis.concrete import Setting, fitting_example
from assistant.assessment.assessment import Status
from assistant.assessment.cells import cells_of, lower_bounds
from assistant.assessment.diagram import Diagram
from assistant.assessment.space import PointSet, Space
from assistant.assessment.variable_order import constrained_together
from assistant.documents.value import Value
from assistant.rulebook.answer import Mistake, read_point
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Atom, Program, compile_rules, ordinal
from assistant.rulebook.question import Answer
from assistant.rulebook.translation import texts_of
from assistant.system.language import _

SECTIONS = ("questions", "facts", "findings", "rules", "impossible")
"""The sections of a rulebook whose items have an id and texts."""


class Change(Value):
    """A finding whose status changes, with the share of answers that change it and a smallest example.

    ``share``: the part of all complete answers without contradiction on either side, from 0 to 1; every cell has the
    same weight. ``answers``: as few answers as show the change; None if none were found that fit together where some
    are computed from others, although there may be some.
    """

    finding: str
    before: Status
    after: Status
    share: float
    answers: dict[str, Answer] | None


class Difference(Value):
    """An item that only one side has, or whose text or citations differ; ``what`` names the section."""

    what: str
    id: str
    before: str = ""
    after: str = ""


class Comparison(Value):
    """All differences between two sides."""

    before: str
    after: str
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        """Return whether nothing differs."""
        return not self.changes and not self.differences


def compare_rulebooks(before: Rulebook, after: Rulebook, *, quick: bool = False) -> Comparison:
    """Compare two rulebooks. Findings are compared for the answers that both accept.

    With ``quick``, the examples are small, but perhaps not the smallest.

    Raises:
        ValueError: if a question has different types; the message is in the user's language.
        MemoryError: if the rulebooks are too large for decision diagrams.
    """
    one, two = compile_rules(before), compile_rules(after)
    retyped = [question for question, kind in one.questions.items() if two.questions.get(question, kind) is not kind]
    if retyped:
        raise ValueError(_("{questions}: the type is another.").format(questions=", ".join(retyped)))
    accepted = {
        question: _common_answers(one, two, question) for question in one.questions if question in two.questions
    }
    cells = cells_of([one, two], {question: lower_bounds(atom) for question, atom in accepted.items()})
    space = Space(cells.values(), together=constrained_together([one, two]))
    first, second = Diagram(one, space), Diagram(two, space)
    common = first.possible & second.possible
    for question, atom in accepted.items():
        common &= space.among(question, space.cells[question].inside(atom))
    compared = _Comparer(space, common, (Setting(before, first), Setting(after, second)), quick)
    return Comparison(
        before=before.hash,
        after=after.hash,
        changes=tuple(
            change
            for finding in (each.id for each in before.findings_in_order)
            if finding in after.finding
            for change in compared.changes(
                finding, _points_by_status(first, finding), _points_by_status(second, finding)
            )
        ),
        differences=tuple(_differences(before, after)),
    )


def compare_days(rulebook: Rulebook, before: datetime.date, after: datetime.date) -> Comparison:
    """Compare the findings of one rulebook on two days of the act, with all other answers equal.

    Raises:
        ValueError: if the rulebook does not ask for the day of the act, or does not accept one of the days; the
            message is in the user's language.
        MemoryError: if the rulebook is too large for decision diagrams.
    """
    days = _Days(rulebook, (before, after))
    return Comparison(before=before.isoformat(), after=after.isoformat(), changes=days.changes(before, after))


def changes_of_the_law(rulebook: Rulebook) -> tuple[Comparison, ...]:
    """Return a comparison with the day before for each day on which a finding changes.

    The examples are small, but perhaps not the smallest: these would take seconds to find.

    Raises:
        ValueError: if the rulebook does not ask for the day of the act.
        MemoryError: if the rulebook is too large for decision diagrams.
    """
    days = _Days(rulebook)
    comparisons = []
    for start in days.diagram.space.cells[days.asked].lower_bounds:
        before, after = datetime.date.fromordinal(start - 1), datetime.date.fromordinal(start)
        changes = days.changes(before, after, quick=True)
        if changes:
            comparisons.append(Comparison(before=before.isoformat(), after=after.isoformat(), changes=changes))
    return tuple(comparisons)


class _Days:
    """One rulebook on different days of the act, with all other answers equal."""

    def __init__(self, rulebook: Rulebook, days: Sequence[datetime.date] = ()) -> None:
        if rulebook.metadata.date_question is None:
            raise ValueError(_("The rules do not depend on a day."))
        self.asked = rulebook.metadata.date_question
        for day in days:
            answer = read_point(rulebook.question[self.asked], day)
            if isinstance(answer, Mistake):
                raise ValueError(f"{day}: {answer.message} {answer.remedy}")  # noqa: TRY004  # the day is wrong, not its type
        self.rulebook = rulebook
        self._findings = [finding.id for finding in rulebook.findings_in_order]
        program = compile_rules(rulebook)
        cells = cells_of([program], {self.asked: map(ordinal, days)})
        self.diagram = Diagram(program, Space(cells.values(), together=constrained_together([program])))

    def changes(self, before: datetime.date, after: datetime.date, quick: bool = False) -> tuple[Change, ...]:
        """Return the changes of findings from one day to the other."""
        common = self._on(before, self.diagram.possible) & self._on(after, self.diagram.possible)
        settings = [Setting(self.rulebook, self.diagram, {self.asked: day}) for day in (before, after)]
        compared, changes = _Comparer(self.diagram.space, common, settings, quick), list[Change]()
        for finding in self._findings:
            where = _points_by_status(self.diagram, finding)
            one, two = ({status: self._on(day, points) for status, points in where.items()} for day in (before, after))
            changes += compared.changes(finding, one, two)
        return tuple(changes)

    def _on(self, day: datetime.date, points: PointSet) -> PointSet:
        space = self.diagram.space
        return space.exists_over(self.asked, points & space.answering({self.asked: day}))


def _common_answers(one: Program, two: Program, question: str) -> Atom:
    """Return the atom of the answers to a question that both sides accept."""
    kind = one.questions[question]
    if kind.is_ordered:
        (low, high), (other_low, other_high) = one.bounds[question], two.bounds[question]
        lows, highs = (
            [bound for bound in pair if bound is not None] for pair in ((low, other_low), (high, other_high))
        )
        return Atom(node="", question=question, low=max(lows, default=None), high=min(highs, default=None))
    options = tuple(option for option in one.options[question] if option in two.options[question])
    return Atom(node="", question=question, values=options or (False, True))


def _points_by_status(diagram: Diagram, finding: str) -> dict[Status, PointSet]:
    may_hold, may_fail = diagram.outcomes(finding)
    return {
        Status.ESTABLISHED: diagram.surely(finding),
        Status.POSSIBLE: may_hold & may_fail,
        Status.EXCLUDED: diagram.never(finding),
    }


class _Comparer(NamedTuple):
    """The points that both sides accept, on which statuses are compared; ``quick``: examples need not be smallest.

    ``settings``: both sides, by which an example has to fit.
    """

    space: Space
    common: PointSet
    settings: Sequence[Setting]
    quick: bool = False

    def changes(
        self, finding: str, before: Mapping[Status, PointSet], after: Mapping[Status, PointSet]
    ) -> Iterator[Change]:
        self.space.make_room()
        total = self.space.count(self.common)
        for one, two in product(Status, Status):
            changed = before[one] & after[two] & self.common
            if one is not two and changed.satisfiable():
                answers, is_certain = fitting_example(self.settings, changed, self.common, quick=self.quick)
                if answers is not None or not is_certain:
                    share = self.space.count(changed) / total
                    yield Change(finding=finding, before=one, after=two, share=share, answers=answers)


def _differences(before: Rulebook, after: Rulebook) -> Iterator[Difference]:
    for section in SECTIONS:
        for name, old, new in _pairs(getattr(before, section), getattr(after, section)):
            if old is None or new is None:
                yield Difference(what=section, id=name, before=name if old else "", after=name if new else "")
                continue
            olds, news = texts_of(old), texts_of(new)
            for key in dict.fromkeys((*olds, *news)):
                one, two = olds.get(key, ""), news.get(key, "")
                if one != two:
                    yield Difference(what=f"{section}.{key}", id=name, before=one, after=two)
            if section == "rules" and old.cites != new.cites:
                yield Difference(what="rules.cites", id=name, before=_cited(old), after=_cited(new))
    for section in ("passages", "statutes", "laws"):
        for name, old, new in _pairs(getattr(before.sources, section), getattr(after.sources, section)):
            if old != new:
                yield Difference(what=section, id=name, before=_as_json(old), after=_as_json(new))


def _pairs(before: Iterable[Any], after: Iterable[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Return every id in either, with its item in each or None."""
    olds, news = ({item.id: item for item in items} for items in (before, after))
    for name in dict.fromkeys((*olds, *news)):
        yield name, olds.get(name), news.get(name)


def _cited(rule: Any) -> str:
    return ", ".join(f"{cite.bearing.value} {cite.passage or cite.statute}" for cite in rule.cites)


def _as_json(item: Value | None) -> str:
    return "" if item is None else item.as_json(by_alias=True, exclude_none=True)
