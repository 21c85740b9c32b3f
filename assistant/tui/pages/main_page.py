"""The main page: the question and the findings, side by side or one at a time."""

from collections.abc import Sequence
from typing import ClassVar

from assistant.explanation.view.finding import FindingView, Group
from assistant.interview.turn import left_for_later
from assistant.rulebook.answer import Reply, Unknown
from assistant.system.language import _, name_of_language, next_language
from assistant.tui.pages.finding_page import FindingPage
from assistant.tui.pages.next_case_page import NextCasePage
from assistant.tui.pages.outcome_page import OutcomePage
from assistant.tui.pages.overview_page import OverviewPage
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.panels_page import PanelsPage
from assistant.tui.pages.save_page import SavePage
from assistant.tui.pages.summary_page import SummaryPage
from assistant.tui.pages.timeline_page import TimelinePage
from assistant.tui.pages.what_if_page import WhatIfPage
from assistant.tui.pages.why_page import WhyPage
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.offers import Choice
from assistant.tui.widgets.panels import Panel
from assistant.tui.widgets.question_panel import QuestionPanel


class MainPage(PanelsPage):
    """Turn keys into replies, and open the other pages."""

    BINDINGS: ClassVar = bound(
        {
            "enter": "enter",
            **{digit: f"key('{digit}')" for digit in "0123456789"},
            "d": "key('d')",
            "s": "key('s')",
            "b,left": "back",
            "n,right": "on",
            "g": "outcome",
            "o": "overview",
            "w": "why",
            "i": "what_if",
            "c": "timeline",
            "p": "summary",
            "k": "save",
            "r": "next_case",
            "x": "key('x')",
            "space": "mark",
        }
    )

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the active panel."""
        if self.active is Panel.SELECTED:
            panel = [("↑↓", _("read")), ("Enter", _("open")), ("f", _("question"))]
        elif self.active is Panel.FINDINGS:
            following = _("what it rests on") if self.has_class("-widest") else _("question")
            panel = [("Enter", _("open")), ("f", following)]
        elif self.question.is_typing:
            return [("Enter", _("answer")), ("F2", self._other_language()), ("↓", _("not known, skip, commands"))]
        else:
            panel = [("g", _("the answer")), ("f", _("findings"))]
            if self.question.takes_text:
                panel.insert(0, ("Esc", _("type an answer")))
        if self.active is Panel.QUESTION and left_for_later(self.conversation.rulebook, self.conversation.turn):
            panel.insert(0, ("n", _("more questions")))
        why = [("w", _("why?"))] if self.question.asked or self.question.checklist else []
        if self.question.checklist and self.question.checklist.marks:
            panel.insert(0, ("Enter", _("go on")))
        if self.active is Panel.QUESTION and self.question.marked:
            panel.insert(0, ("Enter", _("one of the marked")))
        other = ("l", self._other_language())
        more = [("o", _("answers")), ("p", _("summary")), ("k", _("save")), ("c", _("calendar"))]
        if not self.conversation.turn.interview.replies:  # nothing yet to go back to, or to suppose otherwise
            return [("a", _("your safety")), other, *panel, *why, *more]
        back = [] if self.active is not Panel.QUESTION else [("b", _("back"))]
        return [*back, *panel, *why, ("i", _("what if?")), *more, other]

    def _other_language(self) -> str:
        return name_of_language(next_language(self.conversation.language, self.conversation.rulebook.languages))

    async def action_enter(self) -> None:
        """Take the choice under the cursor or the typed text."""
        if self.active is not Panel.QUESTION:
            await self._open_row()
            return
        choice = self.question.list.at_cursor
        reply = self.question.submitted()
        if choice is None and self.question.checklist is not None and self.question.checklist.marks:
            self._check_off(Unknown.DONT_KNOW)
        elif reply is not None:
            self._reply(reply)
        elif choice is not None:
            await self._take(choice)

    async def action_key(self, key: str) -> None:
        """Take the choice of a key. A digit that is no such key begins a typed answer."""
        if not self.question_in_sight:
            return
        if self.active is not Panel.QUESTION:
            self.activate(Panel.QUESTION)
        choice = self.question.list.with_key(key)
        if choice is not None and choice.is_answer and not self.question.shows(choice):
            self.question.point_at(choice)  # a choice that is not visible is no answer yet
        elif choice is not None:
            await self._take(choice)
        elif self.question.takes_text and key.isdigit():
            self._put(key)

    def paste(self, text: str) -> None:
        """Insert pasted text into the field, if there is one and it is visible."""
        if self.question.takes_text and self.question_in_sight:
            self.activate(Panel.QUESTION)
            self._put(text.strip())

    def _put(self, text: str) -> None:
        self.question.put(text)
        self.draw_keys()

    def action_back(self) -> None:
        """Go to the question before; if the findings cover the question, uncover it."""
        if self.question_in_sight:
            self.activate(Panel.QUESTION)
            self.conversation.go_back()
        else:
            self.activate(Panel.QUESTION)

    def action_on(self) -> None:
        """Go to the next open question."""
        self.activate(Panel.QUESTION)
        self.conversation.ask(None)

    async def action_outcome(self) -> None:
        """Open the answer: what the replies so far come to."""
        await self.conversation.open_page(OutcomePage())

    async def action_overview(self) -> None:
        """Open the page of all questions."""
        await self.conversation.open_page(OverviewPage())

    async def action_why(self) -> None:
        """Open the page why the question is asked."""
        choice, checklist = self.question.list.at_cursor, self.question.checklist
        listed = (choice.member if choice else "") or (checklist.names[0] if checklist else "")
        question = self.question.asked or listed
        if question and self.question_in_sight:
            await self.conversation.open_page(WhyPage(question))

    async def action_what_if(self) -> None:
        """Open the page of what would follow from other answers."""
        await self.conversation.open_page(WhatIfPage())

    async def action_timeline(self) -> None:
        """Open the page of the same answers on other days."""
        await self.conversation.open_page(TimelinePage())

    async def action_mark(self) -> None:
        """Change the mark of the question or of the option under the cursor."""
        choice = self.question.list.at_cursor
        if self.active is not Panel.QUESTION or choice is None:
            return
        if choice.member:
            await self._take(choice)
        elif isinstance(choice.reply, str) and self.question.was_visible(self.conversation.pressed_at):
            self.question.mark_option(choice.reply)
            self.draw_keys()

    def action_take_back(self) -> None:
        """Take all replies of the checklist back."""
        if self.question.checklist is not None:
            self.conversation.withdraw(*self.question.checklist.names)

    async def action_summary(self) -> None:
        """Open the summary."""
        await self.conversation.open_page(SummaryPage())

    async def action_save(self) -> None:
        """Open the page to save the interview, encrypted."""
        await self.conversation.open_page(SavePage(self.conversation.saved_as))

    async def action_next_case(self) -> None:
        """Ask whether to forget all replies, if there are any; otherwise begin again at once."""
        if self.conversation.turn.interview.replies:
            await self.conversation.open_page(NextCasePage())
        else:
            self.conversation.begin_again()

    def forget(self) -> None:
        """Forget what was typed and unfolded, and make the question the active panel."""
        self.question.forget()
        self.findings.forget()
        self.set_active(Panel.QUESTION)

    async def on_question_panel_clicked(self, event: QuestionPanel.Clicked) -> None:
        """Take a clicked choice."""
        self.conversation.later(lambda: self._take_clicked(event.choice))

    async def on_findings_panel_clicked(self) -> None:
        """Open a clicked finding or heading."""
        self.conversation.later(self._open_clicked)

    async def _take_clicked(self, choice: Choice) -> None:
        if self.is_current and choice in self.question.list.choices:
            self.activate(Panel.QUESTION)
            await self._take(choice)

    async def _open_clicked(self) -> None:
        if self.is_current:
            self.activate(Panel.FINDINGS)
            await self._open_row()

    async def _take(self, choice: Choice) -> None:
        if choice.member:
            self._mark(choice.member)
        elif choice.others is not None:
            self._check_off(choice.others)
        elif choice.reply is not None:
            self._reply(choice.reply)
        elif choice.question is not None:
            self.conversation.ask(choice.question)
        elif choice.command == "findings":
            self.activate(Panel.FINDINGS)
        elif choice.command:
            await self.run_action(choice.command)

    def _reply(self, reply: Reply) -> None:
        """Record a reply, unless its key was pressed before the question was visible."""
        if self.question.asked is not None and self.question.was_visible(self.conversation.pressed_at):
            self.conversation.reply(self.question.asked, reply)

    def _mark(self, question: str) -> None:
        """Change the mark of a question of a checklist, unless its key was pressed before the checklist was visible."""
        if self.question.was_visible(self.conversation.pressed_at):
            self.question.mark(question)
            self.draw_keys()

    def _check_off(self, others: Reply) -> None:
        """Record a checklist: what is marked, and the reply to the others."""
        checklist = self.question.checklist
        if checklist is None or not self.question.was_visible(self.conversation.pressed_at):
            return
        if others is False:
            self.conversation.check_off(checklist.marks, checklist.left)
        else:
            self.conversation.check_off({**checklist.marks, **dict.fromkeys(checklist.left, others)}, ())

    async def _open_row(self) -> None:
        row = self.findings.row_at_cursor()
        if isinstance(row, Group):
            self.findings.fold_or_unfold(row)
            self.draw_selected()
        elif isinstance(row, FindingView):
            await self.conversation.open_page(FindingPage(row.finding.id))
