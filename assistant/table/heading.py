"""Which columns a table of scenarios may have: ``id`` and questions, each once. A question without one is unknown."""

from collections.abc import Iterable
from pathlib import Path

from assistant.language import _
from assistant.problem import Place, Problem
from assistant.rulebook import Rulebook
from assistant.table.columns import ID
from assistant.table.fault import FileFaultError
from assistant.yaml_model import nearest
from assistant.yaml_reader import unprintable


def refuse_strange_columns(path: Path | str, columns: Iterable[str], rulebook: Rulebook) -> None:
    """Sees to it that every column is known.

    Raises:
        FileFaultError: with every column that is unknown, or stands there twice.
    """
    problems = []
    seen: set[str] = set()
    for number, column in enumerate(columns, start=1):
        place = Place(path=str(path), column=number)
        shown = printable(column)
        if column in seen:
            message = _("the column '{id}' stands here a second time.").format(id=shown)
            problems.append(Problem(place=place, message=message, remedy=_("Take one of them away.")))
        elif column != ID and column not in rulebook.question:
            message = _("there is no question '{id}'.").format(id=shown)
            if not column.strip():
                message = _("the column has no name.")
            remedy = nearest(column, [ID, *rulebook.question]) or _(
                "Take the column away, or name it after a question."
            )
            problems.append(Problem(place=place, message=message, remedy=remedy))
        seen.add(column)
    if problems:
        raise FileFaultError.of(tuple(problems))


def printable(name: str) -> str:
    """A name from a file as it can be shown: the beginning, without what a terminal would obey."""
    return "".join("\ufffd" if unprintable(character) else character for character in name[:80])
