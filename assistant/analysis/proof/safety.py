"""The safety theorem: partial answers never show less danger, nor more comfort, than their completions.

A point of the space is a complete answer. With a variable *said* for each question, it also encodes partial answers:
those that were given, and their completion. So one diagram covers all pairs of partial answers and completions.
Kleene's logic is encoded on two rails, as in the rules engine: what is certainly true by the partial answers, and what
is certainly false.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_
from typing import NamedTuple

from assistant.analysis.concrete import MAX_EXAMPLES
from assistant.analysis.proof.failure import Example, Failure
from assistant.analysis.proof.subject import Subject
from assistant.assessment.diagram import Diagram
from assistant.assessment.space import PointSet
from assistant.rulebook.program import CONTRADICTION, Clause, Program, SignedNode
from assistant.rulebook.question import Answer
from assistant.system.language import _


class Rails(NamedTuple):
    """The points where partial answers make a node certainly true, and certainly false."""

    true: PointSet
    false: PointSet


def misleading_findings(subject: Subject, program: Program | None = None) -> Iterator[Failure]:
    """Find findings that partial answers establish or exclude, but whose status differs for some completion.

    They could hide a cautionary finding that a completion establishes, or show a reassuring one that a completion
    revokes. ``program`` evaluates partial answers; by default it is that of the subject.
    """
    diagram = subject.diagram
    rails = rails_of(diagram, program or diagram.program)
    for head, (true, false) in rails.items():
        if head in subject.rulebook.finding:
            message = _("'{id}' is established by partial answers, and a completion takes it back.")
            yield from _failure(subject, head, message, true & diagram.valid & ~diagram.holds[head])
            message = _("'{id}' is excluded by partial answers, and a completion brings it about.")
            yield from _failure(subject, head, message, false & diagram.valid & diagram.holds[head])
        elif head.startswith(CONTRADICTION):
            message = _("'{id}' is reported as a contradiction of partial answers that can be completed.")
            yield from _failure(subject, head, message, true & diagram.valid)


def rails_of(diagram: Diagram, program: Program, answered: Mapping[str, PointSet] | None = None) -> dict[str, Rails]:
    """Return the rails of every node, for a program that evaluates partial answers.

    ``answered`` has the points where each question is answered; by default, where it was said.
    """
    space = diagram.space
    rails: dict[str, Rails] = {}

    def literal(wanted: SignedNode) -> Rails:
        true, false = rails[wanted.node]
        return Rails(true, false) if wanted.holds else Rails(false, true)

    def clause(ground: Clause) -> Rails:
        # A contested clause has a condition that nobody can answer, so it is never certainly true.
        true, false = space.empty if ground.contested else space.universe, space.empty
        for each in map(literal, ground.body):
            true, false = true & each.true, false | each.false
        return Rails(true, false)

    for atom in program.atoms.values():
        inside = space.among(atom.question, space.cells[atom.question].inside(atom))
        said = space.said(atom.question) if answered is None else answered[atom.question]
        rails[atom.node] = Rails(said & inside, said & ~inside)
    for head in program.heads:
        true, false = space.empty, space.universe
        for each in map(clause, program.clauses[head]):
            true, false = true | each.true, false & each.false
        rails[head] = Rails(true, false)
    return rails


def _failure(subject: Subject, head: str, message: str, pairs: PointSet) -> Iterator[Failure]:
    space, decided = subject.diagram.space, True
    for _trial in range(MAX_EXAMPLES):
        if not pairs.satisfiable():
            break
        complete = space.point(pairs)
        cells = reduce(and_, (space.among(question, [cell]) for question, cell in complete.items()))
        at, pairs = pairs & cells, pairs & ~cells
        said = [question for question in complete if not (at & ~space.said(question)).satisfiable()]
        representatives = {question: space.cells[question].representatives[cell] for question, cell in complete.items()}
        answers, is_certain = subject.fitted(representatives)
        if answers is not None:
            yield _example(subject, head, message, answers, said)
            return
        decided = decided and is_certain
    if pairs.satisfiable() or not decided:
        subject.undecided.append(head)


def _example(subject: Subject, head: str, message: str, answers: dict[str, Answer], said: list[str]) -> Failure:
    partial: dict[str, Answer] = {question: answers[question] for question in said}
    return Failure(
        proof="safety",
        subject=head.removeprefix(CONTRADICTION),
        message=message.format(id=head.removeprefix(CONTRADICTION)),
        places=subject.rules_of(head),
        examples=(Example(answers=partial), subject.example_of(answers, head)),
    )
