"""``assistant review``: what to look up again, what rests on reports, what ends when, what falls with a statute."""

import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.analysis.review import review_plan
from assistant.rulebook.evidence import Strength
from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing
from tests.support.project import SOUND, Run

REVIEWED = """
laws:
  - {id: code, name: Code, on: 1996-06-13, published: Gazette no. 1., edition: The gazette.}
reviews:
  - {id: new, by: a lawyer, on: 2026-01-10, as: text, statutes: [art_2, art_3], note: In the library.}
  - {id: old, by: a student, on: 2020-05-01, as: text, statutes: [art_1, art_2]}
statutes:
  - id: art_2
    reference: Art. 2
    effect: Arrest.
    basis: checked
    provisions: [{law: code, article: "2", wording: code}]
  - id: art_3
    reference: Art. 3
    effect: No arrest.
    basis: checked
    in_force: {until: 2023-12-31}
    provisions: [{law: code}]
    not_found: [article, wording]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path / "rulebook")
    sound = tmp_path / "rulebook" / "rules" / "_sound.yaml"
    place = 'basis: checked, provisions: [{law: code, article: "1", wording: code}]'
    sound.write_text(sound.read_text("utf-8").replace("basis: checked", place), "utf-8")
    (tmp_path / "rulebook" / "rules" / "reviewed.yaml").write_text(REVIEWED, "utf-8")
    return tmp_path / "rulebook"


def plan_of(run: Run, folder: Path) -> Any:
    outcome = run("review", "--json", "--rulebook", folder)
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def test_what_was_read_longest_ago_is_looked_up_first(run: Run, folder: Path) -> None:
    listed = [(each["statute"], each["read_on"]) for each in plan_of(run, folder)["look_up"]]
    assert listed == [("art_1", "2020-05-01"), ("art_2", "2026-01-10"), ("art_3", "2026-01-10")]


def test_what_was_never_read_comes_before_it(run: Run) -> None:
    (only,) = plan_of(run, SOUND)["look_up"]
    assert (only["statute"], only["review"], only["rules"]) == (
        "art_1",
        None,
        ["leaving", "long-absence", "absence-in-ukraine"],
    )
    assert "Never read:\n- art_1: Code, art. 1" in run("review", "--rulebook", SOUND).out


def test_the_text_says_who_read_what_when_and_what_was_not_found(run: Run, folder: Path) -> None:
    told = run("review", "--rulebook", folder).out
    assert "Official text read on 10.01.2026, by a lawyer.\nIn the library.\n- art_2: Art. 2" in told
    assert "- art_3: Art. 3 (checked in the official text; 0 rules rest on it; Not found: the article;" in told
    assert "- no_case: No case (practice (reported))" in told
    assert "- 31.12.2023: 1 statute ends\n    art_3: Art. 3" in told


def test_it_is_said_in_russian_too(run: Run, folder: Path) -> None:
    told = run("review", "--lang", "ru", "--rulebook", folder).out
    assert "Проверить снова, начиная с самого давнего" in told
    assert "Официальный текст прочитан 10.01.2026" in told
    assert "Look up" not in told


def test_a_statute_that_falls_takes_its_rules_with_it(run: Run) -> None:
    fallen = json.loads(run("review", "--json", "--without", "art_1", "--rulebook", SOUND).out)
    assert fallen["rules"] == ["leaving", "long-absence", "absence-in-ukraine"]
    changes = [(each["finding"], each["before"], each["after"]) for each in fallen["changes"]]
    assert changes == [("prison", "established", "excluded")]
    told = run("review", "--without", "art_1", "--rulebook", SOUND).out
    assert "If this fell, with every rule that it supports: Code, art. 1\n3 rules fall with it.\n  leaving\n" in told
    assert "applies → excluded" in told


def test_a_statute_that_supports_nothing_changes_nothing(run: Run, folder: Path) -> None:
    fallen = json.loads(run("review", "--json", "--without", "art_2", "--rulebook", folder).out)
    assert (fallen["rules"], fallen["changes"]) == ([], [])


@pytest.mark.parametrize("words", [["--without", "art_11"], ["--without"], ["art_1"], ["--jsn"], ["--without", ""]])
def test_bad_words_are_refused(run: Run, words: list[str]) -> None:
    outcome = run("review", "--rulebook", SOUND, *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("Traceback") == 0


def test_a_mistyped_statute_is_named_with_the_nearest(run: Run) -> None:
    told = run("review", "--without", "art_11", "--rulebook", SOUND).err
    assert told == "there is no statute 'art_11'. Did you mean 'art_1'?\n"


def test_the_plan_of_the_rulebook_leaves_nothing_out(rulebook: Rulebook) -> None:
    plan = review_plan(rulebook)
    assert {each.statute for each in plan.look_up} == set(rulebook.sources.statute)
    days = [each.read_on or date.min for each in plan.look_up]
    assert all(one <= other for one, other in pairwise(days))
    for each in plan.look_up:
        supported = [
            rule.id
            for rule in rulebook.rules
            if each.statute in {cited.statute for cited in rule.cites if cited.bearing is Bearing.SUPPORTS}
        ]
        assert each.rules == tuple(supported)
    ended = {rule for each in plan.expiries for rule in each.rules}
    assert ended == {rule.id for rule in rulebook.rules if rule.in_force.until is not None}


def test_what_rests_on_reports_has_no_law_and_what_reassures_to_the_end_reassures(rulebook: Rulebook) -> None:
    plan = review_plan(rulebook)
    assert plan.on_reports
    assert all(Strength.LAW not in each.grounds for each in plan.on_reports)
    (last,) = [each for each in plan.expiries if each.day == rulebook.metadata.reviewed_until]
    assert last.reassuring
    assert {rulebook.finding[name].tone for name in last.reassuring} == {Tone.REASSURING}
