"""Scenario files through `assistant evaluate`: what comes out, what was expected, and what is wrong with a file."""

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import ROOT, Outcome, Run

SOUND = Path(__file__).parent / "bad_rulebooks" / "sound"
REPORT_SCHEMA = json.loads((ROOT / "docs" / "schemas" / "report.schema.json").read_text("utf-8"))
ABSENT = "answers: {left: true, days: 11, place: russia, day: 2022-03-01}"
DAY = "this is not a day of the calendar. Write year-month-day, as in 2022-09-24."
CANARY = "zzcanary"


class Desk:
    """A folder for scenario files, and the program that evaluates them by the sound rulebook."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run = run
        self.folder = folder

    def write(self, text: str | bytes, name: str = "case.yaml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def evaluate(self, *words: object) -> Outcome:
        return self.run("evaluate", "--rulebook", SOUND, *words)

    def told(self, text: str | bytes) -> list[str]:
        """The problems of a file, without its name; nothing else is told and no status given."""
        path = self.write(text)
        outcome = self.evaluate(path)
        assert outcome.code == 2
        assert outcome.out == ""
        return [line.removeprefix(f"{path}:") for line in outcome.err.splitlines()]

    def statuses(self, answers: str) -> dict[str, str]:
        outcome = self.evaluate("--json", self.write(f"{{id: case, answers: {answers}}}"))
        assert (outcome.code, outcome.err) == (0, "")
        (report,) = json.loads(outcome.out)
        return {finding: found["status"] for finding, found in report["findings"].items()}


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path)


def test_a_scenario_as_expected_is_reported_and_done(desk: Desk) -> None:
    outcome = desk.evaluate(desk.write(f"id: case\ntitle: A case\n{ABSENT}\nexpect: {{prison: established}}\n"))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("case — A case\nInformation, not legal advice. Law reviewed up to 15.01.2026.\n")
    assert "[applies · exposure] Prison\n" in outcome.out


def test_what_was_not_expected_is_told_with_what_came_out_and_why(desk: Desk) -> None:
    path = desk.write(f"id: case\n{ABSENT}\nexpect:\n  prison: excluded\n  no_case: excluded\n")
    outcome = desk.evaluate(path)
    assert outcome.code == 1
    assert outcome.err == (
        f"{path}:4:3: expected prison to be excluded, and it is established.\n"
        "  long-absence holds: He is absent.; For how many days? — 11 or more\n"
    )


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ("", "  long-absence waits for: For how many days? — 11 or more\n"),
        (", days: unknown", "  long-absence waits for: For how many days? — 11 or more\n"),
    ],
    ids=["skipped", "not known"],
)
def test_a_finding_that_is_only_possible_is_told_with_what_it_waits_for(desk: Desk, days: str, why: str) -> None:
    scenario = f"id: case\nanswers: {{left: true, place: russia{days}}}\nexpect: {{prison: [established, excluded]}}\n"
    outcome = desk.evaluate(desk.write(scenario))
    assert outcome.code == 1
    assert outcome.err.endswith(f": expected prison to be established or excluded, and it is possible.\n{why}")


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


def test_not_knowing_is_the_same_as_not_saying(desk: Desk) -> None:
    assert desk.statuses("{left: true}") == desk.statuses("{left: true, days: unknown, place: unknown, day: unknown}")


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


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        *(
            (f"left: {word}", "true or false has to stand here.")
            for word in ("1", "0", '"Yes "', "yes", '"true"', "[]", "~")
        ),
        *(
            (f"days: {word}", "a whole number has to stand here.")
            for word in ("'3'", "3.5", "1e3", ".nan", "true", "{}", "9" * 19)
        ),
        *(
            (f"day: {word}", DAY)
            for word in ("01/02/2024", "2023-02-29", "2024-2-9", "20240229", "today", "2024", "[]")
        ),
        *((f"day: {word}", DAY) for word in ("2024-02-29T10:00", "2024-02-29 10:00", "２０２４-02-29", "0000-01-01")),
        ("days: -1", "this is too little for 'days'. The least is 0."),
        ("place: moon", "this is not an option of 'place'. Known: russia, ukraine."),
        ("place: ukrane", "this is not an option of 'place'. Did you mean 'ukraine'?"),
        ("place: Ukraine", "this is not an option of 'place'. Did you mean 'ukraine'?"),
        ("place: [ukraine]", "this is not an option of 'place'. Known: russia, ukraine."),
        ("place: true", "this is not an option of 'place'. Known: russia, ukraine."),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused_where_it_stands(desk: Desk, answer: str, told: str) -> None:
    column = 4 + answer.index(" ")
    assert desk.told(f"id: case\nanswers:\n  {answer}\n") == [f"3:{column}: {told}"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: case\nanswers: {plce: russia}", ["2:11: there is no question 'plce'. Did you mean 'place'?"]),
        ("id: case\nanswers: {absent: true}", ["2:11: there is no question 'absent'. Known: day, days, left, place."]),
        (
            "id: case\nanswers: {}\nexpect: {prizon: possible}",
            ["3:10: there is no finding 'prizon'. Did you mean 'prison'?"],
        ),
        (
            "id: case\nanswers: {}\nexpect: {prison: likely}",
            [
                (
                    "3:18: this is none of the values that can stand here. "
                    "Write one of 'established', 'possible' or 'excluded'."
                )
            ],
        ),
        ("id: case\nanswers: {}\nexpect: {prison: []}", ["3:18: this must not be empty."]),
        ("id: case\nanswers: {}\nexpect: [prison]", ["3:9: a mapping (keys and values) has to stand here."]),
        ("id: case\nanswers: [left]", ["2:10: a mapping (keys and values) has to stand here."]),
        (
            "id: case\nanswer: {}",
            [
                "1:1: the key 'answers' is missing. Add it.",
                "2:1: the key 'answer' is not known here. Did you mean 'answers'?",
            ],
        ),
        ("answers: {}", ["1:1: the key 'id' is missing. Add it."]),
        (
            "id: 5\nanswers: {}",
            ["1:5: a text has to stand here. Put it in quotes if it looks like a number or true/false."],
        ),
        ("[]", ["1:1: the file has no scenario. Write one mapping with 'id' and 'answers', or a list of them."]),
        ("- case", ["1:3: a mapping (keys and values) has to stand here."]),
        ("case", ["1:1: a mapping (keys and values) has to stand here."]),
        ("", ["1:1: the file is empty. Write at least one entry."]),
        (
            "id: case\nid: case\nanswers: {}",
            ["2:1: the key 'id' stands here a second time; the first is in line 1. Keep one of them."],
        ),
        (
            "- {id: one, answers: {left: 1, days: x}}\n- {id: two, answers: {lft: true}}\n",
            [
                "1:29: true or false has to stand here.",
                "1:38: a whole number has to stand here.",
                "2:23: there is no question 'lft'. Did you mean 'left'?",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told_at_once_with_places(desk: Desk, text: str, told: list[str]) -> None:
    assert desk.told(text) == told


@pytest.mark.parametrize(
    "text",
    [
        f"id: case\nanswers: {{left: {CANARY}}}",
        f"id: case\nanswers: {{days: {CANARY}}}",
        f"id: case\nanswers: {{day: {CANARY}}}",
        f"id: case\nanswers: {{place: {CANARY}}}",
        f"id: case\nanswers: {{place: [{CANARY}]}}",
        f"id: case\nanswers: {{place: {{{CANARY}: 1}}}}",
        f"id: case\nanswers: {{place: {CANARY}, place: {CANARY}}}",
        f"id: case\nanswers: {CANARY}",
        f"id: case\nanswers: [{CANARY}]",
        f"id: case\nanswers: {{left: true}}\nexpect: {{prison: {CANARY}}}",
        f"id: case\nanswers: {{left: &a {CANARY}}}",
        f"id: case\nanswers: {{left: !!{CANARY} x}}",
        f"id: case\nanswers: {{left: !{CANARY}! x}}",
        f'id: case\nanswers: {{place: "{CANARY}\\e"}}',
        f'id: case\nanswers: {{place: "{CANARY}}}',
        f"id: case\nanswers: {{place: {CANARY}\x00}}",
        f"id: case\nanswers: {{place: @{CANARY}}}",
        f"id: case\nanswers: *{CANARY}\n",
        f"id: case\nanswers:\n  place: {CANARY}: {CANARY}\n",
        f"id: case\nanswers:\n  place: {CANARY}\n {CANARY}\n",
        f"{CANARY}",
        f"[{CANARY}]",
    ],
)
def test_no_message_repeats_an_answer(desk: Desk, text: str) -> None:
    assert CANARY not in "".join(desk.told(text))


def test_an_answer_in_another_encoding_is_not_repeated(desk: Desk) -> None:
    assert desk.told(f"id: case\nanswers: {{place: {CANARY} привет}}".encode("cp1251")) == [
        "2:27: byte 35 is not UTF-8. Save the file as UTF-8."
    ]


def test_one_bad_file_keeps_no_other_back(desk: Desk) -> None:
    good = [desk.write(f"id: {name}\n{ABSENT}\n", f"{name}.yaml") for name in ("first", "last")]
    bad = desk.write("id: bad\nanswers: {left: 1}\n", "middle.yaml")
    outcome = desk.evaluate("--json", good[0], bad, desk.folder / "nowhere.yaml", good[1])
    assert outcome.code == 2
    assert [report["id"] for report in json.loads(outcome.out)] == ["first", "last"]
    assert outcome.err.splitlines() == [
        f"{bad}:2:17: true or false has to stand here.",
        (
            f"{desk.folder}/nowhere.yaml:1:1: the file cannot be read: No such file or directory. "
            "Check its name and its permissions."
        ),
    ]


def test_bad_input_counts_for_more_than_a_failed_expectation(desk: Desk) -> None:
    failing = desk.write(f"id: case\n{ABSENT}\nexpect: {{prison: excluded}}\n")
    outcome = desk.evaluate(failing, desk.folder / "nowhere.yaml")
    assert outcome.code == 2
    assert "expected prison to be excluded" in outcome.err


def test_a_folder_stands_for_all_yaml_files_in_it_in_order(desk: Desk) -> None:
    for name in ("b/second.yml", "a/first.yaml", "notes.txt", "b/third.yaml"):
        desk.write(f"id: {Path(name).stem}\nanswers: {{}}\n", name)
    outcome = desk.evaluate("--json", desk.folder)
    assert outcome.code == 0
    assert [report["id"] for report in json.loads(outcome.out)] == ["first", "second", "third"]


def test_a_folder_without_scenario_files_is_told(desk: Desk) -> None:
    desk.write("id: case\nanswers: {}\n", "case.txt")
    outcome = desk.evaluate("--json", desk.folder)
    told = "there is no scenario file in this folder. Scenario files end in .yaml or .yml."
    assert (outcome.code, outcome.err) == (2, f"{desk.folder}:1:1: {told}\n")
    assert json.loads(outcome.out) == []


def test_a_pipe_is_refused_without_waiting(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe.yaml")
    started = time.monotonic()
    assert desk.evaluate(desk.folder / "pipe.yaml").code == 2
    assert time.monotonic() - started < 5


def test_a_folder_called_like_a_file_is_told(desk: Desk) -> None:
    (desk.folder / "cases" / "folder.yaml").mkdir(parents=True)
    outcome = desk.evaluate(desk.folder / "cases")
    assert (outcome.code, outcome.err.partition(":1:1: ")[2]) == (2, "this is a folder, not a file. Name a file.\n")


def test_the_name_of_a_file_cannot_steer_the_terminal(desk: Desk) -> None:
    outcome = desk.evaluate(desk.write("id: case\nanswers: {left: 1}", "a\x1b]52;c;AAAA\x07\r\n.yaml"))
    assert outcome.code == 2
    assert outcome.err.removesuffix("\n").isprintable()


def test_answers_that_contradict_each_other_are_no_assessment(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(SOUND, book)
    text = "{id: stayed_away, when: {left: false, days: {over: 0}}, text: You said that he stayed and left.}"
    (book / "rules" / "impossible.yaml").write_text(f"impossible: [{text}]\n")
    path = desk.write(
        "- {id: bad, answers: {left: false, days: 1}, expect: {prison: excluded}}\n- {id: good, answers: {}}\n"
    )
    outcome = desk.run("evaluate", "--json", "--rulebook", book, path)
    assert outcome.code == 2
    told = "the answers contradict each other: You said that he stayed and left. Change one of them, or leave it out."
    assert outcome.err == f"{path}:1:3: {told}\n"
    assert [report["id"] for report in json.loads(outcome.out)] == ["good"]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(desk: Desk) -> None:
    text = f"id: case\n{ABSENT}\n".encode()
    assert desk.evaluate(desk.write(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))).code == 0
