"""A whole article with the cited words marked, opened where a quotation stands."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import ClassVar

from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.evidence import Quotation
from assistant.language import _
from assistant.source import locate, paragraphs
from assistant.tui.keys import bound
from assistant.tui.literal import literal, stacked
from assistant.tui.page import KeyHint
from assistant.tui.passage_text import passage_text
from assistant.tui.reading_page import Block, ReadingPage

WIDE = 120
"""From this width on, who speaks stands beside the article."""
HERE = "bold reverse"
ELSEWHERE = "bold underline"

PIECE = 8
"""Paragraphs in a block. One block each would take a fifth of a second to open, one for all longer to draw."""


class ArticlePage(ReadingPage):
    """The article of a quotation: this one reversed, every other cited passage underlined, all in brackets."""

    BINDINGS: ClassVar = bound({"n": "quotation(1)", "p": "quotation(-1)"})

    def __init__(self, quotation: Quotation) -> None:
        super().__init__()
        self._article = quotation.article.id
        self._passage = quotation.passage.id
        self._found: dict[str, tuple[int, int]] = {}

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of the article."""
        return [
            ("↑↓", _("read")),
            ("n", _("next quotation")),
            ("p", _("quotation before")),
            ("Esc", _("close")),
        ]

    def body(self) -> Sequence[Widget]:
        """The article, and beside or below it who says the passage."""
        return [Container(*super().body(), Static(id="passage"), id="article")]

    def redraw(self) -> None:
        """Tells the article, and who says the passage."""
        super().redraw()
        names = list(self._spans())
        brief = self.size.width < WIDE
        width = max(30, self.size.width - 4 if brief else self.size.width // 3 - 5)
        place = _("Quotation {number} of {total}").format(number=names.index(self._passage) + 1, total=len(names))
        rulebook, language = self.conversation.rulebook, self.conversation.language
        told = passage_text(rulebook, self._passage, language, width, brief=brief)
        self.query_one("#passage", Static).update(stacked(literal(place, "bold"), told))

    def on_mount(self) -> None:
        """Shows the article at the quotation."""
        super().on_mount()
        # Where a paragraph stands is known only once the page has been laid out.
        self.call_after_refresh(self._go_to_passage)

    def action_quotation(self, direction: int) -> None:
        """Goes to the next cited passage of the article, or to the one before."""
        names = list(self._spans())
        at = names.index(self._passage) + direction
        if 0 <= at < len(names):
            self._passage = names[at]
            self.redraw()
            self.call_after_refresh(self._go_to_passage)

    def blocks(self) -> Sequence[Block]:
        """The article's head, and every paragraph as it stands."""
        article = next(a for a in self.conversation.rulebook.sources.articles if a.id == self._article)
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
        first, last = self._lines_of_passage()
        lines = list(paragraphs(self._text()))
        before = [line for line in lines if line < first]
        after = [line for line in lines if line > last]
        pieces = [*_cut(before), [line for line in lines if first <= line <= last], *_cut(after)]
        self._chosen = 1 + len(_cut(before))
        return [Block(head), *(Block(stacked(*map(self._paragraph, piece), apart=2)) for piece in pieces)]

    def _text(self) -> str:
        return self.conversation.rulebook.sources.texts[self._article]

    def _starts(self) -> list[int]:
        """Where every line of the article begins."""
        lines = self._text().splitlines(keepends=True)
        return [0, *accumulate(len(line) for line in lines)]

    def _paragraph(self, line: int) -> Content:
        """A paragraph with the cited words in brackets; a quotation can begin or end in another paragraph."""
        text, starts = self._text(), self._starts()
        begin = starts[line - 1]
        end = begin + len(text[begin : starts[line]].rstrip())
        spans = {name: span for name, span in self._spans().items() if span[0] < end and span[1] > begin}
        cuts = sorted({begin, end, *(cut for span in spans.values() for cut in span if begin <= cut <= end)})
        parts = []
        for start, stop in pairwise(cuts):
            opening = "⟦" * sum(span[0] == start for span in spans.values())
            closing = "⟧" * sum(span[1] == stop for span in spans.values())
            inside = [name for name, span in spans.items() if span[0] <= start and stop <= span[1]]
            style = HERE if self._passage in inside else ELSEWHERE if inside else ""
            parts.append(literal(opening + text[start:stop] + closing, style))
        return Content.assemble(*parts)

    def _spans(self) -> dict[str, tuple[int, int]]:
        """Where every cited passage stands, in the order of the article."""
        if not self._found:
            text = self._text()
            sources = self.conversation.rulebook.sources
            found = {p.id: locate(p, text) for p in sources.passages if p.source == self._article}
            first = {name: (spans[0].start, spans[0].end) for name, spans in found.items() if spans}
            self._found = dict(sorted(first.items(), key=lambda item: item[1]))
        return self._found

    def _lines_of_passage(self) -> tuple[int, int]:
        start, end = self._spans()[self._passage]
        starts = self._starts()
        return bisect_right(starts, start), bisect_right(starts, end - 1)

    def _go_to_passage(self) -> None:
        self.reading.scroll_to_widget(self._widgets[self._chosen or 0], center=True, animate=False, immediate=True)


def _cut(lines: Sequence[int]) -> Sequence[Sequence[int]]:
    return [lines[at : at + PIECE] for at in range(0, len(lines), PIECE)]
