"""Scenario files: which are read, and what is wrong with the others, told without repeating an answer."""

import json
import os
import shutil
from pathlib import Path

import pytest

from assistant.rulebook.answer import Mistake, read_answer
from assistant.rulebook.question import QuestionType
from tests.support.project import ABSENT, SOUND, Desk
from tests.support.random_rulebooks import question

TRUTH = "true or false is needed here. Write true or false: in small letters, without quotes or spaces."
NUMBER = "Write digits alone, at most 18, as in 12 or -3."
DAY = (
    "this is not a day, or not written as one. "
    "Write year-month-day, as in 2022-09-24, or only the month or the year, as in 2022-09."
)
CANARY = "zzcanary"


def test_not_knowing_is_the_same_as_not_saying(desk: Desk) -> None:
    assert desk.statuses("{left: true}") == desk.statuses("{left: true, days: unknown, place: unknown, day: unknown}")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        *(
            (
                f"left: {word}",
                TRUTH,
            )
            for word in ("1", "0", '"Yes "', "yes", "[]")
        ),
        ('left: "true"', "true or false is needed here. Take the quotes away."),
        ("days: '3'", "a whole number is needed here. Take the quotes away."),
        ('days: "-3"', "a whole number is needed here. Take the quotes away."),
        *(
            (f"days: {word}", f"a whole number is needed here. {NUMBER}")
            for word in ("'03'", "3.5", "1e3", ".nan", "true", "[]", "9" * 19)
        ),
        *(
            (f"day: {word}", DAY)
            for word in ("01/02/2024", "2023-02-29", "2024-2-9", "'20240229'", "2024-W09-4", "today", "[]")
        ),
        *((f"day: {word}", DAY) for word in ("2024-02-29T10:00", "2024-02-29 10:00", "0000-01-01")),
        (
            "day: ２０２４-02-29",
            (
                "this is not a day, or not written as one. It contains U+FF12 (FULLWIDTH DIGIT TWO). "
                "Write year-month-day, as in 2022-09-24, or only the month or the year, as in 2022-09."
            ),
        ),
        ("days: -1", "this is too little for 'days'. Not less than 0."),
        ("place: moon", "this is not an option of 'place'. Known: russia, ukraine."),
        ("place: ukrane", "this is not an option of 'place'. Known: russia, ukraine."),
        ("place: Ukraine", "this is not an option of 'place'. Known: russia, ukraine."),
        ("place: [ukrain]", "this is not an option of 'place'. Known: russia, ukraine."),
        ("place: true", "this is not an option of 'place'. Known: russia, ukraine."),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused_where_it_stands(desk: Desk, answer: str, told: str) -> None:
    column = 4 + answer.index(" ")
    assert desk.told(f"id: case\nanswers:\n  {answer}\n") == [f"3:{column}: {told}"]


def test_the_bounds_of_a_question_are_answers_to_it() -> None:
    asked = question("days", QuestionType.NUMBER).model_copy(update={"lowest": 0, "highest": 9})
    assert [read_answer(asked, each) for each in (0, 9)] == [0, 9]
    assert all(isinstance(read_answer(asked, each), Mistake) for each in (-1, 10))


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
                    "Write one of 'established', 'possible', 'excluded'."
                )
            ],
        ),
        ("id: case\nanswers: {}\nexpect: {prison: []}", ["3:18: this must not be empty."]),
        ("id: case\nanswers: {}\nexpect: [prison]", ["3:9: a mapping (keys and values) is needed here."]),
        ("id: case\nanswers: [left]", ["2:10: a mapping (keys and values) is needed here."]),
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
            ["1:5: a text is needed here. Put it in quotes if it looks like a number or true/false."],
        ),
        ("[]", ["1:1: the file has no scenario. Write one mapping with 'id' and 'answers', or a list of them."]),
        ("- case", ["1:3: a mapping (keys and values) is needed here."]),
        ("case", ["1:1: a mapping (keys and values) is needed here."]),
        ("", ["1:1: the file is empty. Write at least one entry."]),
        (
            "id: case\nid: case\nanswers: {}",
            ["2:1: the key 'id' is here a second time; the first is in line 1. Keep one of them."],
        ),
        (
            "- {id: one, answers: {left: 1, days: x}}\n- {id: two, answers: {lft: true}}\n",
            [
                f"1:29: {TRUTH}",
                f"1:38: a whole number is needed here. {NUMBER}",
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
        f"id: case\nanswers: {{place {CANARY}}}",
        f"id: case\nanswers: {{place:{CANARY}}}",
        f"id: case\nanswers: {{place {CANARY}, place {CANARY}}}",
        f"id: case\nanswers {CANARY}: {{}}",
        f"id: case\nanswers: {{}}\nexpect: {{prison {CANARY}}}",
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


def test_a_pipe_is_refused_without_waiting(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe.yaml")
    assert desk.evaluate(desk.folder / "pipe.yaml").code == 2


def test_a_folder_called_like_a_file_is_told(desk: Desk) -> None:
    (desk.folder / "cases" / "folder.yaml").mkdir(parents=True)
    outcome = desk.evaluate(desk.folder / "cases")
    assert (outcome.code, outcome.err.partition(": ")[2]) == (2, "this is a folder, not a file. Name a file.\n")


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
