"""Days as people write them, in any language. Day and month are never swapped, and no character is ignored."""

import datetime
import re
from functools import partial
from typing import Final

from assistant.interview.typed_answer.text import LETTER
from assistant.system.language import _
from assistant.system.locale import LOCALES, pattern_of_all

_MONTHS: Final = ["|".join(names).split("|") for names in zip(*(each.months for each in LOCALES.values()), strict=True)]
form = partial(re.compile, flags=re.ASCII)
GAP: Final = "[ .,-]{0,2}"
_ORDINAL: Final = f"-?(?:{pattern_of_all(lambda locale: locale.after_day)})(?!{LETTER})"
_DAY: Final = rf"(?P<day>\d{{1,2}})(?:{_ORDINAL})?"
_WORD: Final = f"{LETTER}{{3,}}"
MONTH: Final = f"(?P<month>{_WORD})"
YEAR: Final = r"(?P<year>\d{4})"
OF_THE_YEAR: Final = rf"(?: ?(?:{pattern_of_all(lambda locale: locale.after_year)}))?\.?"
BEFORE_DAY: Final = pattern_of_all(lambda locale: locale.before_day)
BEFORE_MONTH: Final = pattern_of_all(lambda locale: locale.before_month)
BEFORE_TIME: Final = pattern_of_all(lambda locale: locale.before_time)
_DAY_AND_MONTH: Final = rf"(?:(?:{BEFORE_DAY}) )?{_DAY}{GAP}(?:(?:{BEFORE_MONTH}) )?{MONTH}"
_IN_WORDS: Final = (
    form(rf"{_DAY_AND_MONTH}{GAP}{YEAR}{OF_THE_YEAR}"),
    form(rf"{MONTH}{GAP}{_DAY}[ .,-]{{1,2}}{YEAR}\.?"),
    form(rf"{YEAR}{GAP}{MONTH}{GAP}{_DAY}\.?"),
)
_IN_FIGURES: Final = (
    form(rf"(?P<day>\d{{1,2}}) ?(?P<mark>[.,/-]) ?(?P<month>\d{{1,2}}) ?(?P=mark) ?{YEAR}{OF_THE_YEAR}"),
    form(rf"(?P<day>\d{{1,2}})(?P<mark> )(?P<month>\d{{1,2}}) {YEAR}{OF_THE_YEAR}"),
    form(rf"{YEAR} ?(?P<mark>[./-]) ?(?P<month>\d{{1,2}}) ?(?P=mark) ?(?P<day>\d{{1,2}})\.?"),
)
_YEAR_MISSING: Final = form(
    rf"(?:0?[1-9]|[12]\d|3[01]) ?[.,/-] ?(?:0?[1-9]|1[0-2])\.?|{_DAY_AND_MONTH}\.?"
    rf"|(?P<first>{_WORD}) \d{{1,2}}{_ORDINAL}"
)
_YEAR_NOT_IN_FULL: Final = form(
    rf"\d{{1,2}} ?[ .,/-] ?\d{{1,2}}(?: ?[ .,/-] ?'?\d{{2}})?{OF_THE_YEAR}"
    rf"|{_DAY_AND_MONTH}{GAP}'?\d{{2}}{OF_THE_YEAR}"
    rf"|(?P<first>{_WORD}) (?P<second>\d{{1,2}})(?:{_ORDINAL})?(?:,? '?\d{{2}})?\.?"
)
_WITHOUT_DAY: Final = form(
    rf"(?:(?:{BEFORE_TIME}) )?{MONTH}(?:{GAP}\d{{4}}{OF_THE_YEAR})?\.?"
    rf"|(?:\d{{4}} ?[ ./-] ?)?\d{{1,2}}|\d{{1,2}} ?[ ./-] ?\d{{4}}{OF_THE_YEAR}"
    rf"|(?:(?:{BEFORE_TIME}) )?\d{{4}}{OF_THE_YEAR}|\d{{4}} (?P<after>{_WORD})"
)
_MONTHS_IN_YEAR: Final = 12


def day(text: str) -> datetime.date | str:
    """Return the day in plain text, or a message what is wrong with it; an empty one if it cannot be read at all."""
    for pattern in _IN_FIGURES:
        match = pattern.fullmatch(text)
        if match is not None:
            return _in_figures(match)
    for pattern in _IN_WORDS:
        match = pattern.fullmatch(text)
        month = month_named(match["month"]) if match is not None else None
        if match is not None and month is not None:
            return _calendar_day(match["year"], month, match["day"]) or _("There is no such day in the calendar.")
    if _matches(_YEAR_MISSING, text):
        return _("The year is missing.")
    if _matches(_YEAR_NOT_IN_FULL, text):
        return _("The year has to be written with four digits.")
    if _matches(_WITHOUT_DAY, text):
        return _("The year is missing, or the month. If you do not know them, the answer is “I don't know”.")
    return ""


def _in_figures(match: re.Match[str]) -> datetime.date | str:
    """Return the day of three numbers, or a message.

    Points (24.09.2022) and ISO 8601 (2022-09-24) fix their order. Otherwise only one order may be possible.
    """
    day_of_month, month = int(match["day"]), int(match["month"])
    day_first = match.start("day") < match.start("year")
    known = match["mark"] == ("." if day_first else "-")
    if not known and day_of_month != month and day_of_month <= _MONTHS_IN_YEAR and month <= _MONTHS_IN_YEAR:
        return _(
            "It is not clear which of the numbers is the day. Put points between them, or write the month as a word."
        )
    date = _calendar_day(match["year"], month, match["day"])
    if date is None and day_first and month > _MONTHS_IN_YEAR >= day_of_month:
        return _("There is no such day in the calendar. The day comes first, then the month.")
    return date or _("There is no such day in the calendar.")


def _calendar_day(year: str, month: int, day_of_month: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), month, int(day_of_month))
    except ValueError:
        return None


def month_named(word: str) -> int | None:
    """Return the month whose name, or the first letters of whose name, a word is; None if that is none or several."""
    months = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)]
    return months[0] if len(months) == 1 else None


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    """Return whether the text matches, and the words in it are months."""
    match = pattern.fullmatch(text)
    if match is None:
        return False
    words = [word for name, word in match.groupdict().items() if name not in {"day", "second"} and word]
    return all(month_named(word) for word in words)
