"""What differs between two rulebooks, or between two days in one: for which answers, and how many, findings change."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from assistant.assessment import Status
from assistant.cells import cells_of
from assistant.diagram import Diagram, Points, Space
from assistant.logic import Program, compile_rules, ordinal
from assistant.rulebook import Answer, Rulebook
from assistant.texts import texts_of
from assistant.value import Value

SECTIONS = ("questions", "facts", "findings", "rules", "impossible")
"""What a rulebook has by id, and its texts with it."""


class Change(Value):
    """A finding that is one thing before and another after: for what share of the answers, and for which, at least.

    ``share`` is of all complete answers that contradict nothing on either side; ``answers`` are as few as have it so.
    """

    finding: str
    before: Status
    after: Status
    share: float
    answers: dict[str, Answer]


class Difference(Value):
    """Something by id that only one side has, or whose text or citations differ; ``what`` names the section."""

    what: str
    id: str
    before: str = ""
    after: str = ""


class Comparison(Value):
    """Everything that differs between two sides."""

    before: str
    after: str
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not self.differences


def compare_rulebooks(before: Rulebook, after: Rulebook) -> Comparison:
    """What differs between two rulebooks. Findings are compared for the answers that both of them take.

    Raises:
        ValueError: with the questions that have one type on one side and another on the other.
        MemoryError: if they are too large for decision diagrams.
    """
    one, two = compile_rules(before), compile_rules(after)
    retyped = [question for question in one.questions if _retyped(one, two, question)]
    if retyped:
        raise ValueError(", ".join(retyped))
    space = Space(cells_of([one, two]).values())
    first, second = Diagram(one, space), Diagram(two, space)
    common = first.possible & second.possible
    for question in one.questions.keys() & two.questions.keys():
        if options := set(one.options[question]) & set(two.options[question]):
            answers = space.cells[question].simplest
            common &= space.among(question, [at for at, option in enumerate(answers) if option in options])
    return Comparison(
        before=before.hash,
        after=after.hash,
        changes=tuple(
            change
            for finding in _gravest_first(before)
            if finding in after.finding
            for change in _changes(space, finding, _where(first, finding), _where(second, finding), common)
        ),
        differences=tuple(_differences(before, after)),
    )


def compare_days(rulebook: Rulebook, before: datetime.date, after: datetime.date) -> Comparison:
    """How the findings of one rulebook change from one day of the act to another, the other answers being equal.

    Raises:
        ValueError: if the rulebook does not ask for the day of the act.
        MemoryError: if it is too large for decision diagrams.
    """
    asked = rulebook.metadata.date_question
    if asked is None:
        raise ValueError("date_question")
    program = compile_rules(rulebook)
    space = Space(cells_of([program], {asked: [ordinal(before), ordinal(after)]}).values())
    diagram = Diagram(program, space)

    def on(day: datetime.date, points: Points) -> Points:
        return space.whatever(asked, points & space.answering({asked: day}))

    common = on(before, diagram.possible) & on(after, diagram.possible)
    changes: list[Change] = []
    for finding in _gravest_first(rulebook):
        where = _where(diagram, finding)
        one, two = ({status: on(day, points) for status, points in where.items()} for day in (before, after))
        changes += _changes(space, finding, one, two, common)
    return Comparison(before=before.isoformat(), after=after.isoformat(), changes=tuple(changes))


def _gravest_first(rulebook: Rulebook) -> list[str]:
    return [finding.id for finding in sorted(rulebook.findings, key=lambda finding: -finding.severity)]


def _retyped(one: Program, two: Program, question: str) -> bool:
    return question in two.questions and one.questions[question] is not two.questions[question]


def _where(diagram: Diagram, finding: str) -> dict[Status, Points]:
    may_hold, may_fail = diagram.outcomes(finding)
    return {
        Status.ESTABLISHED: diagram.surely(finding),
        Status.POSSIBLE: may_hold & may_fail,
        Status.EXCLUDED: diagram.never(finding),
    }


def _changes(
    space: Space, finding: str, before: Mapping[Status, Points], after: Mapping[Status, Points], common: Points
) -> Iterator[Change]:
    total = space.count(common)
    for one, two in product(Status, Status):
        changed = before[one] & after[two] & common
        if one is not two and changed.satisfiable():
            answers = space.smallest(changed, common) or {}
            yield Change(finding=finding, before=one, after=two, share=space.count(changed) / total, answers=answers)


def _differences(before: Rulebook, after: Rulebook) -> Iterator[Difference]:
    for section in SECTIONS:
        olds, news = ({item.id: item for item in getattr(book, section)} for book in (before, after))
        for name in dict.fromkeys((*olds, *news)):
            old, new = olds.get(name), news.get(name)
            if old is None or new is None:
                yield Difference(what=section, id=name, before=_exists(old), after=_exists(new))
                continue
            texts = texts_of(old), texts_of(new)
            for key in dict.fromkeys((*texts[0], *texts[1])):
                if texts[0].get(key) != texts[1].get(key):
                    yield Difference(
                        what=f"{section}.{key}", id=name, before=texts[0].get(key, ""), after=texts[1].get(key, "")
                    )
            if section == "rules" and old.cites != new.cites:
                yield Difference(what="rules.cites", id=name, before=_cited(old), after=_cited(new))
    yield from _source_differences(before, after)


def _source_differences(before: Rulebook, after: Rulebook) -> Iterator[Difference]:
    for section in ("passages", "statutes"):
        olds, news = ({item.id: item for item in getattr(book.sources, section)} for book in (before, after))
        for name in dict.fromkeys((*olds, *news)):
            if olds.get(name) != news.get(name):
                old, new = (_told(items.get(name)) for items in (olds, news))
                yield Difference(what=section, id=name, before=old, after=new)


def _exists(item: Any) -> str:
    return "" if item is None else str(item.id)


def _cited(rule: Any) -> str:
    return ", ".join(f"{cite.bearing.value} {cite.passage or cite.statute}" for cite in rule.cites)


def _told(item: Any) -> str:
    return "" if item is None else str(item.model_dump_json(by_alias=True, exclude_none=True))
