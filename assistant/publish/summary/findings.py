"""The findings of a summary: those that apply with one citation each, those that may apply with what they wait for.

The gravest come first. Findings without room are counted, so that a reader knows that some are left out.
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
LEAST_OTHERS: Final = 6
LEAST_POSSIBLE: Final = 6
MOST_POSSIBLE: Final = 16
MOST_REASSURING: Final = 6
MOST_OPEN: Final = 12


class Entry(NamedTuple):
    """A finding that applies: its title and citation, its text, and a quotation that supports it, if there is one."""

    heading: tuple[Part, Part]
    text: Part
    words: tuple[Part, ...]


def applying(rulebook: Rulebook, interview: Interview) -> tuple[list[Entry], list[Part]]:
    """Return the findings that follow from the act, gravest first; and the warnings, steps and notes, one line each."""
    established = interview.assessment.with_status(Status.ESTABLISHED)
    of_the_act = [status for status in established if rulebook.finding[status.finding].kind.of_the_act]
    others = [status for status in established if not rulebook.finding[status.finding].kind.of_the_act]
    return [_entry(rulebook, status) for status in of_the_act], [_other(rulebook, status) for status in others]


def _entry(rulebook: Rulebook, status: FindingStatus) -> Entry:
    finding, cited = rulebook.finding[status.finding], status.cited(rulebook)
    label = _("{title} [{status} · {kind}]") if status.planned else _("{title} [{kind}]")
    label = label.format(
        title=finding.title, status=status_word(status.status, finding, status.planned), kind=kind_word(finding.kind)
    )
    said = quotation(cited)
    return Entry(
        heading=(
            Part(form=Form.FINDING, text=label, about=finding.id),
            Part(form=Form.CITATION, text=citation_line(cited, rulebook.language), about=finding.id),
        ),
        text=Part(form=Form.TEXT, text=finding.text, about=finding.id),
        words=(Part(form=Form.CITATION, text=quoted(said, rulebook.language), about=finding.id),) if said else (),
    )


def _other(rulebook: Rulebook, status: FindingStatus) -> Part:
    finding, cited = rulebook.finding[status.finding], status.cited(rulebook)
    text = _("{title} ({kind}). {citation}").format(
        title=finding.title, kind=kind_word(finding.kind), citation=citation_line(cited, rulebook.language)
    )
    return Part(form=Form.ITEM, text=text.rstrip(), about=finding.id)


def possible(rulebook: Rulebook, assessment: Assessment) -> list[Part]:
    """Return the findings that may apply, one line each: what follows from the act, then the rest; gravest first."""
    shown = [status for status in assessment.with_status(Status.POSSIBLE) if status.shown]
    shown.sort(key=lambda status: not rulebook.finding[status.finding].kind.of_the_act)
    return [Part(form=Form.ITEM, text=_waiting(rulebook, status), about=status.finding) for status in shown]


def _waiting(rulebook: Rulebook, status: FindingStatus) -> str:
    finding = rulebook.finding[status.finding]
    waiting = waiting_text(rulebook, status.waits_for) or _contested(rulebook, status)
    return _("{title} ({kind}). {waiting}").format(title=finding.title, kind=kind_word(finding.kind), waiting=waiting)


def _contested(rulebook: Rulebook, status: FindingStatus) -> str:
    """Return why a finding is open although no answer can settle it; empty if its rules are not contested."""
    reasons = (rulebook.rule[ground.rule].contested for ground in status.supporting)
    return next((_("Contested: {reason}").format(reason=reason) for reason in reasons if reason), "")


def not_established(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    """Yield the titles of some reassurances that are not established, and the number of the others."""
    titles = [
        rulebook.finding[status.finding].title for status in assessment.with_status(Status.POSSIBLE) if not status.shown
    ]
    if not titles:
        return
    yield Part(form=Form.HEADING, text=_("Not established: do not rely on it"))
    more = len(titles) - MOST_REASSURING
    text = "; ".join(titles[:MOST_REASSURING]) + "."
    if more > 0:
        text += " " + plural("And {count} more.", "And {count} more.", more)
    yield Part(form=Form.TEXT, text=text)


def excluded(assessment: Assessment) -> Iterator[Part]:
    """Yield the number of excluded findings, if there are any."""
    count = len(assessment.with_status(Status.EXCLUDED))
    if count:
        yield Part(form=Form.TEXT, text=excluded_text(count))


def open_points(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    """Yield the questions that can still decide something, gravest first; further ones and disputes are counted."""
    waiting = {question for status in assessment.findings for question in status.waits_for}
    asked = [question for question in rulebook.questions_by_severity if question.id in waiting]
    disputed = {
        rulebook.rule[ground.rule].contested
        for status in assessment.with_status(Status.POSSIBLE)
        if status.waits_for  # otherwise the finding's own line names the dispute
        for ground in status.supporting
    } - {None}
    if asked:
        texts = [question.text for question in asked[:MOST_OPEN]]
        more = len(asked) - MOST_OPEN
        if more > 0:
            texts.append(plural("{count} more question is open.", "{count} more questions are open.", more))
        if disputed:
            texts.append(plural("{count} point is contested.", "{count} points are contested.", len(disputed)))
        yield Part(form=Form.HEADING, text=_("Open points"))
        yield Part(form=Form.TEXT, text=" ".join(texts))


def as_room_allows(entries: Sequence[Entry], others: Sequence[Part], may: Sequence[Part], room: Room) -> Iterator[Part]:
    """Yield what applies and what may apply, with as many lines, explanations and quotations as ``room`` allows.

    The caller has reserved room for the parts that are shown in any case, see :func:`unconditional`.
    """
    headed = _least(LEAST_APPLYING, [each.heading for each in entries], room)
    warned = _least(LEAST_OTHERS, [[part] for part in others], room)
    explained = room.first([[each.text] for each in entries[:headed]])
    listed = _least(LEAST_POSSIBLE, [[part] for part in may[:MOST_POSSIBLE]], room)
    worded = room.first([each.words for each in entries[:headed]])
    if entries:
        yield Part(form=Form.HEADING, text=_("What applies"))
    for number, each in enumerate(entries[:headed]):
        yield each.heading[0]
        yield from [each.text] if number < explained else []
        yield from each.words if number < worded else []
        yield each.heading[1]
    if explained < headed:
        yield _without_explanation(headed - explained)
    yield from _more_applying(len(entries) - headed)
    if others:
        yield Part(form=Form.HEADING, text=_("Warnings, steps and notes that apply"))
    yield from (*others[:warned], *_more_applying(len(others) - warned))
    if may:
        yield Part(form=Form.HEADING, text=_("What may apply, depending on what is not known"))
    yield from (*may[:listed], *_more_possible(len(may) - listed))


def unconditional(entries: Sequence[Entry], others: Sequence[Part], may: Sequence[Part]) -> Iterator[Part]:
    """Yield what :func:`as_room_allows` shows in any case, and its notes about what has no room."""
    heading = Part(form=Form.HEADING, text=_("What applies"))  # the others take a line as well
    for each in entries[:LEAST_APPLYING]:
        yield from each.heading
    yield from others[:LEAST_OTHERS]
    yield from may[:LEAST_POSSIBLE]
    yield from [heading] * sum(map(bool, (entries, others, may)))
    yield from (_without_explanation(1), *_more_applying(1), *_more_applying(1), *_more_possible(1))


def _least(least: int, groups: Sequence[Sequence[Part]], room: Room) -> int:
    """Return how many groups are shown: the first ``least`` in any case, and those after them that have room."""
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
