"""The same answers along the days on which the rules change."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.timeline import contradicts_always, timeline
from assistant.explanation.timeline_drawing import drawn_timeline, timeline_text
from assistant.rulebook.question import Answer, Answers
from tests.support.project import IN_SPRING
from tests.support.random_rulebooks import DAY_OF_ACT, FIRST, any_answers, any_rulebook, chances, thorough


@thorough(150)
@given(chances)
def test_on_each_day_it_says_what_an_assessment_with_that_day_says(chance: random.Random) -> None:
    book = any_rulebook(chance, questions=5, facts=3, findings=3, rules=9)
    assessor = Assessor(book)
    answers = any_answers(chance, book)
    line = timeline(assessor, answers)
    assert line is not None
    for offset in range(-3, 12):
        day = FIRST + timedelta(days=offset)
        assessment = assessor.assess({**answers, DAY_OF_ACT: day})
        expected = {each.finding: each.status for each in assessment.findings}
        assert line.at(day).statuses == (None if assessment.contradictions else expected)


def test_neighbouring_stretches_differ_and_no_day_is_left_out(assessor: Assessor) -> None:
    line = timeline(assessor, IN_SPRING)
    assert line is not None
    for before, after in zip(line.segments, line.segments[1:], strict=False):
        assert before.statuses != after.statuses
        assert before.days.until is not None
        assert after.days.start == before.days.until + timedelta(days=1)


def test_a_day_out_of_bounds_has_no_stretch(assessor: Assessor) -> None:
    line = timeline(assessor, {})
    assert line is not None
    with pytest.raises(KeyError):
        line.at(date(2021, 12, 31))


def test_the_law_of_the_articles_ends_before_the_harsher_begins(assessor: Assessor) -> None:
    line = timeline(assessor, IN_SPRING)
    assert line is not None
    spring, autumn = line.at(date(2022, 9, 20)).statuses, line.at(date(2022, 9, 24)).statuses
    assert spring is not None
    assert autumn is not None
    assert spring["refusal_not_prosecuted_then"] is Status.ESTABLISHED
    assert autumn["refusal_not_prosecuted_then"] is Status.EXCLUDED
    assert autumn["uk332_2_1"] is Status.ESTABLISHED


def test_drawn_it_has_a_column_a_stretch_and_says_in_words_what_its_marks_mean(assessor: Assessor) -> None:
    line = timeline(assessor, IN_SPRING)
    assert line is not None
    drawn = timeline_text(assessor.rulebook, line, 80).splitlines()
    assert drawn[1] == "2: from 24.02.2022 to 20.09.2022 (the day that was given: 10.04.2022)"
    assert "■ applies   □ may apply   ○ not established   · excluded" in drawn
    (row,) = [text for text in drawn if text.startswith("Spring 2022: no legal basis to prosecute")]
    marks = row.split()[-len(line.segments) :]
    assert marks == ["·", "■", *"·" * (len(line.segments) - 2)]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_drawn_it_keeps_to_the_width(assessor: Assessor, width: int) -> None:
    line = timeline(assessor, IN_SPRING)
    assert line is not None
    assert max(map(len, timeline_text(assessor.rulebook, line, width).splitlines())) <= width


def test_days_that_contradict_other_answers_are_marked_as_that(assessor: Assessor) -> None:
    absent: dict[str, Answer] = {
        "left_without_leave": True,
        "still_absent": False,
        "absence_end": date(2022, 9, 20),
    }
    line = timeline(assessor, absent)
    assert line is not None
    assert line.at(date(2022, 9, 21)).statuses is None
    assert "! contradicts the other answers" in timeline_text(assessor.rulebook, line, 100)


def test_what_never_holds_is_left_out_though_some_days_contradict_the_other_answers(assessor: Assessor) -> None:
    answers: Answers = {"service_category": "mobilised", "left_without_leave": True, "refusal": "none"}
    line = timeline(assessor, answers)  # nobody was mobilised before 21.09.2022
    assert line is not None
    told = [segment.statuses for segment in line.segments if segment.statuses is not None]
    assert len(told) < len(line.segments)
    drawn = drawn_timeline(assessor.rulebook, line, 100)
    differing = {finding for finding in told[0] if len({statuses[finding] for statuses in told}) > 1}
    assert {finding for finding, _text in drawn.rows} == differing
    same = sum(told[0][finding] is not Status.EXCLUDED for finding in told[0].keys() - differing)
    assert drawn.rest.startswith(f"{same} findings are the same on every day")


def test_of_answers_that_contradict_each_other_on_every_day_nothing_is_counted(assessor: Assessor) -> None:
    line = timeline(assessor, {"refusal": "none", "letter_filed": True})
    assert line is not None
    assert contradicts_always(line)
    drawn = drawn_timeline(assessor.rulebook, line, 100)
    assert (drawn.rows, drawn.rest) == ((), "")
    spring = timeline(assessor, IN_SPRING)
    assert spring is not None
    assert not contradicts_always(spring)
