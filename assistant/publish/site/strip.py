"""An article as a strip: one part for every paragraph, proportional to its length."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from assistant.publish.site.marking import Paragraph

_MIN_SHARE: Final = 1 / 250
"""The smallest share of the article that a part has, so that short paragraphs can be clicked."""


class Part(NamedTuple):
    """A paragraph by its line, its state, and its position and width in per cent of the strip."""

    line: int
    state: str
    begin: float
    width: float


def strip(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """Return the parts of an article's strip; a state is *quoted*, *background* or *neither*."""
    least = _MIN_SHARE * sum(paragraph.size for paragraph in paragraphs)
    lengths = [max(paragraph.size, least) for paragraph in paragraphs]
    scale, begin = 100 / max(1, sum(lengths)), 0.0
    parts = []
    for paragraph, length in zip(paragraphs, lengths, strict=True):
        state = "quoted" if paragraph.passages else "background" if paragraph.background else "neither"
        parts.append(Part(paragraph.line, state, round(begin, 3), round(length * scale, 3)))
        begin += length * scale
    return tuple(parts)
