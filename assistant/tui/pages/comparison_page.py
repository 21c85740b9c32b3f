"""The page that compares two assessments: of the given answers, and with some supposed ones."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from textual.content import Content

from assistant.assessment.assessor import FindingStatus
from assistant.explanation.what_if import Changed, Transition, WhatIf, what_if
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
    """The findings that would appear, vanish or change."""

    def __init__(self, supposed: Supposed) -> None:
        super().__init__()
        self._supposed = supposed
        self._compared: tuple[Interview, WhatIf] | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("open it as it would be")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """Return the supposed answers, and the titles of the columns."""
        lines = [
            hanging("  ", supposed_text(self.conversation, *one), min(self.width, MAX_LINE_COLUMNS), "bold")
            for one in self._supposed
        ]
        return stacked(
            literal(_("Only supposed, your answers stay as they are:")),
            *lines,
            self._side_by_side(literal(_("Now"), "bold underline"), literal(_("What if"), "bold underline"))
            if self._two_columns and self._what_if().changed
            else None,
        )

    def rows(self) -> Sequence[Row]:
        """Return the findings that differ, grouped by how they change."""
        compared, rulebook = self._what_if(), self.conversation.rulebook
        contradictory = {*compared.before.contradictions, *compared.after.contradictions}
        if contradictory:
            clashing = (impossible for impossible in rulebook.impossible if impossible.id in contradictory)
            lines = [hanging("  ", impossible.text, self.width) for impossible in clashing]
            message = _("These answers contradict each other, so nothing can be said yet.")
            return [Row(stacked(hanging("", message, self.width, "bold"), *lines))]
        if not compared.changed:
            return [Row(literal(_("Nothing would differ: every finding would have the same status.")))]
        rows: list[Row] = []
        for turn in Transition:
            group = [changed for changed in compared.changed if changed.turn is turn]
            if group:
                gap = "\n" if rows else ""
                rows.append(Row(Content(gap).append(literal(_heading(turn, len(group)), "bold"))))
                rows += [
                    Row(self._changed_text(changed), FindingLink(changed.finding, self._supposed)) for changed in group
                ]
        return rows

    def _changed_text(self, changed: Changed) -> Content:
        before, after = self._status(changed.before), self._status(changed.after)
        title = self.conversation.rulebook.finding[changed.finding].title
        if self._two_columns:
            return self._side_by_side(
                self._titled(changed.before, title, before, self._column),
                self._titled(changed.after, title, after, self._column),
            )
        text = _("now: {before} → what if: {after}").format(before=before, after=after)
        return self._titled(changed.after, title, text, self.width)

    def _titled(self, status: FindingStatus, title: str, text: str, width: int) -> Content:
        weight = "bold" if status.shown else ""
        mark = f"  {symbol(self.conversation.rulebook, status)} "
        return stacked(hanging(mark, title, width, weight), hanging("    ", text, width, "dim"))

    def _status(self, status: FindingStatus) -> str:
        return status_word(status.status, self.conversation.rulebook.finding[status.finding], status.planned)

    @property
    def width(self) -> int:
        """The columns of a line; twice as many if two assessments fit side by side."""
        if not self._two_columns:
            return super().width
        return min(self.size.width - SIDE_COLUMNS, 2 * MAX_LINE_COLUMNS + len(BETWEEN))

    @property
    def _two_columns(self) -> bool:
        return self.size.width >= TWO_PANELS_COLUMNS

    @property
    def _column(self) -> int:
        return (self.width - len(BETWEEN)) // 2

    def _side_by_side(self, left: Content, right: Content) -> Content:
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


def _heading(turn: Transition, count: int) -> str:
    return {
        Transition.APPEARS: lambda: plural("{count} finding would appear", "{count} findings would appear", count),
        Transition.VANISHES: lambda: plural("{count} finding would vanish", "{count} findings would vanish", count),
        Transition.CHANGES: lambda: plural("{count} finding would change", "{count} findings would change", count),
    }[turn]()
