"""Very many rejected rows: a table that is nearly all of such is given up, with one message."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polars
import pytest

from assistant.rulebook.model import Rulebook
from assistant.tables.evaluation import evaluator, rejected_rows
from assistant.tables.reading import delimited, errors
from assistant.tables.reading.batch import Batch
from assistant.tables.reading.reader import read_table
from tests.support.project import Desk


def parquet(frame: polars.DataFrame) -> bytes:
    frame.write_parquet(file := BytesIO())
    return file.getvalue()


def text(frame: polars.DataFrame) -> bytes:
    return frame.write_csv().encode()


FORMS = {"a.parquet": parquet, "a.csv": text}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let twenty rejected rows be many."""
    monkeypatch.setattr(rejected_rows, "MAX_REJECTED_ROWS", 20)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("column", "bad", "reason"),
    [
        (polars.Series("days", [-5] * 50), 50, "days: this is too little for 'days'. Not less than 0."),
        (polars.Series("id", ["same"] * 50), 49, f"{errors.repetition('id')}"),
    ],
)
def test_a_table_that_is_nearly_all_bad_rows_is_given_up(
    desk: Desk, name: str, column: polars.Series, bad: int, reason: str
) -> None:
    frame = polars.DataFrame([column])
    path = desk.write(FORMS[name](frame), name)
    outcome = desk.evaluate(path, "--output", desk.folder / "out.csv", "--rejects", desk.folder / "rejects.csv")
    row = 51 - bad + (name == "a.csv")
    message = f"of the first 50 rows, {bad} cannot be evaluated. Row {row}: {reason}"
    assert outcome == (2, "", f"{path}:1:1: {message} Correct the table first; so many rows are not listed.\n")
    assert [each.name for each in desk.folder.iterdir()] == [name]


@pytest.mark.usefixtures("few")
def test_a_table_that_is_nearly_all_contradictions_is_given_up(desk: Desk) -> None:
    path = desk.write(
        parquet(polars.DataFrame({"left_without_leave": [False] * 50, "absence_days": [5] * 50})), "a.parquet"
    )
    outcome = desk.run("evaluate", path, "--output", desk.folder / "out.csv")
    assert outcome.code == 2
    assert outcome.err.startswith(
        f"{path}:1:1: of the first 50 rows, 50 cannot be evaluated. Row 1: the answers contradict each other: "
    )
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.usefixtures("few")
def test_many_bad_rows_among_ten_times_as_many_are_listed(desk: Desk) -> None:
    path = desk.write(parquet(polars.DataFrame({"days": ([-5] + [5] * 9) * 50})), "a.parquet")
    outcome = desk.evaluate(path, "--output", desk.folder / "out.csv", "--rejects", desk.folder / "rejects.csv")
    assert outcome.code == 3
    assert len((desk.folder / "rejects.csv").read_text().splitlines()) == 1 + 50


@pytest.mark.usefixtures("few")
def test_a_table_of_lines_that_are_no_rows_is_read_no_further_than_it_takes_to_give_it_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MAX_PIECE_LINES", 10)
    batches = []

    def read(path: Path, rulebook: Rulebook) -> Iterator[Batch]:
        for batch in read_table(path, rulebook):
            batches.append(batch)
            yield batch

    monkeypatch.setattr(evaluator, "read_table", read)
    path = desk.write("id,days\n" + "a\n" * 1000, "a.csv")
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "of the first 23 rows, 23 cannot be evaluated." in outcome.err
    assert len(batches) == 3
