"""Reported cases beside a finding: how many share it, how they were sentenced, and which are most like the answers."""

import datetime
import random
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.similar_cases import MAX_ALIKE, CaseEvidence, ReportedCases, case_evidence
from assistant.explanation.view.case import CaseView, evidence_lines, evidence_words
from assistant.explanation.view.finding import FindingView
from assistant.interview.state import begin
from assistant.publish.summary import summary
from assistant.rulebook.answer import Mistake, read_answer
from assistant.rulebook.case import Case, CaseSentence
from assistant.rulebook.case_check import answers_of
from assistant.rulebook.computing import completed
from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet
from assistant.rulebook.translation import in_language
from assistant.scenarios.json_report import json_report
from assistant.scenarios.scenario import Scenario
from assistant.scenarios.text_report import finding_lines, text_report
from assistant.system.language import speaking
from assistant.system.message import text
from assistant.tui.widgets.evidence_blocks import case_blocks
from tests.support.oracle import meets
from tests.support.random_rulebooks import chances
from tests.support.random_scenarios import random_answers

WIDEST = (-1_000_000, 4_000_000)
"""Numbers and days beyond all answers."""
CONTRACT_SOLDIER_ORDERED_TO_FIGHT = {
    "act_date": "2025-10",
    "service_category": "contract",
    "refusal": "considering",
    "left_without_leave": False,
    "order": "oral",
    "order_to_fight": True,
    "criminal_case": "none",
}


def answers(rulebook: Rulebook, **written: object) -> dict[str, Answer]:
    read = {name: read_answer(rulebook.question[name], value) for name, value in written.items()}
    return {name: answer for name, answer in read.items() if not isinstance(answer, Mistake)}


def sharing(rulebook: Rulebook, finding: str) -> list[Case]:
    return [case for case in rulebook.cases if finding in case.outcome.findings]


def conditions(rulebook: Rulebook, head: str) -> Iterator[tuple[str, ConditionValue]]:
    """Yield what the rules for a head demand of answers, as it is written, directly or through facts."""
    for rule in rulebook.rules_for[head]:
        for node, value in (*rule.when.items(), *((exception, True) for exception in rule.unless)):
            if node in rulebook.question:
                yield node, value
            else:
                yield from conditions(rulebook, node)
        if rule.in_force:
            yield "act_date", Range(start=rule.in_force.start, until=rule.in_force.until)


def compared(rulebook: Rulebook, given: Answers) -> dict[str, Answer]:
    """Return what is known, without the day of asking, and without what is only planned."""
    known = {name: answer for name, answer in completed(rulebook, given).answers.items() if name != "asked_on"}
    return {name: answer for name, answer in known.items() if (name, answer) != ("refusal", "considering")}


def points(answer: Answer) -> range | frozenset[Answer]:
    if isinstance(answer, OptionSet):
        return frozenset(answer.options)
    if isinstance(answer, bool | str):
        return frozenset({answer})
    if isinstance(answer, DateRange | NumberRange):
        ends = [end.toordinal() if isinstance(end, datetime.date) else end for end in dict(answer).values()]
        low, high = (bound if end is None else end for end, bound in zip(ends, WIDEST, strict=True))
        return range(low, high + 1)
    point = answer.toordinal() if isinstance(answer, datetime.date) else answer
    return range(point, point + 1)


def meet(first: Answer, second: Answer) -> bool:
    one, other = points(first), points(second)
    if isinstance(one, range) and isinstance(other, range):
        return max(one.start, other.start) < min(one.stop, other.stop)
    return any(point in other for point in one)


def against(rulebook: Rulebook, given: Answers, case: Case, finding: str) -> bool:
    """Return whether a rule for the finding has a condition that one answer meets and the other does not."""
    known = compared(rulebook, answers_of(rulebook, case))
    return any(
        {meets(given[name], value), meets(known[name], value)} == {True, False}
        for name, value in conditions(rulebook, finding)
        if name in given and name in known
    )


def in_common(rulebook: Rulebook, given: Answers, case: Case) -> int:
    known = compared(rulebook, answers_of(rulebook, case))
    return sum(meet(given[name], known[name]) for name in given if name in known)


def months(sentences: list[CaseSentence]) -> tuple[int | None, int | None]:
    terms = [sentence.prison for sentence in sentences if sentence.prison]
    starts = [term.start for term in terms if term.start is not None]
    return (min(starts), max(term.up_to or 0 for term in terms)) if terms else (None, None)


def test_the_count_is_that_of_all_cases_in_which_the_finding_came_true(rulebook: Rulebook) -> None:
    for finding in rulebook.finding:
        assert case_evidence(rulebook, {}, finding).count == len(sharing(rulebook, finding))


def test_the_range_of_sentences_is_exact_and_keeps_several_crimes_apart(rulebook: Rulebook) -> None:
    for finding in rulebook.finding:
        evidence = case_evidence(rulebook, {}, finding)
        convicted = [case.outcome for case in sharing(rulebook, finding) if finding in case.outcome.convicted_of]
        for found, several in ((evidence.alone, False), (evidence.combined, True)):
            sentences = [o.sentence for o in convicted if o.sentence and (len(o.convicted_of) > 1) is several]
            if found is None:
                assert not sentences
            elif all(sentence.prison for sentence in sentences):
                ends = found.mildest.prison, found.harshest.prison
                assert tuple(end.start for end in ends if end) == months(sentences)


def test_nothing_is_alike_before_anything_is_answered(rulebook: Rulebook) -> None:
    assert not any(case_evidence(rulebook, {}, finding).most_alike for finding in rulebook.finding)


@given(chances)
def test_the_most_alike_share_the_most_answers_and_have_none_against(rulebook: Rulebook, chance: random.Random) -> None:
    answered = random_answers(rulebook, chance)
    given_answers = compared(rulebook, answered)
    for finding, evidence in ReportedCases(rulebook).evidence(answered, rulebook.finding).items():
        candidates = {
            case.id: in_common(rulebook, given_answers, case)
            for case in sharing(rulebook, finding)
            if not against(rulebook, given_answers, case, finding)
        }
        alike = [case.id for case in evidence.most_alike]
        most = sorted((count for count in candidates.values() if count), reverse=True)[:MAX_ALIKE]
        assert [candidates.get(case, 0) for case in alike] == most


@given(chances)
def test_the_order_of_the_answers_does_not_matter(rulebook: Rulebook, chance: random.Random) -> None:
    answered = random_answers(rulebook, chance)
    shuffled = dict(chance.sample(list(answered.items()), len(answered)))
    cases = ReportedCases(rulebook)
    assert cases.evidence(answered, rulebook.finding) == cases.evidence(shuffled, rulebook.finding)


def test_a_range_is_against_only_if_no_point_of_it_fits(rulebook: Rulebook) -> None:
    def alike(**changes: object) -> set[str]:
        written = {"act_date": "2023-01", "service_category": "mobilised", "left_without_leave": True, **changes}
        return {case.id for case in case_evidence(rulebook, answers(rulebook, **written), "uk337_3_1").most_alike}

    assert "two-weeks-in-grozny" in alike(absence_days={"from": 10, "up_to": 20})
    assert "two-weeks-in-grozny" not in alike(absence_days={"from": 3, "up_to": 9})
    assert "two-weeks-in-grozny" in alike(service_category=["conscript", "contract"])


def test_a_case_under_other_law_is_not_alike(rulebook: Rulebook) -> None:
    guardsman = {"service_category": "guard_serviceman", "refusal": "oral", "place": "ukraine"}
    then, now = (
        case_evidence(rulebook, answers(rulebook, act_date=day, **guardsman), "discharge_possible").most_alike
        for day in ("2022-02-25", "2025-10-01")
    )
    assert [case.id for case in then] == ["krasnodar-twelve", "nalchik-115"]
    assert now == ()


def test_who_only_thinks_of_refusing_sees_what_happened_to_those_who_did(rulebook: Rulebook) -> None:
    planned = answers(rulebook, **CONTRACT_SOLDIER_ORDERED_TO_FIGHT)
    alike = case_evidence(rulebook, planned, "uk332_2_1").most_alike
    assert alike[0].id == "first-case-under-332-2-1"
    assert len(alike) == MAX_ALIKE


def test_reports_and_the_summary_have_the_cases_beside_an_exposure(rulebook: Rulebook, assessor: Assessor) -> None:
    planned = answers(rulebook, **CONTRACT_SOLDIER_ORDERED_TO_FIGHT)
    assessment, scenario = assessor.assess(planned), Scenario(id="relative", answers=planned)
    evidence = case_evidence(rulebook, planned, "uk332_2_1")
    summed_up, first, second = map(text, evidence_lines(rulebook, evidence))
    report = " ".join(text_report(rulebook, scenario, assessment).split())
    assert all(line in report for line in (summed_up, first, second))
    reported = json_report(rulebook, scenario, assessment).cases["uk332_2_1"]
    assert (reported.count, reported.most_alike) == (evidence.count, tuple(case.id for case in evidence.most_alike))
    parts = [part.text for part in summary(rulebook, begin(assessor, planned)).parts if part.about == "uk332_2_1"]
    words = evidence_words(evidence)
    assert words is not None
    assert any(text(words) in part for part in parts)


def test_no_case_is_shown_beside_what_the_answers_exclude(rulebook: Rulebook, assessor: Assessor) -> None:
    stayed = answers(
        rulebook, act_date="2025-10", left_without_leave=False, leaving_attempt="none", counted_as_absent=False
    )
    assessment = assessor.assess(stayed)
    assert assessment.status_of("uk337_5").status is Status.EXCLUDED
    view = FindingView(rulebook, assessment.status_of("uk337_5"))
    evidence = case_evidence(rulebook, stayed, "uk337_5")
    assert evidence.count
    assert "reported case" not in " ".join(finding_lines(view, evidence))
    assert list(case_blocks(view, evidence)) == []


def test_a_sentence_below_the_minimum_is_shown_with_its_reason(rulebook: Rulebook) -> None:
    for case in rulebook.cases:
        line = text(CaseView(rulebook, case).line)
        assert ("Below the minimum of the law: " in line) is (case.differs is not None)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_average_and_no_forecast_is_made_of_the_cases(rulebook: Rulebook, language: str) -> None:
    book = in_language(rulebook, language)
    with speaking(language):
        for finding in book.finding:
            said = " ".join(map(text, evidence_lines(book, case_evidence(book, {}, finding))))
            for word in ("likely", "average", "usual", "скорее всего", "в среднем", "обычно", "вероятн"):
                assert word not in said.lower()


def test_a_sentence_is_said_in_years_and_months_and_never_rounded(rulebook: Rulebook) -> None:
    def sentence(months: int, **more: object) -> Mapping[str, object]:
        return {"prison": {"from": months, "up_to": months}, **more}

    for mildest, harshest, said in (
        (
            sentence(20),
            sentence(34),
            "is 1 year 8 months in prison, the harshest 2 years 10 months in prison.",
        ),
        (
            sentence(36, suspended=True),
            sentence(84),
            "the mildest is 3 years in prison, suspended, the harshest 7",
        ),
        (sentence(30), sentence(30), "The sentence for this alone: 2 years 6 months in prison."),
    ):
        alone = {"mildest": mildest, "harshest": harshest}
        words = evidence_words(CaseEvidence.model_validate({"count": 2, "alone": alone}))
        assert words is not None
        assert said in text(words)
