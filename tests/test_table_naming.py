"""What `assistant evaluate` makes of the names it is given: tables, scenario files, folders of both, and neither."""

import os
import subprocess
import sys
from pathlib import Path

import polars
import pytest

from assistant.tables.reading.file_types import FILE_TYPES
from tests.support.project import SOUND, Desk

CASES = "id,left\ncase,false\n"
STATUSES = "id,prison,no_case\ncase,excluded,possible\n"
SCENARIO = "{id: case, answers: {left: false}}"
TABLES = ", ".join(FILE_TYPES)
APART = "Evaluate tables and scenario files one after the other."
APART_IN_RUSSIAN = "Оценивайте таблицы и файлы со сценариями по отдельности."


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_with_one_table_is_evaluated_like_the_table(desk: Desk) -> None:
    folder = desk.write(CASES, "in/cases.csv").parent
    assert desk.evaluate(folder) == (0, STATUSES, "")


@pytest.mark.parametrize("words", [(), ("--format", "ndjson"), ("--rejects", "bad")])
def test_a_folder_of_tables_needs_a_folder_for_the_results(desk: Desk, words: tuple[str, ...]) -> None:
    folder = desk.write(CASES, "in/a.csv").parent
    desk.write(CASES, "in/b.csv")
    message = f"{folder}: several tables do not fit into one. Name a folder with --output.\n"
    assert desk.evaluate(folder, *words) == (2, "", message)
    told = f"{folder}: несколько таблиц не помещаются в одну. Назовите папку через --output.\n"
    assert desk.evaluate(folder, *words, "--lang", "ru") == (2, "", told)


@pytest.mark.parametrize("table", ["a.csv", "within/a.csv"])
def test_tables_in_a_folder_of_scenarios_are_told_and_do_not_keep_the_scenarios_back(desk: Desk, table: str) -> None:
    folder = desk.write(SCENARIO, "in/case.yaml").parent
    desk.write(CASES, f"in/{table}")
    desk.write(CASES, "in/.hidden.csv")
    outcome = desk.evaluate(folder)
    assert outcome.code == 0
    assert outcome.out.startswith("case\n")
    assert outcome.err == f"{folder}: tables in this folder that were not evaluated: 1. {APART}\n"
    told = f"{folder}: не оценено таблиц в этой папке: 1. {APART_IN_RUSSIAN}\n"
    assert desk.evaluate(folder, "--lang", "ru").err == told


def test_scenarios_in_a_folder_of_tables_are_told(desk: Desk) -> None:
    folder = desk.write(CASES, "in/a.csv").parent
    desk.write(SCENARIO, "in/case.yaml")
    told = f"{folder}: scenario files in this folder that were not evaluated: 1. {APART}\n"
    assert desk.evaluate(folder, "--output", desk.folder / "out") == (0, "", told)
    assert names(desk.folder / "out") == ["a.csv", "finished.ndjson"]
    told = f"{folder}: не оценено файлов сценариев в этой папке: 1. {APART_IN_RUSSIAN}\n"
    assert desk.evaluate(folder, "--output", desk.folder / "other", "--lang", "ru") == (0, "", told)


def test_tables_in_folders_inside_of_a_folder_are_told_and_own_results_are_none(desk: Desk) -> None:
    folder = desk.write(CASES, "in/a.csv").parent
    desk.write(CASES, "in/2024/b.csv")
    words = (folder, "--output", folder / "results", "--resume")
    message = "tables in folders inside of this one that were not evaluated: 1. Name these folders too."
    for _time in range(2):
        assert desk.evaluate(*words) == (0, "", f"{folder}: {message}\n")
    assert desk.evaluate(folder) == (0, STATUSES, f"{folder}: {message}\n")


@pytest.mark.parametrize("other", ["--output", "--rejects"])
def test_results_do_not_go_among_the_tables_of_a_folder(desk: Desk, other: str) -> None:
    folder = desk.write(CASES, "in/a.csv").parent
    words = {"--output": desk.folder / "out", other: folder / ".." / "in"}
    outcome = desk.evaluate(folder, *(word for pair in words.items() for word in pair), "--format", "parquet")
    assert outcome == (2, "", f"{words[other]}: the tables are in this folder. Name another one.\n")
    assert (names(desk.folder), names(folder)) == (["in"], ["a.csv"])
    russian = desk.evaluate(folder, *(word for pair in words.items() for word in pair), "--lang", "ru")
    assert russian.err == f"{words[other]}: таблицы находятся в этой папке. Укажите другую.\n"


def test_a_folder_whose_tables_are_all_in_folders_inside_of_it_is_told(desk: Desk) -> None:
    inside = desk.write(CASES, "in/2024/a.csv").parent
    told = "there is no table in this folder. There are tables in folders inside of it: name these, as in"
    for words in ((), ("--output", desk.folder / "out")):
        assert desk.evaluate(inside.parent, *words) == (2, "", f"{inside.parent}: {told} {inside}.\n")
    told = "в этой папке нет таблиц. Таблицы есть во вложенных папках: укажите их, например"
    assert desk.evaluate(inside.parent, "--lang", "ru").err == f"{inside.parent}: {told} {inside}.\n"


def test_spreadsheets_in_a_folder_are_told_whatever_else_is_in_it(desk: Desk) -> None:
    folder = desk.write(b"PK\x03\x04", "in/Cases.XLSX").parent
    desk.write(b"opened", "in/~$Cases.XLSX")
    out = ("--output", desk.folder / "out")
    told = (
        f"{folder}: spreadsheets in this folder that were not evaluated: 1. Save them as CSV in UTF-8, with commas.\n"
    )
    in_russian = "не оценено электронных таблиц в этой папке: 1. Сохраните их как CSV в UTF-8, с запятыми.\n"
    outcome = desk.evaluate(folder)
    assert (outcome.code, outcome.out, outcome.err.endswith(f"\n{told}")) == (2, "", True)
    message = "there is no table in this folder. Save the spreadsheets in it as CSV in UTF-8, with commas."
    assert desk.evaluate(folder, *out) == (2, "", f"{folder}: {message}\n")
    desk.write(CASES, "in/a.csv")
    assert desk.evaluate(folder) == (0, STATUSES, told)
    assert desk.evaluate(folder, "--lang", "ru").err == f"{folder}: {in_russian}"
    desk.write(SCENARIO, "in/case.yaml")
    assert desk.evaluate(folder).err.splitlines()[-1] == told.strip()
    assert desk.evaluate(folder, *out, "--overwrite").err.splitlines()[-1] == told.strip()


@pytest.mark.parametrize("name", ["cases.csv.gz", "cases.ZIP"])
def test_who_brings_a_packed_file_is_told_to_unpack_it(desk: Desk, name: str) -> None:
    path = desk.write(b"PK\x03\x04", name)
    told = f"{path}: this is a packed file. Unpack it, and name what was in it.\n"
    assert desk.evaluate(path) == (2, "", told)
    told = f"{path}: это упакованный файл. Распакуйте его и укажите то, что в нём было.\n"
    assert desk.evaluate(path, "--lang", "ru") == (2, "", told)


@pytest.mark.parametrize("name", ["cases.txt", "cases", "cases.csv.bak"])
@pytest.mark.parametrize("content", [CASES, SCENARIO])
@pytest.mark.parametrize("words", [(), ("--output", "out.csv"), ("--json",)])
def test_what_is_called_neither_table_nor_scenario_is_not_guessed(
    desk: Desk, name: str, content: str, words: tuple[str, ...]
) -> None:
    path = desk.write(content, name)
    message = "by its name, this is neither a scenario file nor a table. Give it the ending of its real format."
    endings = f"Scenario files end in .yaml, .yml; tables end in {TABLES}."
    assert desk.evaluate(path, *words) == (2, "", f"{path}: {message} {endings}\n")
    assert names(desk.folder) == [name]
    message = "судя по имени, это не файл сценария и не таблица. Назовите файл по его настоящему формату."
    assert desk.evaluate(path, *words, "--lang", "ru").err.startswith(f"{path}: {message} Имена файлов сценариев")


@pytest.mark.parametrize("words", [(), ("--output", "out.csv")])
def test_a_file_that_is_not_there_is_told_whatever_its_name(desk: Desk, words: tuple[str, ...]) -> None:
    path = desk.folder / "cases"
    message = "the file cannot be read: No such file or directory. Check its name and its permissions."
    assert desk.evaluate(path, *words) == (2, "", f"{path}: {message}\n")


def test_standard_output_is_not_named(desk: Desk) -> None:
    path = desk.write(CASES, "a.csv")
    told = "-: this is no name for a file. Leave --output out: then it is the standard output.\n"
    assert desk.evaluate(path, "--output", "-") == (2, "", told)
    told = "-: это не имя файла. Уберите --output: тогда вывод пойдёт в стандартный поток.\n"
    assert desk.evaluate(path, "--output", "-", "--lang", "ru") == (2, "", told)


@pytest.mark.parametrize(
    ("words", "told", "in_russian"),
    [
        (
            ("a.csv", "--output", "out.csv", "--resume"),
            "out.csv: --resume is for a folder of results. Name a folder with --output.",
            "out.csv: --resume — для папки с результатами. Назовите папку через --output.",
        ),
        (
            ("a.csv", "--resume"),
            "a.csv: --resume is for a folder of results. Name a folder with --output.",
            "a.csv: --resume — для папки с результатами. Назовите папку через --output.",
        ),
        (
            ("a.csv", "b.csv", "--output", "out.parquet"),
            "out.parquet: several tables do not fit into one. Name a folder with --output.",
            "out.parquet: несколько таблиц не помещаются в одну. Назовите папку через --output.",
        ),
        (
            ("a.csv", "b.csv", "--output", "out", "--rejects", "bad.csv"),
            "bad.csv: if results go into a folder, so do the rejected rows. Name a folder with --rejects.",
            "bad.csv: если результаты пишутся в папку, отклонённые строки — тоже. Назовите папку через --rejects.",
        ),
        (
            ("a.csv", "--output", "out", "--rejects", "bad.csv"),
            "bad.csv: if results go into a folder, so do the rejected rows. Name a folder with --rejects.",
            "bad.csv: если результаты пишутся в папку, отклонённые строки — тоже. Назовите папку через --rejects.",
        ),
        (
            ("a.csv", "--output", "out.md", "--explain"),
            "out.md: figures have no place for explanations. Leave --explain out, or write a table.",
            "out.md: в сводных цифрах нет места для пояснений. Уберите --explain или запишите таблицу.",
        ),
        (
            ("a.csv", "b.csv", "--output", "out", "--format", "html", "--explain"),
            "out: figures have no place for explanations. Leave --explain out, or write a table.",
            "out: в сводных цифрах нет места для пояснений. Уберите --explain или запишите таблицу.",
        ),
    ],
)
def test_what_has_the_name_of_a_file_is_no_folder_and_what_is_asked_in_vain_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str, in_russian: str
) -> None:
    desk.write(CASES, "a.csv")
    desk.write(CASES, "b.csv")
    monkeypatch.chdir(desk.folder)
    assert desk.evaluate(*words) == (2, "", f"{told}\n")
    assert desk.evaluate(*words, "--lang", "ru") == (2, "", f"{in_russian}\n")
    assert names(desk.folder) == ["a.csv", "b.csv"]


def test_how_to_write_over_a_file_is_told_where_it_can_be(desk: Desk) -> None:
    path, taken = desk.write(CASES, "a.csv"), desk.write("mine", "out.csv")
    message = "there is a file of this name. Choose another name, or say --overwrite."
    for words in (
        ("--output", taken),
        ("--rejects", taken),
        ("--output", desk.folder / "other.csv", "--rejects", taken),
    ):
        assert desk.evaluate(path, *words) == (2, "", f"{taken}: {message}\n")
    message = "файл с таким именем уже есть. Выберите другое имя или добавьте --overwrite."
    assert desk.evaluate(path, "--output", taken, "--lang", "ru").err == f"{taken}: {message}\n"
    assert taken.read_text() == "mine"
    assert desk.evaluate(path, "--output", taken, "--overwrite") == (0, "", "")


def test_a_loop_of_links_is_no_name_for_a_result_or_a_table(desk: Desk) -> None:
    path, loop = desk.write(CASES, "in/a.csv"), desk.folder / "loop.csv"
    loop.symlink_to(loop)
    message = "this is not a regular file. Name a regular file."
    assert desk.evaluate(path, "--output", loop) == (2, "", f"{loop}: {message}\n")
    assert desk.evaluate(path.parent, "--output", loop) == (2, "", f"{loop}: {message}\n")
    message = "the file cannot be read: Too many levels of symbolic links. Check its name and its permissions."
    assert desk.evaluate(loop) == (2, "", f"{loop}: {message}\n")


@pytest.mark.parametrize("name", [b"caf\xe9.csv", b"caf\xe9.parquet"])
def test_a_name_that_is_not_utf_8_is_read_or_refused(desk: Desk, name: bytes) -> None:
    path = desk.folder / os.fsdecode(name)
    frame = polars.DataFrame({"id": ["case"], "left": ["false"]})
    with path.open("wb") as file:
        frame.write_csv(file) if name.endswith(b"csv") else frame.write_parquet(file)
    outcome = desk.evaluate(path)
    if name.endswith(b"csv"):
        assert outcome == (0, STATUSES, "")
    else:
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.endswith(": the name of the file, or of its folder, is not UTF-8. Rename it.\n")


def test_no_empty_folder_is_left_of_a_run_that_made_nothing(desk: Desk) -> None:
    path = desk.write("no,table\n", "a.csv")
    there = desk.folder / "there"
    there.mkdir()
    words = ("--output", desk.folder / "new" / "out", "--rejects", there)
    assert desk.evaluate(path, *words).code == 2
    assert not (desk.folder / "new" / "out").exists()
    assert there.is_dir()


def test_standard_input_is_not_read(desk: Desk) -> None:
    assert desk.evaluate("-") == (2, "", "-: standard input is not read. Name a file.\n")
    assert desk.evaluate("-", "--lang", "ru").err == "-: стандартный ввод не читается. Укажите файл.\n"


@pytest.mark.parametrize("words", [(), ("--output", "out.csv")])
def test_a_name_that_no_file_can_have_is_told(desk: Desk, words: tuple[str, ...]) -> None:
    path = desk.folder / ("x" * 300 + ".csv")
    message = "the file or folder cannot be read: File name too long. Check its name and its permissions."
    assert desk.evaluate(path, *words) == (2, "", f"{path}: {message}\n")
    message = "the file cannot be written: File name too long. Choose another name or folder."
    for options in (("--output", path), ("--rejects", path), ("--output", desk.folder / "out", "--rejects", path)):
        assert desk.evaluate(desk.write(CASES, "a.csv"), *options) == (2, "", f"{path}: {message}\n")
    assert names(desk.folder) == ["a.csv"]


def test_tables_and_scenario_files_are_not_evaluated_together(desk: Desk) -> None:
    table, scenario = desk.write(CASES, "a.csv"), desk.write(SCENARIO)
    assert desk.evaluate(table, scenario) == (2, "", f"{scenario}: this is no table. {APART}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--explain",), "--explain"),
        (("--rejects", "bad.csv", "--format", "csv"), "--rejects, --format"),
        (("--exact", "--resume", "--overwrite"), "--exact, --resume, --overwrite"),
    ],
)
def test_what_is_for_tables_is_not_passed_over_with_scenarios(desk: Desk, words: tuple[str, ...], told: str) -> None:
    path = desk.write(SCENARIO)
    message = f"For tables only: {told}. Leave that out, or name a table.\n"
    assert desk.evaluate(path, *words) == (2, "", message)
    message = f"Только для таблиц: {told}. Уберите это или укажите таблицу.\n"
    assert desk.evaluate(path, *words, "--lang", "ru") == (2, "", message)


def test_what_is_for_scenarios_is_not_passed_over_with_tables(desk: Desk) -> None:
    path = desk.write(CASES, "a.csv")
    message = "--json is for scenario files. The format of a table is the ending of --output, or --format.\n"
    assert desk.evaluate(path, "--json") == (2, "", message)
    message = "--json — для файлов сценариев. Формат таблицы задаёт окончание имени в --output или --format.\n"
    assert desk.evaluate(path, "--json", "--lang", "ru") == (2, "", message)


def test_scenario_files_are_evaluated_without_the_data_frame_library(desk: Desk) -> None:
    folder = desk.write(SCENARIO, "in/case.yaml").parent
    desk.write(CASES, "in/a.csv")
    program = "import sys; from assistant.cli import main; code = main(sys.argv[1:]); sys.exit('polars' in sys.modules)"
    words = [sys.executable, "-c", program, "evaluate", "--rulebook", str(SOUND), str(folder)]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_a_number_that_has_no_room_in_64_bits_with_a_sign_is_told_with_what_to_do(desk: Desk) -> None:
    path = desk.folder / "cases.parquet"
    polars.DataFrame({"days": [1 << 63, 11]}, schema={"days": polars.UInt64}).write_parquet(path)
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.out) == (3, "id,prison,no_case\n2,possible,possible\n")
    told = f"{path}:1: days: this number is too large. Take a smaller one, or leave the cell empty."
    assert outcome.err.splitlines()[0] == told
    told = f"{path}:1: days: это число слишком велико. Возьмите число поменьше или оставьте ячейку пустой."
    assert desk.evaluate(path, "--lang", "ru").err.splitlines()[0] == told
