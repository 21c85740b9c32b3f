"""Summarize rejected rows: for each reason the first rows, then the number of others."""

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.system.language import _, plural
from assistant.tables.reading.errors import Reason, Reject

LISTED_ROWS: Final = 10
"""Rows that are listed for each reason."""
MAX_REASONS: Final = 100
"""Reasons that are counted separately; the keys of a JSON file alone could make any number of them."""


class AlikeRejects:
    """The rejected rows so far, counted by reason."""

    def __init__(self) -> None:
        self._rows: dict[Reason, tuple[int, int]] = {}
        self._others = 0

    def lines(self, rejects: Sequence[Reject]) -> Iterator[str]:
        """Return a line for each row and reason, unless ``LISTED_ROWS`` rows with this reason were listed before."""
        for reject in rejects:
            for reason in reject.reasons:
                count, _last = self._rows.get(reason, (0, 0))
                if not count and len(self._rows) >= MAX_REASONS:
                    self._others += 1
                    continue
                self._rows[reason] = (count + 1, reject.row)
                if count < LISTED_ROWS:
                    yield f"{reject.row}: {reason}"

    def rest(self) -> Iterator[str]:
        """Return a line for each reason of rows that were not listed, with their number."""
        for reason, (count, last) in self._rows.items():
            if (more := count - LISTED_ROWS) > 0:
                text = plural("The same in {count} more row.", "The same in {count} more rows.", more)
                yield f"{reason} {text} " + _("The last one is {row}.").format(row=last)
        if self._others:
            yield plural("{count} more row has other reasons.", "{count} more rows have other reasons.", self._others)
