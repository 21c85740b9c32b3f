"""`assistant evaluate`: the statuses that come out of scenario files, what was expected, and the exit code."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.support.project import ABSENT, ROOT, Desk, Run

REPORT_SCHEMA = json.loads((ROOT / "docs" / "schemas" / "report.schema.json").read_text("utf-8"))


def test_a_scenario_as_expected_is_reported_and_done(desk: Desk) -> None:
    outcome = desk.evaluate(desk.write(f"id: case\ntitle: A case\n{ABSENT}\nexpect: {{prison: established}}\n"))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("case — A case\nInformation, not legal advice · law reviewed to 15.01.2026\n")
    assert "[applies · exposure] Prison\n" in outcome.out


def test_what_was_not_expected_is_told_with_what_came_out_and_why(desk: Desk) -> None:
    path = desk.write(f"id: case\n{ABSENT}\nexpect:\n  prison: excluded\n  no_case: excluded\n")
    outcome = desk.evaluate(path)
    assert outcome.code == 1
    assert outcome.err == (
        f"{path}:4:3: expected prison to be excluded, and it is established.\n"
        "  The rule long-absence holds, because:\n"
        "    Met: He is absent\n"
        "      The rule leaving holds, because:\n"
        "        Met: Did he leave? — yes\n"
        "    Met: For how many days? — 11 or more\n"
    )


@pytest.mark.parametrize("days", ["", ", days: unknown"], ids=["skipped", "not known"])
def test_a_finding_that_is_only_possible_is_told_with_what_it_waits_for(desk: Desk, days: str) -> None:
    scenario = f"id: case\nanswers: {{left: true, place: russia{days}}}\nexpect: {{prison: [established, excluded]}}\n"
    outcome = desk.evaluate(desk.write(scenario))
    assert outcome.code == 1
    assert outcome.err.endswith(
        ": expected prison to be established or excluded, and it is possible.\n"
        "  The rule long-absence is open:\n"
        "    Not known, would need: For how many days? — 11 or more\n"
    )


@pytest.mark.parametrize(
    ("expected", "code"),
    [("established", 0), ("[possible, established]", 0), ("excluded", 1), ("[excluded, possible]", 1)],
)
def test_one_status_or_any_of_several_can_be_expected(desk: Desk, expected: str, code: int) -> None:
    assert desk.evaluate(desk.write(f"id: case\n{ABSENT}\nexpect: {{prison: {expected}}}\n")).code == code


def test_json_says_the_same_in_ids_and_follows_its_schema(desk: Desk) -> None:
    outcome = desk.evaluate("--json", desk.write(f"- id: case\n  {ABSENT}\n- id: empty\n  answers: {{}}\n"))
    reports = json.loads(outcome.out)
    jsonschema.validate(reports, REPORT_SCHEMA)
    assert [report["id"] for report in reports] == ["case", "empty"]
    assert len({report["rulebook_hash"] for report in reports}) == 1
    assert reports[0]["reviewed_until"] == "2026-01-15"
    assert reports[0]["findings"] == {
        "prison": {
            "status": "established",
            "shown": True,
            "planned": False,
            "kind": "exposure",
            "rules": ["long-absence"],
            "waits_for": [],
            "exact": False,
            "whatever": [],
            "failed": {"absence-in-ukraine": ["place=ukraine"]},
            "cites": [{"rule": "long-absence", "statute": "art_1", "as": "supports"}],
        },
        "no_case": {
            "status": "excluded",
            "shown": False,
            "planned": False,
            "kind": "protection",
            "rules": [],
            "waits_for": [],
            "exact": False,
            "whatever": [],
            "failed": {"nobody-was": ["not left"]},
            "cites": [],
        },
    }
    assert reports[1]["findings"]["no_case"] | {"cites": []} == {
        "status": "possible",
        "shown": False,
        "planned": False,
        "kind": "protection",
        "rules": ["nobody-was"],
        "waits_for": ["day", "left"],
        "exact": False,
        "whatever": [],
        "failed": {},
        "cites": [],
    }


def test_json_is_the_same_in_every_language(desk: Desk) -> None:
    path = desk.write(f"id: case\n{ABSENT}\n")
    assert desk.evaluate("--json", path).out == desk.evaluate("--json", "--lang", "ru", path).out


def test_the_reports_of_the_real_scenarios_follow_the_schema(run: Run) -> None:
    outcome = run("evaluate", "--json", ROOT / "tests" / "scenarios" / "articles")
    assert (outcome.code, outcome.err) == (0, "")
    jsonschema.validate(json.loads(outcome.out), REPORT_SCHEMA)


@pytest.mark.parametrize("change", [{"status": "maybe"}, {"shown": 1}, {"cites": [{"as": "supports"}]}, {"more": 1}])
def test_the_schema_of_a_report_refuses_another_form(desk: Desk, change: dict[str, Any]) -> None:
    reports = json.loads(desk.evaluate("--json", desk.write(f"id: case\n{ABSENT}\n")).out)
    reports[0]["findings"]["prison"].update(change)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(reports, REPORT_SCHEMA)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2022-09-20", "established"), ("2022-09-21", "excluded"), ("2020-02-29", "established")],
)
def test_a_period_ends_with_its_last_day(desk: Desk, day: str, status: str) -> None:
    assert desk.statuses(f"{{left: false, day: {day}}}")["no_case"] == status


@pytest.mark.parametrize("days", [10, 11, 10**17])
def test_a_number_is_compared_as_a_number(desk: Desk, days: int) -> None:
    expected = "established" if days > 10 else "excluded"
    assert desk.statuses(f"{{left: true, place: russia, days: {days}}}")["prison"] == expected


def test_one_bad_file_keeps_no_other_back(desk: Desk) -> None:
    good = [desk.write(f"id: {name}\n{ABSENT}\n", f"{name}.yaml") for name in ("first", "last")]
    bad = desk.write("id: bad\nanswers: {left: 1}\n", "middle.yaml")
    outcome = desk.evaluate("--json", good[0], bad, desk.folder / "nowhere.yaml", good[1])
    assert outcome.code == 2
    assert [report["id"] for report in json.loads(outcome.out)] == ["first", "last"]
    assert outcome.err.splitlines() == [
        (f"{bad}:2:17: true or false is needed here. Write true or false: in small letters, without quotes or spaces."),
        (
            f"{desk.folder}/nowhere.yaml: the file cannot be read: No such file or directory. "
            "Check its name and its permissions."
        ),
    ]


def test_bad_input_counts_for_more_than_a_failed_expectation(desk: Desk) -> None:
    failing = desk.write(f"id: case\n{ABSENT}\nexpect: {{prison: excluded}}\n")
    outcome = desk.evaluate(failing, desk.folder / "nowhere.yaml")
    assert outcome.code == 2
    assert "expected prison to be excluded" in outcome.err


def test_a_folder_stands_for_all_yaml_files_in_it_that_are_not_hidden_in_order(desk: Desk) -> None:
    for name in ("b/second.yml", "a/first.yaml", "notes.txt", "b/third.yaml", ".hidden/fourth.yaml", "a/.fifth.yaml"):
        desk.write(f"id: {Path(name).stem}\nanswers: {{}}\n", name)
    outcome = desk.evaluate("--json", desk.folder)
    assert outcome.code == 0
    assert [report["id"] for report in json.loads(outcome.out)] == ["first", "second", "third"]


def test_a_folder_without_scenario_files_is_told(desk: Desk) -> None:
    desk.write("id: case\nanswers: {}\n", "case.txt")
    outcome = desk.evaluate("--json", desk.folder)
    told = "there is no scenario file in this folder. Scenario files end in .yaml or .yml."
    assert (outcome.code, outcome.err) == (2, f"{desk.folder}: {told}\n")
    assert json.loads(outcome.out) == []


def test_two_scenarios_of_one_name_are_told_and_the_first_is_evaluated(desk: Desk) -> None:
    path = desk.write(f"- id: case\n  {ABSENT}\n- id: case\n  {ABSENT}\n")
    outcome = desk.evaluate(path)
    assert outcome.code == 2
    assert outcome.err == (
        f"{path}:3:3: the id 'case' is here a second time; the first is at {path}:1:3. Rename one of them.\n"
    )
    assert outcome.out.count("[applies · exposure] Prison\n") == 1


def test_mistakes_of_form_and_of_content_are_told_together(desk: Desk) -> None:
    outcome = desk.evaluate(
        desk.write("id: case\nanswers: {lefft: true}\nexpect: {prison: likely, prisom: excluded}\n")
    )
    assert outcome.code == 2
    told = [line.split(": ")[1] for line in outcome.err.splitlines()]
    assert told == [
        "there is no question 'lefft'. Did you mean 'left'?",
        "this is none of the values that can stand here. Write one of 'established', 'possible', 'excluded'.",
        "there is no finding 'prisom'. Did you mean 'prison'?",
    ]


def test_a_man_who_has_left_and_only_thinks_of_refusing_reads_of_his_absence_that_it_applies(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "{id: case, answers: {act_date: 2022-09-24, service_category: contract, refusal: considering,"
        " left_without_leave: true, absence_days: 40, order_to_fight: true, regime: special_operation}}"
    )
    told = run("evaluate", path).out
    assert "[applies · exposure] Absence of more than a month in mobilisation, art. 337(5)" in told
    assert "[would apply · exposure] Not executing an order, or refusing" in told
    findings = json.loads(run("evaluate", "--json", path).out)[0]["findings"]
    assert (findings["uk337_5"]["planned"], findings["uk332_2_1"]["planned"]) == (False, True)
