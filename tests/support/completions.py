"""All ways to complete some answers, one by one: what decision diagrams say at once, said slowly and by the oracle."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from hypothesis import assume

from assistant.assessment.assessment import Status
from assistant.assessment.cells import Cells, cells_of
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules, ordinal
from assistant.rulebook.question import Answer, Answers, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, Point, interval
from tests.support.oracle import statuses
from tests.support.random_rulebooks import _day as day
from tests.support.random_rulebooks import any_answers, question

Complete: TypeAlias = tuple[tuple[str, Point], ...]
Verdict: TypeAlias = frozenset[bool]
"""What a finding may be, as the disputes end."""
VALUES = range(-2, 10)
"""Beyond every bound that a random rulebook sets, on both sides."""


MAX_COMPLETIONS = 600
STATUS = {frozenset([True]): Status.ESTABLISHED, frozenset([False]): Status.EXCLUDED}


class Completions(NamedTuple):
    """The verdict on every finding for every complete answer that contradicts nothing, and the others."""

    verdicts: dict[Complete, dict[str, Verdict]]
    impossible: dict[Complete, tuple[frozenset[str], ...]]
    cells: dict[str, Cells]

    def statuses(self, finding: str) -> Verdict:
        return frozenset().union(*(verdict[finding] for verdict in self.verdicts.values()))

    def matters(self, asked: str, finding: str) -> bool:
        """Whether an answer to one question alone can rule out that a finding holds, or that it fails."""
        seen = defaultdict(list)
        for point in (*self.verdicts, *self.impossible):
            verdict = self.verdicts.get(point, {}).get(finding, frozenset())
            seen[tuple(pair for pair in point if pair[0] != asked)].append(verdict)
        still_open = len({tuple(self.cells[asked].touched(dict(point)[asked])) for point in self.verdicts}) > 1
        return still_open and any(
            any(may in verdict for verdict in verdicts) and not all(may in verdict for verdict in verdicts)
            for verdicts in seen.values()
            for may in (True, False)
        )


def completions(book: Rulebook, answers: Answers) -> Completions:
    disputed = tuple(f"dispute-{rule.id}" for rule in book.rules if rule.contested)
    plain = _with_disputes_as_questions(book, disputed)
    verdicts: dict[Complete, dict[str, Verdict]] = {}
    impossible: dict[Complete, tuple[frozenset[str], ...]] = {}
    for complete in _complete(book, answers):
        ends = [
            statuses(plain, {**complete, **dict(zip(disputed, end, strict=True))})
            for end in itertools.product([True, False], repeat=len(disputed))
        ]
        told = [frozenset(name for name, holds in end.impossible.items() if holds) for end in ends]
        point = tuple(complete.items())
        coherent = [end for end, wrong in zip(ends, told, strict=True) if not wrong]
        if coherent:
            verdicts[point] = {f: frozenset(end.heads[f] is True for end in coherent) for f in book.finding}
        else:
            impossible[point] = tuple(told)
    return Completions(verdicts, impossible, cells_of([compile_rules(book)]))


def size(book: Rulebook, answers: Answers) -> int:
    total = 1 << sum(rule.contested is not None for rule in book.rules)
    for asked in book.questions:
        total *= len(_points(asked, answers))
    return total


def _complete(book: Rulebook, answers: Answers) -> Iterator[Mapping[str, Point]]:
    choices = [_points(asked, answers) for asked in book.questions]
    for chosen in itertools.product(*choices):
        yield dict(zip((asked.id for asked in book.questions), chosen, strict=True))


def _points(asked: Question, answers: Answers) -> Sequence[Point]:
    """The exact answers to a question that its answer leaves open, as far as rules can tell them apart."""
    answer = answers.get(asked.id)
    if answer is None:
        return _values(asked)
    if isinstance(answer, OptionSet):
        return answer.options
    if isinstance(answer, DateRange | NumberRange):
        low, high = interval(answer)
        ends = [end for end in dict(answer).values() if end is not None]
        between = [
            v for v in _values(asked) if (low is None or low <= ordinal(v)) and (high is None or ordinal(v) <= high)
        ]
        return list(dict.fromkeys([*ends, *between]))
    return [answer]


def _values(asked: Question) -> list[Point]:
    if asked.type is QuestionType.YES_NO:
        return [True, False]
    if asked.type is QuestionType.CHOICE:
        return [option.id for option in asked.options]
    return [day(value) if asked.type is QuestionType.DATE else value for value in VALUES]


def _with_disputes_as_questions(book: Rulebook, disputed: tuple[str, ...]) -> Rulebook:
    rules = tuple(
        rule.model_copy(update={"when": {**rule.when, f"dispute-{rule.id}": True}, "contested": None})
        if rule.contested
        else rule
        for rule in book.rules
    )
    return book.replacing(questions=(*book.questions, *map(question, disputed)), rules=rules)


def answers_with_few_completions(chance: random.Random, book: Rulebook) -> dict[str, Answer]:
    answers = any_answers(chance, book, ranges=True)
    assume(size(book, answers) <= MAX_COMPLETIONS)
    return answers
