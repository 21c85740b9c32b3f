"""The paragraphs of an article, cut where a passage begins or ends, because passages can nest and overlap."""

from itertools import pairwise

from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Passage, locate, numbered_lines


class Piece(Value):
    """A part of a paragraph, the passages that contain it, and those among them that begin or end with it."""

    text: str
    passages: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class Paragraph(Value):
    """A paragraph: its line in the file, its pieces, its passages, and the id of the background that sets it aside."""

    line: int
    pieces: tuple[Piece, ...]
    passages: tuple[str, ...] = ()
    background: str | None = None

    @property
    def size(self) -> int:
        """The number of characters."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def cited(self) -> int:
        """The number of characters that belong to a passage."""
        return sum(len(piece.text) for piece in self.pieces if piece.passages)


def marked_paragraphs(rulebook: Rulebook, article: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article with all its passages marked, including those that no rule cites.

    A passage that occurs in several places is marked in each, with its own beginning and end.
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
    paragraphs = []
    for line, start, written in numbered_lines(text):
        end = start + len(written.rstrip())
        if end > start:
            pieces = _pieces(text, start, end, spans)
            touching = dict.fromkeys(name for piece in pieces for name in piece.passages)
            paragraph = Paragraph(line=line, pieces=pieces, passages=tuple(touching), background=reasons.get(line))
            paragraphs.append(paragraph)
    return tuple(paragraphs)


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
