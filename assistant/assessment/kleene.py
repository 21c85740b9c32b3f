"""A second evaluator of the rules in plain Python. A result of the rules engine is used only if both agree."""

from assistant.rulebook.program import Clause, Program, Truth, decided
from assistant.rulebook.question import Answers


def known(program: Program, answers: Answers) -> tuple[dict[str, bool], dict[str, bool]]:
    """Return the truth values of nodes and of clauses, by id; those that are unknown are absent.

    The semantics is that of :mod:`assistant.rulebook.program`. The answers must have the types of their questions.
    """
    nodes = decided_atoms(program, answers)
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


def decided_atoms(program: Program, answers: Answers) -> dict[str, bool]:
    """Return the truth of the atoms that the answers decide, by node; a range may leave some open."""
    return {
        atom.node: holds
        for atom in program.atoms.values()
        if atom.question in answers and (holds := decided(atom, answers[atom.question])) is not None
    }


def _truth(clause: Clause, nodes: dict[str, bool]) -> Truth:
    truth: Truth = None if clause.contested else True
    for node, holds in clause.body:
        value = nodes.get(node)
        if value is None:
            truth = None
        elif value is not holds:
            return False
    return truth
