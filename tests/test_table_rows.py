"""`assistant evaluate` on tables: each row by its answers, each mistake by its place, and the rest evaluated."""

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars
import pytest

from assistant.tables.reading import columnar, delimited
from assistant.tables.reading.file_types import FILE_TYPES, RESULT_TYPES, SEPARATORS
from tests.support.project import Desk, Outcome, Run
from tests.support.table_rows import DAY, WHOLE

HEADER = "id,day,left,days,place"
SOUND_ROW = "case,2022-03-01,true,11,russia"
TOO_FEW = "Give it a cell for each column, an empty one for what is not known."
REPEATED = "Rename one of them; a row without an id is named by its number."
QUOTES = "Put the whole cell in quotes, and write a quote inside of it twice."
TOO_MANY = "Put a cell that holds a delimiter in quotes, or take away what is too much."
TRUTH = "true or false is needed here. Write true or false, or as a spreadsheet does: TRUE, FALSE, ИСТИНА, ЛОЖЬ."
CANARY = "wedding-1987"
"""Something that a person wrote, and that no message may repeat."""


def told(outcome: Outcome, path: Path) -> list[str]:
    """What is told of a table, without its name; the last line counts the rejected rows."""
    return [line.removeprefix(f"{path}:") for line in outcome.err.splitlines()]


def test_a_table_of_answers_becomes_a_table_of_statuses(desk: Desk) -> None:
    outcome = desk.evaluate(desk.write(f"{HEADER}\n{SOUND_ROW}\nhome,2022-03-01,false,,\n", "cases.csv"))
    assert outcome == (0, "id,prison,no_case\ncase,established,excluded\nhome,excluded,established\n", "")


@pytest.mark.parametrize("cell", ["", '""', "unknown"])
def test_an_empty_cell_is_unknown_and_never_no(desk: Desk, cell: str) -> None:
    outcome = desk.evaluate(desk.write(f"{HEADER}\ncase,2022-03-01,{cell},11,russia\n", "cases.csv"))
    assert outcome == (0, "id,prison,no_case\ncase,possible,possible\n", "")


def test_a_question_without_a_column_is_unknown_and_a_row_without_an_id_has_its_line(desk: Desk) -> None:
    outcome = desk.evaluate(desk.write("left,days\ntrue,11\nfalse,\n", "cases.csv"))
    assert outcome == (0, "id,prison,no_case\n2,established,excluded\n3,excluded,possible\n", "")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "x,2022-03-01,1,11,russia",
            f"left: {TRUTH}",
        ),
        (
            "x,2022-03-01,Yes ,11,russia",
            f"left: {TRUTH}",
        ),
        (
            "x,2022-03-01,VRAI,11,russia",
            f"left: {TRUTH}",
        ),
        ("x,2022-03-01,true,11,rusia", "place: this is not an option of 'place'. Known: russia, ukraine."),
        ("x,2022-03-01,true,11, russia", "place: this is not an option of 'place'. Known: russia, ukraine."),
        ("x,2022-03-01,true,+11,russia", f"days: {WHOLE}"),
        ("x,2022-03-01,true,011,russia", f"days: {WHOLE}"),
        ("x,2022-03-01,true,11.0,russia", f"days: {WHOLE}"),
        (f"x,2022-03-01,true,{10**18},russia", f"days: {WHOLE}"),
        ("x,2022-03-01,true,-1,russia", "days: this is too little for 'days'. Not less than 0."),
        (
            "x,01/02/2024,true,11,russia",
            f"day: {DAY}",
        ),
        (
            "x,2023-02-29,true,11,russia",
            f"day: {DAY}",
        ),
        (
            "x,2022-3-1,true,11,russia",
            f"day: {DAY}",
        ),
        (
            "x,2022-03- 1,true,11,russia",
            f"day: {DAY}",
        ),
        (
            "x,+2022-03-1,true,11,russia",
            f"day: {DAY}",
        ),
        (
            "x,0000-01-01,true,11,russia",
            f"day: {DAY}",
        ),
        ("x,2022-03-01,true,11", f"cells in this row: 4, in the header: 5. {TOO_FEW}"),
        ("x,2022-03-01,true,11,russia,", f"cells in this row: 6, in the header: 5. {TOO_MANY}"),
        ('"x,2022-03-01",true,11,russia', f"cells in this row: 4, in the header: 5. {TOO_FEW}"),
        (
            '"x"y,2022-03-01,true,11,russia',
            f"the quotes of this row are in disorder. {QUOTES}",
        ),
        ("x,2022-03-01,true,1\r1,russia", "there is a carriage return inside the line. Take it away."),
        ("x\x1b[2J,2022-03-01,true,11,russia", "id: an id has at most 200 characters, none of them invisible."),
    ],
)
def test_a_mistaken_row_is_told_by_line_and_column_and_the_rest_evaluated(desk: Desk, row: str, why: str) -> None:
    path = desk.write(f"{HEADER}\n{SOUND_ROW}\n{row}\nhome,2024-02-29,false,,\n", "cases.csv")
    outcome = desk.evaluate(path)
    assert outcome.code == 3
    assert outcome.out == "id,prison,no_case\ncase,established,excluded\nhome,excluded,excluded\n"
    assert told(outcome, path) == [f"3: {why}", " rows not evaluated: 1 of 3."]


def test_every_mistake_of_a_row_is_told_and_none_repeats_what_stands_there(desk: Desk) -> None:
    path = desk.write(f"{HEADER}\ncase,{CANARY},{CANARY},{CANARY},{CANARY}\n", "cases.csv")
    outcome = desk.evaluate(path)
    assert [line.split(":")[1].strip() for line in told(outcome, path)[:-1]] == ["day", "left", "days", "place"]
    assert CANARY not in outcome.err + outcome.out


def test_a_second_row_of_an_id_is_told(desk: Desk) -> None:
    path = desk.write(f"{HEADER}\n{SOUND_ROW}\n{SOUND_ROW}\n", "cases.csv")
    outcome = desk.evaluate(path)
    assert outcome.out == "id,prison,no_case\ncase,established,excluded\n"
    assert told(outcome, path)[0] == f"3: id: an earlier row has the same id. {REPEATED}"


@pytest.mark.parametrize("name", ["../../x", "CON", "C:\\x", "a/b", "случай", "<b>[red]"])
def test_an_id_is_only_a_text(desk: Desk, name: str) -> None:
    outcome = desk.evaluate(desk.write(f"id,left\n{name},false\n", "cases.csv"))
    assert outcome == (0, f"id,prison,no_case\n{name},excluded,possible\n", "")
    assert [path.name for path in desk.folder.iterdir()] == ["cases.csv"]


@pytest.mark.parametrize("name", ["=1+1", "+7 900", "-1", "@x", "'=1", "''@", " =1", "＝1", "\xa0＋1"])
def test_an_id_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(desk: Desk, name: str) -> None:
    outcome = desk.evaluate(desk.write(f"id,left\n{name},false\n", "cases.csv"))
    assert outcome.out == f"id,prison,no_case\n'{name},excluded,possible\n"


def test_rejected_rows_go_to_a_file_as_they_were_written(desk: Desk) -> None:
    path = desk.write(f"{HEADER}\n{SOUND_ROW}\n=x,{CANARY},true,11,russia\nshort\n", "cases.csv")
    rejects = desk.folder / "rejects.csv"
    outcome = desk.evaluate(path, "--rejects", rejects, "--output", desk.folder / "statuses.csv")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == f"{path}: rows not evaluated: 2 of 3. They are in {rejects}, each with its reason.\n"
    assert polars.read_csv(rejects).rows() == [
        (
            3,
            f"day: {DAY}",
            f"'=x,{CANARY},true,11,russia",
        ),
        (4, f"cells in this row: 1, in the header: 5. {TOO_FEW}", "short"),
    ]
    assert rejects.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("written", [" =1", "＝1", "'=1", "'\t＋1", "-1"])
def test_a_rejected_row_that_begins_like_a_formula_gets_an_apostrophe(desk: Desk, written: str) -> None:
    rejects = desk.folder / "rejects.csv"
    path = desk.write(f"id,left\n{written},maybe\n", "cases.csv")
    assert desk.evaluate(path, "--rejects", rejects).code == 3
    assert polars.read_csv(rejects)["original"].to_list() == [f"'{written},maybe"]


@pytest.mark.parametrize("ending", SEPARATORS)
def test_a_carriage_return_in_a_rejected_row_begins_no_new_row(desk: Desk, ending: str) -> None:
    rejects = desk.folder / f"rejects{ending}"
    assert desk.evaluate(desk.write("id\nx\r=1\n", "cases.csv"), "--rejects", rejects).code == 3
    assert rejects.read_bytes().splitlines()[1].endswith(b'"x')
    assert rejects.read_bytes().endswith(b'"x\r=1"\n')


@pytest.mark.parametrize("ending", RESULT_TYPES)
def test_a_result_has_the_format_of_its_ending_and_is_its_owners_alone(desk: Desk, ending: str) -> None:
    output = desk.folder / f"statuses{ending}"
    assert desk.evaluate(desk.write(f"{HEADER}\n{SOUND_ROW}\n", "cases.csv"), "--output", output) == (0, "", "")
    readers: dict[str, Callable[[Path], polars.DataFrame]] = {
        ".ndjson": polars.read_ndjson,
        ".jsonl": polars.read_ndjson,
        ".parquet": polars.read_parquet,
        **dict.fromkeys((".arrow", ".ipc", ".feather"), polars.read_ipc),
        **{ending: partial(polars.read_csv, separator=separator) for ending, separator in SEPARATORS.items()},
    }
    assert readers[ending](output).rows(named=True) == [{"id": "case", "prison": "established", "no_case": "excluded"}]
    assert output.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in desk.folder.iterdir()) == ["cases.csv", f"statuses{ending}"]


ANSWERS = {
    "id": ["case", "home", None],
    "day": [datetime.date(2022, 3, 1), datetime.date(2022, 3, 1), None],
    "left": [True, False, None],
    "days": [11, None, 3],
    "place": ["russia", None, "ukraine"],
}


@pytest.mark.parametrize("ending", FILE_TYPES)
def test_the_same_table_in_every_format_has_the_same_result(desk: Desk, ending: str) -> None:
    path = desk.folder / f"cases{ending}"
    frame = polars.DataFrame(ANSWERS)
    writers: dict[str, Callable[[Path], object]] = {
        ".ndjson": frame.write_ndjson,
        ".jsonl": frame.write_ndjson,
        ".json": frame.write_json,
        ".parquet": frame.write_parquet,
        **dict.fromkeys((".arrow", ".ipc", ".feather"), frame.write_ipc),
        **{ending: partial(frame.write_csv, separator=separator) for ending, separator in SEPARATORS.items()},
    }
    writers[ending](path)
    outcome = desk.evaluate(path)
    third = 4 if ending in SEPARATORS else 3
    assert outcome == (
        0,
        f"id,prison,no_case\ncase,established,excluded\nhome,excluded,established\n{third},possible,possible\n",
        "",
    )


def test_answers_that_contradict_each_other_are_told_by_row(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("id,left_without_leave,still_absent\nfirst,true,true\nsecond,false,true\n", "utf-8")
    outcome = run("evaluate", path)
    assert outcome.code == 3
    assert [line.partition(",")[0] for line in outcome.out.splitlines()] == ["id", "first"]
    assert outcome.err.startswith(f"{path}:3: the answers contradict each other: ")


@pytest.mark.parametrize("block", [30, 1 << 24])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("row", [",,,,", ",", ",,,,,,,", '"","","","",""', '"",', '""'])
def test_a_row_with_nothing_in_any_cell_is_no_case_and_is_counted(
    desk: Desk, row: str, end: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", block)
    lines = [HEADER, row, SOUND_ROW, "", row, "only-an-id,,,,", ",,,,unknown", ",,,", row, row]
    path = desk.write(end.join(lines), "cases.csv")
    statuses = "id,prison,no_case\ncase,established,excluded\nonly-an-id,possible,possible\n7,possible,possible\n"
    told = f"{path}: rows with nothing in any cell, which are no cases: 5.\n"
    assert desk.evaluate(path) == (0, statuses, told)
    assert desk.evaluate(path, "--lang", "ru").err == f"{path}: пустых строк, которые не считаются случаями: 5.\n"


@pytest.mark.parametrize(("text", "empty"), [("left\ntrue\n\n\n", 0), ('left\n""\ntrue\n""\n', 2)])
def test_what_is_empty_in_a_table_of_one_column_is_no_case(desk: Desk, text: str, empty: int) -> None:
    path = desk.write(text, "cases.tsv")
    outcome = desk.evaluate(path)
    assert (outcome.code, len(outcome.out.splitlines())) == (0, 2)
    told = f"{path}: rows with nothing in any cell, which are no cases: {empty}.\n"
    assert outcome.err == (told if empty else "")


def test_what_has_no_answer_is_a_case_where_somebody_wrote_it_as_one(desk: Desk) -> None:
    nothing = polars.DataFrame({"id": [None, None], "left": [None, True]})
    nothing.write_parquet(desk.folder / "cases.parquet")
    desk.write('{}\n{"left": true}\n', "cases.ndjson")
    desk.write('[{}, {"left": true}]', "cases.json")
    for name in ("cases.parquet", "cases.ndjson", "cases.json"):
        outcome = desk.evaluate(desk.folder / name)
        assert outcome == (0, "id,prison,no_case\n1,possible,possible\n2,possible,excluded\n", "")


@pytest.mark.parametrize("lines", [2, 1 << 18])
@pytest.mark.parametrize("block", [30, 1 << 23])
def test_what_windows_saves_is_read(desk: Desk, block: int, lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", block)
    monkeypatch.setattr(delimited, "MAX_PIECE_LINES", lines)
    rows = ["\ufeff" + HEADER, SOUND_ROW, '"a, b",2022-03-01,false,,', "", '"two\r\nlines",,,,', "home,,false,,", ""]
    path = desk.write("\r\n".join(rows), "cases.csv")
    outcome = desk.evaluate(path)
    assert outcome.code == 3
    assert outcome.out == (
        'id,prison,no_case\ncase,established,excluded\n"a, b",excluded,established\nhome,excluded,possible\n'
    )
    assert told(outcome, path)[0] == "5: id: an id has at most 200 characters, none of them invisible."


def test_a_parquet_file_in_many_parts_is_evaluated_in_the_order_of_its_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columnar, "MAX_BATCH_CELLS", 6)  # two rows of two columns, of which one is text
    ids = ["b", "a", "c", "3", None, "c", "5", "b"]
    days = [11, 3, 11, -1, 11, 3, 3, 11]
    frame = polars.DataFrame({"id": ids, "days": days, "left": True})
    path = desk.folder / "cases.parquet"
    frame.write_parquet(path)
    outcome = desk.evaluate(path)
    rows = [line.split(",")[:2] for line in outcome.out.splitlines()[1:]]
    assert rows == [["b", "established"], ["a", "possible"], ["c", "established"], ["5", "established"]]
    assert told(outcome, path) == [
        "4: days: this is too little for 'days'. Not less than 0.",
        f"6: id: an earlier row has the same id. {REPEATED}",
        f"7: id: an earlier row has the same id. {REPEATED}",
        f"8: id: an earlier row has the same id. {REPEATED}",
        " rows not evaluated: 4 of 8.",
    ]
    assert desk.evaluate(path, "--output", desk.folder / "out.parquet").code == 3
    assert polars.read_parquet(desk.folder / "out.parquet")["id"].to_list() == ["b", "a", "c", "5"]
