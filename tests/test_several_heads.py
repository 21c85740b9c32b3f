"""A rule may conclude several facts and findings. It stays one rule for evaluators, reports and checks."""

import json
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.question import Answer
from assistant.tables.sql.export import sql_text
from tests.support.completions import STATUS, answers_with_few_completions, completions
from tests.support.duckdb_rows import rows_of_duckdb, rows_of_program
from tests.support.oracle import statuses
from tests.support.project import SOUND, Run
from tests.support.random_rulebooks import any_answers, any_small_rulebook, chances, thorough
from tests.support.table_rows import row_of_oracle


def with_several_heads(chance: random.Random, book: Rulebook) -> Rulebook:
    """The rulebook, in which some rules conclude later facts or findings besides."""
    heads = [*book.fact, *book.finding]

    def more(rule: Rule) -> Rule:
        later = heads[heads.index(rule.heads[0]) + 1 :]
        others = chance.sample(later, min(len(later), chance.randint(0, 2)))
        return rule.model_copy(update={"concludes": (*rule.heads, *others)}) if others else rule

    return book.replacing(rules=tuple(map(more, book.rules)))


@thorough(60)
@given(chances)
def test_kleene_and_all_completions_say_the_status_of_every_head(chance: random.Random) -> None:
    book = with_several_heads(chance, any_small_rulebook(chance, facts=3))
    answers = answers_with_few_completions(chance, book)
    assessment, all_ways = Assessor(book).assess(answers), completions(book, answers)
    assert {name: assessment.valuation.nodes.get(name) for name in book.rules_for} == statuses(book, answers).heads
    for found in assessment.findings:
        assert found.status == STATUS.get(all_ways.statuses(found.finding), Status.POSSIBLE)


@thorough(20)
@given(chances)
def test_tables_and_the_query_give_the_rows_of_the_oracle(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    book = with_several_heads(chance, any_small_rulebook(chance, questions=8, facts=5, findings=4, more_rules=12))
    people = [any_answers(chance, book) for _ in range(5)]
    expected = [row_of_oracle(book, at, answers) for at, answers in enumerate(people)]
    assert rows_of_program(book, people) == expected
    query = sql_text(book, "duckdb", explain=True)
    assert rows_of_duckdb(query, book, people, tmp_path_factory.mktemp("table")) == expected


TWO_HEADS = """
facts:
  - {id: away, text: He is away.}
findings:
  - {id: fine, kind: exposure, tone: cautionary, title: Fine, text: A fine., penalty: [{fine: true, statute: art_1}]}
rules:
  - id: leaving-twice
    concludes: [away, fine]
    when: {left: true}
    contested: Courts disagree.
    cites: [{statute: art_1}]
  - {id: away-and-prison, concludes: prison, when: {away: true, place: ukraine}, cites: [{statute: art_1}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path / "rulebook")
    (tmp_path / "rulebook" / "rules" / "two.yaml").write_text(TWO_HEADS, "utf-8")
    return tmp_path / "rulebook"


def test_one_rule_is_the_ground_of_both_and_is_named_by_its_id(folder: Path, run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("id: case\nanswers: {left: true, place: ukraine}\nexpect: {fine: possible}\n", "utf-8")
    report = run("evaluate", "--rulebook", folder, case)
    assert (report.code, report.err) == (0, "")
    assert "Courts disagree." in report.out
    assert "leaving-twice/" not in report.out + run("evaluate", "--json", "--rulebook", folder, case).out
    rulebook = load_rulebook(folder)
    assert isinstance(rulebook, Rulebook)
    assessment = Assessor(rulebook).assess({"left": True, "place": "ukraine"})
    assert [ground.rule for ground in assessment.status_of("fine").grounds] == ["leaving-twice"]
    assert [ground.rule for ground in assessment.facts["away"]] == ["leaving-twice"]


def test_a_dispute_about_a_rule_ends_alike_for_all_that_it_concludes(folder: Path) -> None:
    """Whoever is away is fined: no end of the dispute brings one without the other."""
    rules = folder / "rules" / "two.yaml"
    both = "\n  - {id: both, concludes: prison, when: {away: false, fined: true}, cites: [{statute: art_1}]}\n"
    rules.write_text(
        TWO_HEADS.replace("He is away.}", "He is away.}\n  - {id: fined, text: He is fined.}")
        .replace("[away, fine]", "[away, fine, fined]")
        .rstrip("\n")
        + both,
        "utf-8",
    )
    rulebook = load_rulebook(folder)
    assert isinstance(rulebook, Rulebook), "\n".join(map(str, rulebook))
    answers: dict[str, Answer] = {"left": True, "place": "russia", "days": 3}
    assert Assessor(rulebook).assess(answers).status_of("prison").status is Status.EXCLUDED
    assert Assessor(rulebook, most_nodes=0).assess(answers).status_of("prison").status is Status.POSSIBLE


def test_coverage_proofs_and_the_site_know_it_as_one_rule(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "case.yaml").write_text("id: case\nanswers: {left: true}\n", "utf-8")
    covered = run("check", "--coverage", "--rulebook", folder, "--scenarios", tmp_path / "cases")
    assert "no scenario makes the rule 'leaving-twice' fail" in covered.out + covered.err
    assert "leaving-twice/" not in covered.out + covered.err
    assert run("site", "--rulebook", folder, "--output", tmp_path / "site").code == 0
    page = (tmp_path / "site" / "en" / "rule" / "leaving-twice.html").read_text("utf-8")
    assert "He is away." in page
    assert "A fine." in page
    data = run("export", "provenance", "--rulebook", folder)
    (exported,) = (each for each in json.loads(data.out)["@graph"] if each["id"] == "book:rule/leaving-twice")
    assert exported["concludes"] == ["book:fact/away", "book:finding/fine"]


def test_a_proof_that_fails_names_the_place_of_the_rule_once(folder: Path, run: Run) -> None:
    rules = folder / "rules" / "two.yaml"
    text = TWO_HEADS.replace("[away, fine]", "[away, fine, prison]").replace("    contested: Courts disagree.\n", "")
    rules.write_text(text + "incompatible:\n  - {id: either, of: [fine, prison]}\n", "utf-8")
    told = run("check", "--prove", "--rulebook", folder).err
    (line,) = (line for line in told.splitlines() if "[incompatible]" in line)
    places = line.partition("See also ")[2].rstrip(".").split(", ")
    assert "rules/two.yaml:7:5" in places
    assert len(places) == len(set(places))
