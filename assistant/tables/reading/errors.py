"""Errors of a table, of one of its rows, or of a result. No message repeats the content of a cell."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from assistant.documents.problem import InputError, Place, Problem
from assistant.rulebook.answer import Mistake, contradiction, read_point
from assistant.rulebook.computing import COMPUTED, contradiction_of
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.system.display_safe import joined
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


def wrong_cell(column: str, question: Question, mistake: Mistake) -> Reason:
    """Return the reason for a row whose cell is no answer; in a question's own column it says where a range goes."""
    remedy = mistake.remedy
    if question.type.is_ordered and column == question.id and mistake == read_point(question, ()):
        first, last = question.end_columns
        text = _("A range goes into {first} and {last}.")
        if question.type is QuestionType.DATE:
            text = _("A month is written as in 2022-09; a range goes into {first} and {last}.")
        remedy = joined(remedy, text.format(first=first, last=last))
    return Reason(column, mistake.message, remedy)


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
    clashes = (contradiction(impossible[each]) for each in combinations)
    return tuple(Reason("", clash.message, clash.remedy) for clash in clashes)


class Reject(NamedTuple):
    """A row that is not evaluated: its line in a text file (else its number from 1), the reasons, and its text."""

    row: int
    reasons: tuple[Reason, ...]
    original: str


Count: TypeAlias = Callable[[int, Callable[[], Reject]], None]
"""Called with the number of rejected rows, and a function that returns one of them, before they are all worded."""
