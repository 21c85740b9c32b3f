"""Which columns a table of scenarios may have: ``id`` and questions, each once. A question without one is unknown."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assistant.documents.problem import Place, Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.system.display_safe import disguise, joined
from assistant.system.display_safe import printable as marked
from assistant.system.language import _
from assistant.tables.reading.columns import ID
from assistant.tables.reading.errors import FileFaultError

TEMPLATE: Final = "assistant template --output cases.csv"
TOLD: Final = 20
"""Columns of which each is told what is wrong; a table with more that are wrong is none of answers."""


def refuse_strange_columns(path: Path | str, columns: Iterable[str], rulebook: Rulebook) -> None:
    """Sees to it that every column is known.

    Raises:
        FileFaultError: with every column that is unknown, or stands there twice; of very many, with the first.
    """
    named = dict(enumerate(columns, start=1))
    first = {column: number for number, column in reversed(named.items())}
    nameless = [number for number, column in named.items() if not column.strip()]
    known = {ID, *rulebook.question}
    repeated = {number for number, column in named.items() if first[column] != number and column.strip()}
    unknown = {number for number, column in named.items() if column not in known and column.strip()}
    wrong = sorted({*repeated, *unknown, *nameless[:1]})
    problems = []
    for number in wrong[:TOLD]:
        message, remedy = _("the column '{id}' is here a second time."), _("Take one of them away.")
        if number in nameless:
            message, remedy = _nameless(len(nameless))
        elif number not in repeated:
            near = nearest(named[number].strip().lower(), known)
            message = _("there is no question '{id}'.")
            remedy = joined(disguise(named[number], known), near or _alone())
        message = message.format(id=printable(named[number]))
        problems.append(Problem(place=Place(path=str(path), line=1, column=number), message=message, remedy=remedy))
    if len(wrong) > TOLD:
        message = _("columns that are wrong from here on: {count}.").format(count=len(wrong) - TOLD)
        remedy = _("An empty table with the right columns is written by: {command}").format(command=TEMPLATE)
        place = Place(path=str(path), line=1, column=wrong[TOLD])
        problems.append(Problem(place=place, message=message, remedy=remedy))
    if problems:
        raise FileFaultError.of(tuple(problems))


def _alone() -> str:
    return _("Take the column away, or name it after a question.")


def _nameless(count: int) -> tuple[str, str]:
    """What is said of columns without a name, as spreadsheets leave them at the right: of all of them at once."""
    if count == 1:
        return _("the column has no name."), _alone()
    message = _("columns without a name: {count}; this is the first.").format(count=count)
    return message, _("Take these columns away, or name them after questions.")


def printable(name: str) -> str:
    """A name from a file as it can be shown: the beginning, without what a terminal would obey."""
    return marked(name[:80])
