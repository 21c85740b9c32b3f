"""The rules engine says what the oracle says, whatever the rulebook, the answers and their order; or it says no."""

import datetime
import itertools
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from assistant.assessment.durable import Engine, EngineLimit
from assistant.assessment.durable.network import MAX_READERS_OF_A_FACT, MAX_RULES
from assistant.documents.problem import EngineError
from assistant.rulebook.condition import Range
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import CONTRADICTION, Clause, Program, SignedNode, Valuation, compile_rules, rule_of
from assistant.rulebook.question import Answer, Answers, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, Point
from assistant.rulebook.vocabulary import Period
from tests.support.oracle import statuses
from tests.support.random_rulebooks import (
    DAY_OF_ACT,
    FIRST,
    any_answer,
    any_answer_or_range,
    any_answers,
    any_rulebook,
    any_small_rulebook,
    chances,
    question,
    rule,
    rulebook,
    thorough,
)


def engine_for(book: Rulebook) -> AbstractContextManager[Engine]:
    return closing(Engine(compile_rules(book)))


def assert_equals_oracle(valuation: Valuation, book: Rulebook, answers: Answers) -> None:
    expected = statuses(book, answers)
    assert expected.heads == {head: valuation.nodes.get(head) for head in expected.heads}
    # A rule with several heads has a clause for each, and they hold alike.
    rules = {rule_of(clause): truth for clause, truth in valuation.clauses.items()}
    assert expected.rules == {rule: rules.get(rule) for rule in expected.rules}
    assert expected.impossible == {each: valuation.nodes.get(CONTRADICTION + each) for each in expected.impossible}


# Imported by `assistant.assessment.durable`, which knows how to on Python 3.13.
DURABLE_RULES = sys.modules["durable_rules_engine"]
ROOT = Path(__file__).parents[1]
SEVERAL_ANSWERS: list[Answers] = [{"a": True}, {"a": True, "b": False}, {"b": True}, {"a": False}, {}]
ONE_RULE = rulebook([question("a"), question("b")], [rule("r", "z", {"a": True, "b": False})])


def narrower(chance: random.Random, asked: Question, answer: Answer | None) -> Answer:
    """The same answer, an answer to an unanswered question, or an exact answer out of a range."""
    if isinstance(answer, OptionSet):
        return chance.choice(answer.options)
    if isinstance(answer, DateRange | NumberRange):
        ends: list[Point] = [end for end in dict(answer).values() if end is not None]
        return chance.choice(ends)
    return any_answer_or_range(chance, asked) if answer is None else answer


# What is true of every rulebook


@thorough(800)
@given(chances)
def test_partial_answers_have_the_statuses_that_the_oracle_gives_them(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    with engine_for(book) as engine:
        for _ in range(4):
            answers = any_answers(chance, book, ranges=True)
            assert_equals_oracle(engine.evaluate(answers), book, answers)


@thorough(500)
@given(chances)
def test_a_conversation_of_answers_revisions_and_withdrawals_keeps_to_the_oracle(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    with engine_for(book) as engine:
        answers = any_answers(chance, book, ranges=True)
        for _ in range(12):
            asked = chance.choice(book.questions)
            if chance.randint(1, 4) == 1:
                answers.pop(asked.id, None)
            else:
                answers[asked.id] = any_answer_or_range(chance, asked)
            assert_equals_oracle(engine.evaluate(answers), book, answers)


@thorough(300)
@given(chances)
def test_neither_the_order_of_answers_nor_earlier_answers_change_a_valuation(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    answers = any_answers(chance, book, ranges=True)
    with engine_for(book) as fresh, engine_for(book) as used:
        expected = fresh.evaluate(answers)
        used.evaluate(any_answers(chance, book))
        items = list(answers.items())
        chance.shuffle(items)
        for count in range(len(items)):
            used.evaluate(dict(items[:count]))
        assert expected == used.evaluate(dict(items))


@thorough(300)
@given(chances)
def test_a_further_or_narrower_answer_never_undoes_what_is_established_or_excluded(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    with engine_for(book) as engine:
        answers = any_answers(chance, book, ranges=True)
        before = engine.evaluate(answers)
        for asked in book.questions:
            answers[asked.id] = narrower(chance, asked, answers.get(asked.id))
            after = engine.evaluate(answers)
            assert before.nodes.items() <= after.nodes.items()
            assert before.clauses.items() <= after.clauses.items()
            before = after


@thorough(300)
@given(chances)
def test_a_trace_concludes_all_that_is_known_and_each_step_rests_on_earlier_ones(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    program = compile_rules(book)
    with closing(Engine(program)) as engine:
        valuation = engine.evaluate(any_answers(chance, book, ranges=True))
    concluded: set[SignedNode] = set()
    fired: set[str] = set()
    for step in valuation.trace:
        assert set(step.premises) <= concluded
        grounds = program.clauses.get(step.conclusion.node, ())
        if step.conclusion.node in program.atoms:
            assert (step.clause, step.premises) == (None, ())
        elif step.conclusion.holds:
            assert {step.clause: step.premises}.items() <= {ground.id: ground.body for ground in grounds}.items()
            fired.add(step.clause or "")
        else:
            opposites = [SignedNode(premise.node, not premise.holds) for premise in step.premises]
            assert all(literal in ground.body for literal, ground in zip(opposites, grounds, strict=True))
        concluded.add(step.conclusion)
    assert {SignedNode(*pair) for pair in valuation.nodes.items()} == concluded
    assert {clause for clause, holds in valuation.clauses.items() if holds} == fired


def test_a_trace_is_the_same_in_every_process() -> None:
    """The order of a set of strings differs between processes, so it must not show."""
    program = [sys.executable, "-m", "tests.support.unordered_facts"]
    traces = {
        subprocess.check_output(program, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}) for seed in ("1", "2")
    }
    assert len(traces) == 1


# What Kleene's logic says of small ones


def test_a_rule_needs_all_its_conditions_and_fails_with_one() -> None:
    with engine_for(ONE_RULE) as engine:
        seen = [
            engine.evaluate(answers).nodes.get("z") for answers in ({"a": True}, {"b": True}, {"a": True, "b": False})
        ]
    assert seen == [None, False, True]


def test_a_contested_rule_can_fail_but_never_holds() -> None:
    book = rulebook(
        [question("a")], [rule("r", "z", {"a": True}, contested="disputed"), rule("s", "y", {}, contested="d")]
    )
    with engine_for(book) as engine:
        assert engine.evaluate({"a": True}).nodes == {"a": True}
        assert engine.evaluate({"a": False}).nodes == {"a": False, "z": False}


def test_a_rule_without_conditions_holds_and_a_head_without_rules_does_not() -> None:
    always = Clause(id="r", head="always", body=())
    program = Program(
        questions={}, options={}, atoms={}, heads=("always", "never"), clauses={"always": (always,), "never": ()}
    )
    with closing(Engine(program)) as engine:
        assert engine.evaluate({}).nodes == {"always": True, "never": False}


def test_a_condition_that_stands_twice_in_a_rule_counts_once() -> None:
    twice = Clause(id="r", head="z", body=(SignedNode("a", True), SignedNode("a", True)))
    program = compile_rules(ONE_RULE).model_copy(update={"heads": ("z",), "clauses": {"z": (twice,)}})
    with closing(Engine(program)) as engine:
        assert engine.evaluate({"a": True}).nodes["z"]


def test_a_fact_that_is_false_is_explained_by_one_false_condition_of_each_rule() -> None:
    book = rulebook(
        [question("a"), question("b")], [rule("r", "z", {"a": True, "b": True}), rule("s", "z", {"b": True})]
    )
    with engine_for(book) as engine:
        for answers in ({"a": False, "b": False}, {"b": False, "a": False}):
            last = engine.evaluate(answers).trace[-1]
            assert (SignedNode("z", False), None, (SignedNode("a", False), SignedNode("b", False))) == last


# What it refuses


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("yes", 1),
        ("yes", "true"),
        ("choice", "o9"),
        ("choice", True),
        ("number", True),
        ("number", 4.0),
        ("number", FIRST),
        ("day", 738000),
        ("choice", OptionSet(options=("o1", "o9"))),
        ("number", DateRange(start=FIRST)),
        ("day", NumberRange(start=1)),
        ("yes", OptionSet(options=("o1", "o2"))),
        ("day", datetime.datetime(2022, 9, 24, tzinfo=datetime.timezone.utc)),
        ("nobody", True),
    ],
)
def test_an_answer_that_its_question_does_not_take_is_refused_without_being_told(asked: str, answer: Answer) -> None:
    kinds = {"yes": QuestionType.YES_NO, "number": QuestionType.NUMBER, "day": QuestionType.DATE}
    questions = [*(question(*pair) for pair in kinds.items()), question("choice", QuestionType.CHOICE, ["o1", "o2"])]
    with engine_for(rulebook(questions, [rule("r", "z", {"yes": True})])) as engine:
        with pytest.raises(EngineError) as caught:
            engine.evaluate({asked: answer})
        assert f"there is no question {asked!r} that takes such an answer" == str(caught.value)
        assert engine.evaluate({"yes": True}).nodes["z"]


def test_a_rulebook_with_more_rules_than_the_engine_takes_is_refused() -> None:
    book = rulebook(
        [question("q")], [rule(f"r{number}", f"z{number}", {"q": True}) for number in range(MAX_RULES // 2)]
    )
    with pytest.raises(EngineLimit, match=r"takes 4096 at most: the rules that the rulebook becomes \(410\d\)"):
        engine_for(book)


# Where the engine alone would crash, hang or err


def beyond_the_limits() -> dict[str, Rulebook]:
    yes_no = [question(f"q{number}") for number in range(40)]
    numbers = question("n", QuestionType.NUMBER)
    many = MAX_READERS_OF_A_FACT * 2 + 10
    periods = [{"from": FIRST, "until": FIRST + datetime.timedelta(days=days)} for days in range(150)]
    options = [f"o{option}" for option in range(600)]
    return {
        "hundreds of rules share a condition": rulebook(
            yes_no[:2],
            [rule(f"r{number}", f"z{number % 9}", {"q0": True, "q1": number % 2 == 0}) for number in range(many)],
        ),
        "hundreds of findings rest on a fact": rulebook(
            yes_no,
            [rule("r", "f", {"q0": True}), *(rule(f"r{at}", f"z{at}", {"f": True}) for at in range(many))],
            ["f"],
        ),
        "hundreds of rules have no condition": rulebook(
            yes_no[:1], [rule(f"r{at}", f"z{at}", {}) for at in range(many)]
        ),
        "a rule has forty conditions": rulebook(yes_no, [rule("r", "z", {each.id: True for each in yes_no})]),
        "a fact has hundreds of rules": rulebook(
            [*yes_no, numbers], [rule(f"r{at}", "z", {"n": Range(up_to=at), f"q{at % 40}": True}) for at in range(many)]
        ),
        "a day falls into 150 periods": rulebook(
            [question(DAY_OF_ACT, QuestionType.DATE)],
            [rule(f"r{at}", f"z{at}", {}, in_force=Period.model_validate(period)) for at, period in enumerate(periods)],
        ),
        "a choice has hundreds of options": rulebook(
            [question("q", QuestionType.CHOICE, options)],
            [rule(f"r{at}", f"z{at}", {"q": tuple(options[at::7])}) for at in range(7)],
        ),
    }


@pytest.mark.parametrize("what", beyond_the_limits())
def test_a_rulebook_beyond_a_limit_that_can_be_lifted_keeps_to_the_oracle(what: str) -> None:
    book = beyond_the_limits()[what]
    chance = random.Random(1)
    with engine_for(book) as engine:
        for _ in range(12):
            answers = {each.id: any_answer(chance, each) for each in book.questions if chance.random() < 0.8}
            assert_equals_oracle(engine.evaluate(answers), book, answers)
        everything_true = {each.id: True for each in book.questions if each.type is QuestionType.YES_NO}
        assert_equals_oracle(engine.evaluate(everything_true), book, everything_true)


def test_a_rulebook_of_four_hundred_rules_keeps_to_the_oracle() -> None:
    chance = random.Random(1)
    book = any_rulebook(chance, questions=60, facts=80, findings=120, rules=400)
    with engine_for(book) as engine:
        for _ in range(3):
            answers: dict[str, Answer] = {}
            for asked in book.questions:
                answers[asked.id] = any_answer(chance, asked)
                assert_equals_oracle(engine.evaluate(answers), book, answers)


def test_the_default_rulebook_keeps_to_the_oracle_on_both_sides_of_every_bound() -> None:
    book = load_rulebook(default_folder())
    assert isinstance(book, Rulebook)
    program = compile_rules(book)
    edges = {question: [0] for question in program.questions}
    for atom in program.atoms.values():
        edges[atom.question] += [bound + step for bound in (atom.low, atom.high) if bound for step in (-1, 0, 1)]
    chance = random.Random(1)

    def answer(asked: Question) -> Answer:
        if asked.type not in {QuestionType.NUMBER, QuestionType.DATE}:
            return any_answer(chance, asked)
        edge = chance.choice(edges[asked.id])
        return edge if asked.type is QuestionType.NUMBER else datetime.date.fromordinal(max(1, edge))

    with closing(Engine(program)) as engine:
        for _ in range(300):
            answers = {asked.id: answer(asked) for asked in book.questions if chance.random() < 0.7}
            assert_equals_oracle(engine.evaluate(answers), book, answers)


def test_no_two_facts_can_have_the_same_hash() -> None:
    """The engine knows a fact by the FNV-1a hash of its id alone; ours are numbers, and its own one is ``sid-0``."""

    def fnv(text: str) -> int:
        value = 0x811C9DC5
        for byte in text.encode():
            value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
        return value

    hashes = {fnv(str(number)) for number in range(300_000)}
    assert len(hashes) == 300_000
    assert fnv("sid-0") not in hashes


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss counts kilobytes on Linux, and other units elsewhere")
def test_neither_unrelated_answers_nor_forgotten_engines_leave_memory_behind() -> None:
    chance = random.Random(1)
    book = any_rulebook(chance, questions=10, facts=5, findings=10, rules=30)
    program = compile_rules(book)
    engine = Engine(program)
    for _ in range(50):
        engine.evaluate(any_answers(chance, book))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(1000):
        engine.evaluate(any_answers(chance, book))
    for _ in range(200):
        Engine(program).evaluate(any_answers(chance, book))
    # A state takes about one megabyte: 1,200 that were left behind could not be overlooked.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


# When it fails


CALLS = ["assert_fact", "start_action_for_state", "complete_and_start_action", "delete_state"]
ANSWER = "he deserted"


@pytest.mark.parametrize("failure", [RuntimeError(ANSWER), DURABLE_RULES.error(ANSWER), MemoryError(ANSWER)])
@pytest.mark.parametrize(("call", "after"), [("create_ruleset", 0), *itertools.product(CALLS, range(3))])
def test_after_a_failure_of_the_engine_the_next_evaluation_is_right(
    call: str, after: int, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DURABLE_RULES, call, failing(getattr(DURABLE_RULES, call), after, failure))
    errors = []
    with engine_for(ONE_RULE) as engine:
        for answers in SEVERAL_ANSWERS:
            try:
                valuation = engine.evaluate(answers)
            except EngineError as error:
                errors.append((str(error), error.__cause__, error.__context__))
                valuation = engine.evaluate(answers)
            assert_equals_oracle(valuation, ONE_RULE, answers)
    told = f"the rules engine failed ({type(failure).__name__}) and will be started again"
    assert errors == [(told, None, None)]


NOTHING_FIRES = {"start_action_for_state": lambda *_: None}
FIRST_RULE_ONLY = {"complete_and_start_action": lambda *_: None}
WRONG_RULE = {"start_action_for_state": lambda *_: (0, '{"3": {}}'.join("[]")), **FIRST_RULE_ONLY}
ONE_RULE_AGAIN_AND_AGAIN = {"complete_and_start_action": lambda *_: '["0"]'}
NO_RULE_OF_OURS = {"complete_and_start_action": lambda *_: '{"4096": {}}'.join("[]")}
NO_RESULT = {"complete_and_start_action": lambda *_: "[]"}
DEAF = {"assert_fact": lambda *_: (0, 0)}


@pytest.mark.parametrize(
    "fault",
    [NOTHING_FIRES, FIRST_RULE_ONLY, WRONG_RULE, ONE_RULE_AGAIN_AND_AGAIN, NO_RULE_OF_OURS, NO_RESULT, DEAF],
    ids=["nothing fires", "first rule only", "wrong rule", "no end", "no rule of ours", "no result", "deaf"],
)
@pytest.mark.parametrize("answers", [{"a": True, "b": False}, {"b": True}, {"a": False}], ids=str)
def test_an_engine_that_says_something_wrong_is_not_believed(
    fault: dict[str, Callable[..., object]], answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fault is one at the boundary: the C engine says too little, too much, nonsense, or never ends."""
    with engine_for(ONE_RULE) as engine:
        with monkeypatch.context() as broken:
            for name, call in fault.items():
                broken.setattr(DURABLE_RULES, name, call)
            with pytest.raises(EngineError, match="the rules engine failed") as told:
                engine.evaluate(answers)
        assert (told.value.__cause__, told.value.__context__) == (None, None)
        assert_equals_oracle(engine.evaluate(answers), ONE_RULE, answers)


def test_an_engine_that_forgets_one_fact_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(4)
    book = any_rulebook(chance, questions=8, facts=6, findings=8, rules=30)
    refused = right = 0
    original = DURABLE_RULES.complete_and_start_action
    with engine_for(book) as engine:
        for at in range(200):
            answers = any_answers(chance, book)
            with monkeypatch.context() as broken:
                broken.setattr(DURABLE_RULES, "complete_and_start_action", forgetting(original, chance.randrange(20)))
                try:
                    valuation = engine.evaluate(answers)
                except EngineError:
                    refused += 1
                else:
                    right += 1
                    assert_equals_oracle(valuation, book, answers)
            engine.evaluate({}) if at % 2 else engine.close()
    assert refused > 50
    assert right > 10


def test_after_an_interruption_the_next_evaluation_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_for(ONE_RULE) as engine:
        engine.evaluate({"a": True})
        original = DURABLE_RULES.complete_and_start_action
        monkeypatch.setattr(DURABLE_RULES, "complete_and_start_action", failing(original, 0, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            engine.evaluate({"a": True, "b": False})
        assert_equals_oracle(engine.evaluate({"a": True, "b": False}), ONE_RULE, {"a": True, "b": False})


def test_a_closed_engine_can_be_used_again() -> None:
    engine = Engine(compile_rules(ONE_RULE))
    expected = engine.evaluate({"a": True})
    engine.close()
    engine.close()
    assert expected == engine.evaluate({"a": True})
    engine.close()


def failing(call: Callable[..., Any], after: int, failure: BaseException) -> Callable[..., Any]:
    """The same call, but once it raises, after so many that succeed."""
    count = itertools.count()

    def called(*arguments: object) -> Any:
        if next(count) == after:
            raise failure
        return call(*arguments)

    return called


def forgetting(call: Callable[..., Any], after: int) -> Callable[..., Any]:
    """The same call, but once it hides what it returns, after so many that it shows."""
    count = itertools.count()

    def called(*arguments: object) -> Any:
        found = call(*arguments)
        return None if next(count) == after else found

    return called
