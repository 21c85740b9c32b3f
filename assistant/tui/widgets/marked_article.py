"""The text of an article, with the cited words marked."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from textual.content import Content

from assistant.rulebook.source import Sources, locate, numbered_lines, paragraphs
from assistant.tui.widgets.literal import literal

THIS_PASSAGE: Final = "bold reverse"
OTHER_PASSAGE: Final = "bold underline"


class MarkedArticle(NamedTuple):
    """An article: its text, the offset of each line, and the first and last offset of each cited passage, in order."""

    text: str
    starts: Sequence[int]
    spans: Mapping[str, tuple[int, int]]

    def passages(self) -> Sequence[str]:
        """Return the ids of the cited passages, in the order of the text."""
        return list(self.spans)

    def around(self, passage: str) -> tuple[Sequence[Content], Sequence[Content], Sequence[Content]]:
        """Return the paragraphs before a passage, those that contain it, and those after it."""
        begin, end = self.spans[passage]
        first, last = bisect_right(self.starts, begin), bisect_right(self.starts, end - 1)
        lines = list(paragraphs(self.text))
        return (
            [self._paragraph(line, passage) for line in lines if line < first],
            [self._paragraph(line, passage) for line in lines if first <= line <= last],
            [self._paragraph(line, passage) for line in lines if line > last],
        )

    def _paragraph(self, line: int, here: str) -> Content:
        """Return a paragraph with the cited words in brackets. A passage may begin or end in another paragraph."""
        begin = self.starts[line - 1]
        end = begin + len(self.text[begin : self.starts[line]].rstrip())
        spans = {name: span for name, span in self.spans.items() if span[0] < end and span[1] > begin}
        cuts = sorted({begin, end, *(cut for span in spans.values() for cut in span if begin <= cut <= end)})
        parts = []
        for start, stop in pairwise(cuts):
            opening = "⟦" * sum(span[0] == start for span in spans.values())
            closing = "⟧" * sum(span[1] == stop for span in spans.values())
            inside = [name for name, span in spans.items() if span[0] <= start and stop <= span[1]]
            style = THIS_PASSAGE if here in inside else OTHER_PASSAGE if inside else ""
            parts.append(literal(opening + self.text[start:stop] + closing, style))
        return Content.assemble(*parts)


def marked_article(sources: Sources, article: str) -> MarkedArticle:
    """Return an article of the sources with its cited passages."""
    text = sources.texts[article]
    located = {passage.id: locate(passage, text) for passage in sources.passages if passage.source == article}
    first = {name: (spans[0].start, spans[0].end) for name, spans in located.items() if spans}
    return MarkedArticle(
        text,
        [*(start for _number, start, _line in numbered_lines(text)), len(text)],
        dict(sorted(first.items(), key=lambda item: item[1])),
    )
