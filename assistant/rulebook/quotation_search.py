"""Where a passage stands in an article whose text has changed: found again by its words and by the text around them.

Places are compared by the Levenshtein distance. How alike two texts have to be, and how much better than the next best
place the best one, was measured: ``docs/decisions/0010-quotations-found-again.md``.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from typing import Final

from assistant.documents.value import Value
from assistant.rulebook.source import Background, Passage, Span, locate, paragraphs, span_of

ALIKE: Final = 0.65
"""From here on a stretch of text counts as the quotation, changed: one minus its edits by characters."""
ALIKE_IF_SHORT: Final = 0.9
SHORT: Final = 60
"""Characters; a quotation that is shorter says too little to be recognised by as little."""
APART: Final = 0.1
"""By how much a place has to fit better than every other, to be chosen."""

_WORTH_A_LOOK: Final = 0.35
_MOST_PLACES: Final = 4
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_BEGINNINGS: Final = (re.compile(r"\w+|[^\w\s]"), 20), (re.compile(r"\W*\w+"), 10)
_ENDS: Final = (re.compile(r"(?:\w+|[^\w\s])$"), 20), (re.compile(r"\w+\W*$"), 10)
"""What it costs, in edits, that a stretch begins or ends with another mark or word than the quotation, and with another
word: its ends are what edits leave alone most often, and without this a last word that was changed would be cut off.
Words count besides, because a quotation mark or a full stop alone stands at the ends of many stretches."""


class Fate(str, Enum):
    """What became of a quotation."""

    IN_PLACE = "in_place"
    MOVED = "moved"
    CHANGED = "changed"
    UNCLEAR = "unclear"
    GONE = "gone"


class Stretch(Value):
    """A stretch of an article that may be the quotation.

    ``alike``: how much of its words is the quotation's; ``fit``: the same with prefix and suffix. Both from 0 to 1.
    """

    span: Span
    text: str
    alike: float
    fit: float


class Whereabouts(Value):
    """What became of a passage, and where it may stand, best first: in one place, in several, or the nearest to it."""

    fate: Fate
    stretches: tuple[Stretch, ...] = ()

    @property
    def chosen(self) -> Stretch | None:
        """The one place where the passage stands now; none if it is gone or could be any of several."""
        return None if self.fate in {Fate.UNCLEAR, Fate.GONE} else self.stretches[0]


def find_again(passage: Passage, text: str) -> Whereabouts:
    """What became of a passage in a text that may have changed. Of places that fit about equally none is chosen."""
    stretches = [_stretch(passage, text, span.start, span.end) for span in locate(passage, text)]
    if len(stretches) == 1:
        return Whereabouts(fate=Fate.IN_PLACE, stretches=tuple(stretches))
    stretches = _distinct([*stretches, *_candidates(passage, text)])
    enough = ALIKE if len(passage.exact) >= SHORT else ALIKE_IF_SHORT
    alike = [each for each in stretches if each.alike >= enough]
    # Other words are never preferred to the very words, however well they suit the place where these stood.
    others = {passage.exact} if alike and alike[0].text != passage.exact else set()
    near = tuple(each for each in alike if each.fit > alike[0].fit - APART or each.text in others)
    if not near:
        return Whereabouts(fate=Fate.GONE, stretches=tuple(stretches[:1]))
    if len(near) > 1:
        return Whereabouts(fate=Fate.UNCLEAR, stretches=near)
    return Whereabouts(fate=Fate.MOVED if near[0].text == passage.exact else Fate.CHANGED, stretches=near)


def _candidates(passage: Passage, text: str) -> Iterator[Stretch]:
    """The stretches most like the quotation: windows of its length, and then their ends moved word by word."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    length = len(passage.exact)
    starts = sorted({match.start() for match in _TOKEN.finditer(text)} | set(_occurrences(passage.exact, text)))
    windows = [text[start : start + length] for start in starts]
    found = process.extract(
        passage.exact, windows, scorer=Levenshtein.normalized_similarity, score_cutoff=_WORTH_A_LOOK, limit=None
    )
    peaks: list[int] = []
    for _window, _alike, index in found:
        if all(abs(starts[index] - peak) >= length // 2 for peak in peaks):
            peaks.append(starts[index])
            yield _fitted(passage, text, starts[index])
        if len(peaks) == _MOST_PLACES:
            return


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    found = text.find(wanted)
    while found >= 0:
        yield found
        found = text.find(wanted, found + 1)


def _fitted(passage: Passage, text: str, start: int) -> Stretch:
    """The stretch around a window that costs the fewest edits, its ends at words."""
    length = len(passage.exact)
    if text.startswith(passage.exact, start):
        return _stretch(passage, text, start, start + length)
    reach = max(40, length // 2)
    tokens = list(_TOKEN.finditer(text, max(0, start - reach), min(len(text), start + length + reach)))
    end = start
    for _round in range(3):  # each end depends on the other a little; more rounds never changed one
        ends = [token.end() for token in tokens if token.end() > start]
        end = min(ends, key=lambda end: _cost(passage, text, start, end))  # called before the next round
        starts = [token.start() for token in tokens if token.start() < end]
        start = min(starts, key=lambda start: _cost(passage, text, start, end))  # the same
    return _stretch(passage, text, start, end)


def _cost(passage: Passage, text: str, start: int, end: int) -> int:
    """The edits from the passage with the text around it to a stretch with the text around it."""
    first, last = _edges(passage.exact)
    begun = sum(cost for edge, cost in first if not text.startswith(edge, start))
    ended = sum(cost for edge, cost in last if not text.endswith(edge, start, end))
    return _edits(passage.exact, text[start:end]) + _around(passage, text, start, end) + begun + ended


@cache
def _edges(quotation: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """What it begins and ends with, and what it costs a stretch if it does not: asked for again for every stretch."""
    first = [(found[0], cost) for edge, cost in _BEGINNINGS if (found := edge.match(quotation))]
    last = [(found[0], cost) for edge, cost in _ENDS if (found := edge.search(quotation))]
    return first, last


def _around(passage: Passage, text: str, start: int, end: int) -> int:
    before, after = text[max(0, start - len(passage.prefix)) : start], text[end : end + len(passage.suffix)]
    return _edits(passage.prefix, before) + _edits(passage.suffix, after)


def _edits(wanted: str, found: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(wanted, found)


def _stretch(passage: Passage, text: str, start: int, end: int) -> Stretch:
    edits, size = _edits(passage.exact, text[start:end]), max(len(passage.exact), end - start)
    around = len(passage.prefix) + len(passage.suffix)
    fit = 1 - (edits + _around(passage, text, start, end)) / (size + around)
    return Stretch(span=span_of(text, start, end), text=text[start:end], alike=1 - edits / size, fit=fit)


def _distinct(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches by fit, the best first, without those that overlap a better one."""
    kept: list[Stretch] = []
    for each in sorted(stretches, key=lambda each: (-each.fit, each.span.start)):
        if all(each.span.end <= other.span.start or other.span.end <= each.span.start for other in kept):
            kept.append(each)
    return kept


def reselected(passage: Passage, text: str, span: Span) -> Passage:
    """The passage with the words of a stretch, found once; of prefix and suffix no more is changed than needed."""
    before, after = text[: span.start], text[span.end :]
    prefix = passage.prefix if before.endswith(passage.prefix) else _tail(before, len(passage.prefix))
    suffix = passage.suffix if after.startswith(passage.suffix) else _head(after, len(passage.suffix))
    while True:
        found = passage.model_copy(update={"exact": text[span.start : span.end], "prefix": prefix, "suffix": suffix})
        if len(locate(found, text)) == 1 or (len(prefix) >= len(before) and len(suffix) >= len(after)):
            return found
        if (len(prefix) <= len(suffix) and len(prefix) < len(before)) or len(suffix) >= len(after):
            prefix = _tail(before, len(prefix) + 1)
        else:
            suffix = _head(after, len(suffix) + 1)


def _tail(text: str, least: int) -> str:
    """The last characters of a text, begun at a word."""
    begins = (match.start() for match in _TOKEN.finditer(text) if len(text) - match.start() >= least)
    return text[max(begins, default=0) :] if least else ""


def _head(text: str, least: int) -> str:
    """The first characters of a text, ended after a word."""
    return (
        text[: next((match.end() for match in _TOKEN.finditer(text) if match.end() >= least), len(text))]
        if least
        else ""
    )


def renumbered(
    background: Iterable[Background], passages: Iterable[Whereabouts], text: str
) -> dict[str, tuple[int, ...]] | None:
    """The lines of the paragraphs that support no rule, by id, as they are counted in a text that has changed.

    They are those that no passage stands in, in the same order. None, because nobody can tell, if these are more or
    fewer than they were, or if it is open where a passage stands.
    """
    background = tuple(background)
    quoted: set[int] = set()
    for each in passages:
        if each.chosen is None:
            return None
        quoted |= set(range(each.chosen.span.first_line, each.chosen.span.last_line + 1))
    free = [line for line in paragraphs(text) if line not in quoted]
    before = sorted({line for each in background for line in each.lines})
    if len(before) != len(free):
        return None
    now = dict(zip(before, free, strict=True))
    return {each.id: tuple(now[line] for line in each.lines) for each in background}
