"""A program as rules of the C engine over numbered facts, within the limits of what the engine takes.

Facts are numbered, because the engine takes the 32-bit hash of a fact's id for the fact: no two numbers below 300,000
have the same hash, while two ids of a rulebook might.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from assistant.documents.problem import EngineError
from assistant.rulebook.model import Answer, QuestionType
from assistant.rulebook.program import Atom, Clause, Literal, Program, opposite, ordinal

Pattern: TypeAlias = dict[str, Any]
"""What a rule asks of one fact, in the engine's notation."""

TAKES: Final = {
    QuestionType.YES_NO: bool,
    QuestionType.CHOICE: str,
    QuestionType.NUMBER: int,
    QuestionType.DATE: date,
}

MOST_RULES: Final = 4096  # one more is an error
MOST_OPTIONS: Final = 511  # different tests of one value; one more is an endless loop
MOST_READERS: Final = 255  # rules that read one fact; one more is a segmentation fault, so the others read copies of it
LARGEST: Final = 2**62  # numbers are compared as 64-bit integers
JOINED: Final = 8  # facts in one rule; the engine takes 16, and larger conjunctions are joined from groups
SHARD: Final = 64  # facts behind one leading test, without which each fact would be one of 511 different tests
SHEET: Final = 16  # ranges that read one fact of an answer, because 64 tests are the most that a fact may pass


class EngineLimit(EngineError):  # noqa: N818 - it is a limit of the engine, and the rulebook has to change
    """The program is larger than the rules engine takes."""


class Network:
    """A program as rules of the engine over numbered facts."""

    def __init__(self, program: Program) -> None:
        self.rules: list[dict[str, Any]] = []
        self.conclusions: list[tuple[int, ...]] = []
        self.sheets: dict[str, list[int]] = {}
        self.readers: Counter[int] = Counter()
        self._copies: dict[int, int] = {}
        self._new_fact = itertools.count(1).__next__
        self.beginning = self._new_fact()
        self.nodes = self._two_facts_each((*program.atoms, *program.heads))
        clauses = [clause for head in program.heads for clause in program.clauses[head]]
        self.clauses = self._two_facts_each(clause.id for clause in clauses)
        # The first rule to fire in a state: before that, deleting the state frees a pointer that was never set.
        self._add_rule([self._read(self.beginning)], ())
        for question in program.questions:
            atoms = [atom for atom in program.atoms.values() if atom.question == question]
            self.sheets[question] = self._match(program, question, atoms)
        self._derive(clauses)
        for head in program.heads:
            defeated = [self.clauses[Literal(clause.id, False)] for clause in program.clauses[head]]
            self._add_rule(self._join(defeated), [self.nodes[Literal(head, False)]])
        _check_limit(len(self.rules), MOST_RULES, "the rules that the rulebook becomes")

    def _match(self, program: Program, question: str, atoms: Sequence[Atom]) -> list[int]:
        """The facts that tell the engine an answer, after making the rules that derive its atoms from them."""
        kind = program.questions[question]
        if kind.is_ordered:
            return [self._match_ranges(atoms[at : at + SHEET]) for at in range(0, len(atoms), SHEET)]
        options = (True, False) if kind is QuestionType.YES_NO else program.options[question]
        _check_limit(len(options), MOST_OPTIONS, f"the options of question {question!r}")
        sheet = self._new_fact()
        for option in options:
            told = [self.nodes[Literal(atom.node, option in atom.values)] for atom in atoms]
            self._add_rule([_pattern(sheet, {"v": _tagged(option)})], told)
        return [sheet]

    def _match_ranges(self, atoms: Sequence[Atom]) -> int:
        sheet = self._new_fact()
        for atom in atoms:
            bounds = [("$gte", "$lt", atom.low), ("$lte", "$gt", atom.high)]
            given = [(inside, outside, bound) for inside, outside, bound in bounds if bound is not None]
            for _, _, bound in given:
                _check_limit(abs(bound), LARGEST - 1, f"a bound that a rule sets to question {atom.question!r}")
            within = _pattern(sheet, *({inside: {"v": bound}} for inside, _, bound in given))
            self._add_rule([within], [self.nodes[Literal(atom.node, True)]])
            for _, outside, bound in given:
                self._add_rule([_pattern(sheet, {outside: {"v": bound}})], [self.nodes[Literal(atom.node, False)]])
        return sheet

    def _derive(self, clauses: Iterable[Clause]) -> None:
        defeats: defaultdict[Literal, list[int]] = defaultdict(list)
        for clause in clauses:
            for literal in clause.body:
                defeats[opposite(literal)].append(self.clauses[Literal(clause.id, False)])
            if not clause.contested:
                body = self._join([self.nodes[literal] for literal in clause.body])
                self._add_rule(body, [self.clauses[Literal(clause.id, True)], self.nodes[Literal(clause.head, True)]])
        for literal, defeated in defeats.items():
            self._add_rule([self._read(self.nodes[literal])], defeated)

    def _join(self, facts: Sequence[int]) -> list[Pattern]:
        """What a rule asks that needs all these facts; if there are none, then the one that every state begins with."""
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
        # "dist": 0 lets one fact stand in two places of a rule.
        self.rules.append({"all": [{f"p{place}": pattern} for place, pattern in enumerate(patterns)], "dist": 0})
        self.conclusions.append(tuple(conclusions))

    def _two_facts_each(self, names: Iterable[str]) -> dict[Literal, int]:
        return {Literal(name, holds): self._new_fact() for name in names for holds in (True, False)}


def _check_limit(size: int, most: int, what: str) -> None:
    if size > most:
        raise EngineLimit(f"too much for the rules engine, which takes {most} at most: {what} ({size})")


def place_of(fact: int) -> dict[str, str | int]:
    return {"s": str(fact // SHARD), "n": str(fact)}


def _pattern(fact: int, *tests: Mapping[str, Any]) -> Pattern:
    return {"$and": [*({key: value} for key, value in place_of(fact).items()), *tests]}


def _tagged(option: bool | str) -> str:
    """A string with a tag, because the engine takes 1, true and "1" for equal."""
    return f"s:{option}" if isinstance(option, str) else f"b:{int(option)}"


def engine_value(program: Program, question: str, answer: Answer) -> str | int:
    """An answer as the engine compares it."""
    kind = program.questions.get(question)
    options = program.options.get(question, ())
    # Types are compared exactly: a bool is an int as well, and a datetime a date.
    if kind is None or type(answer) is not TAKES[kind] or (options and answer not in options):
        raise EngineError(f"there is no question {question!r} that takes such an answer")
    return _tagged(answer) if isinstance(answer, bool | str) else max(-LARGEST, min(LARGEST, ordinal(answer)))
