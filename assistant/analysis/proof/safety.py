"""The safety theorem: what partial answers show is never less danger, nor more comfort, than how they can end.

Every point of a space is a complete answer; with *said* for each question it stands for partial answers as well: those
that were said, and the complete ones that they became. So one diagram speaks of all pairs of the two. Kleene's logic is
read on two rails, as the rules engine does it: what is certainly so by what was said, and what certainly is not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from assistant.analysis.proof.failure import Example, Failure
from assistant.analysis.proof.subject import Subject
from assistant.assessment.diagram import Diagram, Points
from assistant.rulebook.program import CONTRADICTION, Clause, Literal, Program
from assistant.system.language import _


class Rails(NamedTuple):
    """Where partial answers make a node certainly true, and certainly false."""

    true: Points
    false: Points


def misleading_findings(subject: Subject, shown: Program | None = None) -> Iterator[Failure]:
    """Findings that partial answers establish or exclude, and that some completion of them makes otherwise.

    Then a cautionary finding could stay hidden that a completion establishes, or a reassuring one be established that a
    completion takes back. ``shown`` is the program that partial answers are read by, normally the same.
    """
    diagram = subject.diagram
    rails = _rails(diagram, shown or diagram.program)
    for head, (true, false) in rails.items():
        if head in subject.rulebook.finding:
            message = _("'{id}' is established by partial answers, and a completion takes it back.")
            yield from _failure(subject, head, message, true & diagram.valid & ~diagram.holds[head])
            message = _("'{id}' is excluded by partial answers, and a completion brings it about.")
            yield from _failure(subject, head, message, false & diagram.valid & diagram.holds[head])
        elif head.startswith(CONTRADICTION):
            message = _("'{id}' is told as a contradiction of partial answers that can be completed.")
            yield from _failure(subject, head, message, true & diagram.valid)


def _rails(diagram: Diagram, program: Program) -> dict[str, Rails]:
    space = diagram.space
    rails: dict[str, Rails] = {}

    def literal(wanted: Literal) -> Rails:
        true, false = rails[wanted.node]
        return Rails(true, false) if wanted.holds else Rails(false, true)

    def clause(ground: Clause) -> Rails:
        # A contested clause has a condition that nobody can answer, so it is never certainly true.
        true, false = space.nowhere if ground.contested else space.everything, space.nowhere
        for each in map(literal, ground.body):
            true, false = true & each.true, false | each.false
        return Rails(true, false)

    for atom in program.atoms.values():
        inside, said = space.among(atom.question, space.cells[atom.question].inside(atom)), space.said(atom.question)
        rails[atom.node] = Rails(said & inside, said & ~inside)
    for head in program.heads:
        true, false = space.nowhere, space.everything
        for each in map(clause, program.clauses[head]):
            true, false = true | each.true, false & each.false
        rails[head] = Rails(true, false)
    return rails


def _failure(subject: Subject, head: str, message: str, pairs: Points) -> Iterator[Failure]:
    if not pairs.satisfiable():
        return
    space = subject.diagram.space
    complete = space.point(pairs)
    at = pairs
    for question, cell in complete.items():
        at &= space.among(question, [cell])
    said = [question for question in complete if not (at & ~space.said(question)).satisfiable()]
    answers = {question: space.cells[question].simplest[cell] for question, cell in complete.items()}
    partial = {question: answers[question] for question in said}
    yield Failure(
        proof="safety",
        subject=head.removeprefix(CONTRADICTION),
        message=message.format(id=head.removeprefix(CONTRADICTION)),
        places=subject.rules_of(head),
        examples=(Example(answers=partial), subject.shown(answers, head)),
    )
