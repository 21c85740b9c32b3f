"""Days that are only partly known, as people write them: a month, a span, "before 21.09.2022".

Where it is not certain whether a day counts, the person is asked again, or it counts.
"""

import calendar
import datetime
from collections.abc import Iterator
from typing import Final, TypeAlias

from assistant.interview.typed_answer.day import BEFORE_TIME, GAP, MONTH, OF_THE_YEAR, YEAR, day, form, month_named
from assistant.rulebook.ranges import DateRange, days_between
from assistant.system.language import _
from assistant.system.locale import pattern_of_all

_Ends: TypeAlias = tuple[datetime.date, datetime.date]

_IN: Final = f"(?:(?:{BEFORE_TIME}) )?"
_THIS_AGE: Final = "(?P<year>(?:19|20)\\d{2})"
_CALENDAR_UNITS: Final = (
    form(f"{_IN}{MONTH}{GAP}{YEAR}{OF_THE_YEAR}"),
    form(rf"{YEAR}{GAP}{MONTH}\.?"),
    form(rf"(?P<number>\d{{1,2}}) ?[./-] ?{YEAR}{OF_THE_YEAR}"),
    form(rf"{YEAR} ?[./-] ?(?P<number>\d{{1,2}})"),
    form(f"{_IN}{_THIS_AGE}{OF_THE_YEAR}"),
)
_EARLIER: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_earlier)}) (?P<end>.+)")
_LATER: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_later)}) (?P<end>.+)")
_SINCE: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_since)}) (?P<end>.+)")
_UNTIL: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_until)}) (?P<end>.+)")
_DOUBTFUL: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_doubtful)}) (?P<end>.+)")
_INCLUDED: Final = form(f"(?P<rest>.+),? (?:{pattern_of_all(lambda locale: locale.after_included)})")
_FROM: Final = form(f"(?:(?:{pattern_of_all(lambda locale: locale.before_range)}) )?")
_TO: Final = form(rf" ?[-–—…] ?|\.{{2,3}}| (?:{pattern_of_all(lambda locale: locale.between_range)}) ")
_BETWEEN: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_between)}) ")
_AND: Final = form(f" (?:{pattern_of_all(lambda locale: locale.inside_between)}) ")
_ONE_DAY: Final = datetime.timedelta(days=1)


def days(text: str) -> datetime.date | DateRange | str:
    """Return the day or days in plain text, or a message what is wrong; an empty one if nothing can be read."""
    exact = day(text)
    if isinstance(exact, datetime.date):
        return exact
    try:
        return _calendar_unit(text) or _one_sided(text) or _two_ends(text) or exact
    except OverflowError:  # before the first day of the calendar
        return _("There is no such day in the calendar.")
    except ValueError:
        return _("The first day has to be before the last.")


def _calendar_unit(text: str) -> DateRange | None:
    ends = _ends(text)
    return None if ends is None else DateRange(start=ends[0], until=ends[1])


def _ends(text: str) -> _Ends | None:
    """Return the first and the last day of a day, month or year in plain text; None if it is none of them."""
    exact = day(text)
    if isinstance(exact, datetime.date):
        return exact, exact
    for pattern in _CALENDAR_UNITS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        parts, year = match.groupdict(), int(match["year"])
        if "month" not in parts and "number" not in parts:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        month = month_named(parts["month"]) if "month" in parts else int(parts["number"])
        if month is not None and 1 <= month <= 12 and year >= 1:  # noqa: PLR2004  # months
            return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    return None


def _one_sided(text: str) -> DateRange | str | None:
    included = _INCLUDED.fullmatch(text)
    text = included["rest"] if included else text
    for pattern in (_EARLIER, _LATER, _SINCE, _UNTIL, _DOUBTFUL):
        match = pattern.fullmatch(text)
        ends = _ends(match["end"]) if match else None
        if ends is None:
            continue
        first, last = ends
        if pattern is _EARLIER and not included:
            return DateRange(until=first - _ONE_DAY)
        if pattern is _LATER and not included:
            return DateRange(start=last + _ONE_DAY)
        if pattern in {_SINCE, _LATER}:
            return DateRange(start=first)
        if pattern is _UNTIL or included:
            return DateRange(until=last)
        return _("It is not clear whether that day counts. Write “before” it, or “not after” it.")
    return None


def _two_ends(text: str) -> datetime.date | DateRange | None:
    spans = {(start[0], end[1]) for start, end in _pairs(text)}
    return days_between(*spans.pop()) if len(spans) == 1 else None


def _pairs(text: str) -> Iterator[tuple[_Ends, _Ends]]:
    """Yield each way to read a text as two ends. The first may leave out its month or year: "21-24 September 2022"."""
    between = _BETWEEN.match(text)
    before, separator = (between, _AND) if between else (_FROM.match(text), _TO)
    begin = before.end() if before else 0
    for match in separator.finditer(text, begin):
        start, end = text[begin : match.start()], _ends(text[match.end() :])
        words = text[match.end() :].split(" ")
        tails = [" ".join(["", *words[skipped:]]) for skipped in range(len(words), 0, -1)]
        starts = filter(None, (_ends(start + tail) for tail in tails))
        first = next(starts, None)
        if first is not None and end is not None:
            yield first, end
