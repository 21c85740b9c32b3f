"""The ground that one rule gives for what it concludes: which of its conditions hold, are open, and fail."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Final, NamedTuple, TypeAlias

from assistant.rulebook.program import CONTRADICTION, Clause, Program, SignedNode, Truth, Valuation, rule_of

MAX_CACHED_STATES: Final = 1 << 13
"""How many different states of heads are kept: enough for nine of ten in random cases by the real rulebook."""

State: TypeAlias = tuple[Truth, ...]
"""The truth of the clauses of a head, then of the nodes in them: all that its grounds depend on."""


class Ground(NamedTuple):
    """The state of one rule: which of its conditions hold, which are open and which fail."""

    rule: str
    truth: Truth
    contested: bool
    held: tuple[SignedNode, ...]
    open: tuple[SignedNode, ...]
    failed: tuple[SignedNode, ...]


class Grounds:
    """The grounds of a program's heads. Equal ones are made once, because many cases have them in common."""

    def __init__(self, program: Program) -> None:
        self._clauses = {head: tuple(clause.id for clause in clauses) for head, clauses in program.clauses.items()}
        self._nodes = {
            head: tuple(dict.fromkeys(literal.node for clause in clauses for literal in clause.body))
            for head, clauses in program.clauses.items()
        }
        # Not a method, which its own cache would keep alive.
        self._of = lru_cache(MAX_CACHED_STATES)(partial(_grounds, program, self._nodes))

    def state(self, head: str, known: Valuation) -> State:
        """Return the state of a head."""
        return (*map(known.clauses.get, self._clauses[head]), *map(known.nodes.get, self._nodes[head]))

    def of(self, head: str, state: State) -> tuple[Ground, ...]:
        """Return the grounds of a head in a state."""
        return self._of(head, state)


def _grounds(program: Program, nodes: Mapping[str, tuple[str, ...]], head: str, state: State) -> tuple[Ground, ...]:
    clauses = program.clauses[head]
    known = dict(zip(nodes[head], state[len(clauses) :], strict=True))
    return tuple(_ground(clause, truth, known) for clause, truth in zip(clauses, state, strict=False))


def _ground(clause: Clause, truth: Truth, known: Mapping[str, Truth]) -> Ground:
    literals = [(literal, known[literal.node]) for literal in clause.body]
    return Ground(
        rule=rule_of(clause.id.removeprefix(CONTRADICTION)),
        truth=truth,
        contested=clause.contested,
        held=tuple(literal for literal, value in literals if value is literal.holds),
        open=tuple(literal for literal, value in literals if value is None),
        failed=tuple(literal for literal, value in literals if value is (not literal.holds)),
    )
