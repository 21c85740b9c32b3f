"""Text in Markdown stands for itself, and has no backslash that it could do without."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.assessment.assessor import Assessor
from assistant.interview.state import begin
from assistant.publish.summary import summary
from assistant.publish.summary_format import summary_markdown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.scenarios.replies import replies_of
from assistant.scenarios.scenario import Scenario, load_scenarios
from assistant.system.markdown import markdown
from assistant.tables.reading.template import dictionary
from tests.support.markdown_reader import READER, shown, tags
from tests.support.project import ROOT

FORMS = {"{}": "p", "# {}": "h1", "### {}": "h3", "- {}": "li", "> {}": "blockquote", "*{}*": "em"}
CONTENT = {"text", "text_special", "code_inline", "html_inline", "html_block", "fence", "code_block"}
SIGNS = "\\`*_{}[]()#+-.!<>|&~$:@=^\"'«»— 19aяx;/?"


@given(st.sampled_from(sorted(FORMS)), st.text(SIGNS, min_size=1, max_size=12).filter(str.strip))
@example("### {}", "Article 1 #")
@example("{}", "[x]: y")
@example("{}", "- - -")
@example("- {}", "[ ] open")
@example("{}", "a * b_c 15.10.2025 (art. 332(2.1))")
def test_any_text_is_shown_as_it_is(form: str, text: str) -> None:
    line = " ".join(text.split())
    tokens = READER.parse(form.format(markdown(line)))
    assert shown(tokens) == line
    allowed = {FORMS[form], "p", *({"ul"} if form == "- {}" else ())}
    assert tags(tokens) - allowed == set()


@given(st.text(SIGNS, min_size=1, max_size=12).filter(str.strip))
def test_any_text_is_shown_as_it_is_in_a_cell(text: str) -> None:
    line = " ".join(text.split())
    tokens = READER.parse(f"| a | b |\n|---|---|\n| {markdown(line, cell=True)} | end |\n")
    assert shown(tokens) == f"ab{line}end"
    assert tags(tokens) == {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(
    "text",
    [
        "15.10.2025",
        "art. 332(2.1), items 1-3",
        "a < b > c & d = 5 + 3 - 2 * 4",
        "left_the_unit",
        "[…] he said: no!",
        "#1 of 2",
        "-5 degrees",
        "1990 was",
        "{from: 3}",
        "who@example.org",
        "about ~5 or $5",
    ],
)
def test_what_markdown_reads_as_text_anyway_is_left_alone(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_real_summaries_have_no_backslash_too_many(rulebook: Rulebook, language: str) -> None:
    book = in_language(rulebook, language)
    assessor = Assessor(book)
    begun = [begin(assessor, replies_of(scenario)) for scenario in _scenarios(book)]
    written = "".join(summary_markdown(summary(book, interview)) for interview in begun)
    written += dictionary(book, "md")
    needless = [
        line
        for line in written.splitlines()
        for at in re.finditer(r"\\", line)
        if READER.render(line[: at.start()] + line[at.start() + 1 :]) == READER.render(line)
    ]
    assert needless == []


def _scenarios(book: Rulebook) -> list[Scenario]:
    files = sorted(Path(ROOT / "tests" / "scenarios" / "articles").rglob("*.yaml"))
    read = [each for file in files for each in load_scenarios(file, book)]
    return [each for each in read if isinstance(each, Scenario)]
