"""What if: two assessments side by side, and the suppositions that matter most."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.view.change import HAS_CHANGED, change_words, difference_words, supposed_words
from assistant.explanation.what_if import Transition, suggestions, what_if
from assistant.rulebook.question import Answer
from assistant.scenarios.scenario import Scenario, load_scenarios
from assistant.system.message import message
from tests.support.project import ROOT
from tests.support.random_rulebooks import any_answers, any_rulebook, chances, thorough

ARTICLES = ROOT / "tests" / "scenarios" / "articles"


def scenario(assessor: Assessor, name: str) -> Scenario:
    found = [
        each
        for file in sorted(Path(ARTICLES).glob("*.yaml"))
        for each in load_scenarios(file, assessor.rulebook)
        if isinstance(each, Scenario) and each.id == name
    ]
    assert len(found) == 1
    return found[0]


@thorough(150)
@given(chances)
def test_what_changes_is_the_difference_of_two_assessments(chance: random.Random) -> None:
    book = any_rulebook(chance, questions=5, facts=3, findings=4, rules=9)
    assessor = Assessor(book)
    answers, supposed = any_answers(chance, book), any_answers(chance, book)
    found = what_if(assessor, answers, supposed)
    before, after = assessor.assess(answers), assessor.assess({**answers, **supposed})
    assert (found.before, found.after) == (before, after)
    if before.contradictions or after.contradictions:
        assert found.changed == ()
        return
    told = {each.finding: (each.before.status, each.after.status) for each in found.changed}
    assert told == {
        each.finding: (each.status, after.status_of(each.finding).status)
        for each in before.findings
        if each.status is not after.status_of(each.finding).status
    }
    for each in found.changed:
        shown = (each.before.shown, each.after.shown)
        expected = {(False, True): Transition.APPEARS, (True, False): Transition.VANISHES}.get(
            shown, Transition.CHANGES
        )
        assert each.turn is expected


@thorough(100)
@given(chances)
def test_a_suggestion_changes_exactly_what_it_says(chance: random.Random) -> None:
    book = any_rulebook(chance, questions=5, facts=3, findings=4, rules=9)
    assessor = Assessor(book)
    answers = any_answers(chance, book)
    for each in suggestions(assessor, answers):
        assert answers[each.question] != each.answer
        changed = what_if(assessor, answers, {each.question: each.answer}).changed
        assert [found.finding for found in changed] == list(each.changes)


@pytest.mark.parametrize(
    "name",
    ["bokov-refuses-under-threat", "dmitri-refuses-with-eight-others", "case-requested", "leave-rescinded-and-stamped"],
)
def test_the_articles_own_questions_come_out_on_top(assessor: Assessor, name: str) -> None:
    answers = {
        asked: answer
        for asked, answer in scenario(assessor, name).answers.items()
        if asked not in {"leaving_attempt", "counted_as_absent"}
    }
    told = [(each.question, each.answer) for each in suggestions(assessor, answers)]
    assert set(told[:2]) == {("left_without_leave", True), ("act_date", date(2022, 9, 24))}
    assert ("regime", "declared_war") in told[:4]
    assert "service_category" in [question for question, _answer in told]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("refuser-on-23-september-2022", date(2022, 9, 24)),
        ("refuser-on-24-september-2022", date(2022, 9, 23)),
        ("refuser-on-the-last-day-reviewed", date(2022, 9, 23)),
    ],
)
def test_the_day_is_put_on_the_other_side_of_where_the_law_changed(assessor: Assessor, name: str, day: date) -> None:
    told = suggestions(assessor, scenario(assessor, name).answers)
    assert day in [each.answer for each in told if each.question == "act_date"]


def test_nothing_answered_gives_nothing_to_suppose(assessor: Assessor) -> None:
    assert suggestions(assessor, {}) == ()
    assert suggestions(assessor, {"refusal": "none", "letter_filed": True}) == ()


def test_a_change_is_told_with_its_citations(assessor: Assessor) -> None:
    answers: dict[str, Answer] = {**scenario(assessor, "refuser-on-23-september-2022").answers}
    changed = what_if(assessor, answers, {"act_date": date(2022, 9, 24)}).changed
    refusing = next(each for each in changed if each.finding == "uk332_2_1")
    assert (refusing.turn, refusing.after.status) == (Transition.APPEARS, Status.ESTABLISHED)
    assert change_words(assessor.rulebook, refusing, HAS_CHANGED) == message(
        "New: “{title}” — {before} before, {after} now.",
        title="Not executing an order, or refusing hostilities, art. 332(2.1)",
        before=message("excluded"),
        after=message("applies"),
    )
    assert "uk332_2_1" in [
        getattr(getattr(cited, "statute", None), "id", "") for cited in refusing.cited(assessor.rulebook)
    ]


def test_a_finding_that_vanishes_is_told_with_what_it_rested_on(assessor: Assessor) -> None:
    answers = scenario(assessor, "refuser-on-20-september-2022").answers
    changed = what_if(assessor, answers, {"act_date": date(2022, 9, 21)}).changed
    lost = next(each for each in changed if each.finding == "refusal_not_prosecuted_then")
    assert lost.turn is Transition.VANISHES
    assert lost.cited(assessor.rulebook)


def test_a_suggestion_names_the_answer_the_present_one_and_the_gravest_finding(assessor: Assessor) -> None:
    answers = scenario(assessor, "dmitri-refuses-with-eight-others").answers
    leaving = next(each for each in suggestions(assessor, answers) if each.question == "left_without_leave")
    assert supposed_words(assessor.rulebook, answers, leaving.question, leaving.answer) == message(
        "{question} — {answer} (you said: {said})",
        question="Did he leave the unit without permission, or not come back in time?",
        answer=message("yes"),
        said=message("no"),
    )
    assert dict(difference_words(assessor.rulebook, leaving).slots) == {
        "count": len(leaving.changes),
        "title": assessor.rulebook.finding[leaving.changes[0]].title,
    }
