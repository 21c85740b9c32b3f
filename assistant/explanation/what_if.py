"""What if something else were answered: two assessments side by side, and the changes that matter most."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, TypeAlias

from assistant.assessment.assessor import Assessment, Assessor, FindingStatus, Status
from assistant.assessment.supposition import nearest_answer, supposed_statuses
from assistant.documents.value import Value
from assistant.explanation.wording import answer_text, status_word
from assistant.rulebook.evidence import Evidence
from assistant.rulebook.model import Finding, Rulebook, Tone
from assistant.rulebook.question import Answer, Answers, Question
from assistant.system.language import _, plural


class Turning(str, Enum):
    """What becomes of a finding for the reader. One that is shown counts for him (see ``FindingStatus.shown``)."""

    APPEARS = "appears"
    VANISHES = "vanishes"
    CHANGES = "changes"


class Changed(Value):
    """A finding whose status is another, or that counts and did not, or no longer does."""

    finding: str
    turn: Turning
    before: FindingStatus
    after: FindingStatus

    def cited(self, rulebook: Rulebook) -> Evidence:
        """What the rules cite on which the finding rests afterwards; if it is excluded then, on which it rested."""
        resting = self.after if self.after.status is not Status.EXCLUDED else self.before
        return resting.cited(rulebook)


class WhatIf(Value):
    """Two assessments, and what differs, warnings first. ``supposed``: the answers that differ.

    Nothing is compared if one of the two has contradictory answers.
    """

    supposed: dict[str, Answer]
    before: Assessment
    after: Assessment
    changed: tuple[Changed, ...]


class Suggested(Value):
    """A supposition that is worth looking at, and the findings that it would change, gravest first."""

    question: str
    answer: Answer
    changes: tuple[str, ...]


def what_if(assessor: Assessor, answers: Answers, supposed: Answers) -> WhatIf:
    """What would differ if some answers were others, or given at all.

    Raises:
        EngineError: if the rules engine fails.
    """
    after = assessor.assess({**answers, **supposed})
    # The present answers last: the engine then goes on from them when the conversation does.
    before = assessor.assess(answers)
    return WhatIf.model_construct(
        supposed=dict(supposed), before=before, after=after, changed=changed_findings(before, after)
    )


def changed_findings(before: Assessment, after: Assessment) -> tuple[Changed, ...]:
    """The findings that differ between two assessments by one rulebook, in the order of the first."""
    then = {found.finding: found for found in after.findings}
    return tuple(
        Changed.model_construct(
            finding=found.finding, turn=_turn(found, then[found.finding]), before=found, after=then[found.finding]
        )
        for found in before.findings
        if found.finding in then and found.status is not then[found.finding].status
    )


def suggestions(assessor: Assessor, answers: Answers, most: int = 9, most_each: int = 2) -> tuple[Suggested, ...]:
    """The single answers that would matter most if they were others: those first that make the gravest findings worse.

    What attaches to the act comes before warnings, steps and notes about it.

    Tried are every other option of each choice, the other of yes and no, and for a number or a day the nearest answers
    on either side of every bound that a rule sets. Of one question, ``most_each`` at most are suggested; of days and
    numbers, those at the bounds across which most changes.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    present = supposed_statuses(assessor, answers)
    if present is None:
        return ()
    findings = sorted(assessor.rulebook.findings, key=lambda finding: -finding.severity)
    suggested: list[tuple[_Weight, Suggested]] = []
    for question in assessor.rulebook.asked_questions:
        if question.id not in answers:
            continue
        ranked = []
        for answer, statuses, step in _others(assessor, answers, question, present):
            changes = [finding for finding in findings if statuses[finding.id] is not present[finding.id]]
            worse = [
                finding for finding in changes if _is_worse(finding.tone, present[finding.id], statuses[finding.id])
            ]
            if changes:
                value = Suggested(question=question.id, answer=answer, changes=tuple(finding.id for finding in changes))
                ranked.append((-step, _weight(worse), value))
        ranked.sort(key=lambda entry: entry[:2])
        suggested += [(weight, value) for _, weight, value in ranked[:most_each]]
    suggested.sort(key=lambda entry: entry[0])
    return tuple(value for _, value in suggested[:most])


def change_text(rulebook: Rulebook, changed: Changed) -> str:
    """What becomes of a finding, in words."""
    sentences = {
        Turning.APPEARS: _("New: “{title}” — {before} before, {after} now."),
        Turning.VANISHES: _("Gone: “{title}” — {before} before, {after} now."),
        Turning.CHANGES: _("Changed: “{title}” — {before} before, {after} now."),
    }
    return _told(rulebook, changed, sentences)


def supposed_change_text(rulebook: Rulebook, changed: Changed) -> str:
    """What would become of a finding if something were otherwise, in words."""
    sentences = {
        Turning.APPEARS: _("Would appear: “{title}” — now: {before}, then: {after}."),
        Turning.VANISHES: _("Would vanish: “{title}” — now: {before}, then: {after}."),
        Turning.CHANGES: _("Would change: “{title}” — now: {before}, then: {after}."),
    }
    return _told(rulebook, changed, sentences)


def _told(rulebook: Rulebook, changed: Changed, sentences: Mapping[Turning, str]) -> str:
    finding = rulebook.finding[changed.finding]
    return sentences[changed.turn].format(
        title=finding.title,
        before=status_word(changed.before.status, finding, changed.before.planned),
        after=status_word(changed.after.status, finding, changed.after.planned),
    )


def suggestion_text(rulebook: Rulebook, answers: Answers, suggested: Suggested) -> str:
    """A supposition in words: the question, the answer, and how much it would change."""
    question = rulebook.question[suggested.question]
    return plural(
        "{{question}} — {{answer}}, instead of: {{present}}: {count} finding would change; the gravest: {{title}}.",
        "{{question}} — {{answer}}, instead of: {{present}}: {count} findings would change; the gravest: {{title}}.",
        len(suggested.changes),
    ).format(
        question=question.text,
        answer=answer_text(question, suggested.answer),
        present=answer_text(question, answers[suggested.question]),
        title=rulebook.finding[suggested.changes[0]].title,
    )


def _turn(before: FindingStatus, after: FindingStatus) -> Turning:
    if before.shown is after.shown:
        return Turning.CHANGES
    return Turning.APPEARS if after.shown else Turning.VANISHES


_Weight: TypeAlias = tuple[list[int], list[int]]


def _weight(worse: Sequence[Finding]) -> _Weight:
    """Sorts what is worst to the front; nothing at all comes last."""
    of_the_act = [-finding.severity for finding in worse if finding.kind.of_the_act]
    return [*of_the_act, 1], [*(-finding.severity for finding in worse), 1]


def _is_worse(tone: Tone, before: Status, after: Status) -> bool:
    """Whether a finding threatens more than before, or comforts less."""
    if tone is Tone.REASSURING:
        return before is Status.ESTABLISHED
    return _RISING.index(after) > _RISING.index(before)


_RISING: Final = (Status.EXCLUDED, Status.POSSIBLE, Status.ESTABLISHED)


def _others(
    assessor: Assessor, answers: Answers, question: Question, present: dict[str, Status]
) -> Iterator[tuple[Answer, dict[str, Status], int]]:
    """The other answers that contradict nothing, with what follows.

    With an answer at a bound comes how much changes across the bound: the sum of the severities of what does.
    """
    cells, said = assessor.cells[question.id], answers[question.id]
    here = cells.cell_of(said)
    if here is None or not cells.starts:
        for answer in cells.simplest:
            statuses = None if answer == said else supposed_statuses(assessor, {**answers, question.id: answer})
            if statuses is not None:
                yield answer, statuses, 0
        return
    severity = {finding.id: finding.severity for finding in assessor.rulebook.findings}
    for outwards in (range(here + 1, len(cells.simplest)), range(here - 1, -1, -1)):
        nearer: dict[str, Status] | None = present
        for at in outwards:
            answer = nearest_answer(cells, at, said)
            statuses = supposed_statuses(assessor, {**answers, question.id: answer})
            if statuses is not None:
                before = nearer or present
                yield answer, statuses, sum(severity[f] for f in statuses if statuses[f] is not before[f])
            nearer = statuses
