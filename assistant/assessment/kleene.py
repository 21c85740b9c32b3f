"""A second evaluator of the rules in plain Python. A result of the rules engine is used only if both agree."""

from assistant.rulebook.program import Atom, Clause, Program, Truth, ordinal
from assistant.rulebook.question import Answer, Answers


def known(program: Program, answers: Answers) -> tuple[dict[str, bool], dict[str, bool]]:
    """Return the truth values of nodes and of clauses, by id; those that are unknown are absent.

    The semantics is that of :mod:`assistant.rulebook.program`. The answers must have the types of their questions.
    """
    nodes = {
        atom.node: _passes(atom, answers[atom.question]) for atom in program.atoms.values() if atom.question in answers
    }
    clauses: dict[str, bool] = {}
    for head in program.heads:  # each depends only on earlier ones
        truths = [_truth(clause, nodes) for clause in program.clauses[head]]
        clauses.update(
            (clause.id, truth) for clause, truth in zip(program.clauses[head], truths, strict=True) if truth is not None
        )
        if True in truths:
            nodes[head] = True
        elif None not in truths:
            nodes[head] = False
    return nodes, clauses


def _passes(atom: Atom, answer: Answer) -> bool:
    if atom.values:
        return answer in atom.values
    number = ordinal(answer)
    return (atom.low is None or atom.low <= number) and (atom.high is None or number <= atom.high)


def _truth(clause: Clause, nodes: dict[str, bool]) -> Truth:
    truth: Truth = None if clause.contested else True
    for node, holds in clause.body:
        value = nodes.get(node)
        if value is None:
            truth = None
        elif value is not holds:
            return False
    return truth
