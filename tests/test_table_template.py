"""`assistant template`: an empty table that can be evaluated as it is, and what its columns mean."""

import csv

import pytest

from assistant.tables.reading.file_types import FORMATS
from tests.support.project import SOUND, Desk

ONLY = "if the answer is only partly known; then '{}' stays empty"


@pytest.mark.parametrize("ranges", [(), ("--ranges",)])
@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_table_can_be_evaluated_and_that_it_has_no_case_is_said(
    desk: Desk, ending: str, ranges: tuple[str, ...]
) -> None:
    path = desk.folder / f"empty.{ending}"
    assert desk.run("template", "--rulebook", SOUND, *ranges, "--output", path) == (0, "", "")
    assert path.stat().st_mode & 0o777 == 0o600
    row = "1,possible,possible\n" if ending == "ndjson" else ""
    said = "" if row else f"{path}: there is no case in this table.\n"
    assert desk.evaluate(path) == (0, f"id,prison,no_case\n{row}", said)


def test_the_columns_are_id_and_the_questions(desk: Desk) -> None:
    assert desk.run("template", "--rulebook", SOUND) == (0, "id,day,left,days,place\n", "")
    with_ends = "id,day,day_from,day_to,left,days,days_from,days_to,place\n"
    assert desk.run("template", "--rulebook", SOUND, "--ranges") == (0, with_ends, "")


def test_the_dictionary_says_what_may_stand_in_each_column(desk: Desk) -> None:
    outcome = desk.run("template", "--rulebook", SOUND, "--dictionary", "--format", "csv")
    assert list(csv.reader(outcome.out.splitlines()))[2:] == [
        ["day", "On which day?", "date", "year-month-day, as in 2022-09-24, or a month, as in 2022-09"],
        ["day_from", "On which day?", "date", f"the first day that it can be, {ONLY.format('day')}"],
        ["day_to", "On which day?", "date", f"the last day that it can be, {ONLY.format('day')}"],
        ["left", "Did he leave?", "yes/no", "true, false"],
        ["days", "For how many days?", "number", "a whole number; the least is 0"],
        ["days_from", "For how many days?", "number", f"the least that it can be, {ONLY.format('days')}"],
        ["days_to", "For how many days?", "number", f"the most that it can be, {ONLY.format('days')}"],
        ["place", "Where was he?", "choice", "russia — In Russia; ukraine — In Ukraine"],
    ]


def test_the_dictionary_is_markdown_in_which_every_character_is_literal(desk: Desk) -> None:
    outcome = desk.run("template", "--rulebook", SOUND, "--dictionary")
    assert "| `left` | Did he leave? | yes/no | true, false |" in outcome.out.splitlines()
    assert "| `days` | For how many days? | number | a whole number; the least is 0 |" in outcome.out.splitlines()


def test_the_dictionary_is_in_the_language_of_the_reader(desk: Desk) -> None:
    assert "| `refusal` | Отказался ли он? | выбор | " in desk.run("template", "--dictionary", "--lang", "ru").out


def test_a_format_that_is_not_known_is_told(desk: Desk) -> None:
    outcome = desk.run("template", "--rulebook", SOUND, "--output", desk.folder / "a.xlsx")
    assert outcome.code == 2
    endings = ", ".join(f".{form}" for form in FORMATS)
    assert outcome.err.endswith(f"Its name ends in one of {endings}.\n")


@pytest.mark.parametrize("words", [("--format", "tsv"), ("--dictionary", "--format", "md")])
def test_no_template_is_written_in_another_format_than_its_name_says(desk: Desk, words: tuple[str, ...]) -> None:
    path = desk.folder / "cases.csv"
    message = f"{path}: the ending of its name is the format. Leave --format out.\n"
    assert desk.run("template", "--rulebook", SOUND, *words, "--output", path) == (2, "", message)
    assert not path.exists()
