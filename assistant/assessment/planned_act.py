"""Findings that follow only from an act that is planned and not yet done.

An answer can say that an act is planned (the rulebook's ``planned``). A finding that depends on this answer alone
*would* follow; one with another ground follows now: for example, if a man who thinks of refusing has already left.
"""

from assistant.rulebook.model import Planned
from assistant.rulebook.program import Program, SignedNode, Truth, Valuation, question_of
from assistant.rulebook.question import Answers


class Plan:
    """A planned act, for one valuation of the answers."""

    def __init__(self, program: Program, valuation: Valuation, planned: Planned) -> None:
        self._program = program
        self._valuation = valuation
        self._question = planned.question
        self._known: dict[str, bool] = {}

    def alone_supports(self, head: str, holds: Truth) -> bool:
        """Return whether every clause that supports a head depends on the planned act.

        ``holds`` is the truth of the head; the supporting clauses have the same truth. A clause depends on the planned
        act if one of its conditions does: the answer that the act is planned, or a fact that holds only because of it.
        A negated condition never does, because nothing has been done yet. A false head has no support.
        """
        if holds is False:
            return False
        clauses = [each for each in self._program.clauses[head] if self._valuation.clauses.get(each.id) is holds]
        return bool(clauses) and all(any(self._depends(literal) for literal in clause.body) for clause in clauses)

    def _depends(self, literal: SignedNode) -> bool:
        node = literal.node
        if not literal.holds:
            return False
        question = question_of(self._program, node)
        if question is not None:
            return question == self._question and self._valuation.nodes.get(node) is True
        if node not in self._known:
            self._known[node] = self.alone_supports(node, self._valuation.nodes.get(node))
        return self._known[node]


def plan_of(program: Program, valuation: Valuation, planned: Planned | None, answers: Answers) -> Plan | None:
    """Return the plan if the answers say that the act is only planned, else None."""
    if planned is None or answers.get(planned.question) != planned.option:
        return None
    return Plan(program, valuation, planned)
