"""Count in how many cases each finding is established, possible or excluded.

The overview contains no id and no answer. But small numbers can still identify a person.
"""

import html
from collections.abc import Iterator
from typing import Final, NamedTuple

import polars

from assistant.assessment.assessment import Status
from assistant.explanation.view.words import KIND, review_words
from assistant.rulebook.finding import Finding
from assistant.rulebook.model import Rulebook
from assistant.system.html_page import html_page
from assistant.system.language import _, plural
from assistant.system.markdown import markdown
from assistant.system.message import text

FILE_TYPES: Final = (".md", ".html")
BAR_CHARACTERS: Final = 20
"""Characters of a bar in Markdown."""
_SHADES: Final = {Status.ESTABLISHED: "█", Status.POSSIBLE: "▒", Status.EXCLUDED: "·"}
_COLOURS: Final = {Status.ESTABLISHED: "#222", Status.POSSIBLE: "#999", Status.EXCLUDED: "#eee"}


class FindingCounts(NamedTuple):
    """A finding, and its number of cases by status."""

    finding: Finding
    counts: dict[Status, int]


def overview(parts: Iterator[polars.DataFrame], rulebook: Rulebook, suffix: str) -> str:
    """Return the overview of a result that comes in parts, as Markdown or as a self-contained HTML page."""
    rows, lines = _counted(parts, rulebook)
    notices = (
        rulebook.metadata.title,
        rulebook.metadata.disclaimer,
        plural("{count} case", "{count} cases", rows),
        f"{text(review_words(rulebook))} · {rulebook.hash}",
        _("This file is not encrypted. Small numbers can tell of a person."),
    )
    header = (_("finding"), _("applies"), _("only possible"), _("excluded"), "")
    return _page(notices, header, lines, rulebook.language) if suffix == ".html" else _text(notices, header, lines)


def _counted(parts: Iterator[polars.DataFrame], rulebook: Rulebook) -> tuple[int, list[FindingCounts]]:
    rows = 0
    counts = {finding.id: dict.fromkeys(Status, 0) for finding in rulebook.findings}
    for part in parts:
        rows += len(part)
        for status in Status:
            numbers = part.select((polars.col(finding) == status.value).sum() for finding in counts).row(0)
            for finding, count in zip(counts, numbers, strict=True):
                counts[finding][status] += count
    return rows, [FindingCounts(finding, counts[finding.id]) for finding in rulebook.findings_in_order]


def _text(notices: tuple[str, ...], header: tuple[str, ...], lines: list[FindingCounts]) -> str:
    title, *rest = map(markdown, notices)
    rows = [f"| {' | '.join(markdown(each, cell=True) for each in header)} |", "|---|--:|--:|--:|---|"]
    for finding, counts in lines:
        name = markdown(f"{finding.title} ({text(KIND[finding.kind])})", cell=True)
        figures = " | ".join(str(counts[status]) for status in Status)
        rows.append(f"| {name} | {figures} | {_bar(counts)} |")
    return "\n".join([f"# {title}", "", *(f"{each}\n" for each in rest), *rows]) + "\n"


def _bar(counts: dict[Status, int]) -> str:
    ends = _ends(counts, BAR_CHARACTERS)
    return "".join(_SHADES[status] * (round(end) - round(begin)) for status, begin, end in ends)


def _ends(counts: dict[Status, int], width: float) -> Iterator[tuple[Status, float, float]]:
    """Return where each status begins and ends in a bar of this width."""
    total, before = sum(counts.values()), 0
    for status in Status:
        yield status, width * before / max(total, 1), width * (before + counts[status]) / max(total, 1)
        before += counts[status]


def _page(notices: tuple[str, ...], header: tuple[str, ...], lines: list[FindingCounts], language: str) -> str:
    title, *rest = notices
    rows = []
    for finding, counts in lines:
        figures = "".join(f"<td>{counts[status]}</td>" for status in Status)
        name = f"{html.escape(finding.title)} <small>{html.escape(text(KIND[finding.kind]))}</small>"
        rows.append(f'<tr><th scope="row">{name}</th>{figures}<td>{_picture(counts)}</td></tr>')
    body = _FIGURES.format(
        title=html.escape(title),
        notices="\n".join(f"<p>{html.escape(each)}</p>" for each in rest),
        header="".join(f'<th scope="col">{html.escape(each)}</th>' for each in header),
        rows="\n".join(rows),
    )
    return html_page(language, title, _STYLE, body)


def _picture(counts: dict[Status, int]) -> str:
    bars = "".join(
        f'<rect x="{begin:.1f}" width="{end - begin:.1f}" height="10" fill="{_COLOURS[status]}"/>'
        for status, begin, end in _ends(counts, 100)
    )
    return f'<svg width="100" height="10" aria-hidden="true">{bars}</svg>'


_FIGURES: Final = """\
<h1>{title}</h1>
{notices}
<table>
<thead><tr>{header}</tr></thead>
<tbody>
{rows}
</tbody>
</table>"""
_STYLE: Final = """
body { max-width: 60em; margin: 2em auto; padding: 0 1em; font: 1em/1.4 serif; color: #000; background: #fff }
h1 { font-size: 1.4em } p { margin: 0.2em 0; overflow-wrap: anywhere } table { border-collapse: collapse }
th, td { padding: 0.2em 0.6em; text-align: right; border-bottom: 1px solid #ccc; font-weight: normal }
thead th { font-weight: bold; vertical-align: bottom } th:first-child { text-align: left }
svg { outline: 1px solid #999 }
"""
