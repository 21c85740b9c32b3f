"""Days that are only partly known, as people write them: a month, a span, "before 21.09.2022".

Where it is not certain whether a day counts, the person is asked again, or it counts.
"""

import calendar
import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from assistant.interview.typed_answer.day import (
    BEFORE_DAY,
    BEFORE_MONTH,
    BEFORE_TIME,
    GAP,
    MONTH,
    OF_THE_YEAR,
    YEAR,
    day,
    form,
    month_named,
)
from assistant.rulebook.ranges import DateRange, days_between
from assistant.system.language import _
from assistant.system.locale import Locale, pattern_of_all

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


def _named(field: Callable[[Locale], Mapping[str, str]]) -> Callable[[str], str]:
    """Return what makes the pattern of one name of a field, with its words in all languages."""
    return lambda name: f"(?P<{name}>{pattern_of_all(lambda locale: field(locale)[name])})"


_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each."""
_SEASON: Final = form(
    f"{_IN}(?:(?:{BEFORE_DAY}) )?(?:{'|'.join(map(_named(lambda locale: locale.seasons), _SEASONS))})"
    rf"(?: (?:(?:{BEFORE_MONTH}) )?(?:20|')?(?P<year>\d{{2}})(?: ?[/-] ?(?:20)?(?P<next>\d{{2}}))?{OF_THE_YEAR})?"
)
_PARTS: Final = {"first": (0, 2), "middle": (1, 3), "last": (2, 4)}
"""The quarters of a month or a year between which a part of it lies, in every reading."""
_PART: Final = form(
    f"{_IN}(?:{'|'.join(map(_named(lambda locale: locale.parts), _PARTS))})[ -](?:(?:{BEFORE_DAY}) )?(?P<whole>.+)"
)
_MONTH_ALONE: Final = form(rf"{_IN}{MONTH}\.?")
_ABOUT: Final = form(f"(?:{pattern_of_all(lambda locale: locale.before_about)}) (?P<middle>.+)")
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
        return _calendar_unit(text) or _one_sided(text) or _two_ends(text) or _refusal(text) or exact
    except OverflowError:  # before the first day of the calendar
        return _("There is no such day in the calendar.")
    except ValueError:
        return _("The first day has to be before the last.")


def _refusal(text: str) -> str:
    """Return what is missing in a month or a season; empty if the text is neither."""
    part, season = _PART.fullmatch(text), _SEASON.fullmatch(text)
    month = _MONTH_ALONE.fullmatch(part["whole"] if part else text)
    if (month is not None and month_named(month["month"])) or (season is not None and season["year"] is None):
        return _("The year is missing. Write it too, as in 10.2025.")
    if season is not None and season["winter"]:
        return _("A winter lies in two years. Write both, as in 2022/23.")
    about = _ABOUT.fullmatch(text)
    if about is not None and _ends(about["middle"]) is not None:
        return _("It is not clear how much earlier or later. Write the first and the last day that it can be.")
    return ""


def _calendar_unit(text: str) -> DateRange | None:
    ends = _ends(text)
    return None if ends is None else DateRange(start=ends[0], until=ends[1])


def _ends(text: str) -> _Ends | None:
    """Return the first and the last day of a day, a month, a season, a year or a part of them; None for other text."""
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
            return datetime.date(year, month, 1), _last_of_month(datetime.date(year, month, 1))
    return _season(text) or _part(text)


def _season(text: str) -> _Ends | None:
    match = _SEASON.fullmatch(text)
    if match is None or match["year"] is None:
        return None
    name = next(name for name in _SEASONS if match[name])
    year = last_year = 2000 + int(match["year"])
    if name == "winter" or match["next"]:
        last_year += 1
        if name != "winter" or match["next"] is None or last_year % 100 != int(match["next"]):
            return None
    last_month = datetime.date(last_year, (_SEASONS[name] + 1) % 12 + 1, 1)
    return datetime.date(year, _SEASONS[name], 1), _last_of_month(last_month)


def _part(text: str) -> _Ends | None:
    match = _PART.fullmatch(text)
    whole = _ends(match["whole"]) if match else None
    if match is None or whole is None:
        return None
    (start, end), (first, last) = whole, next(quarters for name, quarters in _PARTS.items() if match[name])
    if end == _last_of_month(start):
        length = end.day
        return start.replace(day=length * first // 4 + 1), start.replace(day=-(-length * last // 4))
    if end == datetime.date(start.year, 12, 31) and start.month == 1:
        return datetime.date(start.year, first * 3 + 1, 1), _last_of_month(datetime.date(start.year, last * 3, 1))
    return None


def _last_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _one_sided(text: str) -> DateRange | str | None:
    included = _INCLUDED.fullmatch(text)
    text = included["rest"] if included else text
    for pattern in (_EARLIER, _LATER, _SINCE, _UNTIL, _DOUBTFUL):
        match = pattern.fullmatch(text)
        ends = _ends(match["end"]) if match else None
        if match is None or ends is None:
            continue
        first, last = ends
        # "Late October" has no exact first day, so all of it may count.
        all_may_count = included or _PART.fullmatch(match["end"])
        if pattern is _EARLIER and not all_may_count:
            return DateRange(until=first - _ONE_DAY)
        if pattern is _LATER and not all_may_count:
            return DateRange(start=last + _ONE_DAY)
        if pattern in {_SINCE, _LATER}:
            return DateRange(start=first)
        if pattern is _UNTIL or all_may_count:
            return DateRange(until=last)
        return _("It is not clear whether that day counts. Write “before” it, or “not after” it.")
    ends = _ends(text) if included else None
    return None if ends is None else DateRange(until=ends[1])  # only that day, or all until then


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
