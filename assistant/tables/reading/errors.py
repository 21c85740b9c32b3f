"""Errors of a table, of one of its rows, or of a result. No message repeats the content of a cell."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from assistant.documents.problem import InputError, Place, Problem
from assistant.rulebook.answer import contradiction
from assistant.rulebook.computing import COMPUTED, contradiction_of
from assistant.rulebook.model import Rulebook
from assistant.system.language import _


class TableError(InputError):
    """A table that cannot be evaluated, perhaps detected only after some rows."""

    @classmethod
    def at(cls, path: Path | str, message: str, remedy: str = "", line: int = 1) -> "TableError":
        """Return the error for one problem in a line of the table."""
        return cls([Problem(place=Place(path=str(path), line=line), message=message, remedy=remedy)])


class Reason(NamedTuple):
    """Why a row is rejected; ``column`` is empty if no single column is the cause."""

    column: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        column = f"{self.column}: " if self.column else ""
        return f"{column}{self.message}" + (f" {self.remedy}" if self.remedy else "")


def repetition(column: str) -> Reason:
    """Return the reason for a row whose id occurred in an earlier row."""
    return Reason(
        column,
        _("an earlier row has the same id."),
        _("Rename one of them; a row without an id is named by its number."),
    )


def contradictions(combinations: Iterable[str], rulebook: Rulebook) -> tuple[Reason, ...]:
    """Return the reasons for a row whose answers are impossible combinations, given by their ids."""
    impossible = {each.id: each for each in rulebook.impossible}
    impossible |= {COMPUTED + each.id: contradiction_of(rulebook, each.id) for each in rulebook.computed_questions}
    return tuple(Reason("", *contradiction(impossible[each])) for each in combinations)


class Reject(NamedTuple):
    """A row that is not evaluated: its line in a text file (else its number from 1), the reasons, and its text."""

    row: int
    reasons: tuple[Reason, ...]
    original: str


Count: TypeAlias = Callable[[int, Callable[[], Reject]], None]
"""Called with the number of rejected rows, and a function that returns one of them, before they are all worded."""
