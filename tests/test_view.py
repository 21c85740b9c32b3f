"""What is said of findings, citations, questions and reasons, as messages: the same for every screen and report."""

import re
from collections.abc import Iterator

import pytest

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.derivation import derivation
from assistant.explanation.relevance import why_asked
from assistant.explanation.smallest_change import smallest_changes
from assistant.explanation.view.change import (
    HAS_CHANGED,
    WOULD_CHANGE,
    change_words,
    no_more_words,
    smallest_change_words,
    suggestion_words,
)
from assistant.explanation.view.finding import COUNT, FindingView, Group, grouped
from assistant.explanation.view.question import QuestionView, nothing_to_ask
from assistant.explanation.view.reason import node_words, why_asked_lines
from assistant.explanation.view.words import contradiction_lines, notice_words
from assistant.explanation.what_if import suggestions, what_if
from assistant.interview.state import begin
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers
from assistant.rulebook.translation import in_language
from assistant.system.language import speaking
from assistant.system.message import Message, Phrase, counted, message, series, text
from tests.support.interviews import interviews
from tests.support.project import IN_SPRING

NOT_SHOWN = re.compile(r"\{\w*\}|Message\(|Series\(")
REFUSING = "uk332_2_1"


def view(assessor: Assessor, answers: Answers, finding: str) -> FindingView:
    return FindingView(assessor.rulebook, assessor.assess(answers).status_of(finding))


def test_a_finding_that_waits_names_its_first_question_and_counts_the_others(assessor: Assessor) -> None:
    waiting = view(assessor, {}, REFUSING)
    questions = [assessor.rulebook.question[name].text for name in waiting.status.waits_for]
    assert (waiting.group, waiting.mark, waiting.word) == (Group.MAY_APPLY, "□", message("may apply"))
    assert waiting.waits_for == message("Waits for: {question}", question=series(" ", *questions))
    assert waiting.waits_for_first == counted(
        "Waits for: {question} — and {count} more answer",
        "Waits for: {question} — and {count} more answers",
        len(questions) - 1,
        question=questions[0],
    )


def test_a_finding_that_applies_says_so_with_its_kind_and_grounds(assessor: Assessor) -> None:
    spring = view(assessor, IN_SPRING, "refusal_not_prosecuted_then")
    assert spring.headline == message(
        "[{labels}] {title}",
        labels=series(" · ", message("applies"), message("protection")),
        title="Spring 2022: no legal basis to prosecute, a lawyer said",
    )
    assert spring.grounds == message(
        "Kind of ground: {grounds}", grounds=series("; ", message("a claim about the law"))
    )
    assert spring.waits_for is spring.waits_for_first is spring.exactness is None
    assert spring.disputes == ()


def test_an_open_dispute_is_a_reason_only_while_the_finding_is_possible(assessor: Assessor) -> None:
    (dispute, *_others) = view(assessor, IN_SPRING, "uk332_1").disputes
    assert dispute.key == "Contested: {reason}"
    excluded = (
        FindingView(assessor.rulebook, each) for each in assessor.assess(IN_SPRING).with_status(Status.EXCLUDED)
    )
    assert {each.disputes for each in excluded} == {()}


def test_a_citation_says_how_it_bears_who_says_it_and_how_it_is_known(assessor: Assessor) -> None:
    quoted, *_others = view(assessor, IN_SPRING, "refusal_not_prosecuted_then").citations
    assert quoted.label == series(" · ", message("supports"), message("legal opinion"))
    assert [detail.key for detail in quoted.details if isinstance(detail, Message)][:2] == [
        "Said by: {name}, {role}",
        "Through: {origin}",
    ]
    reported = [
        citation
        for finding in assessor.assess({}).findings
        for citation in FindingView(assessor.rulebook, finding).citations
        if message("reported only") in getattr(citation.label, "items", ())
    ]
    warning = message("Known from press and secondary pages; look it up before you rely on it.")
    assert reported
    assert all(warning in citation.details for citation in reported)
    against = [citation for citation in reported if not citation.supports]
    assert all(getattr(citation.line, "key", "") == "{bearing}: {citation}" for citation in against)


def test_what_is_only_practice_is_never_called_in_force(assessor: Assessor) -> None:
    practices = {each.id for each in assessor.rulebook.sources.statutes if each.kind.value == "reported_practice"}
    said = {
        text(phrase)
        for finding in assessor.assess({}).findings
        for citation in FindingView(assessor.rulebook, finding).citations
        if getattr(getattr(citation.source, "statute", None), "id", "") in practices
        for phrase in (*citation.details, citation.line)
    }
    assert said
    assert not any("in force" in each.lower() for each in said)


def test_a_suggested_answer_is_offered_until_the_question_is_answered(rulebook: Rulebook) -> None:
    asked = rulebook.question["regime"]
    suggestion = QuestionView(rulebook, asked).suggestion
    assert asked.suggest is not None
    assert suggestion == message(
        "Suggested answer: “{answer}”. {reason} (As of {date}.) It counts only if you choose it.",
        answer=next(option.text for option in asked.options if option.id == asked.suggest.answer),
        reason=asked.suggest.reason,
        date=asked.suggest.as_of,
    )
    assert QuestionView(rulebook, asked, Unknown.SKIPPED).suggestion == suggestion
    assert QuestionView(rulebook, asked, "declared_war").suggestion is None


def said(assessor: Assessor, rulebook: Rulebook, answers: Answers, assessment: Assessment) -> Iterator[Phrase]:
    """Everything that can be said of some answers."""
    yield notice_words(rulebook)
    yield from contradiction_lines(rulebook, assessment)
    yield from nothing_to_ask(assessment, {}, 0)
    yield from nothing_to_ask(assessment, {}, 3)
    for question in rulebook.questions:
        views = (
            QuestionView(rulebook, question, reply) for reply in (None, Unknown.DONT_KNOW, answers.get(question.id))
        )
        for each in views:
            yield from filter(None, (each.suggestion, each.reply_so_far, each.state(True), each.state(False)))
    for suggested in suggestions(assessor, answers):
        yield suggestion_words(rulebook, answers, suggested)
        for changed in what_if(assessor, answers, {suggested.question: suggested.answer}).changed[:5]:
            yield change_words(rulebook, changed, HAS_CHANGED)
            yield change_words(rulebook, changed, WOULD_CHANGE)
    if not assessment.contradictions:
        yield from why_asked_lines(rulebook, why_asked(assessor, answers, "act_date"))
        changes = smallest_changes(assessor, answers, REFUSING)
        yield from (smallest_change_words(rulebook, change) for change in changes.found)
        yield no_more_words(changes)
    for group, findings in grouped(rulebook, assessment).items():
        yield COUNT[group].filled(count=len(findings))
        for finding in findings:
            phrases = (finding.headline, finding.labels, finding.grounds, finding.voices, finding.exactness)
            yield from filter(None, (*phrases, finding.waits_for, finding.waits_for_first, *finding.disputes))
            for citation in finding.citations:
                yield from (citation.label, citation.words, *citation.details, citation.in_brief, citation.line)
            tree = derivation(rulebook, assessor.program, assessment, answers, finding.finding.id)
            yield from (node_words(rulebook, assessor.program, node) for _depth, node in tree.walk())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_all_that_is_said_is_whole_in_both_languages(assessor: Assessor, rulebook: Rulebook, language: str) -> None:
    book = in_language(rulebook, language)
    cases = [begin(assessor), *interviews(assessor)][::3]
    phrases = {phrase for case in cases for phrase in said(assessor, book, case.answers, case.assessment)}
    with speaking(language):
        texts = list(map(text, phrases))
    assert len(texts) > 1000
    assert [each for each in texts if NOT_SHOWN.search(each) or not each] == []
