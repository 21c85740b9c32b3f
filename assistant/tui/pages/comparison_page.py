"""Two assessments side by side: the answers as they are, and as they would be if some were others."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from textual.content import Content

from assistant.assessment.assessor import FindingStatus
from assistant.explanation.what_if import Changed, Turning, WhatIf, what_if
from assistant.explanation.wording import status_word
from assistant.interview.state import Interview
from assistant.system.language import _, plural
from assistant.tui.pages.list_page import ListPage, Row
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import SIDE_COLUMNS
from assistant.tui.widgets.finding_words import symbol
from assistant.tui.widgets.links import FindingLink, Supposed
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.panels import MAX_LINE_COLUMNS, TWO_PANELS_COLUMNS
from assistant.tui.widgets.supposed_text import supposed_text

BETWEEN = " │ "


class ComparisonPage(ListPage):
    """The findings that appear, vanish or change."""

    def __init__(self, supposed: Supposed) -> None:
        super().__init__()
        self._supposed = supposed
        self._compared: tuple[Interview, WhatIf] | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("open it as it would be")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """What is supposed."""
        told = [
            hanging("  ", supposed_text(self.conversation, *one), min(self.width, MAX_LINE_COLUMNS), "bold")
            for one in self._supposed
        ]
        return stacked(
            literal(_("Only supposed, your answers stay as they are:")),
            *told,
            self._beside(literal(_("Now"), "bold underline"), literal(_("What if"), "bold underline"))
            if self._two_columns and self._what_if().changed
            else None,
        )

    def rows(self) -> Sequence[Row]:
        """The findings that differ, under what becomes of them."""
        compared, rulebook = self._what_if(), self.conversation.rulebook
        contradictory = {*compared.before.contradictions, *compared.after.contradictions}
        if contradictory:
            clashing = (impossible for impossible in rulebook.impossible if impossible.id in contradictory)
            told = [hanging("  ", impossible.text, self.width) for impossible in clashing]
            message = _("These answers contradict each other, so nothing can be said yet.")
            return [Row(stacked(hanging("", message, self.width, "bold"), *told))]
        if not compared.changed:
            return [Row(literal(_("Nothing would differ: every finding would have the same status.")))]
        rows: list[Row] = []
        for turn in Turning:
            group = [changed for changed in compared.changed if changed.turn is turn]
            if group:
                gap = "\n" if rows else ""
                rows.append(Row(Content(gap).append(literal(_heading(turn, len(group)), "bold"))))
                rows += [Row(self._told(changed), FindingLink(changed.finding, self._supposed)) for changed in group]
        return rows

    def _told(self, changed: Changed) -> Content:
        before, after = self._status(changed.before), self._status(changed.after)
        title = self.conversation.rulebook.finding[changed.finding].title
        if self._two_columns:
            return self._beside(
                self._titled(changed.before, title, before, self._column),
                self._titled(changed.after, title, after, self._column),
            )
        told = _("now: {before} → what if: {after}").format(before=before, after=after)
        return self._titled(changed.after, title, told, self.width)

    def _titled(self, found: FindingStatus, title: str, told: str, width: int) -> Content:
        weight = "bold" if found.shown else ""
        mark = f"  {symbol(self.conversation.rulebook, found)} "
        return stacked(hanging(mark, title, width, weight), hanging("    ", told, width, "dim"))

    def _status(self, found: FindingStatus) -> str:
        return status_word(found.status, self.conversation.rulebook.finding[found.finding], found.planned)

    @property
    def width(self) -> int:
        """How many columns a line has: twice as many where there are two columns."""
        if not self._two_columns:
            return super().width
        return min(self.size.width - SIDE_COLUMNS, 2 * MAX_LINE_COLUMNS + len(BETWEEN))

    @property
    def _two_columns(self) -> bool:
        return self.size.width >= TWO_PANELS_COLUMNS

    @property
    def _column(self) -> int:
        return (self.width - len(BETWEEN)) // 2

    def _beside(self, left: Content, right: Content) -> Content:
        return Content("\n").join(self._lines(left, right))

    def _lines(self, left: Content, right: Content) -> Iterator[Content]:
        for first, second in zip_longest(left.split("\n"), right.split("\n"), fillvalue=Content()):
            yield first.pad_right(max(0, self._column - first.cell_length)).append(BETWEEN).append(second)

    def _what_if(self) -> WhatIf:
        interview = self.conversation.turn.interview
        if self._compared is None or self._compared[0] is not interview:
            compared = what_if(self.conversation.assessor, interview.answers, dict(self._supposed))
            self._compared = (interview, compared)
        return self._compared[1]


def _heading(turn: Turning, count: int) -> str:
    return {
        Turning.APPEARS: lambda: plural("{count} finding would appear", "{count} findings would appear", count),
        Turning.VANISHES: lambda: plural("{count} finding would vanish", "{count} findings would vanish", count),
        Turning.CHANGES: lambda: plural("{count} finding would change", "{count} findings would change", count),
    }[turn]()
