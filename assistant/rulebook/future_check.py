"""Check of days that cannot have come yet: what was read, decided or reported on them has not happened.

Only ``check`` makes it. Every other command must also run where the clock is wrong.
"""

import datetime
from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.rulebook.model import Rulebook
from assistant.rulebook.ranges import DateRange, interval
from assistant.system.language import _


def check_future(rulebook: Rulebook, today: datetime.date) -> Iterator[Problem]:
    """Yield a problem for each day of the past in the rulebook that is later than today."""
    for key, day in _days_of_the_past(rulebook):
        start = None if day is None else interval(day)[0]
        if start is not None and start > today.toordinal():
            message = _("this day is still to come: today is {today}.").format(today=today)
            yield rulebook.problem_at(key, message, _("Mend it, or the clock of this machine."))


def _days_of_the_past(rulebook: Rulebook) -> Iterator[tuple[str, datetime.date | DateRange | None]]:
    """Yield the days with their keys: of reading the law, of acts of law, and of reports."""
    yield "rulebook.text_of", rulebook.metadata.text_of
    yield "rulebook.reviewed_until", rulebook.metadata.reviewed_until
    yield from ((f"laws.{law.id}.on", law.on) for law in rulebook.sources.laws)
    yield from ((f"reviews.{review.id}.on", review.on) for review in rulebook.sources.reviews)
    for case in rulebook.cases:
        yield f"cases.{case.id}.outcome.on", case.outcome.on
    reported = {
        **{f"cases.{case.id}": case.reported for case in rulebook.cases},
        **{f"statutes.{statute.id}": statute.reported for statute in rulebook.sources.statutes},
    }
    for key, reports in reported.items():
        yield from ((f"{key}.reported.{index}.on", report.on) for index, report in enumerate(reports))
