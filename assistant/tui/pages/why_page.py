"""The page why a question is asked: the findings that it can decide, and by which answers."""

from collections.abc import Sequence

from textual.content import Content

from assistant.explanation.relevance import Effect, WhyAsked, why_asked
from assistant.explanation.view.reason import DECIDES, NO_EFFECT, contradicting_words, outcome_words
from assistant.system.language import _
from assistant.system.message import Message, Phrase
from assistant.tui.pages.list_page import ListPage
from assistant.tui.pages.page import KeyHint
from assistant.tui.widgets.links import FindingLink
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.reading import Block, row


class WhyPage(ListPage):
    """The findings that one question can decide, grouped by the deciding answers."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("open the finding")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """Return the question, and how many findings it can decide by itself."""
        why = self._why()
        deciding = sum(effect.decides for effect in why.effects)
        return stacked(
            literal(_("Why is this asked?"), "bold"),
            hanging("", self.conversation.rulebook.question[self._question].text, self.width),
            literal(DECIDES.filled(count=deciding), "dim") if deciding else None,
        )

    def blocks(self) -> Sequence[Block]:
        """Return the findings under the answers that decide them; last, those decided only together with others."""
        why, rulebook = self._why(), self.conversation.rulebook
        rows = [row(self._lines([contradicting])) for contradicting in contradicting_words(rulebook, why)]
        if not why.effects:
            rows.append(row(literal(NO_EFFECT)))
        by_outcomes: dict[tuple[Message, ...], list[Effect]] = {}
        for effect in why.effects:
            by_outcomes.setdefault(outcome_words(rulebook, self._question, effect), []).append(effect)
        for outcomes, effects in by_outcomes.items():
            gap = "\n" if rows else ""
            rows.append(row(Content(gap).append(self._lines(outcomes))))
            rows += [self._row(effect) for effect in effects]
        return rows

    def _row(self, effect: Effect) -> Block:
        title = self.conversation.rulebook.finding[effect.finding].title
        return row(hanging("  → ", title, self.width), FindingLink(effect.finding))

    def _lines(self, lines: Sequence[Phrase]) -> Content:
        return stacked(*(hanging("", line, self.width, "bold") for line in lines))

    def _why(self) -> WhyAsked:
        return self.computed(lambda given: why_asked(self.conversation.assessor, given.answers, self._question))
