"""Random rulebooks with computed questions, and answers whose days lie where months are short and years are long."""

import random
from datetime import date, timedelta
from typing import Any, Final

from assistant.rulebook.computed import Formula
from assistant.rulebook.computing import completed
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, QuestionType
from assistant.rulebook.ranges import NumberRange
from tests.support.random_rulebooks import question, rule
from tests.support.random_rulebooks import rulebook as rulebook_of

FORMULAS: Final[dict[str, list[Any]]] = {
    "number": [
        {"days_from": "start", "to": "end"},
        {"months_from": "start", "to": "end"},
        {"years_from": "start", "to": "end"},
        {"days_from": "start", "to": "end", "when": {"home": True}},
        {"days_from": "start", "to": "end", "when": {"home": False, "start": {"from": date(2022, 1, 31)}}},
        {"larger_of": ["number", "other"]},
        {"months_from": "limit", "to": "end"},
    ],
    "limit": [
        {"day": "start", "plus": {"months": 1}},
        {"day": "start", "plus": {"months": -13}},
        {"day": "start", "plus": {"years": 4}},
        {"day": "end", "plus": {"days": -3}},
        {"larger_of": ["start", "end"]},
    ],
    "early": [
        {"day": "start", "before": "end"},
        {"day": "start", "after": date(2022, 2, 28)},
        {"day": "limit", "after": "end"},
    ],
}
FIRST: Final = date(2022, 1, 25)


def any_book(chance: random.Random) -> Rulebook:
    computed = {name: _some(chance, formulas) for name, formulas in FORMULAS.items()}
    if any("number" in each.get("larger_of", ()) for each in computed["number"]):
        computed["number"] = [each for each in computed["number"] if "number" not in each.get("larger_of", ())]
    kinds = {
        "start": QuestionType.DATE,
        "end": QuestionType.DATE,
        "limit": QuestionType.DATE,
        "number": QuestionType.NUMBER,
        "other": QuestionType.NUMBER,
        "early": QuestionType.YES_NO,
        "home": QuestionType.YES_NO,
    }
    asked = [
        question(name, kind).replacing(computed=tuple(map(Formula.model_validate, computed.get(name, ()))))
        for name, kind in kinds.items()
    ]
    days = [FIRST + timedelta(days=chance.randint(0, 60)) for _ in range(2)]
    return rulebook_of(
        asked,
        [
            rule("r1", "z1", {"number": {"from": chance.randint(0, 5), "up_to": chance.randint(5, 40)}}),
            rule("r2", "z2", {"limit": {"from": min(days)}}),
            rule("r3", "z3", {"limit": {"until": max(days)}, "early": True}),
            rule("r4", "z4", {"early": False}),
            rule("r5", "z5", {"number": {"over": chance.randint(0, 40)}, "home": True}),
            rule("r6", "z6", {"other": {"from": 3}, "start": {"from": days[0]}, "end": {"from": days[1]}}),
        ],
    )


def _some(chance: random.Random, formulas: list[Any]) -> list[Any]:
    return chance.sample(formulas, chance.choice([0, 1, 1, 2]))


def any_row(chance: random.Random, *, complete: bool = False) -> dict[str, Answer]:
    day = FIRST + timedelta(days=chance.choice([0, 1, 5, 6, 30, 34, 35, 36, 365, 1495, 1496]))
    later = day + timedelta(days=chance.choice([-1, 0, 1, 2, 3, 28, 29, 31, 59, 400, 1461]))
    row: dict[str, Answer] = {
        "start": day,
        "end": later,
        "limit": later,
        "number": chance.randint(0, 40),
        "other": chance.randint(0, 9),
        "early": chance.choice([True, False]),
        "home": chance.choice([True, False]),
    }
    if complete:
        return row
    often = {"start": 0.9, "end": 0.9, "limit": 0.2, "number": 0.3, "other": 0.5, "early": 0.3, "home": 0.7}
    return {name: answer for name, answer in row.items() if chance.random() < often[name]}


def any_complete_row(chance: random.Random, book: Rulebook) -> dict[str, Answer]:
    """An answer to every question; what is computed is one of the values that the others give, if they fit."""
    row = any_row(chance, complete=True)
    for asked in book.computed_questions:
        del row[asked.id]
    for asked in book.computed_questions:
        given = completed(book, row).answers.get(asked.id, any_row(chance, complete=True)[asked.id])
        if isinstance(given, NumberRange) and given.start is not None and given.up_to is not None:
            given = chance.randint(given.start, given.up_to)
        row[asked.id] = given
    return row
