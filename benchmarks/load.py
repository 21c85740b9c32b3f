"""Whether the program holds out: ``python benchmarks/load.py``, or with ``--short`` for a minute of it.

Many questionnaires one after another and side by side, many revised answers, and the rules engine under random and
hostile answers, compared with the oracle. Fails if memory grows after the warm-up, or if anything is answered wrongly.
"""

# ruff: noqa: INP001, S311 - a script, and its random answers are no secrets

import argparse
import ctypes
import datetime
import random
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.assessment.durable import Engine
from assistant.documents.problem import EngineError
from assistant.interview.state import Interview, begin, reply_to
from assistant.rulebook.answer import Unknown
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import CONTRADICTION, Valuation, compile_rules, rule_of
from assistant.rulebook.question import Answer, Answers
from tests.support.interviews import next_question
from tests.support.oracle import statuses
from tests.support.random_rulebooks import any_answer, any_answers, any_rulebook

MAX_GROWTH_MB: Final = 32
"""Megabytes that memory may grow by after the warm-up: a session that was left behind takes five of them."""
ABREAST: Final = 50
HOSTILE: Final[tuple[Any, ...]] = (
    *(0, 1, -1, 2**31, 2**62, 2**63, 2**64, -(2**200), 10**4000, 0.0, 1.5, float("nan"), float("inf")),
    *("", " ", "true", "1", "b:1", "s:true", "yes\0no", '"}]', "\\u0000", "\ud800", "\x1b]52;c;x\x07", "x" * 1_000_000),
    *(b"true", None, [], {}, (), object(), {"$gt": 0}, datetime.date.min, datetime.date.max, datetime.time.max),
)


class Size(NamedTuple):
    """How much of everything."""

    questionnaires: int
    revisions: int
    engines: int
    minutes: float


class Measured(NamedTuple):
    """What one part did: how often, in how many seconds, with how many megabytes after its warm-up and at its end."""

    part: str
    times: int
    seconds: float
    warm: float
    end: float

    def __str__(self) -> str:
        return f"{self.part:34} {self.times:8} in {self.seconds:7.1f} s   {self.warm:6.1f} → {self.end:6.1f} MB"


class Failure(Exception):  # noqa: N818 - it is what has been found
    """What does not hold."""


def resident() -> float:
    """Megabytes of memory in use now, without what the C library has been given back and keeps."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20


def measured(part: str, warming: int, rounds: Iterator[object]) -> Measured:
    """Goes through the rounds, and sees that memory does not grow once the first of them are done."""
    warm, count, start = 0.0, 0, time.perf_counter()
    for count, _ in enumerate(rounds, start=1):
        if count == warming:
            warm = resident()
    found = Measured(part, count, time.perf_counter() - start, warm, resident())
    sys.stdout.write(f"{found}\n")
    sys.stdout.flush()
    if found.end - found.warm > MAX_GROWTH_MB:
        raise Failure(f"memory grew by {found.end - found.warm:.1f} MB, more than {MAX_GROWTH_MB}")
    return found


def one_after_another(assessor: Assessor, chance: random.Random, count: int) -> Iterator[Interview]:
    """Whole questionnaires, one person after another at one machine."""
    for _ in range(count):
        interview = begin(assessor)
        while question := next_question(assessor.rulebook, interview):
            interview = reply_to(assessor, interview, question.id, any_reply(chance, question))
        yield interview


def abreast(assessors: list[Assessor], seed: int, count: int) -> Iterator[Interview]:
    """Whole questionnaires, as many at a time as there are assessors, a reply here and a reply there.

    The same ones again and again: what is kept ready for other answers would look like memory that was lost.
    """
    ended = 0
    while ended < count:
        chance = random.Random(seed)
        interviews = [begin(assessor) for assessor in assessors]
        until = ended + len(assessors)
        while ended < until:
            at = chance.randrange(len(assessors))
            question = next_question(assessors[at].rulebook, interviews[at])
            if question is None:
                ended += 1
                yield interviews[at]
                interviews[at] = begin(assessors[at])
            else:
                interviews[at] = reply_to(assessors[at], interviews[at], question.id, any_reply(chance, question))


def revisions(assessor: Assessor, chance: random.Random, count: int) -> Iterator[Interview]:
    """One conversation in which one answer after the other is revised."""
    interview = begin(assessor)
    for _ in range(count):
        question = chance.choice(assessor.rulebook.questions)
        interview = reply_to(assessor, interview, question.id, any_reply(chance, question))
        yield interview


def engines(book: Rulebook, chance: random.Random, count: int) -> Iterator[Valuation]:
    """More sessions than the rules engine could hold at once, each ended before the next."""
    program = compile_rules(book)
    for _ in range(count):
        with closing(Engine(program)) as engine:
            yield engine.evaluate(any_answers(chance, book))


def hostile(book: Rulebook, chance: random.Random, minutes: float) -> Iterator[None]:
    """Random rulebooks and this one, under answers of which some are none; each result compared with the oracle."""
    until = time.monotonic() + minutes * 60
    with closing(Engine(compile_rules(book))) as real:
        while time.monotonic() < until:
            facts, findings = chance.randint(0, 8), chance.randint(1, 8)
            other = any_rulebook(
                chance, chance.randint(1, 12), facts, findings, facts + findings + chance.randint(0, 30)
            )
            with closing(Engine(compile_rules(other))) as engine:
                for _ in range(20):
                    attack(engine, other, chance)
                    attack(real, book, chance)
            yield


def attack(engine: Engine, book: Rulebook, chance: random.Random) -> None:
    """Answers with one in three attempts spoilt; what is taken for answers has to be assessed rightly."""
    answers = any_answers(chance, book)
    if chance.randrange(3) == 0:
        spoilt: dict[str, Any] = dict(answers)
        names = [question.id for question in book.questions]
        spoilt[chance.choice([*names, "nowhere", "", "\ud800", "sid", "$and"])] = chance.choice(HOSTILE)
        try:
            found = engine.evaluate(spoilt)
        except EngineError:
            pass
        else:
            compare(found, book, spoilt)
    compare(engine.evaluate(answers), book, answers)


def compare(found: Valuation, book: Rulebook, answers: Answers) -> None:
    """Whether the valuation is what the oracle says."""
    expected = statuses(book, answers)
    heads = {head: found.nodes.get(head) for head in expected.heads}
    impossible = {each: found.nodes.get(CONTRADICTION + each) for each in expected.impossible}
    by_rule = {rule_of(clause): truth for clause, truth in found.clauses.items()}
    rules = {rule: by_rule.get(rule) for rule in expected.rules}
    if (heads, rules, impossible) != (expected.heads, expected.rules, expected.impossible):
        raise Failure(f"a wrong result by the rulebook {book.metadata.id!r}: {answers!r}")


def any_reply(chance: random.Random, question: Any) -> Answer | Unknown:
    """An answer, or one time in five none."""
    return Unknown.DONT_KNOW if chance.randrange(5) == 0 else any_answer(chance, question)


def hold_out(size: Size, seed: int) -> None:
    """All parts.

    Raises:
        Failure: if one does not hold.
    """
    book = load_rulebook(default_folder())
    if not isinstance(book, Rulebook):
        raise Failure("the default rulebook has problems; `assistant check` tells them")
    chance = random.Random(seed)
    assessor = Assessor(book).ready_for_conversation()
    count = size.questionnaires
    measured("questionnaires one after another", count // 10, one_after_another(assessor, chance, count))
    fifty = [Assessor(book) for _ in range(ABREAST)]
    measured(f"questionnaires {ABREAST} at a time", ABREAST, abreast(fifty, seed, count))
    del fifty
    measured("revisions", size.revisions // 10, revisions(assessor, chance, size.revisions))
    measured("sessions", size.engines // 10, engines(book, chance, size.engines))
    measured("rulebooks under hostile answers", 50, hostile(book, chance, size.minutes))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a minute of it")
    parser.add_argument("--minutes", type=float, help="how long under hostile answers")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = Size(100, 3_000, 1_100, 0.3) if options.short else Size(1_000, 100_000, 3_000, 30)
    if options.minutes is not None:
        size = size._replace(minutes=options.minutes)
    try:
        hold_out(size, options.seed)
    except Failure as failure:
        sys.stderr.write(f"It does not hold out: {failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
