"""Combinations of answers are decided once each, whatever their number."""

import datetime
import random

import polars

from assistant.assessment.cells import cells_of
from assistant.rulebook.model import Rule
from assistant.rulebook.program import compile_rules
from assistant.rulebook.question import QuestionType
from assistant.tables.evaluation.combinations import Combinations
from assistant.tables.reading.columns import input_schema
from tests.support.random_rulebooks import CITES, any_answers, question, rulebook
from tests.support.table_rows import table_of

MANY = 50
"""Yes, no and unknown, so many times, is more than a number of 64 bits tells apart."""
BOOK = rulebook(
    [
        *(question(f"q{at}") for at in range(MANY)),
        question("act_date", QuestionType.DATE),
        question("place", QuestionType.CHOICE, ["here", "there", "elsewhere"]),
    ],
    [
        Rule(
            id="r",
            concludes="z",
            when={"act_date": {"from": datetime.date(2022, 2, 26), "until": datetime.date(2022, 2, 27)}},  # type: ignore[dict-item]  # as in YAML
            cites=CITES,
        )
    ],
)
CELLS = cells_of([compile_rules(BOOK)])


def test_every_row_is_decided_by_the_cells_of_its_own_answers() -> None:
    chance = random.Random("a hundred rows")
    people = [any_answers(chance, BOOK) for _ in range(100)]
    frame = table_of(BOOK, people).collect()

    def decide(cells: dict[str, int]) -> str:
        return str(sorted(cells.items()))

    verdicts = Combinations(CELLS.values(), decide, polars.String).verdicts(frame, polars.lit(value=True))
    assert verdicts.to_list() == [
        decide({asked: CELLS[asked].touched(answer)[0] for asked, answer in answers.items()}) for answers in people
    ]


def test_a_combination_is_decided_once_until_there_are_too_many_to_remember() -> None:
    seen: list[dict[str, int]] = []

    def decide(cells: dict[str, int]) -> bool | None:
        seen.append(cells)
        return None

    def rows(*values: bool) -> polars.DataFrame:
        return polars.DataFrame({"q0": values}, schema={"q0": input_schema(BOOK)["q0"]})

    combinations = Combinations([CELLS["q0"]], decide, polars.Boolean, remembered=1)
    everywhere = polars.lit(value=True)
    combinations.verdicts(rows(True, True), everywhere)
    combinations.verdicts(rows(True), everywhere)
    assert seen == [{"q0": 1}]
    combinations.verdicts(rows(False), everywhere)
    combinations.verdicts(rows(True), everywhere)
    assert seen == [{"q0": 1}, {"q0": 0}, {"q0": 1}]


def test_rows_that_nobody_asks_about_are_not_decided() -> None:
    def decide(_cells: dict[str, int]) -> bool:
        return True

    frame = table_of(BOOK, [{"q0": True}, {"q0": False}, {}]).collect()
    verdicts = Combinations([CELLS["q0"]], decide, polars.Boolean).verdicts(frame, polars.col("q0").is_not_null())
    assert verdicts.to_list() == [True, True, None]
