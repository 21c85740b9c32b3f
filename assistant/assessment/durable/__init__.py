"""Evaluation of a program with durable-rules: a pure function of the answers, with one live session inside.

The engine is used in the only way in which it is sound. *Dual-rail encoding*: every node has two facts, one if it holds
and one if it does not; neither is asserted while it is unknown. *Assert only*: rules for "holds" join the facts of a
whole clause, rules for "does not hold" read one fact each; so evaluation is monotonic, the order of answers has no
effect, and nothing is negated.

What an answer decides about each atom is computed in Python and asserted; an atom that a range leaves open is not. So
if an answer is added, or a range narrowed, only what is new is asserted. After any other change the state is deleted
and everything asserted again, because the engine's own retraction gives wrong results.

The engine is old C code, and a wrong finding is worse than none: its result is compared with an evaluation in Python
(:mod:`assistant.assessment.kleene`), and a difference is an error.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final, TypeAlias

from assistant.assessment.durable.network import EngineLimit, Network
from assistant.assessment.durable.session import Session
from assistant.assessment.kleene import known as known_by_the_rules
from assistant.documents.problem import EngineError
from assistant.rulebook.program import Firing, Program, SignedNode, Valuation, opposite
from assistant.rulebook.question import Answer, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet

__all__ = ["Engine", "EngineLimit"]

Step: TypeAlias = tuple[int, Firing, list[list[SignedNode]]]
"""A numbered fact and its firing; if the fact is that a head does not hold, also the possible defeaters per clause."""

_EXACT_TYPES: Final[Mapping[QuestionType, tuple[type, ...]]] = {
    QuestionType.YES_NO: (bool,),
    QuestionType.CHOICE: (str, OptionSet),
    QuestionType.NUMBER: (int, NumberRange),
    QuestionType.DATE: (date, DateRange),
}
"""The exact types of answers: a bool is also an int, and a datetime also a date."""


class _WrongResultError(Exception):
    """The result of the engine differs from that of the rules."""


class Engine:
    """Evaluates a program. Not thread-safe."""

    def __init__(self, program: Program) -> None:
        """Translate the program for the engine.

        Raises:
            EngineLimit: if the program is larger than the rules engine accepts.
        """
        self._program = program
        self._network = Network(program)
        self._node_facts = _fact_pairs(self._network.nodes)
        self._clause_facts = _fact_pairs(self._network.clauses)
        self._meaning = frozenset((*self._network.nodes.values(), *self._network.clauses.values()))
        # Created once: thousands of new objects per evaluation would cause garbage collections of up to 40 ms.
        self._steps = list(_steps(program, self._network))
        self._session: Session | None = None
        self._asserted: set[int] | None = None
        self._release: Callable[[], object] = lambda: None

    def evaluate(self, answers: Mapping[str, Answer]) -> Valuation:
        """Return what follows from these answers.

        Raises:
            EngineError: if an answer does not have the type of its question or is none of its options, if the rules
                engine fails, or if its result differs from that of the rules.
        """
        for question, answer in answers.items():
            if not _takes(self._program, question, answer):
                raise EngineError(f"there is no question {question!r} that takes such an answer")
        try:
            nodes, clauses = known_by_the_rules(self._program, answers)
            atoms = {self._node_facts[atom][nodes[atom]] for atom in self._program.atoms if atom in nodes}
            known = self._derived_facts(atoms)
            self._compare(known, nodes, clauses)
        except Exception as error:  # noqa: BLE001 - the text of any exception could quote an answer
            failure = type(error).__name__
            self.close()
        else:
            # Not validated: validation would copy every step of the trace.
            return Valuation.model_construct(nodes=nodes, clauses=clauses, trace=tuple(self._trace(known)))
        # Raised here and not above, so that the original exception does not become its context.
        raise EngineError(f"the rules engine failed ({failure}) and will be started again")

    def close(self) -> None:
        """Free the memory of the rules engine; the next evaluation allocates it again."""
        self._release()
        self._session = self._asserted = None

    def _derived_facts(self, atoms: set[int]) -> set[int]:
        """Return the facts that follow from those of decided atoms, and these."""
        if self._session is None:
            self._session = Session(self._network)
            self._release = weakref.finalize(self, self._session.close)
        # If the following is interrupted, for example by Ctrl-C, the next evaluation must not extend this state.
        asserted, self._asserted = self._asserted, None
        if asserted is None or not asserted <= atoms:
            self._session.restart()
            asserted = set()
        for fact in atoms - asserted:
            self._session.tell(fact)
        self._asserted = atoms
        return self._session.known

    def _compare(self, known: set[int], nodes: Mapping[str, bool], clauses: Mapping[str, bool]) -> None:
        """Raise :class:`_WrongResultError` unless exactly the facts of these nodes and clauses are known."""
        facts = {self._node_facts[node][holds] for node, holds in nodes.items()}
        facts.update(self._clause_facts[clause][holds] for clause, holds in clauses.items())
        if facts != known & self._meaning:
            raise _WrongResultError

    def _trace(self, known: set[int]) -> Iterator[Firing]:
        for fact, firing, grounds in self._steps:
            if fact in known:
                defeaters = (next(each for each in ground if self._network.nodes[each] in known) for ground in grounds)
                yield firing._replace(premises=tuple(defeaters)) if grounds else firing


def _takes(program: Program, question: str, answer: Answer) -> bool:
    """Return whether the answer has the type of the question, and is among its options."""
    kind = program.questions.get(question)
    if kind is None or type(answer) not in _EXACT_TYPES[kind]:
        return False
    chosen = answer.options if isinstance(answer, OptionSet) else (answer,)
    return kind is not QuestionType.CHOICE or set(program.options[question]).issuperset(chosen)


def _steps(program: Program, network: Network) -> Iterator[Step]:
    for literal in (SignedNode(atom, holds) for atom in program.atoms for holds in (True, False)):
        yield network.nodes[literal], Firing(literal, None, ()), []
    for head in program.heads:
        grounds = program.clauses[head]
        for clause in grounds:
            yield (
                network.clauses[SignedNode(clause.id, True)],
                Firing(SignedNode(head, True), clause.id, clause.body),
                [],
            )
        defeaters = [[opposite(literal) for literal in clause.body] for clause in grounds]
        yield network.nodes[SignedNode(head, False)], Firing(SignedNode(head, False), None, ()), defeaters


def _fact_pairs(facts: Mapping[SignedNode, int]) -> dict[str, tuple[int, int]]:
    """Return, by name, the facts that it does not hold and that it holds: faster to look up than by literal."""
    names = dict.fromkeys(literal.node for literal in facts)
    return {name: (facts[SignedNode(name, False)], facts[SignedNode(name, True)]) for name in names}
