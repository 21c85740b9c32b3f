"""An article paragraph by paragraph, cut where a cited passage begins or ends: passages nest, and overlap."""

from itertools import pairwise

from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Passage, locate, numbered_lines


class Piece(Value):
    """Some words of a paragraph, and the passages that they belong to; ``begins`` and ``ends`` are those that do so."""

    text: str
    passages: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class Paragraph(Value):
    """A paragraph: its line in the file, its pieces, the passages that touch it, and what sets it aside if it is."""

    line: int
    pieces: tuple[Piece, ...]
    passages: tuple[str, ...] = ()
    background: str | None = None

    @property
    def size(self) -> int:
        """Characters."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def cited(self) -> int:
        """Characters that belong to a passage."""
        return sum(len(piece.text) for piece in self.pieces if piece.passages)


def marked_paragraphs(rulebook: Rulebook, article: str) -> tuple[Paragraph, ...]:
    """The paragraphs of an article with its passages marked in them, also those that no rule cites.

    A passage that stands in several places is marked in each; it begins in each, too.
    """
    text = rulebook.sources.texts[article]
    reasons = {
        line: background.id
        for background in rulebook.sources.background
        if background.source == article
        for line in background.lines
    }
    marked = [passage for passage in rulebook.sources.passages if passage.source == article]
    spans = [(span.start, span.end, passage) for passage in marked for span in locate(passage, text)]
    spans.sort(key=lambda span: (span[0], -span[1], span[2].id))
    found = []
    for line, start, written in numbered_lines(text):
        end = start + len(written.rstrip())
        if end > start:
            pieces = _pieces(text, start, end, spans)
            touching = dict.fromkeys(name for piece in pieces for name in piece.passages)
            paragraph = Paragraph(line=line, pieces=pieces, passages=tuple(touching), background=reasons.get(line))
            found.append(paragraph)
    return tuple(found)


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int, Passage]]) -> tuple[Piece, ...]:
    cuts = sorted({start, end, *(cut for span in spans for cut in span[:2] if start < cut < end)})
    return tuple(
        Piece(
            text=text[one:two],
            passages=tuple(passage.id for first, last, passage in spans if first <= one and two <= last),
            begins=tuple(passage.id for first, _last, passage in spans if first == one),
            ends=tuple(passage.id for _first, last, passage in spans if last == two),
        )
        for one, two in pairwise(cuts)
    )
