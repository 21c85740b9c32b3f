"""A timeline drawn with characters, the same on the screen and line by line."""

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from assistant.explanation.timeline import Timeline
from assistant.explanation.view.timeline import (
    CONSTANT,
    CONTRADICTS,
    EXCLUDED,
    MEANING,
    given_words,
    mark_of,
    segment_words,
)
from assistant.rulebook.model import Rulebook
from assistant.system.message import text


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
    columns, findings = line.segments, rulebook.findings_in_order
    marks = {finding.id: [mark_of(segment, finding) for segment in columns] for finding in findings}
    # A day that contradicts the other answers says nothing about the other days.
    ways = {finding: set(row) - {CONTRADICTS} for finding, row in marks.items()}
    constant = sum(len(row) == 1 and EXCLUDED not in row for row in ways.values())
    cell = max(2, len(str(len(columns))) + 1)
    room = max(16, width - cell * len(columns) - 1)
    here = [segment.touches(line.present) for segment in columns]
    head = [" " * (room + 1) + _row([str(number) for number, _segment in enumerate(columns, 1)], cell)]
    if any(here):
        label = (textwrap.wrap(text(given_words(line)), room) or [""])[0].ljust(room)
        head.append(label + " " + _row(["v" if at else "" for at in here], cell).rstrip())
    rows = []
    for finding in (finding for finding in findings if len(ways[finding.id]) > 1):
        title = textwrap.wrap(finding.title, room, subsequent_indent="  ", break_on_hyphens=False) or [""]
        title[0] = title[0].ljust(room) + " " + _row(marks[finding.id], cell)
        rows.append((finding.id, "\n".join(title)))
    times = (f"{number}: {text(segment_words(line, segment))}" for number, segment in enumerate(columns, start=1))
    contradicting = any(segment.statuses is None for segment in columns)
    meanings = (f"{mark} {text(means)}" for mark, means in MEANING.items() if contradicting or mark != CONTRADICTS)
    return Drawing(
        times=tuple(textwrap.fill(time, width, subsequent_indent="   ") for time in times),
        marks=textwrap.fill("   ".join(meanings), width),
        head="\n".join(head),
        rows=tuple(rows),
        rest=textwrap.fill(text(CONSTANT.filled(count=constant)), width) if constant else "",
    )


def timeline_text(rulebook: Rulebook, line: Timeline, width: int) -> str:
    """Return a timeline as one text of ``width`` columns."""
    drawing = drawn_timeline(rulebook, line, width)
    parts = [*drawing.times, "", drawing.marks, "", drawing.head, *(row for _finding, row in drawing.rows)]
    return "\n".join([*parts, "", drawing.rest] if drawing.rest else parts)


def _row(marks: Sequence[str], cell: int) -> str:
    return "".join(mark.rjust(cell) for mark in marks)
