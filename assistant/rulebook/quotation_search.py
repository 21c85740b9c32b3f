"""Search for a passage in an article whose text has changed, by its words and by the text before and after them.

Candidates are compared by their Levenshtein distance. The required similarity and the required distance to the second
best candidate were measured: ``docs/decisions/0010-quotations-found-again.md``.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from typing import Final

from assistant.documents.value import Value
from assistant.rulebook.source import Background, Passage, Span, locate, occurrences, paragraphs, span_of

MIN_SIMILARITY: Final = 0.65
"""The least similarity of a changed quotation: one minus edits per character."""
MIN_SIMILARITY_IF_SHORT: Final = 0.9
"""The least similarity of a changed quotation of fewer than :data:`SHORT_CHARACTERS` characters."""
SHORT_CHARACTERS: Final = 60
"""Characters. A shorter quotation has too few words to be recognised by the lower similarity."""
MIN_LEAD: Final = 0.1
"""By how much the fit of the best candidate must exceed that of every other."""

_MIN_OVERLAP: Final = 0.35
"""The least similarity of a window that is examined further."""
_MAX_CANDIDATES: Final = 4
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_BEGINNINGS: Final = (re.compile(r"\w+|[^\w\s]"), 20), (re.compile(r"\W*\w+"), 10)
_ENDS: Final = (re.compile(r"(?:\w+|[^\w\s])$"), 20), (re.compile(r"\w+\W*$"), 10)
"""The cost, in edits, if a candidate begins or ends with another token than the quotation, or another word.

People rarely change the ends of a quotation; without this cost, a changed last word would be cut off. Words have a cost
of their own because many candidates begin or end with the same quotation mark or full stop."""


class RelocationStatus(str, Enum):
    """The result of searching for a quotation."""

    IN_PLACE = "in_place"
    MOVED = "moved"
    CHANGED = "changed"
    UNCLEAR = "unclear"
    GONE = "gone"


class Candidate(Value):
    """A candidate: a part of an article that may be the quotation.

    ``similarity``: of its text to the quotation; ``fit``: the same including prefix and suffix. Both are at
    most 1.
    """

    span: Span
    text: str
    similarity: float
    fit: float


class Relocation(Value):
    """The result of searching for a passage. ``candidates``: candidates, best first; if none is alike, the nearest."""

    status: RelocationStatus
    candidates: tuple[Candidate, ...] = ()

    @property
    def chosen(self) -> Candidate | None:
        """The place of the passage now, or None if it is missing or ambiguous."""
        return None if self.status in {RelocationStatus.UNCLEAR, RelocationStatus.GONE} else self.candidates[0]


def relocate(passage: Passage, text: str) -> Relocation:
    """Search for a passage in a text that may have changed. If several candidates fit similarly, none is chosen."""
    exact = [_candidate(passage, text, span.start, span.end) for span in locate(passage, text)]
    if len(exact) == 1:
        return Relocation(status=RelocationStatus.IN_PLACE, candidates=tuple(exact))
    candidates = _without_overlaps([*exact, *_similar(passage, text)])
    threshold = MIN_SIMILARITY if len(passage.exact) >= SHORT_CHARACTERS else MIN_SIMILARITY_IF_SHORT
    similar = [each for each in candidates if each.similarity >= threshold]
    # Changed words are never preferred to the exact words, even if their prefix and suffix fit better.
    exact_text = {passage.exact} if similar and similar[0].text != passage.exact else set()
    near = tuple(each for each in similar if each.fit > similar[0].fit - MIN_LEAD or each.text in exact_text)
    if not near:
        return Relocation(status=RelocationStatus.GONE, candidates=tuple(candidates[:1]))
    if len(near) > 1:
        return Relocation(status=RelocationStatus.UNCLEAR, candidates=near)
    return Relocation(
        status=RelocationStatus.MOVED if near[0].text == passage.exact else RelocationStatus.CHANGED, candidates=near
    )


def _similar(passage: Passage, text: str) -> Iterator[Candidate]:
    """Yield the candidates most similar to the quotation: windows of its length with adjusted ends."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    length = len(passage.exact)
    starts = sorted({match.start() for match in _TOKEN.finditer(text)} | set(occurrences(passage.exact, text)))
    windows = [text[start : start + length] for start in starts]
    matches = process.extract(
        passage.exact, windows, scorer=Levenshtein.normalized_similarity, score_cutoff=_MIN_OVERLAP, limit=None
    )
    peaks: list[int] = []
    for _window, _alike, index in matches:
        if all(abs(starts[index] - peak) >= length // 2 for peak in peaks):
            peaks.append(starts[index])
            yield _adjust_ends(passage, text, starts[index])
        if len(peaks) == _MAX_CANDIDATES:
            return


def _adjust_ends(passage: Passage, text: str, start: int) -> Candidate:
    """Return the candidate near a window that has the least cost, with its ends at words."""
    length = len(passage.exact)
    if text.startswith(passage.exact, start):
        return _candidate(passage, text, start, start + length)
    reach = max(40, length // 2)
    tokens = list(_TOKEN.finditer(text, max(0, start - reach), min(len(text), start + length + reach)))
    end = start
    for _round in range(3):  # each end depends slightly on the other; more rounds never changed either
        ends = [token.end() for token in tokens if token.end() > start]
        end = min(ends, key=lambda end: _cost(passage, text, start, end))  # called before the next round
        starts = [token.start() for token in tokens if token.start() < end]
        start = min(starts, key=lambda start: _cost(passage, text, start, end))  # the same
    return _candidate(passage, text, start, end)


def _cost(passage: Passage, text: str, start: int, end: int) -> int:
    """Return the edits from a passage to a candidate, including prefix and suffix and the cost of other ends."""
    beginnings, ends = _edges(passage.exact)
    start_cost = sum(cost for edge, cost in beginnings if not text.startswith(edge, start))
    end_cost = sum(cost for edge, cost in ends if not text.endswith(edge, start, end))
    return _edits(passage.exact, text[start:end]) + _context_edits(passage, text, start, end) + start_cost + end_cost


@cache
def _edges(quotation: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the tokens at the beginning and at the end of a quotation, each with its cost; cached for speed."""
    beginnings = [(match[0], cost) for edge, cost in _BEGINNINGS if (match := edge.match(quotation))]
    ends = [(match[0], cost) for edge, cost in _ENDS if (match := edge.search(quotation))]
    return beginnings, ends


def _context_edits(passage: Passage, text: str, start: int, end: int) -> int:
    before, after = text[max(0, start - len(passage.prefix)) : start], text[end : end + len(passage.suffix)]
    return _edits(passage.prefix, before) + _edits(passage.suffix, after)


def _edits(wanted: str, present: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(wanted, present)


def _candidate(passage: Passage, text: str, start: int, end: int) -> Candidate:
    edits, size = _edits(passage.exact, text[start:end]), max(len(passage.exact), end - start)
    context = len(passage.prefix) + len(passage.suffix)
    fit = 1 - (edits + _context_edits(passage, text, start, end)) / (size + context)
    return Candidate(span=span_of(text, start, end), text=text[start:end], similarity=1 - edits / size, fit=fit)


def _without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates by fit, best first, without those that overlap a better one."""
    separate: list[Candidate] = []
    for each in sorted(candidates, key=lambda each: (-each.fit, each.span.start)):
        if all(each.span.end <= other.span.start or other.span.end <= each.span.start for other in separate):
            separate.append(each)
    return separate


def new_selector(passage: Passage, text: str, span: Span) -> Passage:
    """Return the passage with the text of a span; change and lengthen prefix and suffix only until it is unique."""
    before, after = text[: span.start], text[span.end :]
    prefix = passage.prefix if before.endswith(passage.prefix) else _tail(before, len(passage.prefix))
    suffix = passage.suffix if after.startswith(passage.suffix) else _head(after, len(passage.suffix))
    while True:
        selector = passage.model_copy(update={"exact": text[span.start : span.end], "prefix": prefix, "suffix": suffix})
        if len(locate(selector, text)) == 1 or (len(prefix) >= len(before) and len(suffix) >= len(after)):
            return selector
        if (len(prefix) <= len(suffix) and len(prefix) < len(before)) or len(suffix) >= len(after):
            prefix = _tail(before, len(prefix) + 1)
        else:
            suffix = _head(after, len(suffix) + 1)


def _tail(text: str, least: int) -> str:
    """Return the end of a text that begins at a token and has at least ``least`` characters."""
    begins = (match.start() for match in _TOKEN.finditer(text) if len(text) - match.start() >= least)
    return text[max(begins, default=0) :] if least else ""


def _head(text: str, least: int) -> str:
    """Return the beginning of a text that ends after a token and has at least ``least`` characters."""
    return (
        text[: next((match.end() for match in _TOKEN.finditer(text) if match.end() >= least), len(text))]
        if least
        else ""
    )


def new_line_numbers(
    background: Iterable[Background], passages: Iterable[Relocation], text: str
) -> dict[str, tuple[int, ...]] | None:
    """Return the new line numbers, by id, of the paragraphs that support no rule, in a text that has changed.

    They are the paragraphs without a passage, in the same order. Return None if their number has changed, or if the
    place of a passage is unknown.
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
