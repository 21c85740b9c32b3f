"""Evaluates a program with durable-rules: from outside a pure function of the answers, inside one live session.

The engine is used in the one way in which it is sound. *Dual rail*: every node has two facts, that it holds and that it
does not; while it is unknown there is neither. *Assert only*: rules for "holds" join the facts of a whole clause, rules
for "does not hold" read one fact each; so everything grows, the order of answers cannot matter, and nothing is negated.
When the answers extend those of the last evaluation only the new ones are asserted; otherwise the state is deleted and
all are replayed, because the engine's own retraction gives wrong results.

The engine is old C, and a wrong finding is worse than none: what it says is compared with the rules themselves
(:mod:`assistant.kleene`), and where it says anything else there is an error in place of a result.

Facts are numbered, because the engine takes the 32-bit hash of a fact's id for the fact: no two numbers below 300,000
have the same hash, while two ids of a rulebook might.
"""

import contextlib
import itertools
import json
import os
import sys
import weakref
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from assistant.kleene import known as known_by_the_rules
from assistant.logic import Atom, Clause, Firing, Literal, Program, Valuation, ordinal
from assistant.problem import EngineError
from assistant.rulebook import Answer, QuestionType

if sys.platform != "win32":
    # Python 3.13 lacks a function that the C engine names and here never calls: it must not be looked up on import.
    _flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
# Not the package `durable` around it: its Host starts two timer threads, which race with the caller and crash.
import durable_rules_engine as rete  # type: ignore[import-not-found,import-untyped,unused-ignore]  # C, without types

if sys.platform != "win32":
    sys.setdlopenflags(_flags)

Step: TypeAlias = tuple[int, Firing, list[list[Literal]]]
"""A fact, how it came about, and if it is that a head does not hold: for each of its clauses, what can defeat it."""
Pattern: TypeAlias = dict[str, Any]  # what a rule asks of one fact, in the engine's notation
TAKES = {QuestionType.YES_NO: bool, QuestionType.CHOICE: str, QuestionType.NUMBER: int, QuestionType.DATE: date}

MOST_RULES = 4096  # one more is an error
MOST_OPTIONS = 511  # different tests of one value; one more is an endless loop
MOST_READERS = 255  # rules that read one fact; one more is a segmentation fault, so the others read copies of it
LARGEST = 2**62  # numbers are compared as 64-bit integers
JOINED = 8  # facts in one rule; the engine takes 16, and larger conjunctions are joined from groups
SHARD = 64  # facts behind one leading test, without which each fact would be one of 511 different tests
SHEET = 16  # ranges that read one fact of an answer, because 64 tests are the most that a fact may pass


class EngineLimit(EngineError):  # noqa: N818 - it is a limit of the engine, and the rulebook has to change
    """The program is larger than the rules engine takes."""


class _EndlessError(Exception):
    """Rules fire on and on."""


class _WrongError(Exception):
    """What the engine says is not what the rules say."""


class _Network:
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
                defeats[_opposite(literal)].append(self.clauses[Literal(clause.id, False)])
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


class _Session:
    """A ruleset in the C engine, with at most one state in it, driven in the caller's thread."""

    def __init__(self, network: _Network) -> None:
        self.known: set[int] = set()
        self._fired = 0
        self._network = network
        self._has_state = False
        self._ruleset: int = rete.create_ruleset("rulebook", json.dumps(dict(enumerate(network.rules))))

    def restart(self) -> None:
        """Forgets everything."""
        self._delete_state()
        self.known.clear()
        self._fired = 0
        self.tell(self._network.beginning)
        self._has_state = True

    def tell(self, fact: int, **value: str | int) -> None:
        """Asserts a fact, and everything that follows from it."""
        state = self._assert(fact, **value)
        _, action = rete.start_action_for_state(self._ruleset, state) or (None, None)
        while action:
            self._fired += 1
            if self._fired > len(self._network.conclusions):  # no fact is asserted twice, so no rule fires twice
                raise _EndlessError
            (rule,) = json.loads(action)
            for conclusion in self._network.conclusions[int(rule)]:
                if conclusion not in self.known:
                    self.known.add(conclusion)
                    if conclusion in self._network.readers:
                        self._assert(conclusion)
            action = rete.complete_and_start_action(self._ruleset, state)

    def close(self) -> None:
        """Frees the memory that the C engine holds, as far as it lets us."""
        with contextlib.suppress(Exception):
            self._delete_state()
        with contextlib.suppress(Exception):
            rete.delete_ruleset(self._ruleset)

    def _assert(self, fact: int, **value: str | int) -> int:
        content = {"id": str(fact), "sid": "0", **_place(fact), **value}
        return int(rete.assert_fact(self._ruleset, json.dumps(content))[1])

    def _delete_state(self) -> None:
        if self._has_state:
            self._has_state = False
            rete.delete_state(self._ruleset, "0")


class Engine:
    """Evaluates a program; not for two threads at once."""

    def __init__(self, program: Program) -> None:
        """Raises :class:`EngineLimit` if the program is larger than the rules engine takes."""
        self._program = program
        self._network = _Network(program)
        self._node_facts = _in_pairs(self._network.nodes)
        self._clause_facts = _in_pairs(self._network.clauses)
        self._meaning = frozenset((*self._network.nodes.values(), *self._network.clauses.values()))
        # Made once: thousands of new objects in every evaluation keep the garbage collector busy for 40 ms at times.
        self._steps = list(_steps(program, self._network))
        self._session: _Session | None = None
        self._asserted: dict[str, str | int] | None = None
        self._release: Callable[[], object] = lambda: None

    def evaluate(self, answers: Mapping[str, Answer]) -> Valuation:
        """What is known when these answers are given, and no others.

        Raises:
            EngineError: if an answer is not one that its question takes, or the rules engine failed, or what it says
                is not what the rules say.
        """
        values = {question: _value(self._program, question, answer) for question, answer in answers.items()}
        try:
            known = self._known(values)
            self._compare_with_the_rules(known, answers)
        except Exception as error:  # noqa: BLE001 - whatever it is, its text could quote an answer
            failure = type(error).__name__
            self.close()
        else:
            return self._valuation(known)
        # Not raised above, where the original would go along as its context.
        raise EngineError(f"the rules engine failed ({failure}) and will be started again")

    def close(self) -> None:
        """Frees the memory that the rules engine holds; another evaluation takes it again."""
        self._release()
        self._session = self._asserted = None

    def _known(self, values: dict[str, str | int]) -> set[int]:
        if self._session is None:
            self._session = _Session(self._network)
            self._release = weakref.finalize(self, self._session.close)
        # Whatever interrupts what follows, Ctrl-C included, leaves a state that the next evaluation does not extend.
        asserted, self._asserted = self._asserted, None
        if asserted is None or not asserted.items() <= values.items():
            self._session.restart()
            asserted = {}
        for question, value in values.items():
            if question not in asserted:
                for sheet in self._network.sheets[question]:
                    self._session.tell(sheet, v=value)
        self._asserted = values
        return self._session.known

    def _compare_with_the_rules(self, known: set[int], answers: Mapping[str, Answer]) -> None:
        """Raises :class:`_WrongError` unless these facts follow from the answers, and no others."""
        nodes, clauses = known_by_the_rules(self._program, answers)
        facts = {self._node_facts[node][holds] for node, holds in nodes.items()}
        facts.update(self._clause_facts[clause][holds] for clause, holds in clauses.items())
        if facts != known & self._meaning:
            raise _WrongError

    def _valuation(self, known: set[int]) -> Valuation:
        nodes = {literal.node: literal.holds for literal, fact in self._network.nodes.items() if fact in known}
        clauses = {literal.node: literal.holds for literal, fact in self._network.clauses.items() if fact in known}
        # Not validated: it would make every step of the trace anew.
        return Valuation.model_construct(nodes=nodes, clauses=clauses, trace=tuple(self._trace(known)))

    def _trace(self, known: set[int]) -> Iterator[Firing]:
        for fact, firing, grounds in self._steps:
            if fact in known:
                defeaters = (next(each for each in ground if self._network.nodes[each] in known) for ground in grounds)
                yield firing._replace(premises=tuple(defeaters)) if grounds else firing


def _steps(program: Program, network: _Network) -> Iterator[Step]:
    for literal in (Literal(atom, holds) for atom in program.atoms for holds in (True, False)):
        yield network.nodes[literal], Firing(literal, None, ()), []
    for head in program.heads:
        grounds = program.clauses[head]
        for clause in grounds:
            yield network.clauses[Literal(clause.id, True)], Firing(Literal(head, True), clause.id, clause.body), []
        defeaters = [[_opposite(literal) for literal in clause.body] for clause in grounds]
        yield network.nodes[Literal(head, False)], Firing(Literal(head, False), None, ()), defeaters


def _check_limit(size: int, most: int, what: str) -> None:
    if size > most:
        raise EngineLimit(f"too much for the rules engine, which takes {most} at most: {what} ({size})")


def _in_pairs(facts: Mapping[Literal, int]) -> dict[str, tuple[int, int]]:
    """For each name the facts that it does not hold and that it holds; looked up faster than by literals."""
    names = dict.fromkeys(literal.node for literal in facts)
    return {name: (facts[Literal(name, False)], facts[Literal(name, True)]) for name in names}


def _opposite(literal: Literal) -> Literal:
    return Literal(literal.node, not literal.holds)


def _place(fact: int) -> dict[str, str | int]:
    return {"s": str(fact // SHARD), "n": str(fact)}


def _pattern(fact: int, *tests: Mapping[str, Any]) -> Pattern:
    return {"$and": [*({key: value} for key, value in _place(fact).items()), *tests]}


def _tagged(option: bool | str) -> str:
    """A string with a tag, because the engine takes 1, true and "1" for equal."""
    return f"s:{option}" if isinstance(option, str) else f"b:{int(option)}"


def _value(program: Program, question: str, answer: Answer) -> str | int:
    """An answer as the engine compares it."""
    kind = program.questions.get(question)
    options = program.options.get(question, ())
    # Types are compared exactly: a bool is an int as well, and a datetime a date.
    if kind is None or type(answer) is not TAKES[kind] or (options and answer not in options):
        raise EngineError(f"there is no question {question!r} that takes such an answer")
    return _tagged(answer) if isinstance(answer, bool | str) else max(-LARGEST, min(LARGEST, ordinal(answer)))
