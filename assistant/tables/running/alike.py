"""Rejected rows for a person: of each reason the first rows, then how many more there are."""

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.system.language import _, plural
from assistant.tables.reading.errors import Reason, Reject

FIRST: Final = 10
"""Rows that are named for each reason."""
REASONS: Final = 100
"""Reasons that are told apart; the keys of a JSON file alone could make any number of them."""


class AlikeRejects:
    """Count rejected rows by their reasons."""

    def __init__(self) -> None:
        self._rows: dict[Reason, tuple[int, int]] = {}
        self._others = 0

    def lines(self, rejects: Sequence[Reject]) -> Iterator[str]:
        """Return a line for each reason of these rows, unless enough such lines came before."""
        for reject in rejects:
            for reason in reject.reasons:
                count, _last = self._rows.get(reason, (0, 0))
                if not count and len(self._rows) >= REASONS:
                    self._others += 1
                    continue
                self._rows[reason] = (count + 1, reject.row)
                if count < FIRST:
                    yield f"{reject.row}: {reason}"

    def rest(self) -> Iterator[str]:
        """Return a line for each reason that more rows have than were named."""
        for reason, (count, last) in self._rows.items():
            if (more := count - FIRST) > 0:
                told = plural("The same in {count} more row.", "The same in {count} more rows.", more)
                yield f"{reason} {told} " + _("The last one is {row}.").format(row=last)
        if self._others:
            yield plural("{count} more row has other reasons.", "{count} more rows have other reasons.", self._others)
