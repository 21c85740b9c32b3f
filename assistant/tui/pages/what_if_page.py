"""The page of what-if suggestions: those that matter most, or the other answers to one question."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from textual.content import Content

from assistant.assessment.supposition import nearest_answer, supposed_statuses
from assistant.explanation.what_if import Suggested, suggestions
from assistant.explanation.wording import answer_text
from assistant.rulebook.question import Answer
from assistant.system.keyboard import key_name
from assistant.system.language import _, plural
from assistant.tui.pages.list_page import ListPage, Row
from assistant.tui.pages.page import KeyHint
from assistant.tui.widgets.links import Supposed, WhatIfLink
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.supposed_text import supposed_text


class WhatIfPage(ListPage):
    """Answers to suppose. The given answers do not change."""

    def __init__(self, question: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._suggestions_for = lru_cache(maxsize=1)(self._suggestions)

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("see what would differ")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """Return what the list is for, or the question."""
        if self._question is None:
            text = _("If one answer were another, what would follow? These matter most for you. Your answers stay.")
        else:
            question = self.conversation.rulebook.question[self._question]
            given = self.conversation.turn.interview.answers.get(self._question)
            text = question.text
            if given is not None:
                text = _("{question} You said: {answer}").format(question=text, answer=answer_text(question, given))
        return stacked(literal(_("What if?"), "bold"), hanging("", text, self.width))

    def rows(self) -> Sequence[Row]:
        """Return the answers to suppose."""
        if self.conversation.turn.interview.assessment.contradictions:
            return [Row(literal(_("While answers contradict each other, nothing can be said.")))]
        rows = list(self._suggested() if self._question is None else self._others(self._question))
        if self._question is None:
            language = self.conversation.language
            elsewhere = _("Any other question: go to it in the list of all questions ({list}), and press {key} there.")
            elsewhere = elsewhere.format(list=key_name("o", language), key=key_name("i", language))
            if not rows:
                elsewhere = _("Nothing to suggest yet. Answer a question first, or choose one among all questions.")
            rows.append(Row(Content("\n" if rows else "").append(hanging("", elsewhere, self.width, "dim"))))
        return rows

    def _suggested(self) -> Iterator[Row]:
        answers = self.conversation.turn.interview.answers
        for suggested in self._suggestions_for(tuple(answers.items())):
            gravest = self.conversation.rulebook.finding[suggested.changes[0]].title
            difference = plural(
                "{count} finding would differ: {{title}}",
                "{count} findings would differ; the gravest: {{title}}",
                len(suggested.changes),
            ).format(title=gravest)
            supposed = (suggested.question, suggested.answer)
            text = hanging("→ ", supposed_text(self.conversation, *supposed), self.width)
            yield Row(stacked(text, hanging("    ", difference, self.width, "dim")), WhatIfLink((supposed,)))

    def _others(self, question: str) -> Iterator[Row]:
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
                yield Row(stacked(line, reason))
            else:
                text = hanging("→ ", self._answer(question, answer), self.width)
                yield Row(text, WhatIfLink(((question, answer),)))

    def _answer(self, question: str, answer: Answer) -> str:
        return answer_text(self.conversation.rulebook.question[question], answer)

    def _suggestions(self, answers: Supposed) -> tuple[Suggested, ...]:
        return suggestions(self.conversation.assessor, dict(answers))
