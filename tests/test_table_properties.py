"""Readers and writers of tables on inputs that nobody thought of."""

import csv
import io
import json
import re
import tempfile
from pathlib import Path

import polars
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.rulebook.model import Rulebook
from assistant.system.language import _, speaking
from assistant.system.progress import progress_line
from assistant.tables.evaluation.evaluator import Listener, Task, evaluate_in_parts
from assistant.tables.reading import delimited
from assistant.tables.reading.errors import TableError
from assistant.tables.reading.file_types import FILE_TYPES, RESULT_TYPES, SEPARATORS
from assistant.tables.reading.formula import escape_formulas
from assistant.tables.reading.reader import read_table
from assistant.tables.reading.records import read_records
from assistant.tables.reading.repeated_ids import RepeatedIds, repeated_hashes
from assistant.tables.running.writer import write_table
from tests.support.random_rulebooks import thorough

COLUMNS = ("id", "left", "days")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=6) | st.sampled_from(
    ["#", ",", '"', "\n", "", "x,#", 'a"b', "true"]
)
IDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=5) | st.sampled_from(
    ["=1+1", "'=x", "-", "a,b", 'q"q', "''@"]
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8), st.booleans())
def test_records_are_those_of_pythons_reader(rows: list[tuple[str, str, str]], all_quoted: bool) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL).writerows(rows)
    found = read_records(text.getvalue(), 2, COLUMNS, ",") if rows else None
    read = [tuple(row) for row in csv.reader(io.StringIO(text.getvalue(), newline=""), strict=True) if row]
    expected = [row for row in read if any(row)]
    frame = found.frame.sort("row number") if found else polars.DataFrame()
    assert [row[:3] for row in frame.rows()] == expected
    assert found is None or (found.rejects, found.empty) == ((), len(read) - len(expected))


@given(st.text(st.sampled_from('a,"\n\r#'), max_size=30))
def test_whatever_is_no_record_is_rejected_and_nothing_is_lost(text: str) -> None:
    found = read_records(text, 1, COLUMNS, ",")
    lines = text.removesuffix("\n").split("\n")
    whole = {row - 1 for row in found.frame["row number"]} | {reject.row - 1 for reject in found.rejects}
    inside = {at for start, span in found.original.spans.items() for at in range(start, start + span)}
    blank = {at for at, line in enumerate(lines) if line.removesuffix("\r").strip(",") == ""}
    assert whole | inside | blank | set(range(found.rest, len(lines))) == set(range(len(lines)))


@given(st.text(st.sampled_from("a\n"), max_size=60), st.integers(1, 5))
def test_a_block_is_cut_between_lines_and_nowhere_else(text: str, most: int) -> None:
    block = text.encode()
    found = list(delimited.split_block(block, most))
    assert b"".join(found) == block
    assert all(piece.count(b"\n") <= most for piece in found)
    assert all(piece.endswith(b"\n") for piece in found[:-1])


@thorough(40)
@given(st.binary(max_size=200), st.sampled_from(FILE_TYPES))
@example(b"PAR1" + b"\xff" * 40 + b"PAR1", ".parquet")
@example(b"ARROW1\0\0" + b"\xff" * 40 + b"ARROW1", ".arrow")
@example(b'id,left\n"', ".csv")
def test_random_bytes_are_a_table_or_a_problem(sound: Rulebook, content: bytes, ending: str) -> None:
    begin = {".parquet": b"PAR1", ".arrow": b"ARROW1\0\0", ".csv": b"id,left\n", ".ndjson": b'{"id":1}\n'}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        for data in (content, begin.get(ending, b"") + content):
            path.write_bytes(data)
            try:
                for batch in read_table(path, sound):
                    assert 0 <= batch.done <= 1
            except TableError as fault:
                told = str(fault)
                assert told.startswith(f"{path}:")


def unescaped(cell: str) -> str:
    """The cell as it was before ``escape_formulas``."""
    return cell[1:] if re.match("'+(?:[\\t\\r]|\\s*[=+@＝＋－＠-])", cell) else cell


@thorough(30)
@given(st.lists(IDS, unique=True, max_size=6), st.sampled_from(RESULT_TYPES))
def test_what_we_write_reads_back_equal(sound: Rulebook, ids: list[str], ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, written = Path(folder) / "a.ndjson", Path(folder) / f"b{ending}"
        source.write_text("".join(json.dumps({"id": each, "left": False}) + "\n" for each in ids), "utf-8")
        silent = Listener(lambda _rejects: None, lambda _progress: None)
        (part,) = evaluate_in_parts(Task(source, sound), silent)
        write_table(iter([part]), written, ending, part.schema, {})
        if ending in SEPARATORS:
            separator = SEPARATORS[ending]
            found = polars.read_csv(written, separator=separator, infer_schema=False)
            found = found.with_columns(polars.Series("id", map(unescaped, found["id"]), dtype=polars.String))
        elif ending in {".ndjson", ".jsonl"}:
            lines = written.read_text("utf-8").splitlines()
            found = polars.DataFrame(list(map(json.loads, lines)), schema=dict.fromkeys(part.columns, polars.String))
        else:
            found = polars.read_parquet(written) if ending == ".parquet" else polars.read_ipc(written)
        assert found.cast(polars.String).rows() == part.cast(polars.String).rows()


@thorough(25)
@given(st.lists(st.sampled_from(["sound", "mistaken", "contradictory", "repeated"]), max_size=8), st.integers(1, 80))
@example(["contradictory", "sound", "repeated", "mistaken", "contradictory", "sound"], 1)
@example(["mistaken", "repeated", "mistaken"], 25)
def test_however_a_table_is_cut_its_rows_and_what_is_told_of_them_stay_in_order(
    rulebook: Rulebook, rows: list[str], block: int
) -> None:
    cells = {"sound": "true,", "mistaken": "perhaps,true", "contradictory": "false,true", "repeated": "true,"}
    lines = [f"{'first' if kind == 'repeated' else f'row {at}'},{cells[kind]}" for at, kind in enumerate(rows, start=3)]
    told: list[int] = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCK_BYTES", block)
        source = Path(folder) / "a.csv"
        source.write_text("\n".join(["id,left_without_leave,still_absent", "first,true,true", *lines, ""]), "utf-8")
        listener = Listener(lambda rejects: told.extend(reject.row for reject in rejects), lambda _progress: None)
        found = polars.concat(evaluate_in_parts(Task(source, rulebook), listener))
    assert found["id"].to_list() == ["first", *(f"row {at}" for at, kind in enumerate(rows, 3) if kind == "sound")]
    assert told == [at for at, kind in enumerate(rows, start=3) if kind != "sound"]


@given(st.lists(st.text(st.sampled_from("'=+-@\t\r ＝ab"), max_size=5)))
def test_no_cell_begins_like_a_formula_and_every_one_can_be_restored(cells: list[str]) -> None:
    made = polars.DataFrame({"id": cells}, schema={"id": polars.String}).select(escape_formulas("id"))
    assert not any(cell.startswith(("\t", "\r")) for cell in made["id"])
    assert not any(cell.strip().startswith(("=", "+", "-", "@", "＝")) for cell in made["id"])
    assert list(map(unescaped, made["id"])) == cells


@given(
    st.lists(st.lists(st.integers(0, 40).map(str), max_size=30), max_size=6), st.sampled_from((None, 0, 10**7, 10**9))
)
def test_an_id_is_new_once(batches: list[list[str]], told_before_of_so_many: int | None) -> None:
    repeated_ids, known = RepeatedIds(), set[str]()
    everything = polars.LazyFrame({"id": [each for batch in batches for each in batch]}, schema={"id": polars.String})
    among = None
    if told_before_of_so_many is not None:
        among = repeated_hashes(everything, told_before_of_so_many)
    for batch in batches:
        expected = []
        for place, each in enumerate(batch):
            if each in known:
                expected.append(place)
            known.add(each)
        assert repeated_ids.find(polars.Series(batch, dtype=polars.String), among).to_list() == expected


def test_the_bar_tells_rows_rate_and_what_remains() -> None:
    rows = "{count} rows · {rate} a second · {remaining} left"
    assert progress_line(rows, 50_000, 0.25, 10) == "█████░░░░░░░░░░░░░░░ 50,000 rows · 5,000 a second · 0:30 left"
    assert progress_line(rows, 0, 0, 0).endswith("0 rows · 0 a second · 0:00 left")
    with speaking("ru"):
        assert progress_line(_(rows), 50_000, 0.25, 10).endswith(
            " строк: 50\xa0000 · в секунду: 5\xa0000 · осталось 0:30"
        )
