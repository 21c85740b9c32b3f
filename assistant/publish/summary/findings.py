"""The findings of a summary: those that apply with one citation each, those that may apply with what they wait for.

The gravest come first. Findings without room are counted, so that a reader knows that some are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from assistant.assessment.assessment import Assessment, Status
from assistant.explanation.similar_cases import case_evidence
from assistant.explanation.view.case import evidence_words
from assistant.explanation.view.finding import COUNT, TITLE, FindingView, Group, grouped
from assistant.explanation.view.outcome import HEADING, Section
from assistant.publish.summary.grounds import Sources
from assistant.publish.summary.part import Form, Part
from assistant.publish.summary.room import Room
from assistant.rulebook.finding import Kind
from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.system.message import Message, Phrase, counted, series

MIN_APPLYING: Final = 6
MIN_OTHERS: Final = 4
MIN_POSSIBLE: Final = 3
MAX_STEPS: Final = 3
MAX_POSSIBLE: Final = 16
MAX_REASSURING: Final = 6
MAX_OPEN: Final = 12
_UNEXPLAINED: Final = counted(
    "What {count} of them says has no room here; the program tells it.",
    "What {count} of them say has no room here; the program tells it.",
)
_MORE_APPLY: Final = counted(
    "{count} more applies, and is not listed here.", "{count} more apply, and are not listed here."
)
_MORE_MAY_APPLY: Final = counted(
    "{count} more may apply, and is not listed here.", "{count} more may apply, and are not listed here."
)


class Entry(NamedTuple):
    """A finding that applies: its title and citation, its text, and a quotation that supports it, if there is one.

    ``cases``: how many reported cases share it, and their sentences; empty if it is no exposure, or no case is known.
    """

    heading: tuple[Part, Part]
    text: Part
    cases: tuple[Part, ...]
    words: tuple[Part, ...]


class Possible(NamedTuple):
    """A finding that may apply: its title and what it waits for, and its reported cases as in :class:`Entry`."""

    item: Part
    cases: tuple[Part, ...]


def applying(rulebook: Rulebook, assessment: Assessment) -> tuple[list[Entry], list[Part]]:
    """Return the findings that follow from the act, gravest first; and the warnings and notes, one line each."""
    applies = [view for view in grouped(rulebook, assessment)[Group.APPLIES] if view.finding.kind is not Kind.STEP]
    of_the_act = [_entry(view) for view in applies if view.finding.kind.of_the_act]
    return of_the_act, [_item(view, Sources(view).line) for view in applies if not view.finding.kind.of_the_act]


def _entry(view: FindingView) -> Entry:
    sources, about = Sources(view), view.finding.id
    labels = (view.word, view.kind) if view.status.planned else (view.kind,)
    said = sources.quotation
    return Entry(
        heading=(
            Part(Form.FINDING, view.titled(*labels), about),
            Part(Form.CITATION, sources.line or "", about),
        ),
        text=Part(Form.TEXT, view.finding.text, about),
        cases=_cases(view),
        words=(Part(Form.CITATION, said.in_brief, about),) if said else (),
    )


def _cases(view: FindingView) -> tuple[Part, ...]:
    if view.finding.kind is not Kind.EXPOSURE:
        return ()
    words = evidence_words(case_evidence(view.rulebook, {}, view.finding.id))
    return () if words is None else (Part(Form.TEXT, words, view.finding.id),)


def _item(view: FindingView, more: Phrase | None) -> Part:
    return Part(Form.ITEM, series(" ", series("", view.titled(view.kind), "."), more), view.finding.id)


def steps(rulebook: Rulebook, assessment: Assessment, names: Sequence[str]) -> Iterator[Part]:
    """Yield a heading and a line for each of the first steps, if there are any, and the number of the others."""
    views = [FindingView(rulebook, assessment.status_of(name)) for name in names]
    if views:
        yield Part(Form.HEADING, HEADING[Section.STEPS])
    yield from (_item(view, Sources(view).line) for view in views[:MAX_STEPS])
    yield from _some(Form.ITEM, _MORE_APPLY, max(0, len(views) - MAX_STEPS))


def possible(rulebook: Rulebook, assessment: Assessment, steps: Collection[str]) -> list[Possible]:
    """Return the findings that may apply, one line each, without the ``steps`` that are listed above.

    What follows from the act comes before the rest; in both, the gravest come first.
    """
    may = [view for view in grouped(rulebook, assessment)[Group.MAY_APPLY] if view.finding.id not in steps]
    views = sorted(may, key=lambda view: not view.finding.kind.of_the_act)
    waits = (view.waits_for_first or next(iter(view.disputes), None) for view in views)
    return [Possible(_item(view, words), _cases(view)) for view, words in zip(views, waits, strict=True)]


def not_established(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    """Yield the titles of some reassurances that are not established, and the number of the others."""
    titles = [view.finding.title for view in grouped(rulebook, assessment)[Group.NOT_ESTABLISHED]]
    if not titles:
        return
    yield Part(Form.HEADING, TITLE[Group.NOT_ESTABLISHED])
    more = len(titles) - MAX_REASSURING
    listed = series("", series("; ", *titles[:MAX_REASSURING]), ".")
    yield Part(
        Form.TEXT, series(" ", listed, counted("And {count} more.", "And {count} more.", more) if more > 0 else None)
    )


def excluded(assessment: Assessment) -> Iterator[Part]:
    """Yield the number of excluded findings, if there are any."""
    count = len(assessment.with_status(Status.EXCLUDED))
    if count:
        yield Part(Form.TEXT, COUNT[Group.EXCLUDED].filled(count=count))


def open_points(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    """Yield the questions that can still decide something, gravest first; further ones and disputes are counted."""
    waiting = {question for status in assessment.findings for question in status.waits_for}
    asked = [question for question in rulebook.questions_by_severity if question.id in waiting]
    if not asked:
        return
    # A finding that waits for no answer names its dispute itself.
    views = (FindingView(rulebook, status) for status in assessment.findings if status.waits_for)
    disputed = len({dispute for view in views for dispute in view.disputes})
    more = len(asked) - MAX_OPEN
    points = series(
        " ",
        *(question.text for question in asked[:MAX_OPEN]),
        counted("{count} more question is open.", "{count} more questions are open.", more) if more > 0 else None,
        counted("{count} point is contested.", "{count} points are contested.", disputed) if disputed else None,
    )
    yield Part(Form.HEADING, _("Open points"))
    yield Part(Form.TEXT, points)


def as_room_allows(
    entries: Sequence[Entry], others: Sequence[Part], may: Sequence[Possible], room: Room
) -> Iterator[Part]:
    """Yield what applies and what may apply, with as many lines, explanations and quotations as ``room`` allows.

    The caller has reserved room for the parts that are shown in any case, see :func:`unconditional`.
    """
    headed = _least(MIN_APPLYING, [each.heading for each in entries], room)
    warned = _least(MIN_OTHERS, [[part] for part in others], room)
    with_cases = room.first([each.cases for each in entries[:headed]])
    explained = room.first([[each.text] for each in entries[:headed]])
    worded = room.first([each.words for each in entries[:headed]])
    listed = _least(MIN_POSSIBLE, [[each.item] for each in may[:MAX_POSSIBLE]], room)
    listed_with_cases = room.first([each.cases for each in may[:listed]])
    if entries:
        yield Part(Form.HEADING, TITLE[Group.APPLIES])
    for number, each in enumerate(entries[:headed]):
        yield each.heading[0]
        yield from [each.text] if number < explained else []
        yield from each.cases if number < with_cases else []
        yield from each.words if number < worded else []
        yield each.heading[1]
    yield from _some(Form.TEXT, _UNEXPLAINED, headed - explained)
    yield from _some(Form.ITEM, _MORE_APPLY, len(entries) - headed)
    if others:
        yield Part(Form.HEADING, _("Warnings and notes that apply"))
    yield from (*others[:warned], *_some(Form.ITEM, _MORE_APPLY, len(others) - warned))
    if may:
        yield Part(Form.HEADING, TITLE[Group.MAY_APPLY])
    for number, open_one in enumerate(may[:listed]):
        yield open_one.item
        yield from open_one.cases if number < listed_with_cases else []
    yield from _some(Form.ITEM, _MORE_MAY_APPLY, len(may) - listed)


def unconditional(entries: Sequence[Entry], others: Sequence[Part], may: Sequence[Possible]) -> Iterator[Part]:
    """Yield what :func:`as_room_allows` shows in any case, and its notes about what has no room."""
    heading = Part(Form.HEADING, TITLE[Group.APPLIES])  # the others take a line as well
    for each in entries[:MIN_APPLYING]:
        yield from each.heading
    yield from others[:MIN_OTHERS]
    yield from (each.item for each in may[:MIN_POSSIBLE])
    yield from [heading] * sum(map(bool, (entries, others, may)))
    for how_many in (_UNEXPLAINED, _MORE_APPLY, _MORE_APPLY, _MORE_MAY_APPLY):
        yield from _some(Form.ITEM, how_many, 1)


def _least(least: int, groups: Sequence[Sequence[Part]], room: Room) -> int:
    """Return how many groups are shown: the first ``least`` in any case, and those after them that have room."""
    return min(len(groups), least) + room.first(groups[least:])


def _some(form: Form, how_many: Message, count: int) -> list[Part]:
    return [Part(form, how_many.filled(count=count))] if count else []
