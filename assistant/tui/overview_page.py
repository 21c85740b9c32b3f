"""All questions with what has been said to each, and a way to any of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import OptionList, Static

from assistant.interview import Unknown, open_questions
from assistant.language import _, plural
from assistant.rulebook import Question
from assistant.tui.choices import Choices
from assistant.tui.keys import bound
from assistant.tui.literal import hanging, literal, stacked
from assistant.tui.page import ClosablePage, KeyHint
from assistant.tui.what_if_page import WhatIfPage
from assistant.tui.why_page import WhyPage
from assistant.turn import question_at
from assistant.wording import answer_text


class OverviewPage(ClosablePage):
    """The questions in the order of the rulebook."""

    BINDINGS: ClassVar = bound(
        {
            "up": "move('up')",
            "down": "move('down')",
            "home": "move('first')",
            "end": "move('last')",
            "pageup": "move('page_up')",
            "pagedown": "move('page_down')",
            "enter,right": "jump",
            "x,delete": "withdraw",
            "i": "what_if",
            "w": "why",
        }
    )

    def body(self) -> Sequence[Widget]:
        """A title and the list."""
        return [Static(id="overview-title"), Choices(id="overview")]

    def redraw(self) -> None:
        """Tells every question and its state."""
        rulebook, interview = self.conversation.rulebook, self.conversation.turn.interview
        self._open = {question.id for question in open_questions(rulebook, interview)}
        count = len(interview.replies)
        title = stacked(
            literal(_("All questions"), "bold"),
            literal(
                plural("{count} of {{total}} has a reply.", "{count} of {{total}} have a reply.", count).format(
                    total=len(rulebook.questions)
                ),
                "dim",
            ),
        )
        self.query_one("#overview-title", Static).update(title)
        width = max(24, self.size.width - 6)
        prompts = [
            stacked(
                hanging(f"{self._mark(question)} ", question.text, width),
                hanging("  ", self._state(question), width, "bold" if question.id in interview.answers else "dim"),
            )
            for question in rulebook.questions
        ]
        self._list.offer(prompts, self._cursor())

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of the list."""
        return [
            ("Enter", _("go to it")),
            ("x", _("take the reply back")),
            ("Esc", _("close")),
            ("i", _("what if?")),
            ("w", _("why?")),
        ]

    @property
    def _list(self) -> Choices:
        return self.query_one(Choices)

    def action_move(self, step: str) -> None:
        """Moves the cursor."""
        self._list.move(step)

    async def action_jump(self) -> None:
        """Closes the overview, with the question under the cursor on the screen."""
        question = self._question()
        if question is not None:
            self.conversation.ask(question.id)
            await self.conversation.close_pages()

    def action_withdraw(self) -> None:
        """Takes the reply under the cursor back, as if the question had not been put."""
        question = self._question()
        if question is not None:
            self.conversation.withdraw(question.id)

    async def action_what_if(self) -> None:
        """Shows what would follow from the other answers to the question under the cursor."""
        question = self._question()
        if question is not None:
            await self.conversation.open_page(WhatIfPage(question.id))

    async def action_why(self) -> None:
        """Shows why the question under the cursor is asked."""
        question = self._question()
        if question is not None:
            await self.conversation.open_page(WhyPage(question.id))

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes a click for Enter."""
        event.stop()
        await self.action_jump()

    def _question(self) -> Question | None:
        index = self._list.highlighted
        return None if index is None else self.conversation.rulebook.questions[index]

    def _cursor(self) -> int:
        if self._list.highlighted is not None:
            return self._list.highlighted
        asked = question_at(self.conversation.rulebook, self.conversation.turn)
        names = [question.id for question in self.conversation.rulebook.questions]
        return names.index(asked.id) if asked else 0

    def _mark(self, question: Question) -> str:
        reply = self.conversation.turn.interview.replies.get(question.id)
        if reply is None:
            return "○" if self._matters(question) else "·"
        return {Unknown.DONT_KNOW: "?", Unknown.SKIPPED: "–"}.get(reply, "✓") if isinstance(reply, Unknown) else "✓"

    def _state(self, question: Question) -> str:
        reply = self.conversation.turn.interview.replies.get(question.id)
        if reply is None:
            return _("still open") if self._matters(question) else _("cannot change a finding now")
        if isinstance(reply, Unknown):
            return _("I don't know") if reply is Unknown.DONT_KNOW else _("skipped")
        return answer_text(question, reply)

    def _matters(self, question: Question) -> bool:
        # While answers contradict each other there is no assessment to tell what matters by.
        return question.id in self._open or bool(self.conversation.turn.interview.assessment.contradictions)
