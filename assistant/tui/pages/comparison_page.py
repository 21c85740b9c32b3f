"""The page that compares two assessments: of the given answers, and with some supposed ones."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from textual.content import Content

from assistant.explanation.view.change import HOW_MANY, NO_DIFFERENCE, SUPPOSED, supposed_words
from assistant.explanation.view.finding import FindingView
from assistant.explanation.view.words import contradiction_lines
from assistant.explanation.what_if import Changed, Transition, WhatIf, what_if
from assistant.system.language import _
from assistant.system.message import Phrase, message
from assistant.tui.pages.list_page import ListPage
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import SIDE_COLUMNS
from assistant.tui.widgets.links import FindingLink, Supposed
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.panels import MAX_LINE_COLUMNS, TWO_PANELS_COLUMNS
from assistant.tui.widgets.reading import Block, row

COLUMN_SEPARATOR = " │ "


class ComparisonPage(ListPage):
    """The findings that would appear, vanish or change."""

    def __init__(self, supposed: Supposed) -> None:
        super().__init__()
        self._supposed = supposed

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("open it as it would be")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """Return the supposed answers, and the titles of the columns."""
        rulebook, answers = self.conversation.rulebook, self.conversation.turn.interview.answers
        lines = [
            hanging("  ", supposed_words(rulebook, answers, *one), min(self.width, MAX_LINE_COLUMNS), "bold")
            for one in self._supposed
        ]
        return stacked(
            literal(SUPPOSED),
            *lines,
            self._side_by_side(literal(_("Now"), "bold underline"), literal(_("What if"), "bold underline"))
            if self._two_columns and self._what_if().changed
            else None,
        )

    def blocks(self) -> Sequence[Block]:
        """Return the findings that differ, grouped by how they change."""
        compared, rulebook = self._what_if(), self.conversation.rulebook
        clashing = contradiction_lines(rulebook, compared.before) or contradiction_lines(rulebook, compared.after)
        if clashing:
            lines = [hanging("  ", clash, self.width) for clash in clashing[1:]]
            return [row(stacked(hanging("", clashing[0], self.width, "bold"), *lines))]
        if not compared.changed:
            return [row(literal(NO_DIFFERENCE))]
        rows: list[Block] = []
        for turn in Transition:
            group = [changed for changed in compared.changed if changed.turn is turn]
            if group:
                gap = "\n" if rows else ""
                rows.append(row(Content(gap).append(literal(HOW_MANY[turn].filled(count=len(group)), "bold"))))
                rows += [
                    row(self._changed_text(changed), FindingLink(changed.finding, self._supposed)) for changed in group
                ]
        return rows

    def _changed_text(self, changed: Changed) -> Content:
        rulebook = self.conversation.rulebook
        before, after = FindingView(rulebook, changed.before), FindingView(rulebook, changed.after)
        if self._two_columns:
            return self._side_by_side(
                self._titled(before, before.word, self._column), self._titled(after, after.word, self._column)
            )
        words = message("now: {before} → what if: {after}", before=before.word, after=after.word)
        return self._titled(after, words, self.width)

    def _titled(self, view: FindingView, words: Phrase, width: int) -> Content:
        weight = "bold" if view.status.shown else ""
        title = hanging(f"  {view.mark} ", view.finding.title, width, weight)
        return stacked(title, hanging("    ", words, width, "dim"))

    @property
    def width(self) -> int:
        """The columns of a line; twice as many if two assessments fit side by side."""
        if not self._two_columns:
            return super().width
        return min(self.size.width - SIDE_COLUMNS, 2 * MAX_LINE_COLUMNS + len(COLUMN_SEPARATOR))

    @property
    def _two_columns(self) -> bool:
        return self.size.width >= TWO_PANELS_COLUMNS

    @property
    def _column(self) -> int:
        return (self.width - len(COLUMN_SEPARATOR)) // 2

    def _side_by_side(self, left: Content, right: Content) -> Content:
        return Content("\n").join(self._lines(left, right))

    def _lines(self, left: Content, right: Content) -> Iterator[Content]:
        for first, second in zip_longest(left.split("\n"), right.split("\n"), fillvalue=Content()):
            yield first.pad_right(max(0, self._column - first.cell_length)).append(COLUMN_SEPARATOR).append(second)

    def _what_if(self) -> WhatIf:
        return self.computed(lambda given: what_if(self.conversation.assessor, given.answers, dict(self._supposed)))
