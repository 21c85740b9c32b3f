"""An answer is as exact as the person knows it: a month, a span of days, "contract or mobilised"."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.documents.problem import Problem
from assistant.documents.value import Value
from assistant.documents.yaml_model import as_model
from assistant.documents.yaml_reader import Document, parse_yaml
from assistant.explanation.derivation import derivation
from assistant.explanation.relevance import why_asked
from assistant.explanation.timeline import timeline
from assistant.explanation.view.reason import node_words, why_asked_lines
from assistant.explanation.view.words import answer_words
from assistant.explanation.what_if import suggestions
from assistant.interview.receipt import Receipt, load_receipt, receipt, receipt_text, verify
from assistant.interview.saved.saved_interview import as_bytes, from_bytes, restore, to_saved
from assistant.interview.state import begin, open_questions
from assistant.plain.typed import Unread, understood
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, QuestionType, Unit
from assistant.rulebook.ranges import DateRange, Days, NumberRange, Numbers, OptionSet, as_data
from assistant.scenarios.scenario import load_scenarios
from assistant.system.language import use_language
from assistant.system.message import text as text_of
from tests.support.interviews import next_question
from tests.support.line_by_line import continued, conversation
from tests.support.project import ROOT
from tests.support.random_rulebooks import (
    any_answer_or_range,
    any_small_rulebook,
    chances,
    question,
    rule,
    rulebook,
    thorough,
)

OCTOBER = DateRange(start=date(2025, 10, 1), until=date(2025, 10, 31))
ABOUT_A_MONTH = NumberRange(start=28, up_to=31)
CONTRACT_OR_MOBILISED = OptionSet(options=("contract", "mobilised"))
RELATIVE: dict[str, Answer] = {
    "act_date": OCTOBER,
    "service_category": CONTRACT_OR_MOBILISED,
    "refusal": "oral",
    "place": "russia_at_unit",
}
EXACT: dict[str, Answer] = {"refusal": "oral", "act_date": date(2025, 10, 7)}
DAYS = rulebook(
    [question("n", QuestionType.NUMBER), question("d", QuestionType.DATE), question("c", QuestionType.CHOICE, "abc")],
    [
        rule("long", "z", {"n": {"over": 30}}),
        rule("late", "y", {"d": {"from": "2022-09-24"}}),
        rule("either", "x", {"c": ["a", "b"]}),
    ],
)


def written(tmp_path: Path, answers: str) -> Any:
    path = tmp_path / "scenario.yaml"
    path.write_text(f"id: one\nanswers: {answers}\n", "utf-8")
    return load_scenarios(path, DAYS)


# What a file can say


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("{d: 2025-10}", OCTOBER),
        ("{d: {from: 2025-10-01, until: 2025-10-31}}", OCTOBER),
        ("{d: {from: 2025-10, until: 2025-10}}", OCTOBER),
        ("{d: 2024-02}", DateRange(start=date(2024, 2, 1), until=date(2024, 2, 29))),
        ("{d: 2025}", DateRange(start=date(2025, 1, 1), until=date(2025, 12, 31))),
        ('{d: "2025"}', DateRange(start=date(2025, 1, 1), until=date(2025, 12, 31))),
        ("{d: {until: 2022-09-20}}", DateRange(until=date(2022, 9, 20))),
        ("{d: {from: 2022-09-20, until: 2022-09-20}}", date(2022, 9, 20)),
        ("{n: {from: 28, up_to: 31}}", ABOUT_A_MONTH),
        ("{n: {over: 27, under: 32}}", ABOUT_A_MONTH),
        ("{n: {over: 10}}", NumberRange(start=11)),
        ("{n: {up_to: 3, from: }}", NumberRange(up_to=3)),
        ("{n: {over: 3, under: 5}}", 4),
        ("{c: [b, a]}", OptionSet(options=("a", "b"))),
        ("{c: [b]}", "b"),
    ],
)
def test_a_file_can_give_a_month_a_span_or_several_options(tmp_path: Path, answers: str, expected: Answer) -> None:
    (scenario,) = written(tmp_path, answers)
    assert list(scenario.answers.values()) == [expected]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("{d: 2025-13}", "this is not a day, or not written as one."),
        ("{d: 25}", "this is not a day, or not written as one."),
        ("{d: {}}", "this range has no bounds."),
        ("{d: {from: , until: }}", "this range has no bounds."),
        ("{d: {up_to: 2025-10}}", "this is not a range that an answer can be."),
        ("{d: {from: 2025-10, until: 2025-09}}", "nothing is in this range."),
        ("{n: {from: 31, up_to: 28}}", "nothing is in this range."),
        ("{n: {over: 3, under: 4}}", "nothing is in this range."),
        ("{n: {over: 3, from: 4}}", "this range has two bounds on one side."),
        ("{n: {from: few}}", "this is not a range that an answer can be."),
        ("{n: [1, 2]}", "a whole number is needed here."),
        ("{c: []}", "this is not an option of 'c'."),
        ("{c: [a, z]}", "this is not an option of 'c'."),
        ("{c: {from: a}}", "this is not an option of 'c'."),
    ],
)
def test_what_is_no_range_is_refused_at_its_place(tmp_path: Path, answers: str, message: str) -> None:
    (problem,) = written(tmp_path, answers)
    assert isinstance(problem, Problem)
    assert (problem.message, problem.place.line, problem.place.column) == (message, 2, 14)
    assert problem.remedy


def test_a_range_must_lie_within_the_bounds_of_its_question(assessor: Assessor, tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("{id: early, answers: {act_date: 2021-12, conscript_months: {over: 36}}}", "utf-8")
    found = load_scenarios(path, assessor.rulebook)
    assert [(each.message, each.remedy) for each in found if isinstance(each, Problem)] == [
        ("this is too early for 'act_date'.", "Not before 2022-01-01."),
        ("this is too much for 'conscript_months'.", "Not more than 36."),
    ]


class WithRanges(Value):
    """A record of a file whose fields may be ranges."""

    on: Days | None = None
    count: Numbers | None = None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("on: someday", "this is not a day, a month or a range of days, or not written as one."),
        ("on: {until: 2022, to: 2023}", "this is not a day, a month or a range of days, or not written as one."),
        ("count: few", "this is not a whole number or a range of numbers."),
        ("count: {}", "this range has no bounds."),
        ("count: {from: 3, over: 2}", "this range has two bounds on one side."),
        ("on: {from: 2023, until: 2022}", "nothing is in this range."),
    ],
)
def test_a_field_that_is_no_range_is_refused_at_its_place(text: str, message: str) -> None:
    document = parse_yaml(text, "case.yaml")
    assert isinstance(document, Document)
    (problem,) = as_model(document, WithRanges)
    assert isinstance(problem, Problem)
    assert (problem.message, problem.place.line) == (message, 1)
    assert problem.remedy


def test_a_field_of_a_file_can_be_a_range() -> None:
    document = parse_yaml("{on: 2025-10, count: {from: 28, up_to: 31}}", "case.yaml")
    assert isinstance(document, Document)
    assert as_model(document, WithRanges) == WithRanges(on=OCTOBER, count=ABOUT_A_MONTH)


@thorough(200)
@given(chances)
def test_what_is_written_to_a_file_reads_as_the_same_answer(chance: random.Random) -> None:
    from assistant.rulebook.answer import read_answer

    book = any_small_rulebook(chance)
    for asked in book.questions:
        answer = any_answer_or_range(chance, asked)
        assert read_answer(asked, json.loads(json.dumps(as_data(answer)))) == answer


# What follows


def test_a_month_decides_what_all_its_days_decide_and_leaves_the_rest_open() -> None:
    assessor = Assessor(DAYS)

    def status(day: Answer) -> Status:
        return assessor.assess({"d": day}).status_of("y").status

    assert status(OCTOBER) is Status.ESTABLISHED
    assert status(DateRange(until=date(2022, 9, 23))) is Status.EXCLUDED
    assert status(DateRange(start=date(2022, 9, 1), until=date(2022, 9, 30))) is Status.POSSIBLE


def test_about_a_month_waits_for_the_exact_number_and_is_not_asked_again() -> None:
    assessor = Assessor(DAYS)
    interview = begin(assessor, {"n": ABOUT_A_MONTH})
    assert interview.assessment.status_of("z").waits_for == ("n",)
    assert "n" not in {each.id for each in open_questions(DAYS, interview)}
    asked = next_question(DAYS, interview)
    assert asked is not None
    assert asked.id != "n"


def test_a_range_says_which_narrower_answer_would_decide() -> None:
    assessor = Assessor(DAYS)
    lines = map(text_of, why_asked_lines(DAYS, why_asked(assessor, {"n": ABOUT_A_MONTH}, "n")))
    assert list(lines) == ["“z”: applies with: 31; excluded with: 28 to 30."]


def test_what_a_range_decides_in_the_rulebook_is_what_each_of_its_points_decides(assessor: Assessor) -> None:
    """October 2025 holds no day on which the law changed, and neither option changes what follows for both."""
    ranged = assessor.assess(RELATIVE)
    for day in (date(2025, 10, 1), date(2025, 10, 15), date(2025, 10, 31)):
        for category in CONTRACT_OR_MOBILISED.options:
            exact = assessor.assess({**RELATIVE, "act_date": day, "service_category": category})
            for found in ranged.findings:
                if found.status is not Status.POSSIBLE:
                    assert exact.status_of(found.finding).status is found.status
    assert len(ranged.with_status(Status.ESTABLISHED)) > 5


# What is said of it


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (OCTOBER, "Met: {question} — from 24.09.2022 on; the answer is: October 2025"),
        (
            DateRange(start=date(2022, 9, 1), until=date(2022, 9, 30)),
            "Left open by the answer September 2022, would need: {question} — from 24.09.2022 on",
        ),
    ],
)
def test_a_range_is_named_in_words_beside_the_condition(assessor: Assessor, days: DateRange, line: str) -> None:
    answers: dict[str, Answer] = {**RELATIVE, "act_date": days}
    tree = derivation(assessor.rulebook, assessor.program, assessor.assess(answers), answers, "uk332_2_1")
    lines = {
        text_of(node_words(assessor.rulebook, assessor.program, node))
        for _, node in tree.walk()
        if node.id == "act_date"
    }
    assert line.format(question=assessor.rulebook.question["act_date"].text) in lines


@pytest.mark.parametrize(
    ("name", "answer", "text"),
    [
        ("d", OCTOBER, "October 2025"),
        ("d", DateRange(start=date(2024, 2, 1), until=date(2024, 2, 29)), "February 2024"),
        ("d", DateRange(start=date(2025, 1, 1), until=date(2025, 12, 31)), "2025"),
        ("d", DateRange(start=date(2025, 10, 1), until=date(2025, 11, 30)), "from 01.10.2025 to 30.11.2025"),
        ("d", DateRange(start=date(2025, 10, 2), until=date(2025, 10, 31)), "from 02.10.2025 to 31.10.2025"),
        ("d", DateRange(until=date(2022, 9, 20)), "until 20.09.2022"),
        ("d", DateRange(start=date(2025, 10, 1)), "from 01.10.2025 on"),
        ("n", ABOUT_A_MONTH, "28 to 31"),
        ("n", NumberRange(start=11), "11 or more"),
        ("n", NumberRange(up_to=3), "at most 3"),
        ("c", OptionSet(options=("a", "b")), "“a” or “b”"),
    ],
)
def test_a_range_has_words(name: str, answer: Answer, text: str) -> None:
    assert text == text_of(answer_words(DAYS.question[name], answer))


@pytest.mark.parametrize(("unit", "words"), [(Unit.DAYS, "12 days"), (Unit.MONTHS, "12 months"), (None, "12")])
def test_a_number_is_said_with_what_it_counts(unit: Unit | None, words: str) -> None:
    assert text_of(answer_words(DAYS.question["n"].replacing(unit=unit), 12)) == words


def test_a_month_has_words_in_russian() -> None:
    use_language("ru")
    assert text_of(answer_words(DAYS.question["d"], OCTOBER)) == "октябрь 2025"


def test_what_if_suggests_narrower_answers() -> None:
    assessor = Assessor(DAYS)
    found = suggestions(assessor, {"n": ABOUT_A_MONTH}, most_each=9)
    assert {each.answer for each in found} == {28, 31}


def test_the_timeline_marks_every_period_that_the_range_touches() -> None:
    line = timeline(Assessor(DAYS.replacing(metadata=DAYS.metadata.replacing(date_question="d"))), {"d": OCTOBER})
    assert line is not None
    assert [segment.touches(line.present) for segment in line.segments] == [False, True]


# What is typed


def test_a_month_typed_line_by_line_is_recorded_and_echoed_in_words(assessor: Assessor, rulebook: Rulebook) -> None:
    said = continued(
        assessor, rulebook, ["октябрь 2025"], dict.fromkeys(_before(rulebook, "act_date"), Unknown.DONT_KNOW), 100
    )
    assert [line for line in said if line.startswith("Your answer: October 2025 — ")]


def _before(rulebook: Rulebook, name: str) -> list[str]:
    """The questions of which an answer is not needed to come to this one."""
    return [each.id for each in rulebook.asked_questions if each.id != name]


def test_a_range_that_is_too_wide_says_line_by_line_what_a_narrower_answer_decides() -> None:
    lines = conversation(Assessor(DAYS), DAYS, ["28-31"])
    at = lines.index("A more exact answer would decide more:")
    assert lines[at - 1].startswith("New: ") or lines[at - 1].startswith("Your answer: 28 to 31")
    assert lines[at + 1] == "“z”: applies with: 31; excluded with: 28 to 30."


@pytest.mark.parametrize("line", ["1 or 2", "2 или 1", "1, 2", "1,2"])
def test_several_numbers_choose_several_options(line: str) -> None:
    assert understood(DAYS.question["c"], line) == OptionSet(options=("a", "b"))


@pytest.mark.parametrize("line", ["1 2", "1 and 2", "1 or 9", "1, 1", "12"])
def test_numbers_that_do_not_surely_choose_several_options_choose_none(line: str) -> None:
    assert isinstance(understood(DAYS.question["c"], line), Unread)


# What is kept


def test_a_receipt_with_ranges_comes_back_and_one_without_keeps_the_first_format(
    assessor: Assessor, tmp_path: Path
) -> None:
    schema = json.loads((ROOT / "docs" / "schemas" / "receipt.schema.json").read_text("utf-8"))
    for answers, format_ in ((RELATIVE, 2), (EXACT, 1)):
        made = receipt(assessor.rulebook, answers, assessor.assess(answers))
        path = tmp_path / "receipt.json"
        path.write_text(receipt_text(made), "utf-8")
        jsonschema.validate(json.loads(receipt_text(made)), schema)
        found = load_receipt(path)
        assert isinstance(found, Receipt)
        assert (found.receipt, found) == (format_, made)
        assert verify(assessor, found).same


def test_a_saved_interview_with_ranges_comes_back_and_one_without_keeps_the_first_format(assessor: Assessor) -> None:
    for replies, format_ in ((RELATIVE, 2), (EXACT, 1)):
        saved = from_bytes(as_bytes(to_saved(assessor.rulebook, begin(assessor, replies))))
        assert not isinstance(saved, str)
        assert saved.saved_interview == format_
        assert restore(saved, assessor.rulebook).replies == replies
