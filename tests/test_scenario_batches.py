"""Scenario files by the thousand: the same results as one by one, written while they are found."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from assistant.assessment.assessor import MAX_CASES_PER_PASS, Assessor
from tests.support.many_files import write_case, write_cases
from tests.support.one_by_one import evaluated_one_by_one
from tests.support.project import ABSENT, ROOT, SOUND, Desk, Run
from tests.support.random_scenarios import write_random_scenarios

REPORT_SCHEMA = json.loads((ROOT / "docs" / "schemas" / "report.schema.json").read_text("utf-8"))


@pytest.mark.parametrize(("files", "seed"), [(600, 1), (4000, 2)])
def test_random_files_are_reported_to_the_byte_as_one_by_one(
    run: Run, small: Assessor, tmp_path: Path, files: int, seed: int
) -> None:
    write_random_scenarios(small.rulebook, tmp_path, files, seed)
    expected = evaluated_one_by_one(small, [tmp_path], with_text=True)
    for words, out in ((["--json"], expected.json), (["--format", "jsonl"], expected.lines), ([], expected.text)):
        outcome = run("evaluate", "--rulebook", SOUND, *words, tmp_path)
        assert outcome.out == out
        assert outcome.err == expected.messages
        assert outcome.code == expected.code == 2


@pytest.mark.parametrize("files", [40, 1500])
def test_random_files_by_the_real_rulebook_are_reported_to_the_byte_as_one_by_one(
    run: Run, assessor: Assessor, tmp_path: Path, files: int
) -> None:
    write_random_scenarios(assessor.rulebook, tmp_path, files, seed=5)
    few = files < MAX_CASES_PER_PASS
    expected = evaluated_one_by_one(assessor, [tmp_path], with_text=few)
    outcome = run("evaluate", "--json", tmp_path)
    assert (outcome.out, outcome.err, outcome.code) == (expected.json, expected.messages, expected.code)
    if few:
        assert run("evaluate", tmp_path).out == expected.text


def test_several_paths_are_reported_in_their_order(run: Run, small: Assessor, tmp_path: Path) -> None:
    for seed, name in enumerate(("b", "a")):
        write_random_scenarios(small.rulebook, tmp_path / name, 40, seed)
    paths = [tmp_path / "b", tmp_path / "a" / "north", tmp_path / "b"]
    expected = evaluated_one_by_one(small, paths)
    outcome = run("evaluate", "--rulebook", SOUND, "--json", *paths)
    assert (outcome.out, outcome.err, outcome.code) == (expected.json, expected.messages, expected.code)


def test_every_line_is_a_report_of_its_own(desk: Desk) -> None:
    write_cases(desk.folder, 3)
    lines = desk.evaluate("--format", "jsonl", desk.folder).out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["case 0", "case 1", "case 2"]
    jsonschema.validate([json.loads(line) for line in lines], REPORT_SCHEMA)


def test_a_list_and_lines_cannot_be_had_at_once(desk: Desk) -> None:
    outcome = desk.evaluate("--json", "--format", "jsonl", *write_cases(desk.folder, 1))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "--json is one list, and --format jsonl is lines: choose one.\n"


def test_a_problem_of_many_files_is_listed_ten_times_and_then_counted(desk: Desk) -> None:
    good = desk.write(f"id: good\n{ABSENT}\n", "a.yaml")
    bad = [desk.write("id: bad\nanswers: {left: 1}\n", f"bad{at:04}.yaml") for at in range(2 * MAX_CASES_PER_PASS)]
    vague = desk.write("id: vague\n", "vague.yaml")
    outcome = desk.evaluate("--json", desk.folder)
    message = "true or false is needed here. Write true or false: in small letters, without quotes or spaces."
    assert outcome.code == 2
    assert [report["id"] for report in json.loads(outcome.out)] == ["good"], good
    assert outcome.err.splitlines() == [
        *(f"{path}:2:17: {message}" for path in bad[:10]),
        f"{vague}:1:1: the key 'answers' is missing. Add it.",
        f"{message} The same in {len(bad) - 10} more places. The first: {bad[10]}:2:17; the last: {bad[-1]}:2:17.",
    ]


def test_problems_that_differ_only_in_what_they_name_are_alike(desk: Desk) -> None:
    cases = [desk.write(f"id: case {at}\nanswers: {{}}\n", f"{at:03}.yaml") for at in range(105)]
    again = shutil.copytree(desk.folder, desk.folder.parent / "again")
    outcome = desk.evaluate("--json", desk.folder, again)
    lines = outcome.err.splitlines()
    assert (outcome.code, len(lines)) == (2, 11)
    assert lines[0] == (
        f"{again / '000.yaml'}:1:1: the id 'case 0' is here a second time; the first is at {cases[0]}:1:1. "
        "Rename one of them."
    )
    assert lines[-1] == (
        "the id '…' is here a second time; the first is at …. Rename one of them. "
        f"The same in 95 more places. The first: {again / '010.yaml'}:1:1; the last: {again / '104.yaml'}:1:1."
    )


def test_a_file_that_is_named_twice_is_evaluated_once_and_not_to_be_renamed(desk: Desk) -> None:
    (path,) = write_cases(desk.folder, 1)
    (desk.folder.parent / "link.yaml").symlink_to(path)
    for again in (path, desk.folder / ".." / desk.folder.name, desk.folder.parent / "link.yaml"):
        outcome = desk.evaluate("--json", path, again)
        assert (outcome.code, len(json.loads(outcome.out))) == (2, 1)
        shown = again / path.name if again.is_dir() else again
        assert outcome.err == f"{shown}:1:1: this file was evaluated already. Name each file once.\n"


@pytest.mark.parametrize("folder", [True, False])
def test_reports_on_scenarios_are_not_written_to_an_output_and_the_message_says_so(desk: Desk, folder: bool) -> None:
    (path,) = write_cases(desk.folder, 1)
    output = desk.folder.parent / "reports.csv"
    for target in (output, path):
        outcome = desk.evaluate(desk.folder if folder else path, "--output", target, *["--overwrite"][: target == path])
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("For tables only: --output")
        assert "Reports on scenario files go to standard output." in outcome.err
    assert not output.exists()
    assert "case 0" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("id: case\nanswers: {{none{at}: true}}\n", "there is no question '…'."),
        ("id: case\nanswers: {{}}\nexpect: {{none{at}: possible}}\n", "there is no finding '…'."),
        ("id: case\nanswers: {{}}\nmore{at}: 1\n", "the key '…' is not known here."),
        ("id: case\nkey{at}: 1\nkey{at}: 1\n", "the key '…' is here a second time; the first is in line …."),
        ('id: "\\ue0{at}"\nanswers: {{}}\n', "the invisible character … is not allowed."),
    ],
)
def test_what_a_file_contains_makes_no_kind_of_its_own(desk: Desk, text: str, kind: str) -> None:
    for at in range(11, 30):
        desk.write(text.format(at=at), f"{at}.yaml")
    outcome = desk.evaluate("--json", desk.folder)
    *listed, last = outcome.err.splitlines()
    assert (outcome.code, len(listed)) == (2, 10)
    assert last.startswith(kind)
    assert "The same in 9 more places. The first: " in last


def test_all_that_one_file_has_of_a_kind_is_listed(desk: Desk) -> None:
    (first, *_others) = told = desk.told("id: case\nanswers: {" + ", ".join(f"key{at}: 1" for at in range(15)) + "}\n")
    assert first.startswith("2:11: there is no question 'key0'.")
    assert len(told) == 15


def test_problems_of_more_kinds_than_anybody_reads_are_counted(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "rulebook")
    questions = "".join(f"  - {{id: q{at}, text: Q{at}?, help: H.}}\n" for at in range(105))
    rules = "".join(
        f"  - {{id: r{at}, concludes: absent, when: {{q{at}: true}}, cites: [{{statute: art_1}}]}}\n"
        for at in range(105)
    )
    (tmp_path / "rulebook" / "rules" / "more.yaml").write_text(f"questions:\n{questions}rules:\n{rules}", "utf-8")
    for at in range(105):
        write_case(tmp_path / f"{at:03}.yaml", f"q{at}: 1")
    outcome = run("evaluate", "--rulebook", tmp_path / "rulebook", "--json", *sorted(tmp_path.glob("*.yaml")))
    *listed, last = outcome.err.splitlines()
    assert (outcome.code, len(listed)) == (2, 101)
    assert last == (
        f"4 more problems of other kinds. The first: {tmp_path}/101.yaml:2:17; the last: {tmp_path}/104.yaml:2:17."
    )
