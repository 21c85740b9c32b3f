"""Check the columns of a table of scenarios: ``id`` and questions, each once. A missing question is unknown."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assistant.documents.problem import Place, Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.system.display_safe import disguise, joined, printable
from assistant.system.language import _
from assistant.tables.column_names import ID
from assistant.tables.reading.columns import questions_by_column
from assistant.tables.reading.errors import TableError

_TEMPLATE: Final = "assistant template --output cases.csv"
MAX_SHOWN_CHARACTERS: Final = 80
"""Characters of a name in a message."""
MAX_REPORTED: Final = 20
"""Wrong columns that are reported one by one; a table with more of them is hardly a table of answers."""


def check_columns(path: Path | str, columns: Iterable[str], rulebook: Rulebook) -> None:
    """Check that every column is ``id`` or a question, each once.

    Raises:
        TableError: with a problem for each unknown, repeated or nameless column, up to ``MAX_REPORTED`` of them.
    """
    named = dict(enumerate(columns, start=1))
    first = {column: number for number, column in reversed(named.items())}
    nameless = [number for number, column in named.items() if not column.strip()]
    known = {ID, *questions_by_column(rulebook)}
    repeated = {number for number, column in named.items() if first[column] != number and column.strip()}
    unknown = {number for number, column in named.items() if column not in known and column.strip()}
    wrong = sorted({*repeated, *unknown, *nameless[:1]})
    problems = []
    for number in wrong[:MAX_REPORTED]:
        if number in nameless:
            message, remedy = _nameless(len(nameless))
        elif number in repeated:
            message = _("the column '{id}' is here a second time.").format(id=shorten(named[number]))
            remedy = _("Take one of them away.")
        else:
            message, remedy = unknown_column(named[number], rulebook)
        problems.append(Problem(place=Place(path=str(path), line=1, column=number), message=message, remedy=remedy))
    if len(wrong) > MAX_REPORTED:
        message = _("columns that are wrong from here on: {count}.").format(count=len(wrong) - MAX_REPORTED)
        place = Place(path=str(path), line=1, column=wrong[MAX_REPORTED])
        problems.append(Problem(place=place, message=message, remedy=template_hint()))
    if problems:
        raise TableError(problems)


def unknown_column(name: str, rulebook: Rulebook) -> tuple[str, str]:
    """Return the message and remedy for a name of a column, or a key in JSON, that no question has."""
    known, shown = {ID, *rulebook.question}, shorten(name).strip().lower()
    ranged = next(
        (each for each in rulebook.questions if each.type.is_ordered and shown.startswith(f"{each.id}_")), None
    )
    near = nearest(shown, known) if ranged is None else nearest(ranged.id, ranged.end_columns)
    message = _("there is no question '{id}'.").format(id=shorten(name))
    return message, joined(disguise(name, known), near or _column_remedy())


def template_hint() -> str:
    """Return how to get a table with the right columns."""
    return _("An empty table with the right columns is written by: {command}").format(command=_TEMPLATE)


def _column_remedy() -> str:
    return _("Take it away, or name it after a question.")


def _nameless(count: int) -> tuple[str, str]:
    """Return one message and remedy for all nameless columns, which spreadsheets leave at the right."""
    if count == 1:
        return _("the column has no name."), _column_remedy()
    message = _("columns without a name: {count}; this is the first.").format(count=count)
    return message, _("Take these columns away, or name them after questions.")


def shorten(name: str) -> str:
    """Return the beginning of a name from a file, without control characters, so that it can be shown."""
    return printable(name[:MAX_SHOWN_CHARACTERS])
