"""Write an empty table to fill in, and the data dictionary of its columns."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

import polars

from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.system.language import _
from assistant.system.markdown import markdown
from assistant.tables.column_names import ID
from assistant.tables.reading.columns import answer_dtype
from assistant.tables.reading.file_types import SEPARATORS
from assistant.tables.reading.rows import MAX_ID_CHARACTERS

DICTIONARIES: Final = ("md", "csv")


class Column(NamedTuple):
    """The meaning of a column, for the person who fills it in."""

    name: str
    meaning: str
    kind: str
    answers: str


def empty_table(rulebook: Rulebook, form: str, *, ranges: bool = False) -> bytes:
    """Return a table with a column for every question and no row; in NDJSON with one row, where all is unknown.

    With ``ranges``, a number and a date have two more columns, for the ends of a range.
    """
    answers = {name: answer_dtype(question) for name, question in _asked(rulebook, ranges=ranges)}
    table = polars.DataFrame(schema={ID: polars.String(), **answers})
    file = io.BytesIO()
    if separator := SEPARATORS.get(f".{form}"):
        table.write_csv(file, separator=separator)
    elif form == "ndjson":
        table.clear(1).write_ndjson(file)
    elif form == "parquet":
        table.write_parquet(file)
    else:
        table.write_ipc(file)
    return file.getvalue()


def dictionary(rulebook: Rulebook, form: str) -> str:
    """Return the data dictionary in the language of the rulebook, as Markdown or CSV."""
    header = (_("column"), _("question"), _("kind"), _("what may stand there; empty: unknown"))
    columns = list(_columns(rulebook))
    if form == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([header, *columns])
        return text.getvalue()
    cell = partial(markdown, cell=True)
    lines = ["| " + " | ".join(map(cell, header)) + " |", "|" + "---|" * len(header)]
    lines += [f"| `{column.name}` | " + " | ".join(map(cell, column[1:])) + " |" for column in columns]
    return "\n".join(lines) + "\n"


def _columns(rulebook: Rulebook) -> Iterator[Column]:
    name = _("a name of your own for the row, at most {most} characters; empty: the number of the row")
    yield Column(ID, _("Whose row it is."), _("text"), name.format(most=MAX_ID_CHARACTERS))
    for question in rulebook.questions:
        kinds = {
            QuestionType.YES_NO: _("yes/no"),
            QuestionType.CHOICE: _("choice"),
            QuestionType.NUMBER: _("number"),
            QuestionType.DATE: _("date"),
        }
        yield Column(question.id, question.text, kinds[question.type], _answers(question))
        if question.type.is_ordered:
            least, most = _("the least that it can be"), _("the most that it can be")
            if question.type is QuestionType.DATE:
                least, most = _("the first day that it can be"), _("the last day that it can be")
            only = _("if the answer is only partly known; then '{id}' stays empty").format(id=question.id)
            for name, end in zip(question.end_columns, (least, most), strict=True):
                yield Column(name, question.text, kinds[question.type], f"{end}, {only}")


def _asked(rulebook: Rulebook, *, ranges: bool) -> Iterator[tuple[str, Question]]:
    """Yield the columns of answers with their questions."""
    for question in rulebook.questions:
        ends = question.end_columns if ranges and question.type.is_ordered else ()
        yield from ((name, question) for name in (question.id, *ends))


def _answers(question: Question) -> str:
    if question.type is QuestionType.YES_NO:
        return "true, false"
    if question.type is QuestionType.CHOICE:
        return "; ".join(f"{option.id} — {option.text}" for option in question.options)
    number = question.type is QuestionType.NUMBER
    parts = [_("a whole number") if number else _("year-month-day, as in 2022-09-24, or a month, as in 2022-09")]
    if question.lowest is not None:
        parts.append(_("the least is {bound}").format(bound=question.lowest))
    if question.highest is not None:
        parts.append(_("the most is {bound}").format(bound=question.highest))
    return "; ".join(parts)
