"""The findings so far: those that apply are listed, the others folded under their number."""

from collections.abc import Sequence
from typing import TypeAlias

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from assistant.explanation.view.finding import COUNT, NOTHING_APPLIES, FindingView, Group, grouped
from assistant.explanation.view.words import CONTRADICTORY, INEXACT
from assistant.interview.state import open_questions
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.outcome_blocks import headline_text
from assistant.tui.widgets.panels import panel_width

Row: TypeAlias = FindingView | Group | None
"""A finding, a heading, or None for a remark."""


class FindingsPanel(Vertical, can_focus=False):
    """The assessment of the current turn, as a list of findings by group."""

    class Clicked(Message):
        """A row was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._folds: dict[Group, bool] = {}
        self._rows: Sequence[Row] = ()
        self._selected: object = None

    def compose(self) -> ComposeResult:
        """Yield the title and the list."""
        yield Static(id="findings-title")
        yield Choices(id="findings")

    @property
    def list(self) -> Choices:
        """The list of findings."""
        return self.query_one(Choices)

    def draw(self, conversation: Conversation) -> None:
        """Draw the current assessment; the cursor stays on its finding."""
        self._conversation = conversation
        assessment = conversation.turn.interview.assessment
        title = stacked(
            literal(CONTRADICTORY) if assessment.contradictions else headline_text(conversation, self._width()),
            None if assessment.exact else literal(INEXACT, "dim"),
        )
        self.query_one("#findings-title", Static).update(title)
        contents = self._contents()
        self._rows = [row for row, _content in contents]
        remarks = [index for index, row in enumerate(self._rows) if row is None]
        same = (index for index, row in enumerate(self._rows) if row is not None and _identity(row) == self._selected)
        first = (index for index, row in enumerate(self._rows) if row is not None)
        self.list.offer([content for _row, content in contents], next(same, next(first, None)), remarks)

    def forget(self) -> None:
        """Forget what was unfolded, and where the cursor was."""
        self._folds = {}
        self._selected = None

    def row_at_cursor(self) -> Row:
        """Return the finding or heading under the cursor, or None."""
        index = self.list.highlighted if self.is_mounted else None
        return None if index is None or index >= len(self._rows) else self._rows[index]

    def move(self, step: str) -> None:
        """Move the cursor; it stays on its new row when rows are added above."""
        self.list.move(step)
        self._selected = _identity(self.row_at_cursor())

    def fold_or_unfold(self, group: Group) -> None:
        """Fold or unfold the findings of a group."""
        self._selected = group
        folded = self._folds[group] = not self._is_folded(group)
        self.draw(self._conversation)
        if not folded:
            self.call_after_refresh(self._scroll_to_group, group)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Treat a click on a row as Enter on it."""
        event.stop()
        self.post_message(self.Clicked())

    def _contents(self) -> Sequence[tuple[Row, Content]]:
        rulebook, interview = self._conversation.rulebook, self._conversation.turn.interview
        if interview.assessment.contradictions:
            return []
        groups = grouped(rulebook, interview.assessment)
        contents: list[tuple[Row, Content]] = []
        for group, findings in groups.items():
            if findings:
                contents.append((group, self._heading(group, len(findings), first=not contents)))
            elif group is Group.APPLIES:
                contents.append((None, literal(NOTHING_APPLIES)))
            if not self._is_folded(group):
                contents.extend((view, self._line(view)) for view in findings)
        return contents

    def _heading(self, group: Group, count: int, *, first: bool) -> Content:
        mark = "▸ " if self._is_folded(group) else "▾ "
        line = hanging(mark, COUNT[group].filled(count=count), self._width(), "bold" if group is Group.APPLIES else "")
        return line if first else Content("\n").append(line)

    def _line(self, view: FindingView) -> Content:
        weight = "bold" if view.group is Group.APPLIES else ""
        return stacked(
            hanging(f"  {view.mark} ", view.finding.title, self._width(), weight),
            hanging("    ", view.labels, self._width(), "dim"),
            None if view.waits_for_first is None else hanging("    ", view.waits_for_first, self._width(), "dim"),
        )

    def _scroll_to_group(self, group: Group) -> None:
        """Scroll to the end of an unfolded group, which may be below the last line, but keep its heading in view."""
        heading = self._rows.index(group)
        rows = range(heading + 1, len(self._rows))
        end = next((index for index in rows if not isinstance(self._rows[index], FindingView)), len(self._rows))
        for index in (end - 1, heading):
            self.list.highlighted = index

    def _is_folded(self, group: Group) -> bool:
        """Return whether a group is folded: as the user chose, or else by default.

        Findings that apply are unfolded; those that may apply too, once no question is left.
        """
        if group in self._folds:
            return self._folds[group]
        if group is Group.MAY_APPLY:
            return bool(open_questions(self._conversation.rulebook, self._conversation.turn.interview))
        return group is not Group.APPLIES

    def _width(self) -> int:
        # Of the page, not of the panel, which has no size while it is hidden.
        return max(24, panel_width(self.screen.size.width) - 6)


def _identity(row: Row) -> object:
    return row.finding.id if isinstance(row, FindingView) else row
