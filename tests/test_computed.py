"""Computed questions: nobody is asked what follows from other answers; answers that cannot all be true are named."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import supposed_statuses
from assistant.interview.receipt import receipt, verify
from assistant.interview.state import begin, open_questions, to_revise
from assistant.rulebook.computed import Formula
from assistant.rulebook.computing import completed
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, days_between
from tests.support.computed_rulebooks import any_book, any_complete_row
from tests.support.line_by_line import continued
from tests.support.random_rulebooks import chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of

LEFT, BACK = date(2022, 6, 1), date(2022, 7, 31)
OCTOBER = DateRange(start=date(2025, 10, 1), until=date(2025, 10, 31))


def book(**formulas: Any) -> Rulebook:
    """A rulebook with two days, a number, another number and a yes or no; some of them computed."""
    kinds = {
        "start": QuestionType.DATE,
        "end": QuestionType.DATE,
        "limit": QuestionType.DATE,
        "days": QuestionType.NUMBER,
        "more": QuestionType.NUMBER,
        "early": QuestionType.YES_NO,
        "home": QuestionType.YES_NO,
    }
    asked = [_with(question(name, kind), formulas.get(name, ())) for name, kind in kinds.items()]
    return rulebook_of(
        asked,
        [
            rule("long", "z", {"days": {"over": 31}}),
            rule("late", "y", {"limit": {"from": date(2022, 9, 24)}}),
            rule("early", "x", {"early": True, "home": False}),
            rule("more", "w", {"more": {"from": 5}}),
        ],
    )


def _with(asked: Question, formulas: Any) -> Question:
    given = [formulas] if isinstance(formulas, dict) else formulas
    return asked.replacing(computed=tuple(Formula.model_validate(each) for each in given))


DAYS = {"days_from": "start", "to": "end"}


@pytest.mark.parametrize(
    ("formula", "target", "answers", "expected"),
    [
        (DAYS, "days", {"start": LEFT, "end": BACK}, NumberRange(start=60, up_to=61)),
        (DAYS, "days", {"start": LEFT, "end": LEFT}, 1),
        (DAYS, "days", {"start": LEFT, "end": BACK, "days": 61}, 61),
        (DAYS, "days", {"start": OCTOBER, "end": date(2025, 11, 1)}, NumberRange(start=1, up_to=32)),
        (DAYS, "days", {"start": OCTOBER, "end": date(2025, 10, 10)}, NumberRange(start=1, up_to=10)),
        (DAYS, "days", {"start": LEFT}, None),
        (DAYS, "days", {"start": LEFT, "end": DateRange(start=BACK)}, NumberRange(start=60)),
        ({"months_from": "start", "to": "end"}, "days", {"start": date(2023, 1, 31), "end": date(2023, 2, 28)}, 1),
        ({"years_from": "start", "to": "end"}, "days", {"start": date(2000, 2, 29), "end": date(2018, 2, 28)}, 18),
        (
            {"years_from": "start", "to": "end"},
            "days",
            {"start": OCTOBER, "end": date(2026, 10, 15)},
            NumberRange(start=0, up_to=1),
        ),
        ({"day": "start", "plus": {"months": 1}}, "limit", {"start": date(2023, 1, 31)}, date(2023, 2, 28)),
        ({"day": "start", "plus": {"years": 1}}, "limit", {"start": date(2024, 2, 29)}, date(2025, 2, 28)),
        (
            {"day": "start", "plus": {"days": 10}},
            "limit",
            {"start": OCTOBER},
            DateRange(start=date(2025, 10, 11), until=date(2025, 11, 10)),
        ),
        ({"day": "start", "before": "2022-09-24"}, "early", {"start": LEFT}, True),
        ({"day": "start", "before": "end"}, "early", {"start": LEFT, "end": LEFT}, False),
        ({"day": "start", "after": "end"}, "early", {"start": BACK, "end": LEFT}, True),
        ({"day": "start", "before": "2025-10-15"}, "early", {"start": OCTOBER}, None),
        ({"larger_of": ["days", "more"]}, "more", {"days": 3}, None),
    ],
)
def test_an_answer_follows_from_others(formula: Any, target: str, answers: Answers, expected: Answer | None) -> None:
    known = completed(book(**{target: formula}), answers)
    assert known.answers.get(target) == expected
    assert known.contradicting == ()


def test_the_larger_of_two_days_counts() -> None:
    latest = book(limit={"larger_of": ["start", "end"]})
    assert completed(latest, {"start": LEFT, "end": BACK}).answers["limit"] == BACK
    assert completed(latest, {"start": LEFT, "end": OCTOBER}).answers["limit"] == OCTOBER


@pytest.mark.parametrize("days", [59, 62, NumberRange(start=100), NumberRange(start=2, up_to=30)])
def test_answers_that_cannot_both_be_true_are_named_at_once(days: Answer) -> None:
    assessor = Assessor(book(days=DAYS))
    interview = begin(assessor, {"start": LEFT, "end": BACK, "days": days})
    assert interview.assessment.contradictions == ("computed:days",)
    assert interview.assessment.findings == ()
    assert to_revise(assessor.rulebook, interview) == ("start", "end", "days")
    assert supposed_statuses(assessor, interview.answers) is None
    (clash,) = interview.assessment.clashes(assessor.rulebook)
    assert clash.text == "These answers do not fit together: start · end · days"


@pytest.mark.parametrize("days", [60, 61, NumberRange(start=31), NumberRange(start=61, up_to=70)])
def test_a_given_number_contradicts_only_outside_of_what_is_computed(days: Answer) -> None:
    assessor = Assessor(book(days=DAYS))
    assessment = assessor.assess({"start": LEFT, "end": BACK, "days": days})
    assert assessment.contradictions == ()
    assert assessment.status_of("z").status is Status.ESTABLISHED


def test_an_end_before_the_beginning_contradicts() -> None:
    assessor = Assessor(book(days=DAYS))
    assert assessor.assess({"start": BACK, "end": LEFT}).contradictions == ("computed:days",)


def test_what_is_computed_is_asked_only_where_its_inputs_are_not_known() -> None:
    assessor = Assessor(book(days=DAYS))
    asked = [each.id for each in open_questions(assessor.rulebook, begin(assessor))]
    assert "days" in asked
    known = begin(assessor, {"start": LEFT, "end": LEFT + timedelta(days=31)})
    # 31 or 32 days: the finding stays possible, and nobody can say more than the days do.
    assert known.assessment.status_of("z").status is Status.POSSIBLE
    assert "days" not in [each.id for each in open_questions(assessor.rulebook, known)]
    wide = begin(assessor, {"start": OCTOBER, "end": date(2025, 11, 15)})
    assert "days" in [each.id for each in open_questions(assessor.rulebook, wide)]


def test_a_formula_can_depend_on_an_answer() -> None:
    either = book(days=[DAYS, {"days_from": "start", "to": "limit", "when": {"home": False}}])
    assert "days" not in completed(either, {"start": LEFT, "limit": BACK}).answers
    away = completed(either, {"start": LEFT, "limit": BACK, "home": False})
    assert away.answers["days"] == NumberRange(start=60, up_to=61)


def test_a_computed_answer_is_computed_from() -> None:
    chain = book(limit={"day": "start", "plus": {"months": 1}}, early={"day": "end", "before": "limit"})
    assert completed(chain, {"start": LEFT, "end": date(2022, 6, 30)}).answers["early"] is True
    assert completed(chain, {"start": LEFT, "end": date(2022, 7, 1)}).answers["early"] is False


def test_a_receipt_has_only_what_was_said_and_repeats() -> None:
    assessor = Assessor(book(days=DAYS))
    answers = {"start": LEFT, "end": BACK}
    made = receipt(assessor.rulebook, answers, assessor.assess(answers))
    assert made.answers.keys() == answers.keys()
    assert made.statuses["z"] is Status.ESTABLISHED
    assert verify(assessor, made).same


def test_line_by_line_the_overview_says_what_was_computed() -> None:
    assessor = Assessor(book(days=DAYS))
    lines = continued(assessor, assessor.rulebook, ["o", "q", "q"], {"start": LEFT, "end": BACK})
    assert any("days — computed: " in line for line in lines)


@given(chances)
@thorough(400)
def test_what_is_computed_holds_for_every_day_of_the_ranges(chance: random.Random) -> None:
    """The computed range has what each pair of days gives; and it is no wider than these, at its ends."""
    formula = chance.choice([DAYS, {"months_from": "start", "to": "end"}, {"years_from": "start", "to": "end"}])
    asked = book(days=formula)
    first, last = sorted(LEFT + timedelta(days=chance.randint(0, 400)) for _ in range(2))
    start, end = _range(chance, first), _range(chance, last)
    known = completed(asked, {"start": start, "end": end})
    pairs = [(one, two) for one in _days(start) for two in _days(end) if one <= two]
    values = [completed(asked, {"start": one, "end": two}).answers["days"] for one, two in pairs]
    if not pairs:
        assert known.contradicting == ("days",)
        return
    lows, highs = zip(*(_ends(value) for value in values), strict=True)
    assert _ends(known.answers["days"]) == (min(lows), max(highs))


def _range(chance: random.Random, day: date) -> date | DateRange:
    return days_between(day, day + timedelta(days=chance.randint(0, 6)))


def _days(days: date | DateRange) -> list[date]:
    if isinstance(days, date):
        return [days]
    assert days.start is not None
    assert days.until is not None
    return [days.start + timedelta(days=at) for at in range((days.until - days.start).days + 1)]


def _ends(value: Answer) -> tuple[int, int]:
    if isinstance(value, NumberRange):
        assert value.start is not None
        assert value.up_to is not None
        return value.start, value.up_to
    assert isinstance(value, int)
    return value, value


def test_the_real_rulebook_computes_how_long_he_was_away(rulebook: Rulebook) -> None:
    away: Answers = {"left_without_leave": True, "act_date": LEFT, "absence_end": BACK, "still_absent": False}
    assert completed(rulebook, away).answers["absence_days"] == NumberRange(start=60, up_to=61)
    still: Answers = {"left_without_leave": True, "act_date": LEFT, "still_absent": True, "asked_on": BACK}
    assert completed(rulebook, still).answers["absence_days"] == NumberRange(start=60, up_to=61)


@given(chances)
@thorough(300)
def test_what_is_said_early_stays_true_when_more_is_answered(chance: random.Random) -> None:
    """Kleene, the computed ranges and the constraint of the diagram together never say more than all days say."""
    book = any_book(chance)
    exact, by_points = Assessor(book), Assessor(book, most_nodes=0)
    for _trial in range(12):
        everything = any_complete_row(chance, book)
        whole = by_points.assess(everything)
        if whole.contradictions:
            continue
        some = {name: answer for name, answer in everything.items() if chance.random() < 1 / 2}
        early = exact.assess(some)
        assert early.contradictions == ()
        for found in early.findings:
            if found.status is not Status.POSSIBLE:
                assert whole.status_of(found.finding).status is found.status


def test_a_condition_on_a_day_holds_only_for_the_days_that_it_names() -> None:
    """No rule has a bound on this day, and the cells of the diagram still tell the two sides apart."""
    asked = book(days={**DAYS, "when": {"start": {"from": date(2022, 1, 31)}}})
    answers: Answers = {"start": date(2022, 1, 25), "end": date(2022, 1, 25), "days": 0}
    assert Assessor(asked).assess(answers).contradictions == ()
    assert Assessor(asked).assess({**answers, "start": BACK, "end": BACK}).contradictions == ("computed:days",)
