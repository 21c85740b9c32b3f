"""The engine of tables says of every row what the conversation says, and the oracle."""

import csv
import datetime
import io
import random
from pathlib import Path

import polars
from hypothesis import given

from assistant.assessment.assessor import Assessor
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers
from assistant.scenarios.scenario import Scenario, load_scenarios, scenario_files
from assistant.tables.evaluation.engine import TableEngine
from assistant.tables.reading.columns import input_schema, output_schema
from tests.support.project import Run
from tests.support.random_rulebooks import any_answers, any_small_rulebook, chances, thorough
from tests.support.table_rows import in_order, row_of_conversation, row_of_oracle, table_of

SCENARIOS = Path(__file__).parent / "scenarios"


@thorough(40)
@given(chances)
def test_every_row_of_every_rulebook_has_the_statuses_and_reasons_of_conversation_and_oracle(
    chance: random.Random,
) -> None:
    book = any_small_rulebook(chance, questions=8, facts=5, findings=4, more_rules=12)
    people = [any_answers(chance, book) for _ in range(6)]
    rows = in_order(TableEngine(book, explain=True).evaluate(table_of(book, people)))
    assessor = Assessor(book, most_nodes=0)
    assert rows == [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]
    assert rows == [row_of_oracle(book, at, answers) for at, answers in enumerate(people)]
    statuses = [{name: row[name] for name in output_schema(book)} for row in rows]
    assert in_order(TableEngine(book).evaluate(table_of(book, people))) == statuses


def test_random_answers_to_the_whole_rulebook_come_out_as_in_a_conversation(rulebook: Rulebook) -> None:
    chance = random.Random("forty people")
    people = [any_answers(chance, rulebook) for _ in range(40)]
    assessor = Assessor(rulebook, most_nodes=0)
    rows = in_order(TableEngine(rulebook, explain=True).evaluate(table_of(rulebook, people)))
    assert rows == [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]
    assert 5 < sum(row["contradictions"] is None for row in rows) < 35


@thorough(40)
@given(chances)
def test_exact_statuses_are_those_of_the_conversation_with_its_diagram(chance: random.Random) -> None:
    book = any_small_rulebook(chance, questions=8, facts=5, findings=4, more_rules=12)
    people = [any_answers(chance, book) for _ in range(6)]
    assessor = Assessor(book)
    rows = in_order(TableEngine(book, explain=True, exact=True).evaluate(table_of(book, people)))
    assert rows == [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]


def test_exact_statuses_of_the_whole_rulebook_are_those_of_the_conversation(rulebook: Rulebook) -> None:
    chance = random.Random("fifteen more")
    people = [any_answers(chance, rulebook) for _ in range(15)]
    assessor = Assessor(rulebook)
    rows = in_order(TableEngine(rulebook, exact=True).evaluate(table_of(rulebook, people)))
    expected = [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]
    assert rows == [dict(list(row.items())[:-3]) for row in expected]
    assert rows != in_order(TableEngine(rulebook).evaluate(table_of(rulebook, people)))


def test_every_scenario_file_has_the_same_statuses_in_a_table(rulebook: Rulebook) -> None:
    read = [one for file in scenario_files(SCENARIOS) for one in load_scenarios(file, rulebook)]
    people = [one.answers for one in read if isinstance(one, Scenario)]
    assert len(people) == len(read) > 100
    assessor = Assessor(rulebook, most_nodes=0)
    rows = in_order(TableEngine(rulebook, explain=True).evaluate(table_of(rulebook, people)))
    assert rows == [row_of_conversation(assessor, at, answers) for at, answers in enumerate(people)]


def test_the_columns_are_those_agreed_on(sound: Rulebook) -> None:
    frame = polars.LazyFrame(schema=input_schema(sound))
    for explain in (False, True):
        expected = output_schema(sound, explain=explain)
        assert TableEngine(sound, explain=explain).evaluate(frame).collect_schema() == expected


def test_nothing_is_computed_before_it_is_asked_for(sound: Rulebook, tmp_path: Path) -> None:
    source, target = tmp_path / "answers.parquet", tmp_path / "statuses.parquet"
    table_of(
        sound, [{"left": True, "days": 11, "place": "ukraine", "day": datetime.date(2022, 3, 1)}, {}]
    ).sink_parquet(source)
    result = TableEngine(sound).evaluate(polars.scan_parquet(source))
    assert not target.exists()
    result.sink_parquet(target)
    assert polars.read_parquet(target).sort("id")["prison"].to_list() == ["established", "possible"]


def test_a_table_file_has_exact_statuses_on_request(run: Run, rulebook: Rulebook, tmp_path: Path) -> None:
    source = tmp_path / "cases.csv"
    source.write_text("id,act_date,refusal\n0,2022-04-10,none\n", encoding="utf-8")
    answers: Answers = {"act_date": datetime.date(2022, 4, 10), "refusal": "none"}
    told = {}
    for words, most_nodes in (((), 0), (("--exact",), None)):
        outcome = run("evaluate", source, *words)
        (row,) = csv.DictReader(io.StringIO(outcome.out))
        expected = row_of_conversation(Assessor(rulebook, most_nodes=most_nodes), 0, answers)
        assert (outcome.code, row) == (0, {name: expected[name] for name in row})
        told[words] = row
    assert told[()] != told["--exact",]
