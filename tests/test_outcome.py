"""The outcome of a case: the gravest punishments, what would make it worse, what to do, and what no longer holds."""

import datetime
import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.penalties import applicable_penalties
from assistant.explanation.outcome import Outcome, outcome, with_worsenings
from assistant.explanation.view.outcome import Section, headline, outcome_parts
from assistant.rulebook.computing import completed
from assistant.rulebook.finding import Kind
from assistant.rulebook.penalty import Term, gravity
from assistant.rulebook.question import Answer, Answers, DecidedBy, QuestionType
from assistant.rulebook.ranges import DateRange
from assistant.scenarios.json_report import json_report
from assistant.scenarios.scenario import Scenario
from assistant.scenarios.text_report import text_report
from assistant.system.message import text
from tests.support.random_rulebooks import thorough
from tests.support.random_scenarios import random_answers

OCTOBER = DateRange(start=datetime.date(2025, 10, 1), until=datetime.date(2025, 10, 31))
RELATIVE: Mapping[str, Answer] = {
    "asked_on": datetime.date(2026, 11, 29),
    "act_date": OCTOBER,
    "service_category": "contract",
    "refusal": "considering",
    "left_without_leave": False,
    "leaving_considered": False,
    "place": "russia_at_unit",
    "order": "oral",
    "order_to_fight": True,
    "foreigner": False,
    "surrendered": False,
    "joined_opposing_forces": False,
    "helped_other_side": False,
}
"""A contract soldier in Russia is told by word of mouth to go to Ukraine, and thinks of refusing."""


def found(assessor: Assessor, answers: Answers) -> Outcome:
    result = outcome(assessor.rulebook, answers, assessor.assess(answers))
    assert result is not None
    return with_worsenings(assessor, answers, result)


def lines(assessor: Assessor, answers: Answers, section: Section) -> list[str]:
    parts = outcome_parts(assessor.rulebook, found(assessor, answers))
    return [text(line) for part in parts if part.section is section for line, _finding in part.lines]


def test_the_first_line_names_the_punishment_that_a_refusal_would_have(assessor: Assessor) -> None:
    first = headline(assessor.rulebook, found(assessor, RELATIVE))
    assert text(first).startswith("If he refuses: 2 to 3 years in prison — ")
    assert lines(assessor, RELATIVE, Section.PUNISHMENT)[0] == text(first)


def test_nothing_that_is_only_possible_is_in_the_headline(assessor: Assessor) -> None:
    nothing_known = found(assessor, {})
    assert nothing_known.at_least is None
    assert nothing_known.up_to is not None
    assert text(headline(assessor.rulebook, nothing_known)) == "Punishment: not clear yet"


def test_the_gravest_that_is_possible_comes_with_the_questions_on_which_it_depends(assessor: Assessor) -> None:
    unsure = {name: answer for name, answer in RELATIVE.items() if name != "joined_opposing_forces"}
    up_to = found(assessor, unsure).up_to
    assert up_to is not None
    assert (up_to.finding, up_to.hinges_on) == ("uk275", ("joined_opposing_forces",))
    said = lines(assessor, unsure, Section.PUNISHMENT)
    assert said[1].startswith("It can be more: life in prison or 12 to 20 years in prison — ")
    assert said[2] == f"This depends on: {assessor.rulebook.question['joined_opposing_forces'].text}"


def test_at_least_is_the_penalty_that_is_certain_and_not_one_for_unknown_consequences(assessor: Assessor) -> None:
    broke_it: Answers = {
        "act_date": datetime.date(2022, 4, 10),
        "service_category": "contract",
        "equipment_damaged": True,
        "damage_intended": True,
    }
    for known, most in ({}, 24), ({"grave_consequences": False}, 24), ({"grave_consequences": True}, 60):
        at_least = found(assessor, {**broke_it, **known}).at_least
        assert at_least is not None
        assert at_least.penalty.prison is not None
        assert (at_least.finding, at_least.penalty.prison.up_to) == ("uk346", most)


def test_leaving_the_unit_would_make_it_worse_by_the_years_of_desertion(assessor: Assessor) -> None:
    worse = {each.question: each.threat for each in found(assessor, RELATIVE).worse}
    assert worse["left_without_leave"].finding == "extra_2026_desertion"
    assert worse["equipment_lost"].finding == "uk348"


def test_what_is_past_or_has_happened_makes_nothing_worse(assessor: Assessor) -> None:
    left = {**RELATIVE, "refusal": "none", "left_without_leave": True, "act_date": datetime.date(2025, 10, 1)}
    for each in found(assessor, left).worse:
        assert assessor.rulebook.question[each.question].decided_by is not DecidedBy.PAST
        assert left.get(each.question) is not True


def test_what_a_court_or_a_commander_decides_is_apart_from_what_he_can_do(assessor: Assessor) -> None:
    others = lines(assessor, RELATIVE, Section.OTHERS)
    own = lines(assessor, RELATIVE, Section.WORSE)
    assert others
    assert own
    assert not set(others) & set(own)


def test_what_was_said_in_spring_2022_no_longer_holds_in_october_2025(assessor: Assessor) -> None:
    said = lines(assessor, RELATIVE, Section.NO_LONGER)
    assert any(line.startswith("They can only dismiss him for refusing: this no longer holds.") for line in said)
    in_april_2022 = {**RELATIVE, "act_date": datetime.date(2022, 4, 20), "asked_on": datetime.date(2022, 4, 21)}
    assert not found(assessor, in_april_2022).no_longer


def test_an_old_review_is_said_to_be_old(assessor: Assessor) -> None:
    old = "That is 318 days ago. The law may have changed: ask a lawyer."
    assert old in lines(assessor, RELATIVE, Section.SURE)
    soon = {**RELATIVE, "asked_on": datetime.date(2026, 2, 1)}
    assert not any("days ago" in line for line in lines(assessor, soon, Section.SURE))


def test_several_crimes_are_said_to_add_up_and_are_never_summed(assessor: Assessor) -> None:
    both = {**RELATIVE, "refusal": "oral", "equipment_damaged": True, "damage_intended": True, "place": "ukraine"}
    assert found(assessor, both).several
    said = lines(assessor, both, Section.PUNISHMENT)
    assert said[-1] == assessor.rulebook.metadata.several.text  # type: ignore[union-attr]  # it has one
    assert not found(assessor, RELATIVE).several


def test_there_is_no_outcome_of_answers_that_contradict_each_other(assessor: Assessor) -> None:
    answers: Answers = {"refusal": "none", "letter_filed": True}
    assert outcome(assessor.rulebook, answers, assessor.assess(answers)) is None


def gravest(assessor: Assessor, answers: Answers, assessment: Assessment, *statuses: Status) -> tuple[int, ...]:
    """The gravest penalty of the exposures with one of these statuses; empty if there is none."""
    known = completed(assessor.rulebook, answers).answers
    penalties = (
        each.penalty
        for status in assessment.with_status(*statuses)
        for each in applicable_penalties(
            assessor.rulebook, assessor.rulebook.finding[status.finding], known, assessment.valuation
        )
    )
    return max(map(gravity, penalties), default=())


@thorough(100)
@given(st.integers(0, 2**32))
@pytest.mark.hypothesis
def test_no_completion_has_less_than_at_least_or_more_than_up_to(assessor: Assessor, seed: int) -> None:
    chance = random.Random(seed)
    completion = random_answers(assessor.rulebook, chance)
    then = assessor.assess(completion)
    answers = {name: answer for name, answer in completion.items() if chance.random() < 1 / 2}
    before = outcome(assessor.rulebook, answers, assessor.assess(answers))
    if then.contradictions or before is None:
        return
    least = () if before.at_least is None else gravity(before.at_least.penalty)
    most = least if before.up_to is None else gravity(before.up_to.penalty)
    assert least <= gravest(assessor, completion, then, Status.ESTABLISHED)
    assert most >= gravest(assessor, completion, then, Status.ESTABLISHED, Status.POSSIBLE)


@thorough(100)
@given(st.integers(0, 2**32))
@pytest.mark.hypothesis
def test_what_makes_it_worse_does_so_when_it_is_answered(assessor: Assessor, seed: int) -> None:
    chance = random.Random(seed)
    answers = random_answers(assessor.rulebook, chance)
    before = outcome(assessor.rulebook, answers, assessor.assess(answers))
    if before is None:
        return
    worse = with_worsenings(assessor, answers, before).worse
    for each in chance.sample(worse, min(2, len(worse))):
        after = assessor.assess({**answers, each.question: True})
        if not after.contradictions:
            assert after.status_of(each.threat.finding).shown


def test_every_report_begins_with_the_outcome(assessor: Assessor) -> None:
    scenario = Scenario(id="relative", answers=dict(RELATIVE))
    assessment = assessor.assess(RELATIVE)
    readable = " ".join(text_report(assessor.rulebook, scenario, assessment).split())
    first = f"What he can be punished for {text(headline(assessor.rulebook, found(assessor, RELATIVE)))}"
    assert readable.index(first) < readable.index("On which day")
    reported = json_report(assessor.rulebook, scenario, assessment).outcome
    assert reported is not None
    assert reported.at_least is not None
    assert reported.at_least.finding == "uk332_2_1"
    assert reported.at_least.punishments == {"prison": Term.model_validate({"from": 24, "up_to": 36})}


def test_answers_that_contradict_each_other_have_no_outcome(assessor: Assessor) -> None:
    answers: Answers = {"refusal": "none", "letter_filed": True}
    scenario, assessment = Scenario(id="clash", answers=dict(answers)), assessor.assess(answers)
    assert json_report(assessor.rulebook, scenario, assessment).outcome is None


def test_no_punishment_is_said_only_where_no_exposure_is_left(assessor: Assessor) -> None:
    """Nobody is told that there is none where the rulebook knows a danger without a penalty of its own."""
    rulebook = assessor.rulebook
    nothing: Answers = {
        question.id: False if question.type is QuestionType.YES_NO else "none"
        for question in rulebook.asked_questions
        if question.type is QuestionType.YES_NO or "none" in {option.id for option in question.options}
    }
    peace: Answers = {
        **nothing,
        "act_date": datetime.date(2022, 4, 10),
        "service_category": "contract",
        "refusal": "oral",
        "place": "russia_at_unit",
    }
    result = found(assessor, peace)
    assert (result.at_least, result.up_to) == (None, None)
    assert set(result.no_penalty) == {
        status.finding
        for status in assessor.assess(peace).with_status(Status.ESTABLISHED, Status.POSSIBLE, shown=True)
        if rulebook.finding[status.finding].kind is Kind.EXPOSURE
    }
    said = lines(assessor, peace, Section.PUNISHMENT)
    assert result.no_penalty
    assert said[0].startswith("We cannot say how he would be punished.")
    assert rulebook.finding[result.no_penalty[0]].title in said[1]
