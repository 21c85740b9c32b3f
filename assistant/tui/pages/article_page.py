"""The page of a whole article with the cited words marked, opened at a quotation."""

from collections.abc import Sequence
from typing import ClassVar

from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from assistant.rulebook.evidence import Quotation
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import SIDE_COLUMNS, ReadingPage
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.marked_article import MarkedArticle, marked_article
from assistant.tui.widgets.panels import MAX_LINE_COLUMNS, TWO_PANELS_COLUMNS
from assistant.tui.widgets.passage_text import passage_text
from assistant.tui.widgets.reading import Block


class ArticlePage(ReadingPage):
    """The article of a quotation: its passage reversed, other cited passages underlined, all in brackets."""

    BINDINGS: ClassVar = bound({"n": "quotation(1)", "p": "quotation(-1)"})

    def __init__(self, quotation: Quotation) -> None:
        super().__init__()
        self._article = quotation.article.id
        self._passage = quotation.passage.id
        self._article_text: MarkedArticle | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the article."""
        return [
            ("↑↓", _("read")),
            ("n", _("next quotation")),
            ("p", _("quotation before")),
            ("Esc", _("close")),
        ]

    def body(self) -> Sequence[Widget]:
        """Return the article, and beside or below it the speaker of the passage."""
        return [Container(*super().body(), Static(id="passage"), id="article")]

    @property
    def width(self) -> int:
        """The columns of a line of the article."""
        if self._is_narrow:
            return super().width
        return max(30, min(self.size.width * 2 // 3 - SIDE_COLUMNS, MAX_LINE_COLUMNS))

    def draw_body(self) -> None:
        """Draw the article and the speaker of the passage."""
        super().draw_body()
        names = self._marked().passages()
        width = max(30, self.size.width - 4 if self._is_narrow else self.size.width // 3 - 5)
        place = _("Quotation {number} of {total}").format(number=names.index(self._passage) + 1, total=len(names))
        rulebook, language = self.conversation.rulebook, self.conversation.language
        text = passage_text(rulebook, self._passage, language, width, brief=self._is_narrow)
        self.query_one("#passage", Static).update(stacked(literal(place, "bold"), text))

    def on_mount(self) -> None:
        """Scroll to the quotation."""
        # No super(): Textual also calls the handler of the base class. What is visible is known after the first layout.
        self.after_drawing(self._go_to_passage)

    def action_quotation(self, direction: int) -> None:
        """Go to the next cited passage (1) or the one before (-1)."""
        names = self._marked().passages()
        at = names.index(self._passage) + direction
        if 0 <= at < len(names):
            self._passage = names[at]
            self.draw_body()
            self.after_drawing(self._go_to_passage)

    @property
    def _is_narrow(self) -> bool:
        return self.size.width < TWO_PANELS_COLUMNS

    def blocks(self) -> Sequence[Block]:
        """Return the head of the article, and every paragraph."""
        article = self.conversation.rulebook.sources.article[self._article]
        head = stacked(
            literal(article.title, "bold"),
            literal(article.description),
            literal(_("Date shown: {date}").format(date=article.date_shown), "dim"),
            literal(_("Date inferred: {date}").format(date=article.date_inferred), "dim")
            if article.date_inferred
            else None,
            literal(_("Caution: {text}").format(text=article.caution)) if article.caution else None,
            literal(_("Words in ⟦ ⟧ are cited by a rule."), "dim"),
        )
        before, here, after = self._marked().around(self._passage)
        self.reading.chosen = 1 + len(before)
        return [Block(head), *map(Block, before), Block(stacked(*here, line_breaks=2)), *map(Block, after)]

    def _marked(self) -> MarkedArticle:
        if self._article_text is None:
            self._article_text = marked_article(self.conversation.rulebook.sources, self._article)
        return self._article_text

    def _go_to_passage(self) -> None:
        self.reading.center(self.reading.chosen or 0)
