"""An article as a strip: a part for every paragraph, as long as the paragraph is."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from assistant.publish.site.marking import Paragraph

_SHORTEST: Final = 1 / 250
"""Of the article: a shorter paragraph has a part as long as this, or nobody could hit it."""


class Part(NamedTuple):
    """A paragraph by its line, what becomes of it, and where it stands in the strip, in per cent of its length."""

    line: int
    state: str
    begin: float
    width: float


def strip(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """The parts of an article's strip; a state is *quoted*, *background* or *neither*."""
    least = _SHORTEST * sum(paragraph.size for paragraph in paragraphs)
    lengths = [max(paragraph.size, least) for paragraph in paragraphs]
    scale, begin = 100 / max(1, sum(lengths)), 0.0
    parts = []
    for paragraph, length in zip(paragraphs, lengths, strict=True):
        state = "quoted" if paragraph.passages else "background" if paragraph.background else "neither"
        parts.append(Part(paragraph.line, state, round(begin, 3), round(length * scale, 3)))
        begin += length * scale
    return tuple(parts)
