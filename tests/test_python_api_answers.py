"""Answers through the Python API: checked, assessed, and explained; nothing wrong is passed over in silence."""

import datetime
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from assistant import (
    Answer,
    Assessor,
    InputError,
    Reason,
    Rulebook,
    Status,
    Step,
    load_rulebook,
)

FINDINGS: Final = ("prison", "no_case")


@pytest.fixture
def assessor(sound: Rulebook) -> Assessor:
    return Assessor(sound)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"days": -1}, "answers['days']: this is too little for 'days'. Not less than 0."),
        ({"days": True}, "answers['days']: a whole number is needed here."),
        ({"days": 11.0}, "answers['days']: a whole number is needed here."),
        ({"days": float("nan")}, "answers['days']: a whole number is needed here."),
        ({"days": "11"}, "answers['days']: a whole number is needed here."),
        ({"left": 1}, "answers['left']: true or false is needed here."),
        ({"left": "yes"}, "answers['left']: true or false is needed here."),
        ({"left": ""}, "answers['left']: true or false is needed here."),
        ({"place": "Ukraine"}, "answers['place']: this is not an option of 'place'. Known: russia, ukraine."),
        ({"place": ["ukrain"]}, "answers['place']: this is not an option of 'place'. Known: russia, ukraine."),
        ({"day": "24.09.2022"}, "answers['day']: this is not a day, or not written as one."),
        (
            {"day": datetime.datetime(2022, 9, 24, tzinfo=datetime.timezone.utc)},
            "answers['day']: this is not a day, or not written as one.",
        ),
        ({"day": 20220924}, "answers['day']: this is not a day, or not written as one."),
        ({"plase": "ukraine"}, "answers['plase']: there is no question 'plase'. Did you mean 'place'?"),
        ({"plase": None}, "answers['plase']: there is no question 'plase'. Did you mean 'place'?"),
        ({"prison": True}, "answers['prison']: there is no question 'prison'."),
        ({7: True}, "answers['…']: there is no question '…'."),
        (["left"], "answers: a mapping (keys and values) is needed here."),
        (None, "answers: a mapping (keys and values) is needed here."),
    ],
    ids=str,
)
def test_what_is_no_answer_is_named_and_assesses_nothing(assessor: Assessor, answers: Any, told: str) -> None:
    with pytest.raises(InputError) as raised:
        assessor.assess(answers)
    (problem,) = raised.value.problems
    assert str(problem).startswith(told)


def test_every_wrong_answer_is_named_at_once_and_none_is_repeated(assessor: Assessor) -> None:
    with pytest.raises(InputError) as raised:
        assessor.assess({"days": -4711, "left": True, "place": "secret", "day": "secret"})
    assert [str(each.place) for each in raised.value.problems] == [
        "answers['days']",
        "answers['place']",
        "answers['day']",
    ]
    assert "4711" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_both_bounds_are_answers_and_one_step_beyond_is_none() -> None:
    assessor = Assessor(load_rulebook().or_raise())
    bounded = [q for q in assessor.rulebook.questions if isinstance(q.lowest, int) and isinstance(q.highest, int)]
    assert bounded
    for question in bounded:
        lowest, highest = int(str(question.lowest)), int(str(question.highest))
        for inside in (lowest, highest):
            assert assessor.assess({question.id: inside}).answers == {question.id: inside}
        for outside in (lowest - 1, highest + 1):
            with pytest.raises(InputError, match=re.escape(f"'{question.id}'")):
                assessor.assess({question.id: outside})


def test_answers_that_contradict_each_other_are_no_assessment() -> None:
    assessor = Assessor(load_rulebook().or_raise())
    with pytest.raises(InputError, match=r"^answers: the answers contradict each other: "):
        assessor.assess({"refusal": "none", "letter_filed": True})


@pytest.mark.parametrize("unknown", [{}, {"days": None}, {"days": "unknown"}], ids=str)
def test_unknown_is_never_no(assessor: Assessor, unknown: dict[str, str | None]) -> None:
    assessment = assessor.assess({"left": True, "place": "russia", **unknown})
    assert assessment.findings["prison"].status is Status.POSSIBLE
    assert assessment.findings["prison"].shown
    assert assessment.findings["prison"].waits_for == ("days",)


def test_days_are_taken_as_dates_and_as_text_alike(assessor: Assessor) -> None:
    first, second = (assessor.assess({"day": day, "left": False}) for day in ("2022-03-01", datetime.date(2022, 3, 1)))
    assert first.answers == second.answers == {"day": datetime.date(2022, 3, 1), "left": False}
    assert first.findings == second.findings
    assert list(first.findings) == list(FINDINGS)
    assert first.findings["no_case"].status is Status.ESTABLISHED


def test_an_assessment_does_not_change_with_the_answers_that_it_was_given(assessor: Assessor) -> None:
    answers: dict[str, Answer | None] = {"left": True, "days": 11}
    assessment = assessor.assess(answers)
    answers["days"] = 1
    assert assessment.answers["days"] == 11
    assert assessment.why("prison").status is Status.ESTABLISHED


def reasons_in(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from reasons_in(reason.reasons)


def test_why_gives_the_rule_its_conditions_and_its_sources(assessor: Assessor) -> None:
    why = assessor.assess({"left": True, "days": 11}).why("prison")
    assert (why.finding, why.status) == ("prison", Status.ESTABLISHED)
    assert str(why) == why.text
    assert why.text.splitlines()[0] == "[applies · exposure] Prison"
    assert "  Met: For how many days? — 11 or more" in why.text.splitlines()
    assert [(rule.step, rule.id, rule.truth, rule.decisive) for rule in why.reasons] == [
        (Step.RULE, "long-absence", True, True),
        (Step.RULE, "absence-in-ukraine", None, False),
    ]
    below = {(reason.step, reason.id): reason for reason in reasons_in(why.reasons[:1])}
    assert below[Step.ANSWER, "days"].answer == 11
    assert below[Step.ANSWER, "left"].truth is True
    assert "Code, art. 1" in below[Step.CITATION, "art_1"].text


def test_why_not_gives_what_stands_in_the_way_of_every_rule(assessor: Assessor) -> None:
    why = assessor.assess({"left": False}).why("prison")
    assert why.status is Status.EXCLUDED
    assert [rule.truth for rule in why.reasons] == [False, False]
    assert why.text.startswith("[excluded · exposure] Prison\n")


def test_a_finding_that_is_none_is_named_with_the_nearest(assessor: Assessor) -> None:
    with pytest.raises(InputError, match=r"^finding: there is no finding 'prisn'\. Did you mean 'prison'\?$"):
        assessor.assess({}).why("prisn")


def test_why_is_found_for_every_finding_of_the_rulebook_in_both_languages() -> None:
    for language in ("en", "ru"):
        assessment = Assessor(load_rulebook(language=language).or_raise()).assess({"refusal": "oral"})
        for finding in assessment.findings:
            why = assessment.why(finding)
            assert assessment.rulebook.finding[finding].title in why.text
            assert why.reasons
