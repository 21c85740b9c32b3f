"""Summarize messages that differ only in their place: list the first of each kind, and count the rest."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

from assistant.documents.problem import MAX_PROBLEMS, Place, Problem
from assistant.system.display_safe import joined
from assistant.system.language import _, plural

MAX_LISTED: Final = 10
"""Messages that are listed for each reason."""
MAX_REASONS: Final = 100
"""Reasons that are counted separately; the contents of files could make any number of them."""

Reason = TypeVar("Reason", bound=Hashable)
Where = TypeVar("Where")


class Unlisted(NamedTuple, Generic[Reason, Where]):
    """A reason, how many more messages with it there were than were listed, and the place of the last one."""

    reason: Reason
    more: int
    last: Where


class Alike(Generic[Reason, Where]):
    """The messages so far, counted by reason. ``others``: the messages whose reason is not counted separately."""

    def __init__(self, most_reasons: int = MAX_REASONS) -> None:
        self._most_reasons = most_reasons
        self._counts: dict[Reason, tuple[int, Where]] = {}
        self.others = 0

    def is_listed(self, reason: Reason, where: Where) -> bool:
        """Count a message, and return whether it is listed."""
        count = self._counts[reason][0] if reason in self._counts else 0
        if not count and len(self._counts) >= self._most_reasons:
            self.others += 1
            return False
        self._counts[reason] = (count + 1, where)
        return count < MAX_LISTED

    def unlisted(self) -> Iterator[Unlisted[Reason, Where]]:
        """Yield the reasons of which messages were not listed."""
        for reason, (count, last) in self._counts.items():
            if count > MAX_LISTED:
                yield Unlisted(reason, count - MAX_LISTED, last)


class AlikeProblems:
    """The problems of many files so far, counted by their message and remedy."""

    def __init__(self) -> None:
        # At least all that one file can have, so that the remark that it has more is not merely counted.
        self._alike: Alike[tuple[str, str], Place] = Alike(MAX_PROBLEMS + 1)

    def listed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems, unless ``MAX_LISTED`` with the same message were listed before."""
        for problem in problems:
            if self._alike.is_listed((problem.message, problem.remedy), problem.place):
                yield problem

    def rest(self) -> Iterator[str]:
        """Yield a line for each kind of problem that was not listed every time, with their number."""
        for reason, more, last in self._alike.unlisted():
            text = plural("The same in {count} more place.", "The same in {count} more places.", more)
            yield joined(*reason, text, _("The last one is {place}.").format(place=last))
        if others := self._alike.others:
            yield plural("{count} more problem of another kind.", "{count} more problems of other kinds.", others)
