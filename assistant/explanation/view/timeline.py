"""What is said of a timeline: when which finding holds."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assistant.explanation.timeline import Timeline, TimelineSegment
from assistant.explanation.view.finding import MARK, Group, group_of
from assistant.explanation.view.words import period_words
from assistant.rulebook.finding import Finding
from assistant.rulebook.model import Rulebook
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
_CONSTANT: Final = counted(
    "{count} finding is the same on every day, and not shown here.",
    "{count} findings are the same on every day, and not shown here.",
)


@dataclass(frozen=True)
class TimelineView:
    """What is said of a timeline."""

    rulebook: Rulebook
    line: Timeline

    @cached_property
    def rows(self) -> Mapping[str, Sequence[str]]:
        """The marks of each finding, a mark for each segment; warnings first."""
        findings, segments = self.rulebook.findings_in_order, self.line.segments
        return {finding.id: [_mark(segment, finding) for segment in segments] for finding in findings}

    @property
    def moving(self) -> Sequence[Finding]:
        """The findings that are not the same on every day."""
        return [finding for finding in self.rulebook.findings_in_order if len(self._marks(finding)) > 1]

    @property
    def constant(self) -> Message | None:
        """The number of findings that are the same on every day and not excluded; None if there is none."""
        marks = map(self._marks, self.rulebook.findings_in_order)
        count = sum(len(each) == 1 and EXCLUDED not in each for each in marks)
        return _CONSTANT.filled(count=count) if count else None

    @property
    def present(self) -> Message:
        """What marks the segments of the day or the days that were given."""
        several = isinstance(self.line.present, DateRange)
        return message("the days that were given") if several else message("the day that was given")

    @property
    def periods(self) -> Iterator[Message]:
        """The period of each segment, and the given day or days if they are in it."""
        for segment in self.line.segments:
            period, given = period_words(segment.days), self.line.present
            if isinstance(given, datetime.date) and given in segment:
                period = message("{period} (the day that was given: {day})", period=period, day=given)
            elif isinstance(given, DateRange) and segment.touches(given):
                days = period_words(given)
                period = message("{period} (the days that were given: {days})", period=period, days=days)
            yield period

    @property
    def meanings(self) -> Mapping[str, Message]:
        """The meanings of the marks."""
        contradicting = any(segment.statuses is None for segment in self.line.segments)
        return {mark: words for mark, words in MEANING.items() if contradicting or mark != CONTRADICTS}

    def _marks(self, finding: Finding) -> set[str]:
        """Return the different marks of a finding; a day that contradicts other answers says nothing about others."""
        return set(self.rows[finding.id]) - {CONTRADICTS}


def _mark(segment: TimelineSegment, finding: Finding) -> str:
    if segment.statuses is None:
        return CONTRADICTS
    group = group_of(finding, segment.statuses[finding.id])
    return EXCLUDED if group is Group.EXCLUDED else MARK[group]
