"""Which ids a table has had so far, in eight bytes each."""

from typing import Final

import polars

from assistant.table.columns import ID

_GROWTH: Final = 2


class SeenIds:
    """Tells the first row of an id from the next ones.

    Within a batch ids are compared themselves, across batches by 64-bit hashes: among a hundred million ids the chance
    that two share one is 0.03 %. The hashes are kept in sorted runs, each at least twice as long as the next, as a
    log-structured merge tree has them (O'Neil et al. 1996).
    """

    def __init__(self) -> None:
        self._runs: list[polars.Series] = []

    def first(self, ids: polars.Series) -> polars.Series:
        """Whether each id comes for the first time; they count as seen from here on."""
        fresh = ids.is_first_distinct()
        hashes = ids.hash(seed=0)
        for run in self._runs:
            at = run.search_sorted(hashes, side="left").clip(upper_bound=len(run) - 1)
            fresh &= run.gather(at) != hashes
        new = hashes.filter(fresh).sort()
        while self._runs and len(self._runs[-1]) < _GROWTH * len(new):
            new = self._runs.pop().append(new).sort()
        if len(new):
            self._runs.append(new.rename(ID))
        return fresh
