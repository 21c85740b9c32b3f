"""The findings so far: what applies is open, what is merely possible is folded under its count."""

from collections.abc import Sequence
from typing import TypeAlias

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from assistant.assessment.assessor import FindingStatus, Status
from assistant.explanation.finding_group import Group, grouped
from assistant.explanation.wording import waiting_text
from assistant.interview.state import open_questions
from assistant.scenarios.text_report import kleene_only
from assistant.system.language import _
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.finding_words import heading, status_line, symbol
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.panels import panel_width

Row: TypeAlias = FindingStatus | Group | None
"""A finding, a heading, or a remark that leads nowhere."""


class FindingsPanel(Vertical, can_focus=False):
    """Shows the assessment of the turn."""

    class Clicked(Message):
        """A row was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._folds: dict[Group, bool] = {}
        self._rows: Sequence[Row] = ()
        self._kept: object = None

    def compose(self) -> ComposeResult:
        """A title and the list."""
        yield Static(id="findings-title")
        yield Choices(id="findings")

    @property
    def list(self) -> Choices:
        """The list of findings."""
        return self.query_one(Choices)

    def draw(self, conversation: Conversation) -> None:
        """Shows the assessment of a conversation; the cursor stays on the finding that it was on."""
        self._conversation = conversation
        assessment = conversation.turn.interview.assessment
        title = stacked(
            literal(_("What follows so far"), "bold"), None if assessment.exact else literal(kleene_only(), "dim")
        )
        self.query_one("#findings-title", Static).update(title)
        told = list(self._told())
        self._rows = [row for row, _content in told]
        remarks = [index for index, row in enumerate(self._rows) if row is None]
        same = (index for index, row in enumerate(self._rows) if row is not None and _identity(row) == self._kept)
        first = (index for index, row in enumerate(self._rows) if row is not None)
        self.list.offer([content for _row, content in told], next(same, next(first, None)), remarks)

    def forget(self) -> None:
        """Forgets what was unfolded, and where the cursor was."""
        self._folds = {}
        self._kept = None

    def row_at_cursor(self) -> Row:
        """The finding or heading under the cursor."""
        index = self.list.highlighted if self.is_mounted else None
        return None if index is None or index >= len(self._rows) else self._rows[index]

    def move(self, step: str) -> None:
        """Moves the cursor, which from then on keeps to its row whatever is added above."""
        self.list.move(step)
        self._kept = _identity(self.row_at_cursor())

    def fold_or_unfold(self, group: Group) -> None:
        """Opens a heading, or closes it."""
        self._kept = group
        folded = self._folds[group] = not self._is_folded(group)
        self.draw(self._conversation)
        if not folded:
            self.call_after_refresh(self._bring_in_sight, group)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes a click on a row for Enter on it."""
        event.stop()
        self.post_message(self.Clicked())

    def _told(self) -> Sequence[tuple[Row, Content]]:
        rulebook, interview = self._conversation.rulebook, self._conversation.turn.interview
        if interview.assessment.contradictions:
            return [(None, literal(_("While answers contradict each other, nothing can be said.")))]
        groups = grouped(rulebook, interview.assessment)
        told: list[tuple[Row, Content]] = []
        for group, findings in groups.items():
            if findings:
                told.append((group, self._heading(group, len(findings), first=not told)))
            elif group is Group.APPLIES:
                told.append((None, literal(_("Nothing is established yet."))))
            if not self._is_folded(group):
                told.extend((found, self._line(found)) for found in findings)
        return told

    def _heading(self, group: Group, count: int, *, first: bool) -> Content:
        mark = "▸ " if self._is_folded(group) else "▾ "
        told = hanging(mark, heading(group, count), self._width(), "bold" if group is Group.APPLIES else "")
        return told if first else Content("\n").append(told)

    def _line(self, found: FindingStatus) -> Content:
        rulebook = self._conversation.rulebook
        finding = rulebook.finding[found.finding]
        weight = "bold" if found.status is Status.ESTABLISHED and found.shown else ""
        waiting = waiting_text(rulebook, found.waits_for)
        return stacked(
            hanging(f"  {symbol(rulebook, found)} ", finding.title, self._width(), weight),
            hanging("    ", status_line(rulebook, found), self._width(), "dim"),
            hanging("    ", waiting, self._width(), "dim") if waiting else None,
        )

    def _bring_in_sight(self, group: Group) -> None:
        """Scrolls as far as a heading allows to the end of what it has unfolded, which else lay below the last line."""
        heading = self._rows.index(group)
        rows = range(heading + 1, len(self._rows))
        end = next((index for index in rows if not isinstance(self._rows[index], FindingStatus)), len(self._rows))
        for index in (end - 1, heading):
            self.list.highlighted = index

    def _is_folded(self, group: Group) -> bool:
        """Unless the reader says otherwise, all but what applies; and, once nothing is left to ask, what may apply."""
        if group in self._folds:
            return self._folds[group]
        if group is Group.MAY_APPLY:
            return bool(open_questions(self._conversation.rulebook, self._conversation.turn.interview))
        return group is not Group.APPLIES

    def _width(self) -> int:
        # Of the page, not of the panel, which has no size while it is hidden.
        return max(24, panel_width(self.screen.size.width) - 6)


def _identity(row: Row) -> object:
    return row.finding if isinstance(row, FindingStatus) else row
