"""Summarize rejected rows: for each reason the first rows, then the number of others."""

from collections.abc import Iterator, Sequence

from assistant.documents.alike import Alike
from assistant.system.language import plural
from assistant.tables.reading.errors import Reason, Reject


class RejectSummary:
    """The rejected rows so far, counted by reason."""

    def __init__(self) -> None:
        self._alike: Alike[Reason, int] = Alike()

    def lines(self, rejects: Sequence[Reject]) -> Iterator[str]:
        """Return a line for each row and reason, unless enough rows with this reason were listed before."""
        for reject in rejects:
            for reason in reject.reasons:
                if self._alike.is_listed(reason, reject.row):
                    yield f"{reject.row}: {reason}"

    def rest(self) -> Iterator[str]:
        """Return a line for each reason of rows that were not listed, with their number."""
        for reason, unlisted in self._alike.unlisted():
            text = plural("The same in {count} more row.", "The same in {count} more rows.", unlisted.number)
            yield f"{reason} {text} {unlisted}"
        if others := self._alike.others:
            text = plural("{count} more row has other reasons.", "{count} more rows have other reasons.", others.number)
            yield f"{text} {others}"
