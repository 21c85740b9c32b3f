"""The rulebook as a query says in another database what the program says."""

import random
from pathlib import Path

import pytest
import sqlglot
from hypothesis import given

from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers, QuestionType
from assistant.tables.sql.export import DIALECTS, sql_text
from tests.support.duckdb_rows import rows_of_duckdb, rows_of_program
from tests.support.project import Run
from tests.support.random_rulebooks import any_answers, any_rulebook, any_small_rulebook, chances, thorough
from tests.support.table_rows import row_of_oracle


def hundred_people(book: Rulebook) -> list[Answers]:
    chance = random.Random("a hundred people")
    return [any_answers(chance, book) for _ in range(100)]


@thorough(30)
@given(chances)
def test_the_query_of_any_rulebook_gives_the_rows_of_the_oracle(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    book = any_small_rulebook(chance, questions=8, facts=5, findings=4, more_rules=12)
    people = [any_answers(chance, book) for _ in range(6)]
    rows = rows_of_duckdb(sql_text(book, "duckdb", explain=True), book, people, tmp_path_factory.mktemp("table"))
    assert rows == [row_of_oracle(book, at, answers) for at, answers in enumerate(people)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_query_says_the_same_in_every_dialect(dialect: str, tmp_path: Path) -> None:
    book = any_rulebook(random.Random("all kinds of questions"), 12, 8, 6, 40)
    assert {question.type for question in book.questions} == set(QuestionType)
    assert book.impossible
    people = hundred_people(book)
    (read_back,) = sqlglot.transpile(sql_text(book, dialect, explain=True), read=dialect, write="duckdb")
    assert rows_of_duckdb(read_back, book, people, tmp_path) == rows_of_program(book, people)


def test_the_query_of_the_whole_rulebook_gives_the_rows_of_the_program(
    run: Run, rulebook: Rulebook, tmp_path: Path
) -> None:
    outcome = run("export", "sql", "--dialect", "duckdb", "--table", 'cases."of 2022"', "--explain")
    assert (outcome.code, outcome.err) == (0, "")
    people = hundred_people(rulebook)
    found = rows_of_duckdb(outcome.out, rulebook, people, tmp_path, 'cases."of 2022"')
    assert found == rows_of_program(rulebook, people)


def test_without_an_explanation_it_gives_the_statuses_alone(sound: Rulebook, tmp_path: Path) -> None:
    people: list[Answers] = [{"left": True, "days": 11}, {"left": False}, {}]
    found = rows_of_duckdb(sql_text(sound, "duckdb"), sound, people, tmp_path)
    assert found == rows_of_program(sound, people, explain=False)
    assert [row["prison"] for row in found] == ["established", "excluded", "possible"]


def test_the_query_names_questions_rules_sources_and_findings(run: Run, sound: Rulebook) -> None:
    text = sql_text(sound, "postgres")
    assert "-- Reviewed up to 15.01.2026." in text
    assert f"-- Rulebook sound, {sound.hash}" in text
    assert "\"place\" /* 'russia' | 'ukraine': Where was he? */" in text
    assert '"absent" AND "_test_2" AS "_rule_3", /* long-absence: art_1 */' in text
    cited = ["art_1: Code, art. 1", "nobody-punished: “Nobody was punished” — A lawyer — An article"]
    assert text.endswith("".join(f"-- {line}\n" for line in ("What the rules cite:", *cited)) + ";\n")
    assert '"_rule_3" OR "_rule_4" AS "prison" /* Prison */' in text


def test_a_contested_rule_says_why_its_finding_is_possible_at_most(rulebook: Rulebook) -> None:
    disputed = next(rule for rule in rulebook.rules if rule.contested)
    lines = sql_text(rulebook, "duckdb").splitlines()
    assert any(f"/* {disputed.id}: " in line and f"contested: {disputed.contested}" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--dialect", "postgress"], "there is no SQL dialect 'postgress' here. Did you mean 'postgres'?\n"),
        (["--dialect", "spark", "--table", "a; b"], "'a; b' is not the name of a table.\n"),
    ],
)
def test_what_cannot_be_exported_is_told(run: Run, words: list[str], message: str) -> None:
    assert run("export", "sql", *words) == (2, "", message)
