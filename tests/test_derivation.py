"""How a finding came about: the tree from the finding to the answers and the words that it rests on."""

import random

import pytest
from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.derivation import Derivation, Step, derivation, short
from assistant.explanation.view.reason import node_words, short_lines
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import truth
from assistant.rulebook.question import Answers
from assistant.rulebook.source import Bearing
from assistant.rulebook.translation import in_language
from assistant.system.message import text
from tests.support.project import IN_SPRING
from tests.support.random_rulebooks import any_answers, any_rulebook, chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of

TRUTH = {Status.ESTABLISHED: True, Status.POSSIBLE: None, Status.EXCLUDED: False}


def assessor_without_sources(book: Rulebook) -> Assessor:
    """The assessor of a rulebook, but that its rules cite nothing."""
    return Assessor(book.replacing(rules=tuple(rule.model_copy(update={"cites": ()}) for rule in book.rules)))


def tree(assessor: Assessor, answers: Answers, finding: str) -> Derivation:
    return derivation(assessor.rulebook, assessor.program, assessor.assess(answers), answers, finding)


def lines(assessor: Assessor, node: Derivation) -> list[str]:
    return [text(node_words(assessor.rulebook, assessor.program, each)) for _depth, each in node.walk()]


@thorough(150)
@given(chances)
def test_a_tree_has_every_rule_and_every_condition_with_its_truth(chance: random.Random) -> None:
    assessor = assessor_without_sources(any_rulebook(chance, questions=5, facts=3, findings=3, rules=9))
    book = assessor.rulebook
    answers = any_answers(chance, book)
    assessment = assessor.assess(answers)
    for found in assessment.findings:
        top = derivation(book, assessor.program, assessment, answers, found.finding)
        assert top.truth is TRUTH[found.status]
        assert {node.id for node in top.below} == {rule.id for rule in book.rules_for[found.finding]}
        for _depth, node in top.walk():
            if node.condition is not None:
                assert node.truth is truth(assessment.valuation.nodes, node.condition)
            if node.step is Step.ANSWER:
                assert node.answer == answers.get(node.id)
            if node.step is Step.RULE:
                literals = next(c for cs in assessor.program.clauses.values() for c in cs if c.id == node.id).body
                assert {each.condition for each in node.below if each.condition} == set(literals)
                assert node.truth is assessment.valuation.clauses.get(node.id)


@thorough(150)
@given(chances)
def test_what_is_kept_in_short_is_enough_to_decide(chance: random.Random) -> None:
    assessor = assessor_without_sources(any_rulebook(chance, questions=5, facts=3, findings=3, rules=9))
    book = assessor.rulebook
    answers = any_answers(chance, book)
    assessment = assessor.assess(answers)
    for found in assessment.findings:
        if found.exact or found.status is Status.POSSIBLE:
            continue
        cut = short(derivation(book, assessor.program, assessment, answers, found.finding))
        named = {node.id for _depth, node in cut.walk() if node.step is Step.ANSWER}
        kept = {question: answer for question, answer in answers.items() if question in named}
        # Kleene's logic alone: what the other answers rule out by contradicting each other is no reason given here.
        alone = Assessor(book, most_nodes=0).assess(kept)
        assert alone.contradictions or alone.status_of(found.finding).status is found.status


def test_a_finding_that_applies_leads_to_its_answers_and_its_words(assessor: Assessor) -> None:
    cut = short(tree(assessor, IN_SPRING, "refusal_not_prosecuted_then"))
    told = lines(assessor, cut)
    assert told[:2] == [
        "Spring 2022: no legal basis to prosecute, a lawyer said",
        "The rule refused-in-russia-without-war holds, because:",
    ]
    assert "Met: On which day did it happen, or on which day would it? — from 24.02.2022 to 20.09.2022" in told
    assert "Met: How did he serve on that day? — Contract soldier" in told  # and not all that would do
    assert any(line.startswith("“Under Russian military rules") and "Mikhail Benyash" in line for line in told)
    bearings = {node.source.bearing for _depth, node in cut.walk() if node.source}
    assert bearings == {Bearing.SUPPORTS}


def test_why_not_names_the_answer_that_stands_in_the_way(assessor: Assessor) -> None:
    told = lines(assessor, short(tree(assessor, IN_SPRING, "uk332_2_1")))
    assert any(line.endswith("; the answer is: 10.04.2022") and line.startswith("Not met:") for line in told)


def test_of_what_stands_in_the_way_an_answer_is_told_rather_than_a_fact() -> None:
    rules = [rule("first", "derived", {"a": True}), rule("second", "z", {"derived": True, "b": True})]
    assessor = assessor_without_sources(rulebook_of([question("a"), question("b")], rules, ["derived"]))
    cut = short(tree(assessor, {"a": False, "b": False}, "z"))
    assert [node.id for _depth, node in cut.walk() if node.condition] == ["b"]


def test_in_short_several_grounds_are_counted_and_a_single_one_is_not_named(assessor: Assessor) -> None:
    def told(finding: str) -> list[str]:
        cut = short(tree(assessor, IN_SPRING, finding))
        return [text(line.words) for line in short_lines(assessor.rulebook, assessor.program, cut)]

    assert "Open ground 1 of 2:" in told("uk332_1")
    assert "Ground 1 of 6 does not hold, because:" in told("uk332_2_2")
    assert told("refusal_not_prosecuted_then")[0].startswith("Met: ")
    rules = {rule.id for rule in assessor.rulebook.rules}
    assert not any(rule in line for rule in rules for line in (*told("uk332_1"), *told("uk332_2_2")))


def test_what_is_open_names_what_it_waits_for_and_what_is_contested(assessor: Assessor) -> None:
    told = lines(assessor, short(tree(assessor, IN_SPRING, "uk332_1")))
    assert any(line.startswith("Not known, would need:") for line in told)
    assert any(line.startswith("Contested: Harm to the service can still be found later") for line in told)


def test_the_whole_tree_has_what_qualifies_as_well(assessor: Assessor) -> None:
    whole = tree(assessor, IN_SPRING, "refusal_not_prosecuted_then")
    bearings = {node.source.bearing for _depth, node in whole.walk() if node.source}
    assert bearings > {Bearing.SUPPORTS}


def test_a_quotation_is_followed_by_its_rendering_in_a_foreign_language(assessor: Assessor) -> None:
    russian = in_language(assessor.rulebook, "ru")
    quoted = next(
        node
        for _depth, node in tree(assessor, IN_SPRING, "refusal_not_prosecuted_then").walk()
        if node.source and "passage" in type(node.source).model_fields
    )
    assert "Rendering: " in text(node_words(russian, assessor.program, quoted))
    assert "Rendering: " not in text(node_words(assessor.rulebook, assessor.program, quoted))


def test_a_finding_that_is_not_assessed_has_no_derivation(assessor: Assessor) -> None:
    with pytest.raises(KeyError):
        tree(assessor, {"refusal": "none", "letter_filed": True}, "uk332_1")
