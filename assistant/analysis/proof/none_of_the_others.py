"""Prove that nothing reassures through "none of the others" alone.

A point of the space is a complete answer. With a variable *said* for each question it also encodes partial answers, and
with a variable *sure* for each question of a checklist it encodes which of them only "none of the others" has given. So
one diagram covers every state of every interview. :func:`assistant.assessment.none_of_the_others.to_ask_alone` decides
what counts in one state; here the same is done in all of them at once, in Kleene's logic on two rails. (What all
completions agree on needs no such proof: the completions of more answers are among those of fewer.)
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from assistant.analysis.proof.failure import Failure
from assistant.analysis.proof.safety import rails_of
from assistant.analysis.proof.subject import Subject
from assistant.assessment.space import PointSet
from assistant.rulebook.finding import Tone
from assistant.rulebook.question import GivenBy
from assistant.system.language import _

Said: TypeAlias = Mapping[str, PointSet]
"""The points where a question is answered, by question."""
Reassured: TypeAlias = Callable[[Said], Mapping[str, PointSet]]
"""The points where each reassuring finding is established by what is said."""


def reassured_by_none_of_the_others(subject: Subject, *, ask_alone: bool = True) -> Iterator[Failure]:
    """Find reassuring findings that "none of the others" can establish, without the questions being asked alone.

    If not ``ask_alone``, every such no counts at once; this shows what the proof would find.
    """
    if not subject.rulebook.groups:
        return
    space = subject.diagram.space
    said = {name: space.said(name) for name in space.cells}
    unsure = {question: _unsure(subject, question) for question in _members(subject)}
    sure = {name: points & ~unsure[name] if name in unsure else points for name, points in said.items()}

    def reassured(by: Said) -> Mapping[str, PointSet]:
        rails = rails_of(subject.diagram, subject.diagram.program, by)
        findings = (each for each in subject.rulebook.findings if each.tone is Tone.REASSURING)
        return {finding.id: rails[finding.id].true for finding in findings}

    counted = _counted(reassured, said, sure, unsure) if ask_alone else said
    before, after = reassured(sure), reassured(counted)
    for head in after:
        alone = subject.diagram.possible & after[head] & ~before[head]
        example = subject.example(space.whatever_was_said(alone), head)
        if example is not None:
            message = _("'{head}' reassures only because of 'none of the others'.").format(head=head)
            yield Failure(
                proof="none_of_the_others",
                subject=head,
                message=message,
                places=subject.rules_of(head),
                examples=(example,),
            )


def _counted(reassured: Reassured, said: Said, sure: Said, unsure: Said) -> Said:
    """Return what counts: the answers that are sure, and one by one every other that reassures of nothing new."""
    everything, known = reassured(said), reassured(sure)
    gained = {head: everything[head] & ~known[head] for head in known}
    counted = dict(sure)
    for question, no in unsure.items():
        more = reassured({**counted, question: counted[question] | no})
        for head, points in gained.items():
            no &= ~(points & more[head])  # noqa: PLW2901  # what is left of it
        counted[question] |= no
    return counted


def _members(subject: Subject) -> Iterator[str]:
    """Yield the questions of checklists, in the order of the rulebook."""
    groups = subject.rulebook.group_of
    return (each.id for each in subject.rulebook.questions if each.id in groups and each.given_by is GivenBy.PERSON)


def _unsure(subject: Subject, question: str) -> PointSet:
    """Return the points where only "none of the others" has answered a question, with no."""
    space = subject.diagram.space
    no = space.among(question, [space.cells[question].representatives.index(False)])
    return space.said(question) & ~space.sure(question) & no
