"""The same answers along the days on which the law changed, drawn: a way to each of these times and findings."""

import datetime
from collections.abc import Iterator, Sequence

from assistant.explanation.timeline import Drawing, Stretch, Timeline, contradicts_always, drawn_timeline, timeline
from assistant.interview.state import Interview
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.links import FindingLink, WhatIfLink
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.reading import Block


class TimelinePage(ReadingPage):
    """Which findings hold when."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[Interview, Timeline | None] | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of a page with places to open."""
        return [("↑↓", _("read")), ("Enter", _("open")), ("Esc", _("close"))]

    def blocks(self) -> Sequence[Block]:
        """The times, and below them the findings that do not hold at all of them."""
        line = self._timeline()
        if line is None:
            return [Block(literal(_("This rulebook asks for no day.")))]
        if contradicts_always(line):
            return [Block(literal(_("While answers contradict each other, nothing can be said.")))]
        told = _(
            "The same answers on other days: every column is a time in which the law stayed as it was. Enter on a time "
            "shows what would differ then; on a finding, what it says and rests on."
        )
        drawing = drawn_timeline(self.conversation.rulebook, line, self.width)
        rows = [Block(literal(text), FindingLink(finding), below=0) for finding, text in drawing.rows]
        return [
            Block(stacked(literal(_("When which finding holds"), "bold"), literal(told))),
            *self._times(line, drawing),
            Block(literal("\n" + drawing.marks)),
            Block(literal(drawing.head), below=0),
            *rows,
            *([Block(literal("\n" + drawing.rest))] if drawing.rest else []),
        ]

    def _times(self, line: Timeline, drawing: Drawing) -> Iterator[Block]:
        for stretch, text in zip(line.stretches, drawing.times, strict=True):
            given = line.present is not None and line.present in stretch
            link = WhatIfLink(((line.question, _day_in(stretch)),))
            yield Block(literal(text), None if given or stretch.statuses is None else link, below=0)

    def _timeline(self) -> Timeline | None:
        interview = self.conversation.turn.interview
        if self._drawn is None or self._drawn[0] is not interview:
            self._drawn = (interview, timeline(self.conversation.assessor, interview.answers))
        return self._drawn[1]


def _day_in(stretch: Stretch) -> datetime.date:
    """The first day of a stretch; of one without beginning the last, and of all days any."""
    return stretch.days.start or stretch.days.until or datetime.date(2000, 1, 1)
