"""The page of the same answers on other days: which findings hold when, as the law changed."""

import datetime
from collections.abc import Iterator, Sequence

from assistant.explanation.timeline import Timeline, TimelineSegment, contradicts_always, timeline
from assistant.explanation.timeline_drawing import Drawing, drawn_timeline
from assistant.explanation.view.words import CONTRADICTORY, NO_DAY
from assistant.system.language import _
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.links import FindingLink, WhatIfLink
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.reading import Block, row


class TimelinePage(ReadingPage):
    """Which findings hold when, as a drawing with links."""

    def blocks(self) -> Sequence[Block]:
        """Return the times, and below them the findings that do not hold at all of them."""
        line = self.computed(lambda given: timeline(self.conversation.assessor, given.answers))
        if line is None:
            return [Block(literal(NO_DAY))]
        if contradicts_always(line):
            return [Block(literal(CONTRADICTORY))]
        text = _(
            "The same answers on other days: every column is a time in which the law stayed as it was. Enter on a time "
            "shows what would differ then; on a finding, what it says and rests on."
        )
        drawing = drawn_timeline(self.conversation.rulebook, line, self.width)
        rows = [row(literal(text), FindingLink(finding)) for finding, text in drawing.rows]
        return [
            Block(stacked(literal(_("When which finding holds"), "bold"), literal(text))),
            *self._times(line, drawing),
            Block(literal("\n" + drawing.marks)),
            row(literal(drawing.head)),
            *rows,
            *([Block(literal("\n" + drawing.rest))] if drawing.rest else []),
        ]

    def _times(self, line: Timeline, drawing: Drawing) -> Iterator[Block]:
        for date_range, text in zip(line.segments, drawing.times, strict=True):
            given = isinstance(line.present, datetime.date) and line.present in date_range
            link = WhatIfLink(((line.question, _day_in(date_range)),))
            yield row(literal(text), None if given or date_range.statuses is None else link)


def _day_in(date_range: TimelineSegment) -> datetime.date:
    """Return a day in a range: its first day; if it has no beginning, its last; if neither, any day."""
    return date_range.days.start or date_range.days.until or datetime.date(2000, 1, 1)
