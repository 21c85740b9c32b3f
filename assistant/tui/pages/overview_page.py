"""The page of all questions with their replies."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from assistant.interview.question_view import question_view
from assistant.interview.state import open_questions
from assistant.interview.turn import questions_at
from assistant.rulebook.answer import Unknown
from assistant.rulebook.question import Question
from assistant.system.keyboard import key_name
from assistant.system.language import _, plural
from assistant.tui.pages.list_page import ListPage
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.what_if_page import WhatIfPage
from assistant.tui.pages.why_page import WhyPage
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.links import QuestionLink
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.reading import Block, row


class OverviewPage(ListPage):
    """The questions in the order of the rulebook. Enter goes to one."""

    BINDINGS: ClassVar = bound({"x,delete": "withdraw", "i": "what_if", "w": "why"})

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [
            ("Enter", _("go to it")),
            ("x", _("take the reply back")),
            ("Esc", _("close")),
            ("i", _("what if?")),
            ("w", _("why?")),
        ]

    def title_text(self) -> Content:
        """Return how many questions have a reply."""
        count = len(self.conversation.turn.interview.replies)
        text = plural("{count} of {{total}} has a reply.", "{count} of {{total}} have a reply.", count)
        total = len(self.conversation.rulebook.asked_questions)
        return stacked(literal(_("All questions"), "bold"), literal(text.format(total=total), "dim"))

    def blocks(self) -> Sequence[Block]:
        """Return every question with its reply, or whether it is open."""
        rulebook, interview = self.conversation.rulebook, self.conversation.turn.interview
        open_now = {question.id for question in open_questions(rulebook, interview)}
        # While answers contradict each other, there is no assessment that shows which questions matter.
        clashing = bool(interview.assessment.contradictions)
        return [self._row(question, clashing or question.id in open_now) for question in rulebook.asked_questions]

    def first_place(self) -> int:
        """Return the row of the current question."""
        asked = questions_at(self.conversation.rulebook, self.conversation.turn)
        return self.conversation.rulebook.asked_questions.index(asked[0]) if asked else 0

    def action_withdraw(self) -> None:
        """Take back the reply under the cursor, if the key is pressed a second time."""
        question = self._question()
        if question is None or question not in self.conversation.turn.interview.replies:
            return
        self.use_own_language()
        key = key_name("x", self.conversation.language)
        if self.conversation.pressed_again(_("{key}: press again to take this reply back.").format(key=key)):
            self.conversation.withdraw(question)

    async def action_what_if(self) -> None:
        """Open the page of what would follow from other answers to the question under the cursor."""
        if (question := self._question()) is not None:
            await self.conversation.open_page(WhatIfPage(question))

    async def action_why(self) -> None:
        """Open the page why the question under the cursor is asked."""
        if (question := self._question()) is not None:
            await self.conversation.open_page(WhyPage(question))

    def _question(self) -> str | None:
        place = self.place_at_cursor()
        return place.question if isinstance(place, QuestionLink) else None

    def _row(self, question: Question, matters: bool) -> Block:
        reply = self.conversation.turn.interview.replies.get(question.id)
        view = question_view(self.conversation.rulebook, self.conversation.turn.interview, question)
        mark = ("○" if matters else "·") if reply is None else "✓"
        mark = "=" if view.computed is not None else mark
        if isinstance(reply, Unknown):
            mark = "?" if reply is Unknown.DONT_KNOW else "–"
        answered = reply is not None and not isinstance(reply, Unknown)
        text = stacked(
            hanging(f"{mark} ", question.text, self.width),
            hanging("  ", view.state(matters), self.width, "bold" if answered else "dim"),
        )
        return row(text, QuestionLink(question.id))
