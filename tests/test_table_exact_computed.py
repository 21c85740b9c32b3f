"""Exact statuses of a table are those of an assessment, also where answers are computed from others."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hypothesis import given

from assistant.assessment.assessor import Assessor
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.ranges import DateRange, NumberRange
from assistant.tables.evaluation.engine import TableEngine
from tests.support.computed_rulebooks import any_book, any_row
from tests.support.random_rulebooks import chances, thorough
from tests.support.table_rows import Row, in_order, ranged_table_of, row_of_conversation, table_of


def widened(chance: random.Random, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers, of which some became ranges; one end may be open."""
    return {name: _widened(chance, answer) for name, answer in answers.items()}


def _widened(chance: random.Random, answer: Answer) -> Answer:
    if isinstance(answer, bool | str) or chance.random() < 1 / 2:
        return answer
    before, after = (chance.choice([None, 1, 7, 40]) for _end in range(2))
    if before is None and after is None:
        return answer
    if isinstance(answer, date):
        return DateRange(
            start=None if before is None else answer - timedelta(days=before),
            until=None if after is None else answer + timedelta(days=after),
        )
    assert isinstance(answer, int)
    return NumberRange(
        start=None if before is None else answer - before, up_to=None if after is None else answer + after
    )


def rows_of_table(book: Rulebook, people: Sequence[Answers], *, ranges: bool) -> list[Row]:
    table = ranged_table_of(book, people) if ranges else table_of(book, people)
    return in_order(TableEngine(book, explain=True, exact=True, ranges=ranges).evaluate(table))


@thorough(400)
@given(chances)
def test_a_table_leaves_open_only_what_an_assessment_leaves_open(chance: random.Random) -> None:
    book = any_book(chance)
    exact = [any_row(chance) for _ in range(12)]
    assessor = Assessor(book)
    for people, ranges in ((exact, False), ([widened(chance, answers) for answers in exact], True)):
        expected = [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]
        assert rows_of_table(book, people, ranges=ranges) == expected


def test_an_absence_of_over_20_days_in_the_real_rulebook_is_decided_as_in_an_assessment(rulebook: Rulebook) -> None:
    chance = random.Random("absences")
    start = date(2022, 7, 14)
    people: list[Answers] = [
        {"act_date": start, "absence_days": NumberRange.model_validate({"from": 21}), "asked_on": date(2025, 12, 1)}
    ]
    for _person in range(12):
        left = start + timedelta(days=chance.randint(0, 1300))
        answers: dict[str, Answer] = {
            "act_date": left,
            "absence_end": left + timedelta(days=chance.randint(0, 60)),
            "asked_on": date(2025, 12, 1),
            "absence_days": chance.randint(0, 40),
            "left_without_leave": True,
            "still_absent": chance.random() < 1 / 2,
        }
        people.append(widened(chance, {name: each for name, each in answers.items() if chance.random() < 2 / 3}))
    assessor = Assessor(rulebook)
    expected = [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]
    assert rows_of_table(rulebook, people, ranges=True) == expected
