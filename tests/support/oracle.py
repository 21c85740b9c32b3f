"""The semantics once more, plainly and slowly. It reads the models, so a mistake in the compiled form cannot hide."""

import operator
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple, TypeAlias

from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, Point

Truth: TypeAlias = bool | None
BOUNDS = {"over": operator.gt, "start": operator.ge, "under": operator.lt, "up_to": operator.le, "until": operator.le}


class Statuses(NamedTuple):
    """The truth of every fact and finding, of every rule, and of every impossible combination of answers, by id."""

    heads: dict[str, Truth]
    rules: dict[str, Truth]
    impossible: dict[str, Truth]


def every(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return False if False in found else None if None in found else True


def some(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return True if True in found else None if None in found else False


def meets(answer: Answer, value: ConditionValue) -> Truth:
    """What all points of the answer agree on."""
    verdicts = {point_meets(point, value) for point in points(answer, value)}
    return verdicts.pop() if len(verdicts) == 1 else None


def point_meets(point: Point, value: ConditionValue) -> bool:
    if isinstance(value, Range):
        given = {name: getattr(value, name) for name in BOUNDS if getattr(value, name) is not None}
        return all(BOUNDS[name](point, bound) for name, bound in given.items())
    return point in value if isinstance(value, tuple) else point == value


def points(answer: Answer, value: ConditionValue) -> Iterable[Point]:
    """The points of an answer that can tell: of an interval its ends, and those at the bounds of the condition."""
    if isinstance(answer, OptionSet):
        return answer.options
    if not isinstance(answer, DateRange | NumberRange):
        return [answer]
    ends = list(dict(answer).values())
    bounds = dict(value).values() if isinstance(value, Range) else []
    near = {ordinal(each) + step for each in (*ends, *bounds) if each is not None for step in (-1, 0, 1)}
    low, high = (None if end is None else ordinal(end) for end in ends)
    within = [each for each in near if (low is None or low <= each) and (high is None or each <= high)]
    return map(date.fromordinal, within) if isinstance(answer, DateRange) else within


def ordinal(point: date | int) -> int:
    return point.toordinal() if isinstance(point, date) else point


def statuses(book: Rulebook, answers: Answers) -> Statuses:
    def condition(node: str, value: ConditionValue) -> Truth:
        if node in book.fact:
            return None if head(node) is None else head(node) is value
        return meets(answers[node], value) if node in answers else None

    @cache
    def rule(name: str) -> Truth:
        ground = book.rule[name]
        conditions = [*ground.when.items(), *((exception, False) for exception in ground.unless)]
        day = answers.get(book.metadata.date_question or "")
        period = Range(start=ground.in_force.start, until=ground.in_force.until)
        in_force = [None if day is None else meets(day, period)] if ground.in_force else []
        contested = [None] if ground.contested else []
        return every([*(condition(*pair) for pair in conditions), *in_force, *contested])

    @cache
    def head(name: str) -> Truth:
        return some(rule(ground.id) for ground in book.rules_for[name])

    return Statuses(
        heads={name: head(name) for name in book.rules_for},
        rules={name: rule(name) for name in book.rule},
        impossible={each.id: every(condition(*pair) for pair in each.when.items()) for each in book.impossible},
    )
