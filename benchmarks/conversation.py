"""How long a person waits after a further answer, and after a revised one: ``python benchmarks/conversation.py``.

The whole of it, assessment and next question, is what he waits for. Beside it the rules engine alone, with its live
session and with a peer that replays all answers every time, which is what the live session saves.
"""

# ruff: noqa: INP001, S311 - a script, and its random answers are no secrets

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import NamedTuple, TypeAlias

from assistant.assessment.assessor import Assessor
from assistant.assessment.cells import cells_of
from assistant.assessment.durable import Engine
from assistant.interview.state import Interview, begin, reply_to
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Valuation, compile_rules
from assistant.rulebook.question import Answer, Answers
from assistant.scenarios.scenario import Scenario
from tests.support.interviews import next_question
from tests.support.questions_asked import real_scenarios
from tests.support.random_rulebooks import any_answer, any_rulebook

CONVERSATIONS = 30
REVISIONS = 20
Evaluate: TypeAlias = Callable[[Answers], Valuation]


class Waits(NamedTuple):
    """Milliseconds after each further answer and after each revised one."""

    answer: list[float]
    revision: list[float]


def synthetic_rulebook() -> Rulebook:
    return any_rulebook(random.Random(1), questions=60, facts=80, findings=120, rules=400)


def converse(book: Rulebook, evaluate: Evaluate) -> Waits:
    """Answers all questions one by one, then changes some answers; several times."""
    chance = random.Random(2)
    waits = Waits([], [])
    for _ in range(CONVERSATIONS):
        answers: dict[str, Answer] = {}
        evaluate(answers)
        for asked in book.questions:
            answers[asked.id] = any_answer(chance, asked)
            waits.answer.append(_timed(evaluate, answers))
        for asked in chance.choices(book.questions, k=REVISIONS):
            before = answers[asked.id]
            answers[asked.id] = any_answer(chance, asked)
            if answers[asked.id] != before:
                waits.revision.append(_timed(evaluate, answers))
    return waits


def measure(book: Rulebook) -> dict[str, Waits]:
    """The waits with the live session, and with a replay of everything every time."""
    with closing(Engine(compile_rules(book))) as engine:

        def replay(answers: Answers) -> Valuation:
            engine.evaluate({})  # no extension of what was asserted, so it deletes the state
            return engine.evaluate(answers)

        return {"live session": converse(book, engine.evaluate), "full replay": converse(book, replay)}


def questionnaire(book: Rulebook, scenarios: Iterable[Scenario]) -> Waits:
    """The waits of those whom the scenarios tell of, from question to question, and when they revise an answer."""
    assessor, chance, waits = Assessor(book).ready_for_conversation(), random.Random(3), Waits([], [])
    cells = cells_of([assessor.program])

    def turn(interview: Interview, question: str, reply: Reply, into: list[float]) -> Interview:
        start = time.perf_counter()
        after = reply_to(assessor, interview, question, reply)
        next_question(book, after)
        into.append((time.perf_counter() - start) * 1000)
        return after

    for scenario in scenarios:
        interview = begin(assessor)
        while question := next_question(book, interview):
            reply = scenario.answers.get(question.id, Unknown.DONT_KNOW)
            interview = turn(interview, question.id, reply, waits.answer)
        for asked in list(scenario.answers)[:3]:
            interview = turn(interview, asked, chance.choice(cells[asked].representatives), waits.revision)
    return waits


def p99(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=100)[98]


def _timed(evaluate: Evaluate, answers: Answers) -> float:
    start = time.perf_counter()
    evaluate(answers)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    loaded = load_rulebook(default_folder())
    books = {"synthetic": synthetic_rulebook()}
    if isinstance(loaded, Rulebook):
        books = {"default": loaded, **books}
    else:
        sys.stderr.write("The default rulebook has problems; `assistant check` tells them.\n")
    for name, book in books.items():
        sizes = f"{len(book.rules)} rules, {len(book.findings)} findings, {len(book.questions)} questions"
        sys.stdout.write(f"{name} rulebook ({sizes}), ms: median, p99\n")
        peers = measure(book)
        if name == "default":
            scenarios = real_scenarios(book, default_folder() / "tests" / "scenarios")[::3]
            peers = {"questionnaire": questionnaire(book, scenarios), **peers}
        for peer, waits in peers.items():
            for what, values in waits._asdict().items():
                sys.stdout.write(f"  {peer:15} {what:9} {statistics.median(values):7.2f} {p99(values):7.2f}\n")


if __name__ == "__main__":
    main()
