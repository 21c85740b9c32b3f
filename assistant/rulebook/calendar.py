"""Arithmetic of days, months and years: the one definition that all engines follow.

A month after a day is the day of the same number in the next month, or the last day of that month if it has no such
day: a month after 31 January is 28 or 29 February. Full months between two days are as many as can be added to the
first without passing the second; so a birthday completes a year, and in other years one of 29 February does so on 28.
"""

import datetime
from calendar import monthrange
from typing import Final

MONTHS_IN_YEAR: Final = 12


def months_later(day: datetime.date, months: int) -> datetime.date | None:
    """Return the day so many months later (or earlier, if negative); None if the calendar has no such day."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day: datetime.date, days: int) -> datetime.date | None:
    """Return the day so many days later; None if the calendar has no such day."""
    number = day.toordinal() + days
    known = datetime.date.min.toordinal() <= number <= datetime.date.max.toordinal()
    return datetime.date.fromordinal(number) if known else None


def full_months(start: datetime.date, end: datetime.date) -> int:
    """Return how many full months lie between two days; negative if the second is earlier."""
    months = (end.year - start.year) * MONTHS_IN_YEAR + end.month - start.month
    reached = min(start.day, monthrange(end.year, end.month)[1])
    return months if reached <= end.day else months - 1


def full_years(start: datetime.date, end: datetime.date) -> int:
    """Return how many full years lie between two days; negative if the second is earlier."""
    return full_months(start, end) // MONTHS_IN_YEAR


def begun_days(start: datetime.date, end: datetime.date) -> tuple[int, int]:
    """Return the fewest and the most days that have begun between moments of two days; the second is not earlier.

    From Monday noon to Wednesday may be two days, or a few hours more and so three. Within one day it is one.
    """
    days = end.toordinal() - start.toordinal()
    return max(days, 1), days + 1
