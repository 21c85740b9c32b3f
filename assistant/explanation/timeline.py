"""The same answers for every possible day of the act: which findings hold when."""

import datetime
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assistant.assessment.assessor import Assessor, Status
from assistant.assessment.supposition import supposed_statuses
from assistant.documents.value import Value
from assistant.explanation.view.finding import MARK, Group, group_of
from assistant.explanation.view.words import period_words
from assistant.rulebook.finding import Finding
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answers
from assistant.rulebook.ranges import DateRange
from assistant.rulebook.vocabulary import Period
from assistant.system.message import counted, message, text


class TimelineSegment(Value):
    """Consecutive days with the same statuses. ``statuses`` is None if such a day contradicts the other answers."""

    days: Period
    statuses: dict[str, Status] | None

    def __contains__(self, day: datetime.date) -> bool:
        return day in self.days

    def touches(self, given: datetime.date | DateRange | None) -> bool:
        """Return whether it contains the given day, or a day of the given range; False if nothing is given."""
        if not isinstance(given, DateRange):
            return given is not None and given in self
        begins_in_time = given.until is None or self.days.start is None or self.days.start <= given.until
        return begins_in_time and (given.start is None or self.days.until is None or given.start <= self.days.until)


class Timeline(Value):
    """What would follow on each day; ``present`` is the day or days that the user gave, None if he gave none."""

    question: str
    present: datetime.date | DateRange | None
    segments: tuple[TimelineSegment, ...]

    def at(self, day: datetime.date) -> TimelineSegment:
        """Return the segment that contains a day.

        Raises:
            KeyError: if the day is outside the question's bounds.
        """
        for segment in self.segments:
            if day in segment:
                return segment
        raise KeyError(day)


def timeline(assessor: Assessor, answers: Answers) -> Timeline | None:
    """Return the statuses for every day that the date question accepts; None if the rulebook has no date question.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    question = assessor.rulebook.metadata.date_question
    if question is None:
        return None
    asked, cells = assessor.rulebook.question[question], assessor.cells[question]
    starts = [asked.lowest, *map(datetime.date.fromordinal, cells.lower_bounds)]
    ends = [*(datetime.date.fromordinal(start - 1) for start in cells.lower_bounds), asked.highest]
    segments: list[TimelineSegment] = []
    for start, end, answer in zip(starts, ends, cells.representatives, strict=True):
        statuses = supposed_statuses(assessor, {**answers, question: answer})
        if segments and segments[-1].statuses == statuses:
            days = Period(start=segments[-1].days.start, until=end)  # type: ignore[arg-type]  # a date question
            segments[-1] = TimelineSegment(days=days, statuses=statuses)
        else:
            days = Period(start=start, until=end)  # type: ignore[arg-type]  # as above
            segments.append(TimelineSegment(days=days, statuses=statuses))
    present = answers.get(question)
    return Timeline(
        question=question,
        present=present if isinstance(present, datetime.date | DateRange) else None,
        segments=tuple(segments),
    )


def contradicts_always(line: Timeline) -> bool:
    """Return whether the answers contradict each other on every day, so that there is nothing to draw."""
    return all(segment.statuses is None for segment in line.segments)


class Drawing(NamedTuple):
    """A timeline as text: one column for each segment, one row for each finding."""

    times: tuple[str, ...]
    """The period of each column."""
    marks: str
    """The legend of the marks."""
    head: str
    rows: tuple[tuple[str, str], ...]
    """The id of each finding whose status changes, and its line or lines."""
    rest: str
    """The number of findings that are the same on every day and not excluded; empty if there is none."""


def drawn_timeline(rulebook: Rulebook, line: Timeline, width: int) -> Drawing:
    """Return a timeline drawn for a terminal of ``width`` columns.

    Findings that are excluded on every day are left out; others that are the same on every day are counted.
    """
    columns = line.segments
    findings = rulebook.findings_in_order
    marks = {finding.id: [_mark(segment, finding) for segment in columns] for finding in findings}
    # A day that contradicts the other answers says nothing about the other days.
    ways = {finding: set(row) - {_CONTRADICTS} for finding, row in marks.items()}
    moving = [finding for finding in findings if len(ways[finding.id]) > 1]
    constant = sum(len(row) == 1 and _MARKS[Group.EXCLUDED] not in row for row in ways.values())
    cell = max(2, len(str(len(columns))) + 1)
    room = max(16, width - cell * len(columns) - 1)
    here = [segment.touches(line.present) for segment in columns]
    head = [" " * (room + 1) + _row([str(number) for number, _stretch in enumerate(columns, 1)], cell)]
    if any(here):
        days = isinstance(line.present, DateRange)
        given = message("the days that were given") if days else message("the day that was given")
        label = _first_line(text(given), room)
        head.append(label + " " + _row(["v" if at else "" for at in here], cell).rstrip())
    rows = []
    for finding in moving:
        title = textwrap.wrap(finding.title, room, subsequent_indent="  ", break_on_hyphens=False) or [""]
        title[0] = title[0].ljust(room) + " " + _row(marks[finding.id], cell)
        rows.append((finding.id, "\n".join(title)))
    rest = counted(
        "{count} finding is the same on every day, and not shown here.",
        "{count} findings are the same on every day, and not shown here.",
        constant,
    )
    return Drawing(
        times=tuple(_times(line, width)),
        marks="\n".join(_meanings(line, width)),
        head="\n".join(head),
        rows=tuple(rows),
        rest="\n".join(textwrap.wrap(text(rest), width)) if constant else "",
    )


def timeline_text(rulebook: Rulebook, line: Timeline, width: int) -> str:
    """Return a timeline as one text of ``width`` columns."""
    drawing = drawn_timeline(rulebook, line, width)
    parts = [*drawing.times, "", drawing.marks, "", drawing.head, *(row for _finding, row in drawing.rows)]
    return "\n".join([*parts, "", drawing.rest] if drawing.rest else parts)


_MARKS: Final = {**MARK, Group.EXCLUDED: "·"}
_CONTRADICTS: Final = "!"
_MEANINGS: Final = {
    _MARKS[Group.APPLIES]: message("applies"),
    _MARKS[Group.MAY_APPLY]: message("may apply"),
    _MARKS[Group.NOT_ESTABLISHED]: message("not established"),
    _MARKS[Group.EXCLUDED]: message("excluded"),
    _CONTRADICTS: message("contradicts the other answers"),
}


def _mark(segment: TimelineSegment, finding: Finding) -> str:
    return _CONTRADICTS if segment.statuses is None else _MARKS[group_of(finding, segment.statuses[finding.id])]


def _times(line: Timeline, width: int) -> Iterator[str]:
    for number, segment in enumerate(line.segments, start=1):
        words = period_words(segment.days)
        if isinstance(line.present, datetime.date) and line.present in segment:
            words = message("{period} (the day that was given: {day})", period=words, day=line.present)
        elif isinstance(line.present, DateRange) and segment.touches(line.present):
            days = period_words(line.present)
            words = message("{period} (the days that were given: {days})", period=words, days=days)
        yield "\n".join(textwrap.wrap(f"{number}: {text(words)}", width, subsequent_indent="   "))


def _meanings(line: Timeline, width: int) -> Sequence[str]:
    contradicting = any(segment.statuses is None for segment in line.segments)
    marks = (f"{mark} {text(word)}" for mark, word in _MEANINGS.items() if contradicting or mark != _CONTRADICTS)
    return textwrap.wrap("   ".join(marks), width)


def _row(marks: Sequence[str], cell: int) -> str:
    return "".join(mark.rjust(cell) for mark in marks)


def _first_line(text: str, room: int) -> str:
    return (textwrap.wrap(text, room) or [""])[0].ljust(room)
