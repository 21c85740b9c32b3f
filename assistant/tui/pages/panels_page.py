"""The three panels of the main page: which one is active, and the keys that move in it and between them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from assistant.explanation.view.finding import FindingView
from assistant.tui.pages.page import Page
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.entry import Entry
from assistant.tui.widgets.findings_panel import FindingsPanel
from assistant.tui.widgets.panels import Panel, panels_beside
from assistant.tui.widgets.question_panel import QuestionPanel
from assistant.tui.widgets.selected_panel import SelectedPanel


class PanelsPage(Page):
    """The question, the findings, and the sources of the selected finding. One panel is *active*: it takes the keys."""

    BINDINGS: ClassVar = bound(
        {
            "up": "move('up')",
            "down": "move('down')",
            "home": "move('first')",
            "end": "move('last')",
            "pageup": "page('up')",
            "pagedown": "page('down')",
            "f": "switch",
            "tab": "tab",
            "shift+tab": "back_tab",
            "escape": "escape",
        }
    )

    def body(self) -> Sequence[Widget]:
        """Return the three panels; look.tcss decides which of them are visible."""
        return [Horizontal(QuestionPanel(), FindingsPanel(), SelectedPanel(), id="panels")]

    def draw_body(self) -> None:
        """Draw the panels from the current turn."""
        three = panels_beside(self.size.width) == len(Panel)
        self.set_class(three, "-widest")
        if self.active is Panel.SELECTED and not three:
            self.set_active(Panel.FINDINGS)
        self.question.draw(self.conversation)
        self.findings.draw(self.conversation)
        self.draw_selected()

    @property
    def field(self) -> Entry | None:
        """The line in which the answer is typed, or None while keys are commands."""
        return self.question.entry if self.question.is_typing and self.active is Panel.QUESTION else None

    def edited(self) -> None:
        """Redraw what depends on the text in the field."""
        self.question.edited()

    @property
    def active(self) -> Panel:
        """The panel that takes the keys."""
        return next(panel for panel in Panel if self.has_class(panel.value))

    def written(self) -> None:
        """Notice that the terminal has been given what was drawn."""
        self.question.written()

    @property
    def question(self) -> QuestionPanel:
        """The panel with the question."""
        return self.query_one(QuestionPanel)

    @property
    def findings(self) -> FindingsPanel:
        """The panel with the findings."""
        return self.query_one(FindingsPanel)

    @property
    def selected(self) -> SelectedPanel:
        """The panel with the evidence of the finding under the cursor."""
        return self.query_one(SelectedPanel)

    @property
    def question_in_sight(self) -> bool:
        """Whether the question is visible. Otherwise it cannot be answered."""
        return self.active is not Panel.FINDINGS or self.has_class("-wide")

    def action_move(self, step: str) -> None:
        """Move the cursor of the active panel, or scroll if it has none."""
        if self.active is Panel.SELECTED:
            self.selected.move(step)
        else:
            (self.findings if self.active is Panel.FINDINGS else self.question).move(step)
            self.draw_selected()
            self.draw_keys()

    def action_page(self, direction: str) -> None:
        """Move the cursor by a page, or scroll by one."""
        if self.active is not Panel.QUESTION:
            self.action_move(f"page_{direction}")
        elif direction == "up":
            self.question.scroll_page_up(animate=False)
        else:
            self.question.scroll_page_down(animate=False)

    def action_switch(self) -> None:
        """Go from the question to the findings, from there to the evidence if it is visible, and back."""
        if self.active is Panel.FINDINGS:
            self.activate(Panel.SELECTED if self.has_class("-widest") else Panel.QUESTION)
        else:
            self.activate(Panel.QUESTION if self.active is Panel.SELECTED else Panel.FINDINGS)

    def action_tab(self) -> None:
        """Go on: from the field to the choices, from there to the findings."""
        if self.field is not None:
            self.action_move("down")
        else:
            self.action_switch()

    def action_back_tab(self) -> None:
        """Go back: from the findings to the question, from the choices to the field."""
        if self.active is not Panel.QUESTION:
            self.activate(Panel.QUESTION)
        elif self.field is None:
            self.action_escape()

    def action_escape(self) -> None:
        """Go from the findings to the question; there, from the field to the choices, or back to it."""
        if self.active is not Panel.QUESTION:
            self.activate(Panel.QUESTION)
        elif self.question.takes_text:
            (self.question.type if self.field is None else self.question.choose)()
            self.draw_keys()

    def draw_selected(self) -> None:
        """Draw the finding under the cursor, if its panel is visible."""
        if self.has_class("-widest"):
            row = self.findings.row_at_cursor()
            self.selected.draw(self.conversation, row if isinstance(row, FindingView) else None)

    def set_active(self, active: Panel) -> None:
        """Make a panel the active one, without drawing."""
        for panel in Panel:
            self.set_class(panel is active, panel.value)

    def activate(self, panel: Panel) -> None:
        """Make a panel the active one, and redraw the page."""
        self.set_active(panel)
        self.redraw()
