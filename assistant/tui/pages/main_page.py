"""The question and the findings: beside each other in a wide window, one at a time in a narrow one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from assistant.assessment.assessor import FindingStatus
from assistant.explanation.finding_group import Group
from assistant.rulebook.answer import Reply
from assistant.system.language import _, name_of_language, next_language
from assistant.tui.pages.finding_page import FindingPage
from assistant.tui.pages.next_case_page import NextCasePage
from assistant.tui.pages.overview_page import OverviewPage
from assistant.tui.pages.page import KeyHint, Page
from assistant.tui.pages.save_page import SavePage
from assistant.tui.pages.summary_page import SummaryPage
from assistant.tui.pages.timeline_page import TimelinePage
from assistant.tui.pages.what_if_page import WhatIfPage
from assistant.tui.pages.why_page import WhyPage
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.entry import Entry
from assistant.tui.widgets.findings_panel import FindingsPanel
from assistant.tui.widgets.offers import Choice
from assistant.tui.widgets.panels import Panel, panels_beside
from assistant.tui.widgets.question_panel import QuestionPanel
from assistant.tui.widgets.selected_panel import SelectedPanel


class MainPage(Page):
    """Turns keys into replies. The panel with the cursor is the *active* one."""

    BINDINGS: ClassVar = bound(
        {
            "up": "move('up')",
            "down": "move('down')",
            "home": "move('first')",
            "end": "move('last')",
            "pageup": "page('up')",
            "pagedown": "page('down')",
            "enter": "enter",
            **{digit: f"key('{digit}')" for digit in "0123456789"},
            "d": "key('d')",
            "s": "key('s')",
            "b,left": "back",
            "n,right": "on",
            "f": "switch",
            "tab": "tab",
            "shift+tab": "back_tab",
            "escape": "escape",
            "o": "overview",
            "w": "why",
            "i": "what_if",
            "c": "timeline",
            "p": "summary",
            "k": "save",
            "r": "next_case",
        }
    )

    def body(self) -> Sequence[Widget]:
        """The three panels; the look says which of them have room."""
        return [Horizontal(QuestionPanel(), FindingsPanel(), SelectedPanel(), id="panels")]

    def draw_body(self) -> None:
        """Draws both panels from the turn."""
        three = panels_beside(self.size.width) == len(Panel)
        self.set_class(three, "-widest")
        if self.on_selected and not three:
            self.face(Panel.FINDINGS)
        self.question.draw(self.conversation)
        self.findings.draw(self.conversation)
        self._draw_selected()

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of the active panel."""
        if self.on_selected:
            panel = [("↑↓", _("read")), ("Enter", _("open")), ("f", _("question"))]
        elif self.on_findings:
            following = _("what it rests on") if self.has_class("-widest") else _("question")
            panel = [("Enter", _("open")), ("f", following)]
        elif self.question.is_typing:
            return [("Enter", _("answer")), ("F2", self._other_language()), ("↓", _("not known, skip, commands"))]
        else:
            panel = [("f", _("findings"))]
            if self.question.takes_text:
                panel.insert(0, ("Esc", _("type an answer")))
        why = [("w", _("why?"))] if self.question.asked is not None else []
        other = ("l", self._other_language())
        more = [("o", _("answers")), ("p", _("summary")), ("k", _("save")), ("c", _("calendar"))]
        if not self.conversation.turn.interview.replies:  # nothing yet to go back to, or to suppose otherwise
            return [("a", _("your safety")), other, *panel, *why, *more]
        back = [] if self.on_findings or self.on_selected else [("b", _("back"))]
        return [*back, *panel, *why, ("i", _("what if?")), *more, other]

    def _other_language(self) -> str:
        return name_of_language(next_language(self.conversation.language, self.conversation.rulebook.languages))

    @property
    def field(self) -> Entry | None:
        """The line in which the answer is typed, while it is."""
        return self.question.entry if self.question.is_typing and self._on_question else None

    def edited(self) -> None:
        """Redraw what depends on the text in the field."""
        self.question.edited()

    @property
    def _on_question(self) -> bool:
        return self.has_class(Panel.QUESTION.value)

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
        """The panel with what the finding under the cursor rests on."""
        return self.query_one(SelectedPanel)

    @property
    def on_findings(self) -> bool:
        """Whether the findings are active."""
        return self.has_class(Panel.FINDINGS.value)

    @property
    def on_selected(self) -> bool:
        """Whether what the finding rests on is active."""
        return self.has_class(Panel.SELECTED.value)

    @property
    def question_in_sight(self) -> bool:
        """Whether the question can be seen; what cannot be seen cannot be answered."""
        return not self.on_findings or self.has_class("-wide")

    def action_move(self, step: str) -> None:
        """Moves the cursor, or scrolls where there is none."""
        if self.on_selected:
            self.selected.move(step)
        else:
            (self.findings if self.on_findings else self.question).move(step)
            self._draw_selected()
            self.draw_keys()

    def action_page(self, direction: str) -> None:
        """Moves by a page."""
        if self.on_findings or self.on_selected:
            self.action_move(f"page_{direction}")
        elif direction == "up":
            self.question.scroll_page_up(animate=False)
        else:
            self.question.scroll_page_down(animate=False)

    async def action_enter(self) -> None:
        """Take the choice under the cursor, or what is typed."""
        if self.on_findings or self.on_selected:
            await self._open_row()
            return
        choice = self.question.choice_at_cursor()
        reply = self.question.submitted()
        if reply is not None:
            self._reply(reply)
        elif choice is not None:
            await self._take(choice)

    async def action_key(self, key: str) -> None:
        """Take the choice that has this key; a digit that is none begins an answer."""
        if not self.question_in_sight:
            return
        if self.on_findings or self.on_selected:
            self._activate(Panel.QUESTION)
        choice = self.question.choice_with_key(key)
        if choice is not None and choice.reply is not None and not self.question.shows(choice):
            self.question.point_at(choice)  # what is not in sight is no answer yet
        elif choice is not None:
            await self._take(choice)
        elif self.question.takes_text and key.isdigit():
            self._put(key)

    def paste(self, text: str) -> None:
        """Put what is pasted into the field, if there is one in sight."""
        if self.question.takes_text and self.question_in_sight:
            self._activate(Panel.QUESTION)
            self._put(text.strip())

    def _put(self, text: str) -> None:
        self.question.put(text)
        self.draw_keys()

    def action_back(self) -> None:
        """Goes to the question before; from findings that cover the question, to the question."""
        if self.question_in_sight:
            self._activate(Panel.QUESTION)
            self.conversation.go_back()
        else:
            self._activate(Panel.QUESTION)

    def action_on(self) -> None:
        """Goes to whatever comes next."""
        self._activate(Panel.QUESTION)
        self.conversation.ask(None)

    def action_switch(self) -> None:
        """Goes from the question to the findings, from there to what one rests on if that is in sight, and back."""
        if self.on_findings:
            self._activate(Panel.SELECTED if self.has_class("-widest") else Panel.QUESTION)
        else:
            self._activate(Panel.QUESTION if self.on_selected else Panel.FINDINGS)

    def action_tab(self) -> None:
        """Go on: from the field to the choices, from there to the findings."""
        if self.field is not None:
            self.action_move("down")
        else:
            self.action_switch()

    def action_back_tab(self) -> None:
        """Go back: from the findings to the question, from the choices to the field."""
        if not self._on_question:
            self._activate(Panel.QUESTION)
        elif self.field is None:
            self.action_escape()

    def action_escape(self) -> None:
        """Go from the findings to the question; there, from the field to the choices, or back to it."""
        if not self._on_question:
            self._activate(Panel.QUESTION)
        elif self.question.takes_text:
            (self.question.type if self.field is None else self.question.choose)()
            self.draw_keys()

    async def action_overview(self) -> None:
        """Shows all questions."""
        await self.conversation.open_page(OverviewPage())

    async def action_why(self) -> None:
        """Shows why the question on the screen is asked."""
        if self.question.asked is not None and self.question_in_sight:
            await self.conversation.open_page(WhyPage(self.question.asked))

    async def action_what_if(self) -> None:
        """Shows what would follow if something else were answered."""
        await self.conversation.open_page(WhatIfPage())

    async def action_timeline(self) -> None:
        """Shows the same answers on other days."""
        await self.conversation.open_page(TimelinePage())

    async def action_summary(self) -> None:
        """Shows the summary to take along."""
        await self.conversation.open_page(SummaryPage())

    async def action_save(self) -> None:
        """Shows where the interview can be saved, encrypted."""
        await self.conversation.open_page(SavePage(self.conversation.kept_as))

    async def action_next_case(self) -> None:
        """Asks whether to forget everything, if there is anything to forget."""
        if self.conversation.turn.interview.replies:
            await self.conversation.open_page(NextCasePage())
        else:
            self.conversation.begin_again()

    def forget(self) -> None:
        """Forgets what was typed and unfolded; the question is the active panel."""
        self.question.forget()
        self.findings.forget()
        self.face(Panel.QUESTION)

    async def on_question_panel_clicked(self, event: QuestionPanel.Clicked) -> None:
        """Takes a click on a choice."""
        self.conversation.later(lambda: self._take_clicked(event.choice))

    async def on_findings_panel_clicked(self) -> None:
        """Takes a click on a finding or a heading."""
        self.conversation.later(self._open_clicked)

    async def _take_clicked(self, choice: Choice) -> None:
        if self.is_current and self.question.offers(choice):
            self._activate(Panel.QUESTION)
            await self._take(choice)

    async def _open_clicked(self) -> None:
        if self.is_current:
            self._activate(Panel.FINDINGS)
            await self._open_row()

    async def _take(self, choice: Choice) -> None:
        if choice.reply is not None:
            self._reply(choice.reply)
        elif choice.question is not None:
            self.conversation.ask(choice.question)
        elif choice.command == "findings":
            self._activate(Panel.FINDINGS)
        elif choice.command:
            await self.run_action(choice.command)

    def _reply(self, reply: Reply) -> None:
        """Record a reply, unless its key was pressed before anybody could see the question."""
        if self.question.asked is not None and self.question.was_in_sight(self.conversation.pressed_at):
            self.conversation.reply(self.question.asked, reply)

    async def _open_row(self) -> None:
        row = self.findings.row_at_cursor()
        if isinstance(row, Group):
            self.findings.fold_or_unfold(row)
            self._draw_selected()
        elif isinstance(row, FindingStatus):
            await self.conversation.open_page(FindingPage(row.finding))

    def _draw_selected(self) -> None:
        if self.has_class("-widest"):
            row = self.findings.row_at_cursor()
            found = row if isinstance(row, FindingStatus) else None
            self.selected.draw(self.conversation, found)

    def face(self, active: Panel) -> None:
        """Makes a panel the active one."""
        for panel in Panel:
            self.set_class(panel is active, panel.value)

    def _activate(self, panel: Panel) -> None:
        self.face(panel)
        self.redraw()
