"""The days on which the rules change, and the highest status of every finding between them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from assistant.assessment.assessment import Status
from assistant.assessment.diagram import Diagram
from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.vocabulary import Period


class CalendarSegment(Value):
    """Consecutive days, and the highest status that something can have on them."""

    days: Period
    most: Status


def boundaries(rulebook: Rulebook) -> tuple[datetime.date, ...]:
    """Return the sorted days on which a rule or a statute comes into force, or is no longer in force."""
    periods = [*(rule.in_force for rule in rulebook.rules), *(s.in_force for s in rulebook.sources.statutes)]
    first, last = datetime.date.min, datetime.date.max  # no day is before the one, or after the other
    starts = {period.start for period in periods if period.start not in (None, first)}
    ends = {period.until + datetime.timedelta(1) for period in periods if period.until not in (None, last)}
    return tuple(sorted(starts | ends))


def segments(starts: Iterable[datetime.date]) -> Iterator[Period]:
    """Yield the periods before the first of some sorted starts, between them, and from the last one on."""
    begin = None
    for start in starts:
        yield Period(start=begin, until=start - datetime.timedelta(1))
        begin = start
    yield Period(start=begin)


def most_by_day(rulebook: Rulebook, diagram: Diagram) -> Mapping[str, tuple[CalendarSegment, ...]]:
    """Return the highest status that every finding can have in each period; empty if no question asks for the day.

    *Established*: for some answers it is established. *Possible*: for some answers it is possible, never established.
    """
    asked = rulebook.metadata.date_question
    if asked is None:
        return {}
    cells = diagram.space.cells[asked]
    periods = list(segments(map(datetime.date.fromordinal, cells.lower_bounds)))
    found: dict[str, tuple[CalendarSegment, ...]] = {}
    for finding in rulebook.finding:
        merged: list[CalendarSegment] = []
        surely, may_hold = diagram.surely(finding), diagram.outcomes(finding).may_hold
        for at, days in enumerate(periods):
            here = diagram.space.among(asked, [at])
            most = Status.EXCLUDED
            if (here & may_hold).satisfiable():
                most = Status.ESTABLISHED if (here & surely).satisfiable() else Status.POSSIBLE
            if merged and merged[-1].most is most:
                days = Period(start=merged.pop().days.start, until=days.until)  # noqa: PLW2901  # the two as one
            merged.append(CalendarSegment(days=days, most=most))
        found[finding] = tuple(merged)
    return found
