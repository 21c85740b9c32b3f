"""Cases: what is reported to have happened to somebody is held against what the rulebook says."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.assessment.assessor import Assessor
from assistant.assessment.reality_check import case_problems
from assistant.rulebook.case_check import answers_of
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty_phrase import penalty_phrase
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet
from assistant.rulebook.translation import in_language
from tests.support.project import SOUND, Run

CASE: dict[str, Any] = {
    "id": "two-men",
    "told": "Two men left, and came back after some weeks.",
    "answers": {"left": True, "days": {"from": 14, "up_to": 30}, "day": "2022-10", "place": ["russia", "ukraine"]},
    "outcome": {
        "convicted_of": ["prison"],
        "sentence": {"prison": {"from": 20, "up_to": 20}, "suspended": True},
        "on": 2023,
    },
    "reported": [
        {"by": "A newspaper", "on": "2023-05-06", "address": "https://example.org/two-men"},
        {"by": "B", "as_listed": True},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path / "rulebook")
    return tmp_path / "rulebook"


def checked(run: Run, folder: Path, **changes: Any) -> str:
    """What `check` says about the case with these changes."""
    case = {**CASE, **changes}
    (folder / "rules" / "cases.yaml").write_text(yaml.safe_dump({"cases": [case]}, sort_keys=False), "utf-8")
    outcome = run("check", "--rulebook", folder)
    assert (outcome.code, outcome.out) == (0 if "is in order" in outcome.err else 2, "")
    return outcome.err


def loaded(folder: Path) -> Rulebook:
    rulebook = load_rulebook(folder)
    assert isinstance(rulebook, Rulebook), "\n".join(map(str, rulebook))
    return rulebook


def test_a_case_says_what_is_known_as_exactly_as_it_is_known(folder: Path, run: Run) -> None:
    assert "is in order" in checked(run, folder)
    rulebook = loaded(folder)
    (case,) = rulebook.cases
    answers = answers_of(rulebook, case)
    assert isinstance(answers["day"], DateRange)
    assert answers["days"] == NumberRange.model_validate({"from": 14, "up_to": 30})
    assert answers["place"] == OptionSet(options=("russia", "ukraine"))
    assert isinstance(case.outcome.on, DateRange)
    assert case.outcome.sentence is not None
    assert penalty_phrase(case.outcome.sentence) == "1 year 8 months in prison"


def test_a_case_is_told_in_every_language(folder: Path, run: Run) -> None:
    shutil.copytree(SOUND.parent / "sound_in_two_languages", folder, dirs_exist_ok=True)
    assert "the text 'cases.two-men.told' is missing in the language 'ru'" in checked(run, folder)
    (folder / "rules" / "ru" / "cases.yaml").write_text("cases: {two-men: {told: Двое ушли.}}\n", "utf-8")
    assert in_language(loaded(folder), "ru").cases[0].told == "Двое ушли."


def test_an_outcome_that_the_rulebook_excludes_fails_the_check(folder: Path, run: Run) -> None:
    told = checked(run, folder, answers={"left": False})
    assert "'prison' came true in this case, and the rulebook excludes it." in told
    assert told.startswith("rules/cases.yaml:")


def test_an_outcome_that_an_established_reassurance_denies_fails_the_check(folder: Path, run: Run) -> None:
    (folder / "rules" / "more.yaml").write_text(
        "incompatible:\n  - {id: either, of: [prison, no_case]}\n"
        "rules:\n"
        "  - id: somebody-was\n"
        "    concludes: prison\n"
        "    when: {left: false}\n"
        "    contested: It depends.\n"
        "    cites: [{statute: art_1}]\n",
        "utf-8",
    )
    told = checked(run, folder, answers={"left": False, "day": "2022-03"})
    assert "'prison' came true in this case, and 'no_case' is established and denies it." in told
    assert "is in order" in checked(run, folder, answers={"left": False, "day": "2022"})


def test_a_sentence_below_the_least_that_is_threatened_needs_a_reason(folder: Path, run: Run) -> None:
    rules = folder / "rules" / "_sound.yaml"
    text = rules.read_text("utf-8").replace("{prison: {up_to: 60}", "{prison: {from: 24, up_to: 60}")
    rules.write_text(text.replace("Up to 5 years in prison", "2 to 5 years in prison"), "utf-8")
    assert "the sentence is below the least that 'prison' threatens: 24 months. Say why in 'differs'." in checked(
        run, folder
    )
    assert "is in order" in checked(run, folder, differs="The court found exceptional circumstances.")
    longer = {"convicted_of": ["prison"], "sentence": {"prison": {"from": 24, "up_to": 30}}}
    assert "is in order" in checked(run, folder, outcome=longer)
    fined = {"convicted_of": ["prison"], "sentence": {"fine": True}}
    assert "the sentence is below the least that 'prison' threatens: 24 months." in checked(run, folder, outcome=fined)


@pytest.mark.parametrize("sentence", [{"prison": {"from": 61, "up_to": 61}}, {"prison": {"from": 61}}, {"life": True}])
def test_a_sentence_above_the_most_that_is_threatened_needs_a_reason(
    folder: Path, run: Run, sentence: dict[str, Any]
) -> None:
    """Otherwise the rulebook may threaten too little."""
    outcome = {"convicted_of": ["prison"], "sentence": sentence}
    told = checked(run, folder, outcome=outcome)
    assert "the sentence is above the most that 'prison' threatens. Say why in 'differs'." in told
    assert "is in order" in checked(run, folder, outcome=outcome, differs="An earlier sentence was added.")


def test_a_sentence_for_several_offences_may_be_above_the_most_for_each(folder: Path, run: Run) -> None:
    rules = folder / "rules" / "more.yaml"
    finding = {
        "id": "theft",
        "kind": "exposure",
        "tone": "cautionary",
        "title": "Theft",
        "text": "Up to 5 years in prison.",
        "penalty": [{"prison": {"up_to": 60}}],
    }
    rule = {"id": "theft-rule", "concludes": "theft", "when": {"left": True}, "cites": [{"statute": "art_1"}]}
    rules.write_text(yaml.safe_dump({"findings": [finding], "rules": [rule]}), "utf-8")
    outcome = {"convicted_of": ["prison", "theft"], "sentence": {"prison": {"from": 90, "up_to": 90}}}
    assert "is in order" in checked(run, folder, outcome=outcome)


@pytest.mark.parametrize("sentence", [{"prison": {"from": 60, "up_to": 60}}, {"prison": {"up_to": 90}}, {"fine": True}])
def test_a_sentence_within_what_is_threatened_needs_no_reason(folder: Path, run: Run, sentence: dict[str, Any]) -> None:
    outcome = {"convicted_of": ["prison"], "sentence": sentence}
    assert "is in order" in checked(run, folder, outcome=outcome)


def test_a_day_that_is_still_to_come_fails_the_check_and_nothing_else(folder: Path, run: Run) -> None:
    """A last review in the future would let findings reassure about law that nobody has read."""
    outcome = {"convicted_of": ["prison"], "on": "9998-12"}
    told = checked(run, folder, outcome=outcome, reported=[{"by": "A", "on": 9999}])
    rules = folder / "rules" / "_sound.yaml"
    rules.write_text(rules.read_text("utf-8").replace("reviewed_until: 2026", "reviewed_until: 9026"), "utf-8")
    told += run("check", "--rulebook", folder).err
    assert "rules/cases.yaml:16:5: this day is still to come: today is" in told
    assert "rules/cases.yaml:19:5: this day is still to come: today is" in told
    assert "rules/_sound.yaml:7:3: this day is still to come: today is" in told
    case = folder.parent / "case.yaml"
    case.write_text("id: case\nanswers: {left: true}\n", "utf-8")
    assert run("evaluate", "--rulebook", folder, case).code == 0


def test_answers_that_contradict_each_other_fail_the_check(folder: Path, run: Run) -> None:
    contradiction = {"id": "no", "when": {"left": False, "days": {"from": 1}}, "text": "He did not leave for days."}
    (folder / "rules" / "no.yaml").write_text(yaml.safe_dump({"impossible": [contradiction]}), "utf-8")
    told = checked(run, folder, answers={"left": False, "days": 3})
    assert "the answers contradict each other: He did not leave for days." in told


def test_the_rulebook_never_excludes_what_happened_to_reported_men(rulebook: Rulebook) -> None:
    assert rulebook.cases
    assert case_problems(Assessor(rulebook)) == ()


def test_every_reported_conviction_would_fail_the_check_if_the_rulebook_excluded_it(rulebook: Rulebook) -> None:
    kept = tuple(rule for rule in rulebook.rules if "serviceman" not in rule.heads)
    problems = case_problems(Assessor(rulebook.replacing(rules=kept)))
    excluded = [problem for problem in problems if "'uk332_2_1' came true in this case" in str(problem)]
    assert len(excluded) == sum("uk332_2_1" in case.outcome.findings for case in rulebook.cases) > 1


def test_a_reported_case_says_where_it_can_be_read_or_that_it_was_not_read(rulebook: Rulebook) -> None:
    for case in rulebook.cases:
        assert all(report.as_listed or report.address for report in case.reported), case.id


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_reported_case_takes_two_sentences_at_most(rulebook: Rulebook, language: str) -> None:
    for case in in_language(rulebook, language).cases:
        assert len(re.findall(r"[^.\d]\.(?= [А-ЯA-Z]|$)", case.told)) <= 2, case.told


def test_the_site_lists_the_cases_with_who_reported_them(folder: Path, run: Run, tmp_path: Path) -> None:
    assert "is in order" in checked(run, folder)
    assert run("site", "--rulebook", folder, "--output", tmp_path / "site").code == 0
    page = (tmp_path / "site" / "en" / "case" / "two-men.html").read_text("utf-8")
    assert "Two men left, and came back after some weeks." in page
    assert "convicted: 1 year 8 months in prison, suspended, 2023" in page
    assert "A newspaper, 06.05.2023" in page
    assert '<span class="address">example.org/two-men</span>' in page  # no address that a click opens
    assert "B, as listed, the report itself was not read" in page
    assert 'href="../finding/prison.html"' in page
    assert 'href="../case/two-men.html"' in (tmp_path / "site" / "en" / "finding" / "prison.html").read_text("utf-8")
    assert 'href="case/two-men.html"' in (tmp_path / "site" / "en" / "cases.html").read_text("utf-8")
