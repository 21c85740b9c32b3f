"""Translation of a program into rules of the C engine over numbered facts, within the limits of the engine.

Facts are numbered because the engine identifies a fact by the 32-bit hash of its id: no two numbers below 300,000 have
the same hash, but two ids of a rulebook might.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from assistant.documents.problem import EngineError
from assistant.rulebook.program import Atom, Clause, Program, SignedNode, opposite, ordinal
from assistant.rulebook.question import Answer, QuestionType

Pattern: TypeAlias = dict[str, Any]
"""The tests of one fact in a rule, in the engine's notation."""

TAKES: Final = {  # the exact type of the answers to each type of question
    QuestionType.YES_NO: bool,
    QuestionType.CHOICE: str,
    QuestionType.NUMBER: int,
    QuestionType.DATE: date,
}

MOST_RULES: Final = 4096  # one more causes an error
MOST_OPTIONS: Final = 511  # different tests of one value; one more causes an endless loop
MOST_READERS: Final = (
    255  # rules that read one fact; one more causes a segmentation fault, so further rules read copies
)
LARGEST: Final = 2**62  # numbers are compared as 64-bit integers
JOINED: Final = 8  # facts in one rule; the engine accepts 16; larger conjunctions are built from groups
SHARD: Final = 64  # facts that share a leading test; without it, each fact would be one of at most 511 tests
RANGES_PER_FACT: Final = 16  # ranges that read one answer fact, because a fact may pass at most 64 tests


class EngineLimit(EngineError):  # noqa: N818 - it is a limit of the engine, and the rulebook has to change
    """The program is larger than the rules engine accepts."""


class Network:
    """A program as rules of the engine over numbered facts.

    ``rules`` and ``conclusions`` (the facts that a rule derives) have the same order. ``answer_facts``: the facts that
    represent an answer, by question; ``readers``: by fact, how many rules read it; ``nodes`` and ``clauses``: the fact
    for each literal.
    """

    def __init__(self, program: Program) -> None:
        self.rules: list[dict[str, Any]] = []
        self.conclusions: list[tuple[int, ...]] = []
        self.answer_facts: dict[str, list[int]] = {}
        self.readers: Counter[int] = Counter()
        self._copies: dict[int, int] = {}
        self._new_fact = itertools.count(1).__next__
        self.beginning = self._new_fact()
        self.nodes = self._two_facts_each((*program.atoms, *program.heads))
        clauses = [clause for head in program.heads for clause in program.clauses[head]]
        self.clauses = self._two_facts_each(clause.id for clause in clauses)
        # This rule fires first in every state: before any rule has fired, deleting the state frees an unset pointer.
        self._add_rule([self._read(self.beginning)], ())
        for question in program.questions:
            atoms = [atom for atom in program.atoms.values() if atom.question == question]
            self.answer_facts[question] = self._compile_question(program, question, atoms)
        self._derive(clauses)
        for head in program.heads:
            defeated = [self.clauses[SignedNode(clause.id, False)] for clause in program.clauses[head]]
            self._add_rule(self._join(defeated), [self.nodes[SignedNode(head, False)]])
        _check_limit(len(self.rules), MOST_RULES, "the rules that the rulebook becomes")

    def _compile_question(self, program: Program, question: str, atoms: Sequence[Atom]) -> list[int]:
        """Return the facts that represent an answer in the engine; add the rules that derive the atoms from them."""
        kind = program.questions[question]
        if kind.is_ordered:
            step = RANGES_PER_FACT
            return [self._compile_ranges(atoms[at : at + step]) for at in range(0, len(atoms), step)]
        options = (True, False) if kind is QuestionType.YES_NO else program.options[question]
        _check_limit(len(options), MOST_OPTIONS, f"the options of question {question!r}")
        fact = self._new_fact()
        for option in options:
            conclusions = [self.nodes[SignedNode(atom.node, option in atom.values)] for atom in atoms]
            self._add_rule([_pattern(fact, {"v": _tagged(option)})], conclusions)
        return [fact]

    def _compile_ranges(self, atoms: Sequence[Atom]) -> int:
        fact = self._new_fact()
        for atom in atoms:
            bounds = [("$gte", "$lt", atom.low), ("$lte", "$gt", atom.high)]
            given = [(inside, outside, bound) for inside, outside, bound in bounds if bound is not None]
            for _, _, bound in given:
                _check_limit(abs(bound), LARGEST - 1, f"a bound that a rule sets to question {atom.question!r}")
            within = _pattern(fact, *({inside: {"v": bound}} for inside, _, bound in given))
            self._add_rule([within], [self.nodes[SignedNode(atom.node, True)]])
            for _, outside, bound in given:
                self._add_rule([_pattern(fact, {outside: {"v": bound}})], [self.nodes[SignedNode(atom.node, False)]])
        return fact

    def _derive(self, clauses: Iterable[Clause]) -> None:
        defeats: defaultdict[SignedNode, list[int]] = defaultdict(list)
        for clause in clauses:
            for literal in clause.body:
                defeats[opposite(literal)].append(self.clauses[SignedNode(clause.id, False)])
            if not clause.contested:
                body = self._join([self.nodes[literal] for literal in clause.body])
                self._add_rule(
                    body, [self.clauses[SignedNode(clause.id, True)], self.nodes[SignedNode(clause.head, True)]]
                )
        for literal, defeated in defeats.items():
            self._add_rule([self._read(self.nodes[literal])], defeated)

    def _join(self, facts: Sequence[int]) -> list[Pattern]:
        """Return patterns that match all these facts, or the fact that every state begins with if there are none."""
        while len(facts) > JOINED:
            groups = {self._new_fact(): facts[at : at + JOINED] for at in range(0, len(facts), JOINED)}
            for joined, group in groups.items():
                self._add_rule([self._read(fact) for fact in group], [joined])
            facts = list(groups)
        return [self._read(fact) for fact in facts or [self.beginning]]

    def _read(self, fact: int) -> Pattern:
        copy = self._copies.get(fact, fact)
        if self.readers[copy] == MOST_READERS - 1:  # the last reader is the rule that makes the next copy
            full, copy = copy, self._new_fact()
            self._copies[fact] = copy
            self._add_rule([_pattern(full)], [copy])
        self.readers[copy] += 1
        return _pattern(copy)

    def _add_rule(self, patterns: Sequence[Pattern], conclusions: Sequence[int]) -> None:
        # "dist": 0 lets one fact match two patterns of a rule.
        self.rules.append({"all": [{f"p{place}": pattern} for place, pattern in enumerate(patterns)], "dist": 0})
        self.conclusions.append(tuple(conclusions))

    def _two_facts_each(self, names: Iterable[str]) -> dict[SignedNode, int]:
        return {SignedNode(name, holds): self._new_fact() for name in names for holds in (True, False)}


def _check_limit(size: int, most: int, what: str) -> None:
    if size > most:
        raise EngineLimit(f"too much for the rules engine, which takes {most} at most: {what} ({size})")


def place_of(fact: int) -> dict[str, str | int]:
    """Return the properties by which patterns find a fact: its shard and its number."""
    return {"s": str(fact // SHARD), "n": str(fact)}


def _pattern(fact: int, *tests: Mapping[str, Any]) -> Pattern:
    return {"$and": [*({key: value} for key, value in place_of(fact).items()), *tests]}


def _tagged(option: bool | str) -> str:
    """Return a string with a tag for the type, because the engine treats 1, true and "1" as equal."""
    return f"s:{option}" if isinstance(option, str) else f"b:{int(option)}"


def engine_value(program: Program, question: str, answer: Answer) -> str | int:
    """Return an answer in the form that the engine compares.

    Raises:
        EngineError: if the program has no such question, or the answer has another type or is none of its options.
    """
    kind = program.questions.get(question)
    options = program.options.get(question, ())
    # Types are compared exactly, because a bool is also an int, and a datetime is also a date.
    if kind is None or type(answer) is not TAKES[kind] or (options and answer not in options):
        raise EngineError(f"there is no question {question!r} that takes such an answer")
    return _tagged(answer) if isinstance(answer, bool | str) else max(-LARGEST, min(LARGEST, ordinal(answer)))
