"""Summarize messages that are alike: list the first of each kind, and count the rest."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

from assistant.documents.problem import MAX_PROBLEMS, Place, Problem
from assistant.system.display_safe import joined
from assistant.system.language import _, plural
from assistant.system.message import without_slots

MAX_LISTED: Final = 10
"""Messages that are listed of each kind."""
MAX_KINDS: Final = 100
"""Kinds that are counted separately; the contents of files could make any number of them."""

Kind = TypeVar("Kind", bound=Hashable)
Where = TypeVar("Where")


class Unlisted(NamedTuple, Generic[Where]):
    """How many messages were not listed, and the places of the first and the last of them."""

    number: int
    first: Where
    last: Where

    def __str__(self) -> str:
        if self.number == 1:
            return _("It is {place}.").format(place=self.last)
        return _("The first: {first}; the last: {last}.").format(first=self.first, last=self.last)


class Alike(Generic[Kind, Where]):
    """The messages so far, counted by kind."""

    def __init__(self, most_kinds: int = MAX_KINDS) -> None:
        self._most_kinds = most_kinds
        self._listed: dict[Kind, int] = {}
        self._unlisted: dict[Kind | None, Unlisted[Where]] = {}

    def counts(self, kind: Kind) -> bool:
        """Return whether messages of a kind are counted separately."""
        return kind in self._listed or len(self._listed) < self._most_kinds

    def is_listed(self, kind: Kind, where: Where) -> bool:
        """Count a message, and return whether it is listed."""
        is_counted = self.counts(kind)
        if is_counted and self._listed.setdefault(kind, 0) < MAX_LISTED:
            self._listed[kind] += 1
            return True
        key = kind if is_counted else None
        before = self._unlisted.get(key, Unlisted(0, where, where))
        self._unlisted[key] = Unlisted(before.number + 1, before.first, where)
        return False

    def unlisted(self) -> Iterator[tuple[Kind, Unlisted[Where]]]:
        """Yield the kinds of which messages were not listed."""
        for kind in self._listed:
            if kind in self._unlisted:
                yield kind, self._unlisted[kind]

    @property
    def others(self) -> Unlisted[Where] | None:
        """The messages of kinds that are not counted separately; None if there are none."""
        return self._unlisted.get(None)


class AlikeProblems:
    """The problems of many files so far, counted by kind."""

    def __init__(self) -> None:
        # At least all that one file can have, so that the remark that it has more is not merely counted.
        self._alike: Alike[tuple[str, str], Place] = Alike(MAX_PROBLEMS + 1)
        self._common: dict[tuple[str, str], tuple[str, str]] = {}
        self._file: dict[tuple[str, str], str] = {}

    def listed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems, unless ``MAX_LISTED`` of the same kind were listed before.

        Those of one file that differ from each other count as one.
        """
        for problem in problems:
            kind = problem.template or problem.message, problem.field
            if self._alike.counts(kind):
                message, remedy = self._common.setdefault(kind, (problem.message, problem.remedy))
                self._common[kind] = (
                    message if message == problem.message else without_slots(problem.template),
                    remedy if remedy == problem.remedy else "",
                )
            is_one_more = bool(problem.template) and self._file.get(kind) == problem.place.path
            if is_one_more or self._alike.is_listed(kind, problem.place):
                self._file[kind] = problem.place.path
                yield problem

    def rest(self) -> Iterator[str]:
        """Yield a line for each kind of problem that was not listed every time, with their number."""
        for kind, unlisted in self._alike.unlisted():
            text = plural("The same in {count} more place.", "The same in {count} more places.", unlisted.number)
            yield joined(*self._common[kind], text, str(unlisted))
        if others := self._alike.others:
            more = others.number
            text = plural("{count} more problem of another kind.", "{count} more problems of other kinds.", more)
            yield joined(text, str(others))
