"""What answers establish, leave possible or exclude, what of it is shown, and why."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import gravity
from assistant.rulebook.question import Answer, QuestionType
from tests.support.project import IN_SPRING
from tests.support.random_rulebooks import any_answers, chances, thorough


def statuses(assessor: Assessor, answers: dict[str, Answer]) -> dict[str, Status]:
    return {found.finding: found.status for found in assessor.assess(answers).findings}


def test_an_established_finding_says_which_rule_holds_and_by_what(small: Assessor) -> None:
    found = small.assess({"left": True, "days": 11, "place": "russia"}).status_of("prison")
    assert (found.status, found.shown, found.waits_for) == (Status.ESTABLISHED, True, ())
    held, failed = found.grounds
    assert (held.rule, held.truth, held.open, held.failed) == ("long-absence", True, (), ())
    assert [literal.node for literal in held.held] == ["absent", "days=11.."]
    assert (failed.rule, failed.truth) == ("absence-in-ukraine", False)
    assert [literal.node for literal in failed.failed] == ["place=ukraine"]


def test_a_possible_finding_waits_for_questions_behind_facts_too(small: Assessor) -> None:
    found = small.assess({"place": "russia"}).status_of("prison")
    assert (found.status, found.waits_for) == (Status.POSSIBLE, ("left", "days"))


def test_a_possible_finding_does_not_wait_for_a_rule_that_has_failed(small: Assessor) -> None:
    assert small.assess({"left": True, "days": 3}).status_of("prison").waits_for == ("place",)


def test_an_excluded_finding_says_what_failed_in_every_rule(small: Assessor) -> None:
    found = small.assess({"left": False}).status_of("prison")
    assert (found.status, found.shown) == (Status.EXCLUDED, False)
    assert [literal.node for ground in found.grounds for literal in ground.failed] == ["absent", "absent"]


def test_a_caution_is_shown_while_it_is_possible_and_a_reassurance_only_when_established(small: Assessor) -> None:
    before = small.assess({})
    assert [(found.finding, found.shown) for found in before.findings] == [("prison", True), ("no_case", False)]
    after = small.assess({"left": False, "day": date(2022, 9, 20)})
    assert [(found.finding, found.shown) for found in after.findings] == [("prison", False), ("no_case", True)]


def test_findings_are_told_apart_by_status_and_by_whether_they_are_shown(small: Assessor) -> None:
    assessment = small.assess({})
    assert len(assessment.with_status(Status.POSSIBLE)) == 2
    assert [found.finding for found in assessment.with_status(Status.POSSIBLE, shown=False)] == ["no_case"]
    assert assessment.with_status(Status.ESTABLISHED) == ()


def test_there_is_no_status_of_a_finding_that_does_not_exist(small: Assessor) -> None:
    with pytest.raises(KeyError):
        small.assess({}).status_of("absent")


def test_an_assessment_names_the_rulebook_it_was_made_by(small: Assessor, sound: Rulebook) -> None:
    assert small.assess({}).rulebook_hash == sound.hash != ""


def test_warnings_come_before_reassurances_and_the_gravest_first(assessor: Assessor, rulebook: Rulebook) -> None:
    findings = [rulebook.finding[found.finding] for found in assessor.assess({}).findings]
    tones = [finding.tone for finding in findings]
    assert tones == sorted(tones)  # cautionary, reassuring
    punished = [max(map(gravity, finding.penalties)) for finding in findings if finding.penalties]
    assert punished == sorted(punished, reverse=True)
    warned = [finding for finding in findings if finding.tone is Tone.CAUTIONARY]
    places = sorted((finding.severity for finding in warned), reverse=True)
    first = [finding.severity for finding in warned]
    kept = [place for place, finding in enumerate(warned) if not finding.penalties]
    assert [first[place] for place in kept] == [places[place] for place in kept]
    last = [finding.severity for finding in findings if finding.tone is Tone.REASSURING]
    assert last == sorted(last, reverse=True)
    assert last[0] > first[-1]  # so a reassurance can be graver than a warning, and still comes later
    assert len(findings) == len(rulebook.findings)


def test_a_contested_rule_establishes_nothing(assessor: Assessor, rulebook: Rulebook) -> None:
    contested = {rule.id for rule in rulebook.rules if rule.contested}
    answers: dict[str, Answer] = {**IN_SPRING, "act_date": date(2022, 10, 1), "criminal_case": "opened"}
    grounds = [ground for found in assessor.assess(answers).findings for ground in found.grounds]
    assert all(ground.contested == (ground.rule in contested) for ground in grounds)
    assert not any(ground.truth for ground in grounds if ground.contested)


def test_answers_that_contradict_each_other_have_no_assessment(assessor: Assessor) -> None:
    assessment = assessor.assess({"refusal": "none", "letter_filed": True})
    assert assessment.contradictions == ("no_refusal_but_a_letter",)
    assert assessment.findings == ()


def test_with_nothing_answered_no_reassurance_is_shown(assessor: Assessor, rulebook: Rulebook) -> None:
    shown = [found.finding for found in assessor.assess({}).findings if found.shown]
    assert all(rulebook.finding[finding].tone is Tone.CAUTIONARY for finding in shown)


def test_the_lawyers_reassurance_ends_the_day_before_mobilisation(assessor: Assessor) -> None:
    last = date(2022, 9, 20)
    for day, status in ((last, Status.ESTABLISHED), (last + timedelta(days=1), Status.EXCLUDED)):
        found = assessor.assess({**IN_SPRING, "act_date": day}).status_of("refusal_not_prosecuted_then")
        assert found.status is status


def test_the_same_man_has_every_protection_withdrawn_on_24_september(assessor: Assessor, rulebook: Rulebook) -> None:
    def protections(day: date) -> list[str]:
        shown = (found.finding for found in assessor.assess({**IN_SPRING, "act_date": day}).findings if found.shown)
        return [finding for finding in shown if rulebook.finding[finding].kind.value == "protection"]

    assert protections(date(2022, 4, 15))
    assert protections(date(2022, 9, 24)) == []


def test_nothing_protects_after_the_last_review(assessor: Assessor, rulebook: Rulebook) -> None:
    after = rulebook.metadata.reviewed_until + timedelta(days=1)
    shown = [found.finding for found in assessor.assess({**IN_SPRING, "act_date": after}).findings if found.shown]
    assert shown
    assert all(rulebook.finding[finding].tone is Tone.CAUTIONARY for finding in shown)


@given(chances)
@thorough(60)
def test_another_answer_takes_back_no_certainty(assessor: Assessor, chance: Random) -> None:
    given_at_last = list(any_answers(chance, assessor.rulebook).items())[:6]
    before: dict[str, Status] = {}
    for end in range(len(given_at_last) + 1):
        after = statuses(assessor, dict(given_at_last[:end]))
        if not after:  # these answers contradict each other
            return
        assert all(after[finding] is was for finding, was in before.items() if was is not Status.POSSIBLE)
        before = after


def planned(assessor: Assessor, answers: dict[str, Answer]) -> set[str]:
    """The findings that only *would* follow."""
    return {found.finding for found in assessor.assess({"refusal": "considering", **answers}).findings if found.planned}


def test_what_rests_on_the_planned_refusal_alone_would_follow(assessor: Assessor) -> None:
    staying: dict[str, Answer] = {"act_date": date(2022, 9, 24), "service_category": "contract", "order_to_fight": True}
    assert "uk332_2_1" in planned(assessor, {**staying, "left_without_leave": False})
    assert not planned(assessor, {**staying, "refusal": "oral"})


def test_a_man_who_has_left_and_thinks_of_refusing_answers_for_his_absence_already(assessor: Assessor) -> None:
    left: dict[str, Answer] = {
        "act_date": date(2022, 9, 24),
        "service_category": "contract",
        "left_without_leave": True,
        "absence_days": 40,
        "order_to_fight": True,
    }
    would = planned(assessor, left)
    assert "uk332_2_1" in would
    assert assessor.assess({"refusal": "considering", **left}).status_of("uk337_5").status is Status.ESTABLISHED
    assert not would & {"uk337_5", "uk338_3", "absence_read_as_desertion"}


@pytest.mark.parametrize("seed", range(12))
def test_what_would_follow_is_open_again_without_the_plan(assessor: Assessor, seed: int) -> None:
    chance = Random(seed)
    answers: dict[str, Answer] = {"refusal": "considering"}
    for question in chance.sample(assessor.rulebook.questions, 25):
        if question.options:
            answers.setdefault(question.id, chance.choice(question.options).id)
        elif question.type is QuestionType.YES_NO:
            answers.setdefault(question.id, chance.random() < 0.5)
    without = {question: answer for question, answer in answers.items() if question != "refusal"}
    for found in assessor.assess(answers).findings:
        if found.planned:
            assert found.status is not Status.EXCLUDED
            assert assessor.rulebook.finding[found.finding].kind.of_the_act
            grounds = assessor.assess(without).status_of(found.finding).grounds
            assert all(ground.truth is None for ground in grounds if ground.rule in {g.rule for g in found.supporting})
