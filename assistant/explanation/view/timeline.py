"""The wording of a timeline: which finding holds when."""

import datetime
from collections.abc import Mapping
from typing import Final

from assistant.explanation.timeline import Timeline, TimelineSegment
from assistant.explanation.view.finding import MARK, Group, group_of
from assistant.explanation.view.words import period_words
from assistant.rulebook.finding import Finding
from assistant.rulebook.ranges import DateRange
from assistant.system.message import Message, counted, message

EXCLUDED: Final = "·"
CONTRADICTS: Final = "!"
MEANING: Final[Mapping[str, Message]] = {
    MARK[Group.APPLIES]: message("applies"),
    MARK[Group.MAY_APPLY]: message("may apply"),
    MARK[Group.NOT_ESTABLISHED]: message("not established"),
    EXCLUDED: message("excluded"),
    CONTRADICTS: message("contradicts the other answers"),
}
"""The marks of a finding in a segment. That of an excluded one is lighter than in lists: most are excluded."""
CONSTANT: Final = counted(
    "{count} finding is the same on every day, and not shown here.",
    "{count} findings are the same on every day, and not shown here.",
)


def given_words(line: Timeline) -> Message:
    """Return what marks the segments of the day or the days that were given."""
    several = isinstance(line.present, DateRange)
    return message("the days that were given") if several else message("the day that was given")


def segment_words(line: Timeline, segment: TimelineSegment) -> Message:
    """Return the period of a segment, and the given day or days if they are in it."""
    period, given = period_words(segment.days), line.present
    if isinstance(given, datetime.date) and given in segment:
        return message("{period} (the day that was given: {day})", period=period, day=given)
    if isinstance(given, DateRange) and segment.touches(given):
        return message("{period} (the days that were given: {days})", period=period, days=period_words(given))
    return period


def mark_of(segment: TimelineSegment, finding: Finding) -> str:
    """Return the mark of a finding in a segment."""
    if segment.statuses is None:
        return CONTRADICTS
    group = group_of(finding, segment.statuses[finding.id])
    return EXCLUDED if group is Group.EXCLUDED else MARK[group]
