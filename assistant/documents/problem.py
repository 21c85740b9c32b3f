"""A problem in somebody's input: where it is, what is wrong, and what to do about it."""

from collections.abc import Iterable
from itertools import islice
from typing import Final, TypeAlias

from assistant.documents.value import Value
from assistant.system.language import _


class Place(Value):
    """A position in a file; line and column count from 1.

    If neither is given, it is the file or folder as a whole: it is not there, or nothing of it was read.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        is_whole = self.model_fields_set.isdisjoint({"line", "column"})
        return self.path if is_whole else f"{self.path}:{self.line}:{self.column}"


class Problem(Value):
    """One mistake, told so that its author can mend it without reading the code."""

    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")


Problems: TypeAlias = tuple[Problem, ...]
"""What a loader returns in place of a value: every problem that it found, never an empty tuple."""


class EngineError(Exception):
    """The rules engine cannot evaluate these answers. It says nothing of what they are, and can go on with others."""


MOST: Final = 100
"""Problems of one file that are told; whoever mends these knows what the others are, or runs it again."""


def at_most(problems: Iterable[Problem], most: int = MOST) -> list[Problem]:
    """Return the first problems; for all others together, one in the place of the first of them."""
    found = list(islice(problems, most + 1))
    if len(found) > most:
        more = _("there are more problems from here on.")
        found[most] = found[most].replacing(message=more, remedy=_("Correct the ones above first."))
    return found


def in_order(problems: list[Problem]) -> Problems:
    """The problems without repetitions, in the order of a reader going through the files."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place.path, problem.place.line, problem.place.column)))
