"""A table of statuses in figures, as Markdown and as a page: complete, literal, and from no other address."""

import re

import pytest

from tests.support.project import Desk, Run

CASES = "id,left,days,place,day\na,true,11,russia,\nb,true,,,\n<b>,false,,,2022-03-01\nd,false,,,\n"


@pytest.mark.parametrize(
    ("ending", "prison", "no_case"),
    [
        (
            "md",
            r"| Prison (exposure) | 1 | 1 | 2 | █████▒▒▒▒▒·········· |",
            r"| No case (protection) | 1 | 1 | 2 |",
        ),
        ("html", "<td>1</td><td>1</td><td>2</td>", '<svg width="100" height="10" aria-hidden="true">'),
    ],
)
def test_the_cases_of_each_status_are_counted(desk: Desk, ending: str, prison: str, no_case: str) -> None:
    output = desk.folder / f"figures.{ending}"
    assert desk.evaluate(desk.write(CASES, "cases.csv"), "--output", output) == (0, "", "")
    written = output.read_text("utf-8")
    assert prison in written
    assert no_case in written
    assert "not encrypted" in written.replace("\\", "")
    assert "4 cases" in written
    assert "<b>" not in written
    assert output.stat().st_mode & 0o777 == 0o600


def test_the_page_fetches_nothing_and_runs_nothing(run: Run, desk: Desk) -> None:
    output = desk.folder / "figures.html"
    assert run("evaluate", desk.write("id\na\n", "cases.csv"), "--output", output, "--lang", "ru").code == 0
    page = output.read_text("utf-8")
    assert "default-src 'none'" in page
    assert re.findall(r"https?:|//|<script|\bon\w+=|url\(", page) == []
    assert '<html lang="ru">' in page


def test_figures_can_be_read_on_the_screen(desk: Desk) -> None:
    outcome = desk.evaluate(desk.write(CASES, "cases.csv"), "--format", "md")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# Leaving\n")


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_a_format_that_is_complete_only_at_the_end_needs_a_file(desk: Desk, form: str) -> None:
    outcome = desk.evaluate(desk.write(CASES, "cases.csv"), "--format", form)
    assert outcome == (2, "", f"{form}: this format needs a file. Name one with --output.\n")
