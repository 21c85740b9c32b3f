"""The ground that one rule gives for what it concludes: which of its conditions hold, are open, and fail."""

from functools import lru_cache
from typing import Final, NamedTuple

from assistant.rulebook.program import CONTRADICTION, Program, SignedNode, Truth, Valuation

MOST_GROUNDS: Final = 1 << 15
"""How many different grounds are kept; a thousand random cases by the real rulebook have 7,000."""


class Ground(NamedTuple):
    """The state of one rule: which of its conditions hold, which are open and which fail."""

    rule: str
    truth: Truth
    contested: bool
    held: tuple[SignedNode, ...]
    open: tuple[SignedNode, ...]
    failed: tuple[SignedNode, ...]


class Grounds:
    """The grounds of a program's heads. Equal ones are made once, because most cases have them in common."""

    def __init__(self, program: Program) -> None:
        self._clauses = {clause.id: clause for clauses in program.clauses.values() for clause in clauses}
        self._nodes = {
            head: [(clause.id, tuple(literal.node for literal in clause.body)) for clause in clauses]
            for head, clauses in program.clauses.items()
        }
        self._ground = lru_cache(MOST_GROUNDS)(self._new_ground)

    def of(self, head: str, known: Valuation) -> tuple[Ground, ...]:
        """Return the grounds of a head."""
        node, clause = known.nodes.get, known.clauses.get
        return tuple(self._ground(id_, clause(id_), *map(node, nodes)) for id_, nodes in self._nodes[head])

    def _new_ground(self, id_: str, truth: Truth, *nodes: Truth) -> Ground:
        clause = self._clauses[id_]
        literals = list(zip(clause.body, nodes, strict=True))
        return Ground(
            rule=id_.removeprefix(CONTRADICTION),
            truth=truth,
            contested=clause.contested,
            held=tuple(literal for literal, value in literals if value is literal.holds),
            open=tuple(literal for literal, value in literals if value is None),
            failed=tuple(literal for literal, value in literals if value is (not literal.holds)),
        )
