"""The findings of a summary: what applies with one citation each, what may apply with what it waits for.

What matters most comes first, and what has no room is counted: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assistant.assessment.assessor import Assessment, FindingStatus, Status
from assistant.explanation.wording import excluded_text, kind_word, status_word, waiting_text
from assistant.interview.state import Interview
from assistant.publish.summary.grounds import citation_line, quotation, quoted
from assistant.publish.summary.part import Form, Part
from assistant.publish.summary.room import Room
from assistant.rulebook.model import Rulebook
from assistant.system.language import _, plural

LEAST_APPLYING: Final = 10
LEAST_BESIDE: Final = 6
LEAST_POSSIBLE: Final = 6
MOST_POSSIBLE: Final = 16
MOST_REASSURING: Final = 6
MOST_OPEN: Final = 12


class Told(NamedTuple):
    """A finding that applies: its title and citation; what it says; the words that it rests on, if there are any."""

    heading: tuple[Part, Part]
    text: Part
    words: tuple[Part, ...]


def applying(rulebook: Rulebook, interview: Interview) -> tuple[list[Told], list[Part]]:
    """What follows from the act, gravest first; and apart, in a line each, what there is to warn, do and note."""
    established = interview.assessment.with_status(Status.ESTABLISHED)
    of_the_act = [found for found in established if rulebook.finding[found.finding].kind.of_the_act]
    beside = [found for found in established if not rulebook.finding[found.finding].kind.of_the_act]
    return [_told(rulebook, found) for found in of_the_act], [_beside(rulebook, found) for found in beside]


def _told(rulebook: Rulebook, found: FindingStatus) -> Told:
    finding, cited = rulebook.finding[found.finding], found.cited(rulebook)
    label = _("{title} [{status} · {kind}]") if found.planned else _("{title} [{kind}]")
    label = label.format(
        title=finding.title, status=status_word(found.status, finding, found.planned), kind=kind_word(finding.kind)
    )
    said = quotation(cited)
    return Told(
        heading=(
            Part(form=Form.FINDING, text=label, about=finding.id),
            Part(form=Form.CITATION, text=citation_line(cited, rulebook.language), about=finding.id),
        ),
        text=Part(form=Form.TEXT, text=finding.text, about=finding.id),
        words=(Part(form=Form.CITATION, text=quoted(said, rulebook.language), about=finding.id),) if said else (),
    )


def _beside(rulebook: Rulebook, found: FindingStatus) -> Part:
    finding, cited = rulebook.finding[found.finding], found.cited(rulebook)
    text = _("{title} ({kind}). {citation}").format(
        title=finding.title, kind=kind_word(finding.kind), citation=citation_line(cited, rulebook.language)
    )
    return Part(form=Form.ITEM, text=text.rstrip(), about=finding.id)


def possible(rulebook: Rulebook, assessment: Assessment) -> list[Part]:
    """What may apply, a line each: what follows from the act, then the rest; in both, gravest first."""
    shown = [found for found in assessment.with_status(Status.POSSIBLE) if found.shown]
    shown.sort(key=lambda found: not rulebook.finding[found.finding].kind.of_the_act)
    return [Part(form=Form.ITEM, text=_waiting(rulebook, found), about=found.finding) for found in shown]


def _waiting(rulebook: Rulebook, found: FindingStatus) -> str:
    finding = rulebook.finding[found.finding]
    waiting = waiting_text(rulebook, found.waits_for) or _contested(rulebook, found)
    return _("{title} ({kind}). {waiting}").format(title=finding.title, kind=kind_word(finding.kind), waiting=waiting)


def _contested(rulebook: Rulebook, found: FindingStatus) -> str:
    """Why a finding stays open although no answer could settle it."""
    reasons = (rulebook.rule[ground.rule].contested for ground in found.supporting)
    return next((_("Contested: {reason}").format(reason=reason) for reason in reasons if reason), "")


def not_established(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    """The reassurances that nobody may rely on: the titles of some, and how many there are more."""
    titles = [
        rulebook.finding[found.finding].title for found in assessment.with_status(Status.POSSIBLE) if not found.shown
    ]
    if not titles:
        return
    yield Part(form=Form.HEADING, text=_("Not established: do not rely on it"))
    more = len(titles) - MOST_REASSURING
    told = "; ".join(titles[:MOST_REASSURING]) + "."
    if more > 0:
        told += " " + plural("And {count} more.", "And {count} more.", more)
    yield Part(form=Form.TEXT, text=told)


def excluded(assessment: Assessment) -> Iterator[Part]:
    """How many findings are excluded."""
    count = len(assessment.with_status(Status.EXCLUDED))
    if count:
        yield Part(form=Form.TEXT, text=excluded_text(count))


def open_points(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    """The questions whose answers can still decide something, gravest first; the rest is counted, as are disputes."""
    waiting = {question for found in assessment.findings for question in found.waits_for}
    asked = [question for question in rulebook.questions_by_severity if question.id in waiting]
    disputed = {
        rulebook.rule[ground.rule].contested
        for found in assessment.with_status(Status.POSSIBLE)
        if found.waits_for  # else the line of the finding tells it
        for ground in found.supporting
    } - {None}
    if asked:
        told = [question.text for question in asked[:MOST_OPEN]]
        more = len(asked) - MOST_OPEN
        if more > 0:
            told.append(plural("{count} more question is open.", "{count} more questions are open.", more))
        if disputed:
            told.append(plural("{count} point is contested.", "{count} points are contested.", len(disputed)))
        yield Part(form=Form.HEADING, text=_("Open points"))
        yield Part(form=Form.TEXT, text=" ".join(told))


def fitted(told: Sequence[Told], beside: Sequence[Part], may: Sequence[Part], room: Room) -> Iterator[Part]:
    """What applies and what may apply, with as many lines, explanations and quotations as there is room for.

    The caller has taken the room for what stands here in any case, see :func:`unconditional`.
    """
    headed = _least(LEAST_APPLYING, [each.heading for each in told], room)
    warned = _least(LEAST_BESIDE, [[part] for part in beside], room)
    explained = room.first([[each.text] for each in told[:headed]])
    listed = _least(LEAST_POSSIBLE, [[part] for part in may[:MOST_POSSIBLE]], room)
    worded = room.first([each.words for each in told[:headed]])
    if told:
        yield Part(form=Form.HEADING, text=_("What applies"))
    for number, each in enumerate(told[:headed]):
        yield each.heading[0]
        yield from [each.text] if number < explained else []
        yield from each.words if number < worded else []
        yield each.heading[1]
    if explained < headed:
        yield _without_explanation(headed - explained)
    yield from _more_applying(len(told) - headed)
    if beside:
        yield Part(form=Form.HEADING, text=_("Warnings, steps and notes that apply"))
    yield from (*beside[:warned], *_more_applying(len(beside) - warned))
    if may:
        yield Part(form=Form.HEADING, text=_("What may apply, depending on what is not known"))
    yield from (*may[:listed], *_more_possible(len(may) - listed))


def unconditional(told: Sequence[Told], beside: Sequence[Part], may: Sequence[Part]) -> Iterator[Part]:
    """What :func:`fitted` has in any case, and what it says if something has no room."""
    heading = Part(form=Form.HEADING, text=_("What applies"))  # the others take a line as well
    for each in told[:LEAST_APPLYING]:
        yield from each.heading
    yield from beside[:LEAST_BESIDE]
    yield from may[:LEAST_POSSIBLE]
    yield from [heading] * sum(map(bool, (told, beside, may)))
    yield from (_without_explanation(1), *_more_applying(1), *_more_applying(1), *_more_possible(1))


def _least(least: int, groups: Sequence[Sequence[Part]], room: Room) -> int:
    """How many of some groups of parts stand there: so many in any case, and those after them that have room."""
    return min(len(groups), least) + room.first(groups[least:])


def _without_explanation(count: int) -> Part:
    text = plural(
        "What {count} of them says has no room here; the program tells it.",
        "What {count} of them say has no room here; the program tells it.",
        count,
    )
    return Part(form=Form.TEXT, text=text)


def _more_applying(count: int) -> Iterator[Part]:
    if count:
        text = plural(
            "{count} more applies, and is not listed here.", "{count} more apply, and are not listed here.", count
        )
        yield Part(form=Form.ITEM, text=text)


def _more_possible(count: int) -> Iterator[Part]:
    if count:
        text = plural(
            "{count} more may apply, and is not listed here.", "{count} more may apply, and are not listed here.", count
        )
        yield Part(form=Form.ITEM, text=text)
