"""Months and years are counted in one way; the last day of a short month stands for a day that it does not have."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rulebook.calendar import begun_days, days_later, full_months, full_years, months_later
from tests.support.random_rulebooks import thorough

DAYS = st.dates(date(1890, 1, 1), date(2110, 12, 31))
MONTHS = st.integers(-300, 300)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 1, date(2023, 3, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
        (date(2023, 1, 1), 0, date(2023, 1, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert months_later(start, months) == end


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 1, 31), date(2023, 2, 27), 0),
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2023, 1, 31), date(2023, 3, 30), 1),
        (date(2023, 1, 31), date(2023, 3, 31), 2),
        (date(2024, 1, 15), date(2024, 2, 14), 0),
        (date(2024, 1, 15), date(2024, 2, 15), 1),
        (date(2024, 1, 15), date(2024, 1, 14), -1),
        (date(2024, 1, 15), date(2024, 1, 15), 0),
    ],
)
def test_a_month_is_full_on_its_day(start: date, end: date, months: int) -> None:
    assert full_months(start, end) == months


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 5, 10), date(2018, 5, 9), 17),
        (date(2000, 5, 10), date(2018, 5, 10), 18),
        (date(2000, 2, 29), date(2018, 2, 27), 17),
        (date(2000, 2, 29), date(2018, 2, 28), 18),
        (date(2000, 2, 29), date(2020, 2, 28), 19),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
    ],
)
def test_a_birthday_completes_a_year(born: date, day: date, age: int) -> None:
    assert full_years(born, day) == age


def test_a_day_that_has_begun_counts() -> None:
    assert begun_days(date(2022, 6, 1), date(2022, 6, 1)) == (1, 1)
    assert begun_days(date(2022, 6, 1), date(2022, 6, 2)) == (1, 2)
    assert begun_days(date(2022, 6, 1), date(2022, 7, 31)) == (60, 61)


def test_the_calendar_has_an_end() -> None:
    assert months_later(date.max, 1) is None
    assert months_later(date.min, -1) is None
    assert days_later(date.max, 1) is None
    assert days_later(date.min, -1) is None


@given(DAYS, DAYS)
@thorough(2000)
def test_as_many_months_are_full_as_can_be_added_without_passing_the_day(start: date, end: date) -> None:
    months = full_months(start, end)
    reached, next_one = months_later(start, months), months_later(start, months + 1)
    assert reached is not None
    assert next_one is not None
    assert reached <= end < next_one


@given(DAYS, MONTHS)
@thorough(2000)
def test_later_days_stay_later_when_months_are_added(start: date, months: int) -> None:
    here, tomorrow = months_later(start, months), months_later(start + datetime.timedelta(days=1), months)
    assert here is not None
    assert tomorrow is not None
    assert here <= tomorrow
