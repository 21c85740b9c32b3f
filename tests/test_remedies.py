"""What a message about a file says to do: for what people and their programs really write."""

import json
from pathlib import Path

import polars
import pytest

from tests.support.project import ROOT, SOUND, Desk, Run

TRUTH = "true or false is needed here."
IN_A_TABLE = "Write true or false, or as a spreadsheet does: TRUE, FALSE, ИСТИНА, ЛОЖЬ."
REMEDY = "Write true or false: in small letters, without quotes or spaces."


@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet"])
@pytest.mark.parametrize(
    ("word", "prison"),
    [
        *((word, "established") for word in ("true", "True", "TRUE", "ИСТИНА")),
        *((word, "excluded") for word in ("false", "False", "FALSE", "ЛОЖЬ")),
    ],
)
def test_a_cell_says_yes_or_no_as_pandas_and_spreadsheets_write_it(
    desk: Desk, ending: str, word: str, prison: str
) -> None:
    frame = polars.DataFrame({"id": ["case"], "left": [word], "days": ["11"]})
    path = desk.folder / f"a.{ending}"
    if ending == "parquet":
        frame.write_parquet(path)
    else:
        frame.write_csv(path, separator="\t" if ending == "tsv" else ",")
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1].split(",")[1] == prison


@pytest.mark.parametrize("word", ["VRAI", "WAHR", "1", "yes", "Yes ", "да", " true", "true ", "истина", "tRUE", "T"])
def test_any_other_word_for_yes_is_refused_with_what_to_write(desk: Desk, word: str) -> None:
    path = desk.write(f"id,left\ncase,{word}\nhome,false\n", "a.csv")
    outcome = desk.evaluate(path)
    assert outcome.code == 3
    assert outcome.err.startswith(f"{path}:2: left: {TRUTH} {IN_A_TABLE}\n")


@pytest.mark.parametrize("word", ["True", "TRUE", "ИСТИНА", "yes", "1"])
def test_in_yaml_and_json_the_small_letters_are_said(desk: Desk, word: str) -> None:
    assert desk.told(f"id: case\nanswers: {{left: {word}}}\n") == [f"2:17: {TRUTH} {REMEDY}"]
    quoted = word if word.startswith('"') or word == "1" else f'"{word}"'
    path = desk.write(f'{{"left": {quoted}}}\n', "a.ndjson")
    assert desk.evaluate(path).err.startswith(f"{path}:1: left: {TRUTH} {REMEDY}\n")


@pytest.mark.parametrize("nothing", ["", " ", " null", " ~", " unknown", " # I do not know"])
def test_an_answer_with_nothing_behind_it_is_unknown(desk: Desk, nothing: str) -> None:
    path = desk.write(f"id: case\nanswers:\n  days:{nothing}\n  left: true\n")
    outcome = desk.evaluate("--json", path)
    assert (outcome.code, outcome.err) == (0, "")
    (report,) = json.loads(outcome.out)
    assert report["findings"]["prison"]["status"] == "possible"


LIST = '[\n{"id": "a", "left": true},\n{"id": "b", "left": false}\n]\n'


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n", "  "])
def test_a_list_over_several_lines_is_refused_as_a_whole(desk: Desk, name: str, before: str) -> None:
    path = desk.write(before + LIST, name)
    told = "this is one list in JSON. A list belongs in a .json file: rename it."
    assert desk.evaluate(path) == (2, "", f"{path}:1:1: {told}\n")
    outcome = desk.evaluate(path, "--lang", "ru")
    assert outcome.err == f"{path}:1:1: это один список JSON. Список хранится в файле .json: переименуйте файл.\n"


def test_a_very_long_list_is_refused_too(desk: Desk) -> None:
    rows = ",\n".join(json.dumps({"id": str(at), "left": True}) for at in range(60_000))
    path = desk.write(f"[\n{rows}\n]\n", "a.ndjson")
    assert desk.evaluate(path).code == 2


def test_an_object_over_several_lines_is_refused_as_a_whole(desk: Desk) -> None:
    path = desk.write("\n" + json.dumps({"id": "a", "left": True}, indent=2) + "\n" + '{"id": "b"}\n', "a.ndjson")
    told = "an object goes over several lines here. "
    told += "Write each object on a line of its own, or a list of them in a .json file."
    assert desk.evaluate(path) == (2, "", f"{path}:2:1: {told}\n")


def test_one_bad_first_line_does_not_keep_the_rest_back(desk: Desk) -> None:
    path = desk.write('{"id": "a", "left": tru}\n{"id": "b", "left": true}\n', "a.ndjson")
    outcome = desk.evaluate(path)
    assert (outcome.code, outcome.out.splitlines()[1].split(",")[0]) == (3, "b")


def test_lines_of_objects_in_a_json_file_are_named_for_what_they_are(desk: Desk) -> None:
    path = desk.write('{"id": "a"}\n{"id": "b"}\n', "a.json")
    told = "this is not a list of objects in JSON. A file with an object a line is called .ndjson."
    assert desk.evaluate(path) == (2, "", f"{path}:1:1: {told}\n")


NBSP = "\u00a0"


@pytest.mark.parametrize(
    "text",
    [
        f"id: case\nanswers:\n{NBSP}{NBSP}left: true\n",
        f"id: case\nanswers:\n {NBSP}left: true\n",
        f"id: case\n{NBSP}answers: {{}}\n",
        f"-{NBSP}id: case\n{NBSP} answers: {{}}\n",
        f"id:{NBSP}case\nanswers: {{}}\n",
        f"id: case\ntitle: two\n{NBSP} words\n{NBSP}answers: {{}}\n",
    ],
)
def test_a_space_that_yaml_does_not_know_is_named_by_its_code(desk: Desk, text: str) -> None:
    assert "U+00A0 (NO-BREAK SPACE)" in "\n".join(desk.told(text))


def test_a_no_break_space_in_prose_is_kept(desk: Desk) -> None:
    path = desk.write(f"id: case\ntitle: art.{NBSP}332\nanswers: {{}}\n")
    assert desk.evaluate(path).code == 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{id: case, answers: {lеft: true}}", "U+0435 (CYRILLIC SMALL LETTER IE)"),
        ("{id: case, аnswers: {}}", "U+0430 (CYRILLIC SMALL LETTER A)"),
        ("{id: case, answers: {place: russiа}}", "U+0430 (CYRILLIC SMALL LETTER A)"),
        (f'{{id: case, answers: {{place: "russia{NBSP}"}}}}', "U+00A0 (NO-BREAK SPACE)"),
        ("{id: case, answers: {left: truе}}", "U+0435 (CYRILLIC SMALL LETTER IE)"),
        ("{id: case, answers: {day: 2022‑09‑24}}", "U+2011 (NON-BREAKING HYPHEN)"),
        ("{id: case, answers: {days: −3}}", "U+2212 (MINUS SIGN)"),
        ("{id: case, answers: {}, expect: {prisоn: possible}}", "U+043E (CYRILLIC SMALL LETTER O)"),
        ("{id: case, answers: {}, expect: {prison: pоssible}}", "U+043E (CYRILLIC SMALL LETTER O)"),
    ],
)
def test_a_letter_that_only_looks_right_is_named_in_a_scenario(desk: Desk, text: str, named: str) -> None:
    assert any(f"It contains {named}." in line for line in desk.told(text))


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.csv", "id,lеft\nx,true\n", "U+0435 (CYRILLIC SMALL LETTER IE)"),
        ("a.csv", f"id,left{NBSP}\nx,true\n", "U+00A0 (NO-BREAK SPACE)"),
        ("a.csv", "id,\u200bleft\nx,true\n", "U+200B (ZERO WIDTH SPACE)"),
        ("a.csv", "id,place\nx,ukrаine\n", "U+0430 (CYRILLIC SMALL LETTER A)"),
        ("a.csv", f"id,left\nx,true{NBSP}\n", "U+00A0 (NO-BREAK SPACE)"),
        ("a.csv", "id,days\nx,1２\n", "U+FF12 (FULLWIDTH DIGIT TWO)"),
        ("a.csv", "id,left\nx\u202e,true\n", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("a.ndjson", '{"lеft": true}\n', "U+0435 (CYRILLIC SMALL LETTER IE)"),
        ("a.ndjson", '{"place": "russiа"}\n', "U+0430 (CYRILLIC SMALL LETTER A)"),
        ("a.json", '[{"place": "russiа"}]\n', "U+0430 (CYRILLIC SMALL LETTER A)"),
    ],
)
def test_a_letter_that_only_looks_right_is_named_in_a_table(desk: Desk, name: str, content: str, named: str) -> None:
    outcome = desk.evaluate(desk.write(content, name))
    assert f"It contains {named}." in outcome.err
    assert outcome.code in {2, 3}


def test_a_letter_that_only_looks_right_is_named_in_an_option(run: Run, desk: Desk) -> None:
    path = desk.write("{id: case, answers: {}}")
    named = "It contains U+0430 (CYRILLIC SMALL LETTER A)."
    assert named in run("ask", "--rulebook", SOUND, "--scenario", path, "--id", "cаse").err
    assert "U+0430" in run("export", "sql", "--dialect", "spаrk").err


@pytest.mark.parametrize("answer", ["да", "не знаю", "Пётр", "ж"])
def test_a_word_in_another_language_is_not_called_a_disguise(desk: Desk, answer: str) -> None:
    assert "contains" not in "".join(desk.told(f"{{id: case, answers: {{left: {answer}}}}}"))


@pytest.mark.parametrize(
    "words",
    [
        ["evaluate", "nosuch"],
        ["evaluate", "nosuch.yaml"],
        ["evaluate", "nosuch.csv"],
        ["evaluate", "nosuch.ndjson"],
        ["evaluate", "nosuch.json"],
        ["evaluate", "nosuch.parquet"],
        ["evaluate", "nosuch.csv", "--output", "out.csv"],
        ["ask", "--open", "nosuch"],
        ["ask", "--scenario", "nosuch.yaml"],
        ["verify", "nosuch.json"],
        ["check", "--rulebook", "nosuch"],
        ["check", "--coverage", "--scenarios", "nosuch"],
        ["diff", "nosuch", str(ROOT)],
        ["relocate", "--rulebook", "nosuch"],
        ["site", "--output", "out", "--scenarios", "nosuch"],
    ],
)
def test_what_is_not_there_has_neither_line_nor_column(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    told = outcome.err.splitlines()[-1]
    assert told.startswith(("nosuch: ", f"{words[-1]}: ", f"{words[1]}: "))
    assert ":1:1" not in outcome.err


def test_a_list_of_many_items_and_a_mapping_of_many_keys_are_told_in_few_lines(desk: Desk) -> None:
    more = "there are more problems from here on. Correct the ones above first."
    answers = "".join(f"  key{at}: 1\n" for at in range(20_000))
    expected = "".join(f"  key{at}: [possible]\n" for at in range(20_000))
    for text in (f"id: case\nanswers:\n{answers}", f"id: case\nanswers: {{}}\nexpect:\n{expected}"):
        lines = desk.told(text)
        assert len(lines) == 101
        assert lines[-1].endswith(more)
    items = desk.told("- 1\n" * 40_000)
    assert len(items) == 12
    assert items[-2].endswith(more)
    assert "The same in 90 more places." in items[-1]


def test_more_values_than_any_scenario_has_are_refused_early(desk: Desk) -> None:
    (told,) = desk.told("- 1\n" * 600_000)
    assert told == "500000:3: there are more than 500,000 values in the file. Split it into smaller files."


def test_ten_thousand_rows_with_the_same_fault_are_summed_up(desk: Desk) -> None:
    path = desk.write("id,left,days\n" + "".join(f"{at},perhaps,{at % 7 - 1}\n" for at in range(10_000)), "a.csv")
    rejects = desk.folder / "bad.csv"
    outcome = desk.evaluate(path)
    lines = outcome.err.splitlines()
    assert outcome.code == 3
    assert lines[0] == f"{path}:2: left: {TRUTH} {IN_A_TABLE}"
    assert (
        lines[-3] == f"{path}: left: {TRUTH} {IN_A_TABLE} The same in 9990 more rows. The first: 12; the last: 10001."
    )
    assert lines[-2].startswith(
        f"{path}: days: this is too little for 'days'. Not less than 0. The same in 1419 more rows. "
    )
    assert lines[-1] == f"{path}: rows not evaluated: 10000 of 10000."
    assert len(lines) == 23
    assert desk.evaluate(path, "--output", desk.folder / "out.csv", "--rejects", rejects).code == 3
    assert rejects.read_text("utf-8").count("\n") == 10_001


def test_ever_other_faults_are_counted_in_the_end(desk: Desk) -> None:
    path = desk.write("".join(f'{{"key{at}": 1}}\n' for at in range(1_000)), "a.ndjson")
    lines = desk.evaluate(path).err.splitlines()
    assert len(lines) == 102
    assert lines[-2] == f"{path}: 900 more rows have other reasons. The first: 101; the last: 1000."


@pytest.mark.parametrize(
    ("language", "told"), [("en", "assistant ask --plain --lang en"), ("ru", "assistant ask --plain --lang ru")]
)
def test_without_a_terminal_the_way_line_by_line_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    outcome = run("ask", "--lang", language)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
