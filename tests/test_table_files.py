"""Tables that are not what they should be: one clear message, exit code 2, and nothing written."""

import datetime
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars
import pytest

from assistant.tables.reading import columnar, json_rows
from tests.support.project import ROOT, SOUND, Desk, Run
from tests.support.table_rows import DAY, WHOLE

HEADER = "id,day,left,days,place"
TRUTH = "true or false is needed here. Write true or false: in small letters, without quotes or spaces."
ROW = "case,2022-03-01,true,11,russia"
GOOD = polars.DataFrame({"id": ["case"], "left": [True], "days": [11]})


def parquet(frame: polars.DataFrame, compression: Literal["zstd", "uncompressed"] = "zstd") -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file, compression=compression)
    return file.getvalue()


def arrow(frame: polars.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_ipc(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "1:1: the table has no header. The first line names the columns."),
        ("a.csv", b"\n\n", "1:1: the table has no header. The first line names the columns."),
        ("a.csv", b"id,left,left\n", "1:3: the column 'left' is here a second time. Take one of them away."),
        ("a.csv", b"id,lefft\n", "1:2: there is no question 'lefft'. Did you mean 'left'?"),
        ("a.csv", b"id, left\n", "1:2: there is no question ' left'. Did you mean 'left'?"),
        ("a.csv", b"id,\x1b[2J\n", "1:2: there is no question '\ufffd[2J'. Known: day, days, id, left, place."),
        ("a.csv", b"id,left,\n", "1:3: the column has no name. Take it away, or name it after a question."),
        (
            "a.csv",
            b"id,left,, ,\na,true,,,\n",
            (
                "1:3: columns without a name: 3; this is the first. "
                "Take these columns away, or name them after questions."
            ),
        ),
        ("a.csv", b"day_until\n", "1:1: there is no question 'day_until'. Did you mean one of these? day_from, day_to"),
        (
            "a.csv",
            b"days_up_to\n",
            "1:1: there is no question 'days_up_to'. Did you mean one of these? days_from, days_to",
        ),
        ("a.csv", b"ID\n", "1:1: there is no question 'ID'. Did you mean 'id'?"),
        (
            "a.csv",
            b"sep=,\nid,left\n",
            "1:1: this line is for a spreadsheet only. Take it away: the first line names the columns.",
        ),
        ("a.csv", b"\xef\xbb\xbfsep=;\r\nid;left\r\n", None),
        ("a.csv", b'"id";"left"\n"1";"true"\n', None),
        (
            "a.csv",
            b"<!doctype html>\n",
            "1:1: the file is not what its name says. Give it the ending of its real format, or save it again.",
        ),
        ("a.tsv", b'[{"id": 1}]\n', None),
        ("a.ndjson", b"\n <html>\n", None),
        (
            "a.csv",
            b"id;left\n1;true\n",
            (
                "1:1: the cells are separated by semicolons, not by commas. "
                "Save it with the delimiter of its ending: .csv has commas, .tsv has tabs. "
                "LibreOffice asks for it; Excel takes the list separator of the system's settings."
            ),
        ),
        (
            "a.tsv",
            b"id,left\n1,true\n",
            (
                "1:1: the cells are separated by commas, not by tabs. "
                "Save it with the delimiter of its ending: .csv has commas, .tsv has tabs."
            ),
        ),
        ("a.csv", b'id,"left\n', "1:1: the quotes of the header are in disorder. Mend the first line."),
        ("a.csv", b"id,left\rx,true\r", "1:1: the lines end in a carriage return alone. Save it with other line ends."),
        (
            "a.csv",
            f'{HEADER}\n{ROW}\n"open,2022-03-01,true,11,russia\n{ROW}\n'.encode(),
            "3:1: a quote opens here and is never closed. Close it, or take it away.",
        ),
        (
            "a.csv",
            f'{HEADER}\n{ROW}\n"open'.encode() + b"\nx" * 200_000,
            "3:1: a quote opens here and is never closed. Close it, or take it away.",
        ),
        (
            "a.csv",
            f"{HEADER}\n".encode() + b"x" * 2_000_000,
            "2:1: this line is longer than any row. Is this a table of text?",
        ),
        (
            "a.csv",
            f"{HEADER}\n{ROW}\n".encode() + b"x" * 20_000_000,
            "3:1: this line is longer than any row. Is this a table of text?",
        ),
        ("a.csv", b"x" * 2_000_000, "1:1: the first line does not end. Is this a table of text?"),
        (
            "a.csv",
            f"{HEADER}\n{ROW}\n".encode() + "дело".encode("cp1251"),
            "3:1: this is not UTF-8. It may be Windows-1251. Save it as UTF-8 (spreadsheets call it “CSV UTF-8”).",
        ),
        ("a.csv", b"id,left\nx\xff,true\n", None),
        (
            "a.csv",
            f"{HEADER}\n{ROW}\n".encode("utf-16"),
            "1:1: this is UTF-16. Save it as UTF-8 (spreadsheets call it “CSV UTF-8”).",
        ),
        ("a.csv", f"{HEADER}\n{ROW}\n".encode("utf-16-le"), None),
        (
            "a.csv",
            f"{HEADER}\n{ROW}\nx\0".encode(),
            (
                "3:1: there is a zero byte here. Is this a table of text? "
                "If it is UTF-16: Save it as UTF-8 (spreadsheets call it “CSV UTF-8”)."
            ),
        ),
        ("a.csv", parquet(GOOD), "1:1: the file is not what its name says. Its name should end in .parquet."),
        ("a.csv", b"PK\x03\x04 a spreadsheet", None),
        ("a.parquet", b"id,left\n", None),
        ("a.arrow", parquet(GOOD), "1:1: the file is not what its name says. Its name should end in .parquet."),
        ("a.parquet", parquet(GOOD)[:-20], "1:1: this is a damaged file. Save it again."),
        ("a.parquet", b"PAR1", "1:1: this is a damaged file. Save it again."),
        ("a.arrow", arrow(GOOD)[:-20], "1:1: this is a damaged file. Save it again."),
        (
            "a.parquet",
            parquet(GOOD.rename({"left": "lefft"})),
            "1:2: there is no question 'lefft'. Did you mean 'left'?",
        ),
        (
            "a.parquet",
            parquet(polars.DataFrame({"left": [[True]]})),
            "1:1: the column 'left' has the type List. A yes/no question has truth values, or text.",
        ),
        (
            "a.parquet",
            parquet(polars.DataFrame({"days": [1.0]})),
            "1:1: the column 'days' has the type Float64. A number has whole numbers, or text.",
        ),
        (
            "a.parquet",
            parquet(polars.DataFrame({"day": [datetime.datetime(2022, 3, 1)]})),  # noqa: DTZ001  # as files have it
            "1:1: the column 'day' has the type Datetime. A date has days without a time, or text.",
        ),
        (
            "a.json",
            b'{"id": 1}',
            "1:1: this is not a list of objects in JSON. A file with an object a line is called .ndjson.",
        ),
        (
            "a.json",
            b"[" * 100_000,
            "1:1: this is not a list of objects in JSON. A file with an object a line is called .ndjson.",
        ),
        (
            "a.json",
            b'[{"id": 1},\n {"id": 2},\n]',
            None,
        ),
        ("a.json", b'[{"id": 1},\n {"id": 2', "2:10: this is no JSON. Check brackets, quotes and commas around here."),
        ("a.json", b'{"id": 1}\n{"id": 2}\n', None),
        ("a.json", b" ", None),
        ("a.ndjson", b'{"id": "\xff"}', None),
        ("a.ndjson", b" " * 2_000_000, "1:1: this line is longer than any row. Is this a table of text?"),
    ],
)
def test_a_file_that_is_no_table_is_refused(desk: Desk, name: str, content: bytes, message: str | None) -> None:
    path = desk.write(content, name)
    outcome = desk.evaluate(path, "--output", desk.folder / "out.csv", "--rejects", desk.folder / "rejects.csv")
    assert (outcome.code, outcome.out) == (2, "")
    (line,) = outcome.err.splitlines()
    assert line.startswith(f"{path}:")
    assert message in {None, line.removeprefix(f"{path}:")}
    assert [each.name for each in desk.folder.iterdir()] == [name]


def test_a_parquet_file_that_promises_too_many_rows_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "MAX_ROWS", 0)
    path = desk.write(parquet(GOOD), "a.parquet")
    assert desk.evaluate(path) == (
        2,
        "",
        f"{path}:1:1: the file promises 1 rows; at most 0 are read. Split it into smaller files.\n",
    )


def test_a_file_on_which_the_library_gives_up_loses_no_row_in_silence_and_tells_nothing_but_that(desk: Desk) -> None:
    sound = parquet(polars.DataFrame({"left": [True] * 7}), compression="uncompressed")
    values = b"\x04left\x15\x00\x16"  # in the footer: how many values the column has follows
    path = desk.write(sound.replace(values + b"\x0e", values + b"\x1b"), "a.parquet")
    assert path.read_bytes() != sound
    output = desk.folder / "out.csv"
    words = ("evaluate", "--lang", "en", "--rulebook", SOUND, path, "--output", output)
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, words)], check=False, capture_output=True, text=True, cwd=ROOT
    )
    message = f"{path}:1:1: this is a damaged file. Save it again.\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", message)
    assert not output.exists()


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def nothing(_path: Path) -> None:
    """There is no file."""


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (a_folder, "this is a folder, not a file. Name a file."),
        (a_pipe, "this is not a regular file. Name a regular file."),
        (nothing, "the file cannot be read: No such file or directory. Check its name and its permissions."),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_is_no_regular_file_is_not_opened(
    desk: Desk, make: Callable[[Path], None], message: str, ending: str
) -> None:
    path = desk.folder / f"a.{ending}"
    make(path)
    outcome = desk.evaluate(path, "--output", desk.folder / "out.csv")
    assert outcome == (2, "", f"{path}: {message}\n")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "this is no JSON. A row is one flat object, on a line of its own."),
        ('"text"', "this is no JSON object. A row is one flat object."),
        ('[{"left": true}]', "this is a list in JSON, and no object. A file with a list of objects is called .json."),
        ("[" * 100_000, "this is nested too deep. A row is one flat object."),
        ('{"days": NaN}', f"days: {WHOLE}"),
        ('{"days": 1e999}', f"days: {WHOLE}"),
        ('{"days": 11.0}', f"days: {WHOLE}"),
        (f'{{"days": {"9" * 5000}}}', f"days: {WHOLE}"),
        ('{"days": true}', f"days: {WHOLE}"),
        ('{"days": -1}', "days: this is too little for 'days'. Not less than 0."),
        (
            '{"left": "true"}',
            "left: true or false is needed here. Take the quotes away.",
        ),
        (
            '{"left": 1}',
            f"left: {TRUTH}",
        ),
        (
            '{"left": [true]}',
            f"left: {TRUTH}",
        ),
        (
            '{"left": {"id": 1}}',
            f"left: {TRUTH}",
        ),
        ('{"left": true, "left": false}', "left: this key is here a second time. Take one of them away."),
        ('{"lefft": true}', "there is no question 'lefft'. Did you mean 'left'?"),
        ('{"\\ud800": true}', "there is no question '\ufffd'. It contains U+D800. Known: day, days, id, left, place."),
        ('{"id": "\\ud800"}', "id: an id is a text or a whole number."),
        (
            '{"place": "\\ud800"}',
            "place: this is not an option of 'place'. It contains U+D800. Known: russia, ukraine.",
        ),
        ('{"id": 1.5}', "id: an id is a text or a whole number."),
        (
            '{"day": "01/02/2024"}',
            f"day: {DAY}",
        ),
    ],
)
def test_a_bad_line_of_json_is_told_and_the_rest_evaluated(desk: Desk, line: str, why: str) -> None:
    path = desk.write(f'{{"id": "a", "left": false}}\n{line}\n\n{{"id": 7, "left": "unknown"}}\n', "a.ndjson")
    outcome = desk.evaluate(path)
    assert outcome == (
        3,
        "id,prison,no_case\na,excluded,possible\n7,possible,possible\n",
        f"{path}:2: {why}\n{path}: rows not evaluated: 1 of 3.\n",
    )


@pytest.mark.parametrize(("name", "most"), [("MAX_BATCH_ROWS", 1), ("MAX_BATCH_BYTES", 1), ("MAX_BATCH_BYTES", 30)])
def test_lines_of_json_are_numbered_through_the_file_however_many_are_read_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    monkeypatch.setattr(json_rows, name, most)
    path = desk.write('{"left": true}\n\n{"left": false}\n{"left": 1}\n{"id": "last"}', "a.ndjson")
    outcome = desk.evaluate(path)
    statuses = "id,prison,no_case\n1,possible,excluded\n3,excluded,possible\nlast,possible,possible\n"
    told = f"{path}:4: left: {TRUTH}\n{path}: rows not evaluated: 1 of 4.\n"
    assert outcome == (3, statuses, told)


def test_of_very_many_keys_without_a_question_the_first_are_told_and_the_rest_counted(desk: Desk) -> None:
    keys = [f"k{number}" for number in range(60_000)]
    path = desk.write(json.dumps(dict.fromkeys(keys, 1)) + "\n{" + '"a": 1, ' * 60_000 + '"left": true}', "a.ndjson")
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.out) == (3, "id,prison,no_case\n")
    *first, last, second_row, _counted = outcome.err.splitlines()
    assert [line.partition("'")[2].partition("'")[0] for line in first] == keys[:20]
    told = "more keys that are no questions: 59980. An empty table with the right columns is written by:"
    assert last == f"{path}:1: {told} assistant template --output cases.csv"
    assert second_row == f"{path}:2: a: this key is here a second time. Take one of them away."


def test_a_list_in_json_is_told_by_the_number_of_its_entry(desk: Desk) -> None:
    path = desk.write('[{"left": false}, {"left": "no"}, 3, {"days": 1, "days": 2}]', "a.json")
    outcome = desk.evaluate(path)
    assert outcome.out == "id,prison,no_case\n1,excluded,possible\n"
    assert outcome.err.splitlines() == [
        f"{path}:2: left: {TRUTH}",
        f"{path}:3: this is no JSON object. A row is one flat object.",
        f"{path}:4: days: this key is here a second time. Take one of them away.",
        f"{path}: rows not evaluated: 3 of 4.",
    ]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_days_that_no_calendar_here_has_are_rejected_alone(desk: Desk, name: str) -> None:
    numbers = polars.Series([-3_000_000, 19_000, None, 1 << 30], dtype=polars.Int32)
    frame = polars.DataFrame({"day": numbers.cast(polars.Date), "left": False})
    path = desk.write(parquet(frame) if name.endswith("parquet") else arrow(frame), name)
    rejects = desk.folder / "rejects.ndjson"
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.out) == (3, "id,prison,no_case\n2,excluded,established\n3,excluded,possible\n")
    why = DAY
    assert outcome.err.splitlines()[:2] == [f"{path}:{row}: day: {why}" for row in (1, 4)]
    assert desk.evaluate(path, "--rejects", rejects).code == 3
    written = [json.loads(json.loads(line)["original"])["day"] for line in rejects.read_text("utf-8").splitlines()]
    assert written == ["-3000000", str(1 << 30)]


def test_of_very_many_wrong_columns_the_first_are_told_and_the_rest_counted(desk: Desk) -> None:
    path = desk.write("id," + ",".join(f"c{number}" for number in range(90_000)), "a.csv")
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.out) == (2, "")
    *first, last = outcome.err.splitlines()
    assert [line.partition(" ")[0] for line in first] == [f"{path}:1:{column}:" for column in range(2, 22)]
    told = "columns that are wrong from here on: 89980. An empty table with the right columns is written by:"
    assert last == f"{path}:1:22: {told} assistant template --output cases.csv"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.csv",
            b"id,left,,\n",
            "1:3: столбцов без названия: 2; это первый. Уберите эти столбцы или назовите их по вопросам.",
        ),
        (
            "a.csv",
            b"sep=;\n",
            "1:1: эта строка нужна только электронной таблице. Уберите её: столбцы называет первая строка.",
        ),
        ("a.csv", b'"id";"left"\n', "1:1: ячейки разделены не так: точки с запятой, а нужны запятые. "),
        ("a.json", b"[{]", "1:3: это не JSON. Проверьте скобки, кавычки и запятые вблизи этого места."),
        ("a.ndjson", b"[1]", "1: это список JSON, а не объект. Файл со списком объектов называется .json."),
        ("a.ndjson", b"{", "1: это не JSON. Строка — это один плоский объект, записанный в одну строку файла."),
        ("a.csv", b"id,left\na\n", "2: ячеек в этой строке: 1, в заголовке: 2. Нужна ячейка для каждого столбца"),
        (
            "a.csv",
            b"id,left\na,,,\n",
            "2: ячеек в этой строке: 4, в заголовке: 2. Ячейку с разделителем внутри заключите",
        ),
        (
            "a.csv",
            b'id,left\n"a"b,\n',
            "2: кавычки в этой строке расставлены неверно. Заключите в кавычки всю ячейку",
        ),
    ],
)
def test_what_is_wrong_is_told_in_russian_too(desk: Desk, name: str, content: bytes, told: str) -> None:
    path = desk.write(content, name)
    assert desk.evaluate(path, "--lang", "ru").err.startswith(f"{path}:{told}")


@pytest.mark.parametrize("dtype", [polars.Int8, polars.Int16, polars.UInt64, polars.String])
def test_numbers_of_any_width_are_numbers(desk: Desk, dtype: polars.DataType) -> None:
    frame = polars.DataFrame({"left": [True, True], "days": [11, 3]}).with_columns(polars.col("days").cast(dtype))
    outcome = desk.evaluate(desk.write(parquet(frame), "a.parquet"))
    assert outcome == (0, "id,prison,no_case\n1,established,excluded\n2,possible,excluded\n", "")


@pytest.mark.parametrize("name", ["cases.xlsx", "CASES.ODS"])
@pytest.mark.parametrize("words", [(), ("--output", "out.csv")])
def test_who_brings_a_spreadsheet_is_told_how_to_save_it(desk: Desk, name: str, words: tuple[str, ...]) -> None:
    path = desk.write(b"PK\x03\x04", name)
    message = f"{path}: this is a spreadsheet. Save it as CSV in UTF-8, with commas.\n"
    assert desk.evaluate(path, *words) == (2, "", message)


def test_a_strange_column_is_to_be_taken_away_where_no_question_has_a_near_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("id,комментарий\n", "utf-8")
    message = "1:2: there is no question 'комментарий'. Take it away, or name it after a question."
    assert run("evaluate", path) == (2, "", f"{path}:{message}\n")


def test_a_folder_without_tables_is_told_and_no_result_is_made_of_it(desk: Desk) -> None:
    scenario = desk.write("{id: case, answers: {left: true}}", "cases/case.yaml")
    outcome = desk.evaluate(scenario.parent, "--output", desk.folder / "statuses.csv")
    assert outcome.code == 2
    assert outcome.err.startswith("For tables only: --output. Leave that out, or name a table.")
    assert [path.name for path in desk.folder.iterdir()] == ["cases"]


def test_a_file_without_an_ending_is_no_folder_for_results(desk: Desk) -> None:
    path, output = desk.write(f"{HEADER}\n{ROW}\n", "a.csv"), desk.write("mine", "statuses")
    outcome = desk.evaluate(path, "--output", output, "--overwrite")
    assert outcome.code == 2
    assert outcome.err.startswith(f"{output}: no format is known by this name.")
    assert output.read_text() == "mine"


@pytest.mark.parametrize(
    ("output", "rejects", "told"),
    [
        ("cases.csv", None, "this is the table itself."),
        ("in/../cases.csv", None, "this is the table itself."),
        ("out.csv", "cases.csv", "this is the table itself."),
        (None, "cases.csv", "this is the table itself."),
        ("out.csv", "in/../out.csv", "the result goes into this file."),
        (".", None, "this is the table itself."),
        ("out", "out", "the result goes into this file."),
    ],
)
@pytest.mark.parametrize("words", [(), ("--overwrite",)])
def test_no_table_is_written_over_by_what_is_made_of_it(
    desk: Desk, output: str | None, rejects: str | None, told: str, words: tuple[str, ...]
) -> None:
    text = f"{HEADER}\n{ROW}\nshort\n"
    path = desk.write(text, "cases.csv")
    (desk.folder / "in").mkdir()
    named = [("--output", output), ("--rejects", rejects)]
    files = [word for option, name in named if name for word in (option, desk.folder / name)]
    outcome = desk.evaluate(path, *files, *words)
    assert (outcome.code, outcome.out) == (2, "")
    if words:  # without them it may be told that there is a file of this name
        assert told in outcome.err
    assert path.read_text() == text
    made = [file.name for file in desk.folder.rglob("*") if file.is_file() and file.name != "finished.ndjson"]
    assert made == ["cases.csv"]


def test_a_table_is_not_written_over_through_another_name_of_it(desk: Desk) -> None:
    path, link = desk.write(f"{HEADER}\n{ROW}\n", "cases.csv"), desk.folder / "link.csv"
    link.symlink_to(path)
    message = f"{path}: this is the table itself. Choose another name.\n"
    assert desk.evaluate(link, "--output", path, "--overwrite") == (2, "", message)
