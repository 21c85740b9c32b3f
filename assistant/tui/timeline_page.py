"""The same answers along the days on which the law changed, drawn, and a way to each of these times."""

import datetime
from collections.abc import Iterator, Sequence

from assistant.interview import Interview
from assistant.language import _
from assistant.timeline import Stretch, Timeline, timeline, timeline_text
from assistant.tui.links import WhatIfLink
from assistant.tui.literal import hanging, literal, stacked
from assistant.tui.page import KeyHint
from assistant.tui.reading import Block
from assistant.tui.reading_page import ReadingPage
from assistant.wording import period_text


class TimelinePage(ReadingPage):
    """Which findings hold when."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[Interview, Timeline | None] | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of a page with places to open."""
        return [("↑↓", _("read")), ("Enter", _("open")), ("Esc", _("close"))]

    def blocks(self) -> Sequence[Block]:
        """The picture, then the times to suppose."""
        line = self._timeline()
        if line is None:
            return [Block(literal(_("This rulebook asks for no day.")))]
        told = _("The same answers on other days: every column is a time in which the law stayed as it was.")
        drawn = timeline_text(self.conversation.rulebook, line, self.width)
        return [
            Block(stacked(literal(_("When which finding holds"), "bold"), literal(told))),
            Block(literal(drawn)),
            Block(literal(_("What if it were another time?"), "bold underline"), below=0),
            *self._times(line),
        ]

    def _times(self, line: Timeline) -> Iterator[Block]:
        for number, stretch in enumerate(line.stretches, start=1):
            text = f"{number}: {period_text(stretch.days)}"
            if stretch.statuses is None or (line.present is not None and line.present in stretch):
                continue
            link = WhatIfLink(((line.question, _day_in(stretch)),))
            yield Block(hanging("→ ", text, self.width), link, below=0)

    def _timeline(self) -> Timeline | None:
        interview = self.conversation.turn.interview
        if self._drawn is None or self._drawn[0] is not interview:
            self._drawn = (interview, timeline(self.conversation.assessor, interview.answers))
        return self._drawn[1]


def _day_in(stretch: Stretch) -> datetime.date:
    """The first day of a stretch; of one without beginning the last, and of all days any."""
    return stretch.days.start or stretch.days.until or datetime.date(2000, 1, 1)
