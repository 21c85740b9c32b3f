"""Evaluates a program with durable-rules: from outside a pure function of the answers, inside one live session.

The engine is used in the one way in which it is sound. *Dual rail*: every node has two facts, that it holds and that it
does not; while it is unknown there is neither. *Assert only*: rules for "holds" join the facts of a whole clause, rules
for "does not hold" read one fact each; so everything grows, the order of answers cannot matter, and nothing is negated.
When the answers extend those of the last evaluation only the new ones are asserted; otherwise the state is deleted and
all are replayed, because the engine's own retraction gives wrong results.

The engine is old C, and a wrong finding is worse than none: what it says is compared with the rules themselves
(:mod:`assistant.assessment.kleene`), and where it says anything else there is an error in place of a result.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from assistant.assessment.durable.network import EngineLimit, Network, engine_value
from assistant.assessment.durable.session import Session
from assistant.assessment.kleene import known as known_by_the_rules
from assistant.documents.problem import EngineError
from assistant.rulebook.model import Answer
from assistant.rulebook.program import Firing, Literal, Program, Valuation, opposite

__all__ = ["Engine", "EngineLimit"]

Step: TypeAlias = tuple[int, Firing, list[list[Literal]]]
"""A fact, how it came about, and if it is that a head does not hold: for each of its clauses, what can defeat it."""


class _WrongError(Exception):
    """What the engine says is not what the rules say."""


class Engine:
    """Evaluates a program; not for two threads at once."""

    def __init__(self, program: Program) -> None:
        """Raises :class:`EngineLimit` if the program is larger than the rules engine takes."""
        self._program = program
        self._network = Network(program)
        self._node_facts = _in_pairs(self._network.nodes)
        self._clause_facts = _in_pairs(self._network.clauses)
        self._meaning = frozenset((*self._network.nodes.values(), *self._network.clauses.values()))
        # Made once: thousands of new objects in every evaluation keep the garbage collector busy for 40 ms at times.
        self._steps = list(_steps(program, self._network))
        self._session: Session | None = None
        self._asserted: dict[str, str | int] | None = None
        self._release: Callable[[], object] = lambda: None

    def evaluate(self, answers: Mapping[str, Answer]) -> Valuation:
        """What is known when these answers are given, and no others.

        Raises:
            EngineError: if an answer is not one that its question takes, or the rules engine failed, or what it says
                is not what the rules say.
        """
        values = {question: engine_value(self._program, question, answer) for question, answer in answers.items()}
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
            self._session = Session(self._network)
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


def _steps(program: Program, network: Network) -> Iterator[Step]:
    for literal in (Literal(atom, holds) for atom in program.atoms for holds in (True, False)):
        yield network.nodes[literal], Firing(literal, None, ()), []
    for head in program.heads:
        grounds = program.clauses[head]
        for clause in grounds:
            yield network.clauses[Literal(clause.id, True)], Firing(Literal(head, True), clause.id, clause.body), []
        defeaters = [[opposite(literal) for literal in clause.body] for clause in grounds]
        yield network.nodes[Literal(head, False)], Firing(Literal(head, False), None, ()), defeaters


def _in_pairs(facts: Mapping[Literal, int]) -> dict[str, tuple[int, int]]:
    """For each name the facts that it does not hold and that it holds; looked up faster than by literals."""
    names = dict.fromkeys(literal.node for literal in facts)
    return {name: (facts[Literal(name, False)], facts[Literal(name, True)]) for name in names}
