"""Find repeated ids in a table, with 16 bytes of memory per id, or 8 if the table can be read twice."""

from itertools import pairwise
from typing import Final

import polars

_SEEDS: Final = (0, 1)
_HALF: Final = 1 << 64
_PARTS: Final = 16
_MIN_GROWTH: Final = 2
_MAX_SORTED_HASHES: Final = 4_000_000
"""Hashes that are sorted in one pass, unless this takes more than ``_MAX_PASSES``; sorting doubles their memory."""
_MAX_PASSES: Final = 8


class RepeatedIds:
    """Find ids that occur again, among the ids of a table so far.

    An id is stored as 128 bits, two hashes of 64: the probability that two among a hundred million ids share all of
    them is less than 10⁻²². Ids are partitioned by their first bits, to limit the memory of each step. Each part has
    sorted runs, each at least twice as long as the next, as in a log-structured merge tree (O'Neil et al. 1996).
    """

    def __init__(self) -> None:
        self._parts: list[list[polars.Series]] = [[] for _part in range(_PARTS)]

    def find(self, ids: polars.Series, among: polars.Series | None = None) -> polars.Series:
        """Return the sorted indices of ids that occurred before, and add all ids to those seen.

        ``among``: the hashes that occur more than once in the table, if known (:func:`repeated_hashes`).
        """
        if among is None:
            return self._repeated(ids).arg_true()
        if among.is_empty():
            return among.clear()
        places = ids.hash(_SEEDS[0]).is_in(among.implode()).arg_true()
        return places.filter(self._repeated(ids.gather(places)))

    def _repeated(self, ids: polars.Series) -> polars.Series:
        marks = _marks(ids)
        in_order = marks.sort()
        if twice := bool((in_order.slice(1) == in_order.head(-1)).any()):
            in_order = in_order.unique().sort()
        begins = polars.Series([part * (_HALF * _HALF // _PARTS) for part in range(1, _PARTS)], dtype=polars.UInt128)
        ends = [0, *in_order.search_sorted(begins), len(in_order)]
        parts = (in_order.slice(begin, end - begin) for begin, end in pairwise(ends))
        known = polars.concat([_known(runs, part) for runs, part in zip(self._parts, parts, strict=True)])
        if known.is_empty() and not twice:
            return polars.repeat(value=False, n=len(ids), eager=True)
        return ~marks.is_first_distinct() | marks.is_in(known.implode())


def repeated_hashes(ids: polars.LazyFrame, rows: int) -> polars.Series:
    """Return the hashes that occur more than once in the only column: those of equal ids, and a few collisions.

    ``rows`` is the approximate number of rows. The column is read more often the longer it is, for a part of the
    hashes each time, so that memory hardly grows with the table.
    """
    passes = min(1 + rows // _MAX_SORTED_HASHES, _MAX_PASSES)
    hashed = ids.select(polars.all().hash(_SEEDS[0]))
    repeated = []
    for number in range(passes):
        some = hashed.filter(polars.all() % passes == number) if passes > 1 else hashed
        repeated.append(_duplicates(some.collect(engine="streaming").to_series()))
    return polars.concat(repeated)


def _duplicates(hashes: polars.Series) -> polars.Series:
    in_order = hashes.sort()
    return in_order.slice(1).filter(in_order.slice(1) == in_order.head(-1)).unique()


def _marks(ids: polars.Series) -> polars.Series:
    first, second = (ids.hash(seed).cast(polars.UInt128) for seed in _SEEDS)
    return first * polars.Series([_HALF], dtype=polars.UInt128) + second


def _known(runs: list[polars.Series], marks: polars.Series) -> polars.Series:
    """Return those sorted marks that are in the runs, and add the others to the runs."""
    known = marks.clear()
    for run in runs:
        # Sorted marks search neighbouring memory.
        at = run.search_sorted(marks).clip(upper_bound=len(run) - 1)
        known.append(marks.filter(run.gather(at) == marks))
    new = marks.filter(~marks.is_in(known.implode())) if len(known) else marks
    merged = [new]
    while runs and len(runs[-1]) < _MIN_GROWTH * sum(map(len, merged)):
        merged.append(runs.pop())
    if len(new):
        runs.append(polars.concat(merged).sort() if merged[1:] else new)
    return known
