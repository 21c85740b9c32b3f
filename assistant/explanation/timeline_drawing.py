"""A timeline drawn with characters, the same on the screen and line by line."""

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from assistant.explanation.view.timeline import TimelineView
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


def drawn_timeline(view: TimelineView, width: int) -> Drawing:
    """Return a timeline drawn for a terminal of ``width`` columns.

    Findings that are excluded on every day are left out; others that are the same on every day are counted.
    """
    columns = view.line.segments
    cell = max(2, len(str(len(columns))) + 1)
    room = max(16, width - cell * len(columns) - 1)
    here = [segment.touches(view.line.present) for segment in columns]
    head = [" " * (room + 1) + _row([str(number) for number, _segment in enumerate(columns, 1)], cell)]
    if any(here):
        label = (textwrap.wrap(text(view.present), room) or [""])[0].ljust(room)
        head.append(label + " " + _row(["v" if at else "" for at in here], cell).rstrip())
    rows = []
    for finding in view.moving:
        title = textwrap.wrap(finding.title, room, subsequent_indent="  ", break_on_hyphens=False) or [""]
        title[0] = title[0].ljust(room) + " " + _row(view.rows[finding.id], cell)
        rows.append((finding.id, "\n".join(title)))
    times = (f"{number}: {text(period)}" for number, period in enumerate(view.periods, start=1))
    marks = "   ".join(f"{mark} {text(words)}" for mark, words in view.meanings.items())
    return Drawing(
        times=tuple(textwrap.fill(time, width, subsequent_indent="   ") for time in times),
        marks=textwrap.fill(marks, width),
        head="\n".join(head),
        rows=tuple(rows),
        rest="" if view.constant is None else textwrap.fill(text(view.constant), width),
    )


def timeline_text(view: TimelineView, width: int) -> str:
    """Return a timeline as one text of ``width`` columns."""
    drawing = drawn_timeline(view, width)
    parts = [*drawing.times, "", drawing.marks, "", drawing.head, *(row for _finding, row in drawing.rows)]
    return "\n".join([*parts, "", drawing.rest] if drawing.rest else parts)


def _row(marks: Sequence[str], cell: int) -> str:
    return "".join(mark.rjust(cell) for mark in marks)
