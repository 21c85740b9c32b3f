"""The columns of tables of scenarios."""

import datetime
import re
import shutil

import polars
import pytest

from assistant.documents.problem import InputError
from assistant.rulebook.model import Rule, Rulebook
from assistant.tables.column_names import check_ids
from assistant.tables.reading.columns import STATUS, input_schema, output_schema
from tests.support.project import SOUND, Desk
from tests.support.random_rulebooks import CITES, question, rulebook


def test_every_question_and_every_finding_has_a_column_in_the_order_of_the_rulebook(sound: Rulebook) -> None:
    asked, found = list(input_schema(sound)), list(output_schema(sound))
    assert asked == ["id", *(each.id for each in sound.questions)]
    assert found == ["id", "contradictions", *(each.id for each in sound.findings)]


def test_a_column_takes_only_the_answers_that_its_question_takes(sound: Rulebook) -> None:
    row = {"id": "case", "left": True, "days": 11, "place": "russia", "day": datetime.date(2022, 3, 1)}
    assert polars.DataFrame([row], schema=input_schema(sound)).rows(named=True) == [row]
    with pytest.raises(polars.exceptions.InvalidOperationError):
        polars.DataFrame({"place": ["elsewhere"]}, schema_overrides={"place": input_schema(sound)["place"]})


def test_an_explanation_adds_its_columns_at_the_end(sound: Rulebook) -> None:
    with_reasons = output_schema(sound, explain=True)
    assert list(with_reasons)[-3:] == ["rules", "open_rules", "citations"]
    assert set(with_reasons.dtypes()) == {polars.String(), STATUS}


def test_an_id_that_is_the_name_of_another_column_is_reported(sound: Rulebook) -> None:
    book = rulebook([question("id")], [Rule(id="r", concludes="rules", when={"id": True}, cites=CITES)])
    with pytest.raises(InputError) as refused:
        check_ids(book)
    assert [problem.message for problem in refused.value.problems] == [
        "the id 'id' is the name of another column in tables of scenarios.",
        "the id 'rules' is the name of another column in tables of scenarios.",
    ]
    check_ids(sound)


@pytest.mark.parametrize("words", [("evaluate", "cases.csv"), ("export", "sql", "--dialect", "duckdb")])
def test_a_rulebook_with_such_an_id_is_used_for_no_table(
    desk: Desk, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = desk.folder / "book"
    shutil.copytree(SOUND, folder)
    for file in folder.rglob("*.yaml"):
        file.write_text(re.sub(r"\bplace\b", "id", file.read_text("utf-8")), "utf-8")
    monkeypatch.chdir(desk.folder)
    desk.write("id\ncase\n", "cases.csv")
    outcome = desk.run(*words, "--rulebook", "book")
    assert (outcome.code, outcome.out) == (2, "")
    assert "the id 'id' is the name of another column in tables of scenarios. Rename it." in outcome.err
