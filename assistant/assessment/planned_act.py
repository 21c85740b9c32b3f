"""What follows only from an act that is planned and not yet done, as far as the rules tell.

An answer can say that an act is planned (the rulebook's ``planned``). A finding that rests on that answer alone *would*
follow; one that has a ground besides, say a man who thinks of refusing and has already left, follows now.
"""

from assistant.rulebook.model import Answers, Planned
from assistant.rulebook.program import Literal, Program, Truth, Valuation, question_of


class Plan:
    """An act that is planned, in one valuation of the answers."""

    def __init__(self, program: Program, valuation: Valuation, planned: Planned) -> None:
        self._program = program
        self._valuation = valuation
        self._question = planned.question
        self._known: dict[str, bool] = {}

    def alone_supports(self, head: str, holds: Truth) -> bool:
        """Whether each clause by which a head holds, or for an unknown head may hold, rests on the planned act.

        A clause rests on it if one of its conditions does: an answer that says the act is planned, or a fact that holds
        for that reason alone. That something is *not* so never rests on a plan: then nothing was done.
        """
        if holds is False:
            return False
        clauses = [one for one in self._program.clauses[head] if self._valuation.clauses.get(one.id) is holds]
        return bool(clauses) and all(any(self._rests(literal) for literal in clause.body) for clause in clauses)

    def _rests(self, literal: Literal) -> bool:
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
    """The plan that the answers tell of; none if the act is done, or if the rulebook knows no plans."""
    if planned is None or answers.get(planned.question) != planned.option:
        return None
    return Plan(program, valuation, planned)
