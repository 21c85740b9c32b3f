"""The page of what-if suggestions: those that matter most, or the other answers to one question."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from assistant.assessment.supposition import nearest_answer, supposed_statuses
from assistant.explanation.view.change import difference_words, supposed_words
from assistant.explanation.view.words import CONTRADICTORY, answer_words
from assistant.explanation.what_if import suggestions
from assistant.rulebook.question import Answer
from assistant.system.keyboard import key_name
from assistant.system.language import _
from assistant.system.message import Phrase, message
from assistant.tui.pages.list_page import ListPage
from assistant.tui.pages.page import KeyHint
from assistant.tui.widgets.links import WhatIfLink
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.reading import Block, row


class WhatIfPage(ListPage):
    """Answers to suppose. The given answers do not change."""

    def __init__(self, question: str | None = None) -> None:
        super().__init__()
        self._question = question

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("see what would differ")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """Return what the list is for, or the question."""
        if self._question is None:
            text: Phrase = _(
                "If one answer were another, what would follow? These matter most for you. Your answers stay."
            )
        else:
            question = self.conversation.rulebook.question[self._question]
            given = self.conversation.turn.interview.answers.get(self._question)
            text = question.text
            if given is not None:
                text = message("{question} You said: {answer}", question=text, answer=answer_words(question, given))
        return stacked(literal(_("What if?"), "bold"), hanging("", text, self.width))

    def blocks(self) -> Sequence[Block]:
        """Return the answers to suppose."""
        if self.conversation.turn.interview.assessment.contradictions:
            return [row(literal(CONTRADICTORY))]
        rows = list(self._suggested() if self._question is None else self._others(self._question))
        if self._question is None:
            language = self.conversation.language
            elsewhere = _("Any other question: go to it in the list of all questions ({list}), and press {key} there.")
            elsewhere = elsewhere.format(list=key_name("o", language), key=key_name("i", language))
            if not rows:
                elsewhere = _("Nothing to suggest yet. Answer a question first, or choose one among all questions.")
            rows.append(row(Content("\n" if rows else "").append(hanging("", elsewhere, self.width, "dim"))))
        return rows

    def _suggested(self) -> Iterator[Block]:
        rulebook, answers = self.conversation.rulebook, self.conversation.turn.interview.answers
        for suggested in self.computed(lambda given: suggestions(self.conversation.assessor, given.answers)):
            supposed = (suggested.question, suggested.answer)
            answer = hanging("→ ", supposed_words(rulebook, answers, *supposed), self.width)
            difference = hanging("    ", difference_words(rulebook, suggested), self.width, "dim")
            yield row(stacked(answer, difference), WhatIfLink((supposed,)))

    def _others(self, question: str) -> Iterator[Block]:
        """Yield an answer from every cell, but not from the only one of the given answer."""
        answers, cells = self.conversation.turn.interview.answers, self.conversation.assessor.cells[question]
        given = answers.get(question)
        here = () if given is None else cells.touched(given)
        for at in range(len(cells.representatives)):
            if at in here and len(here) == 1:
                continue
            answer = nearest_answer(cells, at, given)
            if supposed_statuses(self.conversation.assessor, {**answers, question: answer}) is None:
                line = hanging("  ", self._answer(question, answer), self.width, "dim")
                reason = hanging("    ", _("This would contradict other answers."), self.width, "dim")
                yield row(stacked(line, reason))
            else:
                text = hanging("→ ", self._answer(question, answer), self.width)
                yield row(text, WhatIfLink(((question, answer),)))

    def _answer(self, question: str, answer: Answer) -> Phrase:
        return answer_words(self.conversation.rulebook.question[question], answer)
