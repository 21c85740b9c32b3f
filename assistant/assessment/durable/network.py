"""Translation of a program into rules of the C engine over numbered facts, within the limits of the engine.

Facts are numbered because the engine identifies a fact by the 32-bit hash of its id: no two numbers below 300,000 have
the same hash, but two ids of a rulebook might.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from assistant.documents.problem import EngineError
from assistant.rulebook.program import Clause, Program, SignedNode, opposite

Pattern: TypeAlias = dict[str, Any]
"""The tests of one fact in a rule, in the engine's notation."""

MAX_RULES: Final = 4096  # one more causes an error
MAX_READERS_OF_A_FACT: Final = 255  # one more causes a segmentation fault, so further rules read copies of the fact
MAX_JOINED_FACTS: Final = 8  # the engine accepts 16; larger conjunctions are built from groups
FACTS_PER_SHARD: Final = 64  # they share a leading test; without it, each would be one of at most 511 tests


class EngineLimit(EngineError):  # noqa: N818 - it is a limit of the engine, and the rulebook has to change
    """The program is larger than the rules engine accepts."""


class Network:
    """A program as rules of the engine over numbered facts. The facts of atoms are asserted; rules derive the others.

    ``rules`` and ``conclusions`` (the facts that a rule derives) have the same order. ``readers``: by fact, how many
    rules read it; ``nodes`` and ``clauses``: the fact for each literal.
    """

    def __init__(self, program: Program) -> None:
        self.rules: list[dict[str, Any]] = []
        self.conclusions: list[tuple[int, ...]] = []
        self.readers: Counter[int] = Counter()
        self._copies: dict[int, int] = {}
        self._new_fact = itertools.count(1).__next__
        self.beginning = self._new_fact()
        self.nodes = self._two_facts_each((*program.atoms, *program.heads))
        clauses = [clause for head in program.heads for clause in program.clauses[head]]
        self.clauses = self._two_facts_each(clause.id for clause in clauses)
        # This rule fires first in every state: before any rule has fired, deleting the state frees an unset pointer.
        self._add_rule([self._read(self.beginning)], ())
        self._derive(clauses)
        for head in program.heads:
            defeated = [self.clauses[SignedNode(clause.id, False)] for clause in program.clauses[head]]
            self._add_rule(self._join(defeated), [self.nodes[SignedNode(head, False)]])
        if len(self.rules) > MAX_RULES:
            size = f"the rules that the rulebook becomes ({len(self.rules)})"
            raise EngineLimit(f"too much for the rules engine, which takes {MAX_RULES} at most: {size}")

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
        most = MAX_JOINED_FACTS
        while len(facts) > most:
            groups = {self._new_fact(): facts[at : at + most] for at in range(0, len(facts), most)}
            for joined, group in groups.items():
                self._add_rule([self._read(fact) for fact in group], [joined])
            facts = list(groups)
        return [self._read(fact) for fact in facts or [self.beginning]]

    def _read(self, fact: int) -> Pattern:
        copy = self._copies.get(fact, fact)
        if self.readers[copy] == MAX_READERS_OF_A_FACT - 1:  # the last reader is the rule that makes the next copy
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


def place_of(fact: int) -> dict[str, str]:
    """Return the properties by which patterns find a fact: its shard and its number."""
    return {"s": str(fact // FACTS_PER_SHARD), "n": str(fact)}


def _pattern(fact: int) -> Pattern:
    return {"$and": [{key: value} for key, value in place_of(fact).items()]}
