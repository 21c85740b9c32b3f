"""The summary to take along: what is in it, how it is written, and what it cannot be made to do."""

import html.parser
import os
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.documents.atomic_file import write_whole
from assistant.explanation.outcome import outcome
from assistant.explanation.timeline import timeline
from assistant.interview.state import Interview, begin
from assistant.publish.summary import summary
from assistant.publish.summary.part import Form, Part, Summary
from assistant.publish.summary.room import MAX_LINES, lines
from assistant.publish.summary_format import summary_html, summary_markdown, summary_text
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from tests.support.interviews import interviews
from tests.support.markdown_reader import READER, shown, tags
from tests.support.project import IN_SPRING

HOSTILE = '<script>alert(1)</script> [@click=app.bell]x[/] <img src=x onerror=y> & "q" *b* _i_ `c` # h | [a](http://x)'


@pytest.fixture
def interview(assessor: Assessor) -> Interview:
    replies = {**IN_SPRING, "harm_established": Unknown.DONT_KNOW, "rank": Unknown.SKIPPED}
    return begin(assessor, replies)


@pytest.fixture
def short(assessor: Assessor) -> Interview:
    """An interview that leaves room for quotations."""
    return begin(assessor, {"threatened": True})


@pytest.fixture
def told(assessor: Assessor, rulebook: Rulebook, interview: Interview) -> Summary:
    return summary(rulebook, interview, timeline(assessor, interview.answers))


def texts(told: Summary, *forms: Form) -> list[str]:
    return [part.text for part in told.parts if part.form in forms]


class Reader(html.parser.HTMLParser):
    """Collects the elements, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_has_answers_findings_open_points_days_and_what_it_was_made_with(told: Summary, rulebook: Rulebook) -> None:
    assert texts(told, Form.HEADING) == [
        "What he can be punished for",
        "What to do now",
        "What was answered",
        "What applies",
        "Warnings and notes that apply",
        "What may apply, depending on what is not known",
        "Not established: do not rely on it",
        "Open points",
        "Articles",
        "Days on which the same act would be judged otherwise",
    ]
    whole = summary_text(told)
    assert "- How did he serve on that day? — Contract soldier\n" in whole
    assert "- Has anyone found that harm was done to the service? — not known\n" in whole
    assert "What is his rank? —" not in whole  # skipped
    assert rulebook.hash in whole
    assert "later changes are known from reports up to 15.01.2026." in " ".join(whole.split())
    assert "This summary is not encrypted" in whole


def test_no_finding_is_left_out_in_silence(told: Summary, rulebook: Rulebook, interview: Interview) -> None:
    whole = summary_text(told, 10**6).partition("What to do now")[2]
    for status, of_others in (
        (Status.ESTABLISHED, r"(\d+) more appl"),
        (Status.POSSIBLE, r"(?:And (\d+) more\.|(\d+) more may apply)"),
        (Status.EXCLUDED, r"(\d+) findings are excluded"),
    ):
        found = interview.assessment.with_status(status)
        named = sum(rulebook.finding[each.finding].title in whole for each in found)
        counted = sum(int(number) for groups in re.finditer(of_others, whole) for number in groups.groups() if number)
        assert named + counted == len(found)


def test_what_has_no_room_is_counted(assessor: Assessor, rulebook: Rulebook) -> None:
    nothing_said = begin(assessor, {"act_date": date(2022, 9, 24)})
    told = summary(rulebook, nothing_said)
    listed = [text for text in texts(told, Form.ITEM) if "Waits for: " in text]
    shown = [each for each in nothing_said.assessment.with_status(Status.POSSIBLE) if each.shown]
    found = outcome(rulebook, nothing_said.answers, nothing_said.assessment)
    assert found is not None
    possible = [each for each in shown if each.finding not in found.steps]
    assert f"{len(possible) - len(listed)} more may apply, and are not listed here." in texts(told, Form.ITEM)
    assert re.search(r"\d\d more questions are open\.", summary_text(told, 10**6))


def test_words_stand_with_who_said_them_and_provisions_with_period_and_basis(
    rulebook: Rulebook, short: Interview, told: Summary
) -> None:
    cited = texts(summary(rulebook, short), Form.CITATION)
    assert any(re.fullmatch(r"“.+” — .+ \(.+\) \[[a-z]+\]", text) for text in cited)
    cited_beside = texts(told, Form.ITEM)
    assert any("reported only" in text and ", in force " in text for text in (*cited, *cited_beside))
    assert any("official text, wording of Law 365-ФЗ" in text for text in cited_beside)
    assert any(re.search(r"reported only: .+, \d\d\.\d\d\.\d{4}", text) for text in cited_beside)


def test_only_the_answers_that_are_wanted_are_in_it(rulebook: Rulebook, interview: Interview) -> None:
    some = summary(rulebook, interview, None, {"service_category"})
    answers = replies_in(some)
    assert answers.count(" — ") == 1
    assert "9 replies are left out here." in answers
    assert " — " not in replies_in(summary(rulebook, interview, None, ()))


def replies_in(told: Summary) -> str:
    return summary_text(told).partition("What was answered")[2].partition("What applies")[0]


def test_answers_that_contradict_each_other_are_all_it_can_tell(assessor: Assessor, rulebook: Rulebook) -> None:
    clash = begin(assessor, {"refusal": "none", "letter_filed": True})
    told = summary(rulebook, clash, timeline(assessor, clash.answers))
    assert texts(told, Form.HEADING)[1:] == ["These answers contradict each other, so nothing can be said yet."]
    assert texts(told, Form.FINDING) == []


def test_it_is_in_the_language_of_the_rulebook(rulebook: Rulebook, short: Interview) -> None:
    russian = summary(in_language(rulebook, "ru"), short)
    assert '<html lang="ru">' in summary_html(russian)
    assert "Rendering: " in summary_text(russian, 10**6)


@pytest.mark.parametrize("form", list(Form))
def test_nothing_in_it_becomes_markup_of_a_page(form: Form) -> None:
    page = summary_html(Summary(language="en", parts=(Part(form, HOSTILE),)))
    reader = Reader()
    reader.feed(page)
    assert HOSTILE in reader.text
    assert {"script", "img", "a"}.isdisjoint(reader.elements)
    assert not [name for name, _value in reader.attributes if name.startswith("on")]


def test_a_page_fetches_nothing_and_runs_nothing(told: Summary) -> None:
    page = summary_html(told)
    reader = Reader()
    reader.feed(page)
    assert {name for name, _value in reader.attributes}.isdisjoint({"src", "href", "srcset", "action"})
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert reader.elements.count("ul") == page.count("</ul>")


@pytest.mark.parametrize("form", list(Form))
def test_nothing_in_it_becomes_markup_of_markdown(form: Form) -> None:
    written = summary_markdown(Summary(language="en", parts=(Part(form, HOSTILE + "\n\n# not a heading"),)))
    tokens = READER.parse(written)
    assert shown(tokens) == HOSTILE + " # not a heading"
    assert tags(tokens) <= {"h1", "h2", "h3", "p", "em", "ul", "li", "blockquote"}


@pytest.mark.parametrize("text", ["- a", "+ a", "* a", "1. a", "# a", "> a", "~~~", "---", "===", "    a", "a  \nb"])
def test_a_text_that_begins_like_a_block_of_markdown_is_a_paragraph(text: str) -> None:
    written = summary_markdown(Summary(language="en", parts=(Part(Form.TEXT, text),)))
    tokens = READER.parse(written)
    assert (shown(tokens), tags(tokens)) == (" ".join(text.split()), {"p"})


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_has_room_on_two_printed_pages_however_much_was_answered(
    assessor: Assessor, rulebook: Rulebook, language: str
) -> None:
    # What a browser makes of these lines is measured by benchmarks/printed_pages.py.
    book = in_language(rulebook, language)
    for interview in interviews(assessor):
        told = summary(book, interview, timeline(assessor, interview.answers))
        assert sum(map(lines, told.parts)) <= MAX_LINES + 1, len(interview.replies)


def test_a_file_is_written_whole_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "summary.txt"
    assert write_whole(path, "what was said\n") is None
    assert path.read_text("utf-8") == "what was said\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["summary.txt"]  # noqa: PTH208  # names, as they are on the disk


def test_a_file_that_is_there_stays_unless_it_is_to_be_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "summary.txt"
    path.write_text("old", "utf-8")
    problem = write_whole(path, "new")
    assert problem is not None
    assert "there is a file of this name." in str(problem)
    assert path.read_text("utf-8") == "old"
    assert write_whole(path, "new", overwrite=True) is None
    assert path.read_text("utf-8") == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["summary.txt"]


def test_what_is_no_file_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "target").write_text("kept", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "link", "pipe", "missing/summary.txt", "nul\0"):
        assert write_whole(tmp_path / name, "new", overwrite=True) is not None
    assert (tmp_path / "target").read_text("utf-8") == "kept"


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "summary.txt"
    path.write_text("old", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    problem = write_whole(path, "new", overwrite=True)
    assert problem is not None
    assert "No space left on device" in str(problem)
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [("summary.txt", "old")]


@pytest.mark.parametrize("overwrite", [True, False])
@pytest.mark.parametrize("nameless", [True, False], ids=["without a name", "named"])
def test_a_link_that_is_put_in_the_way_meanwhile_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool, overwrite: bool
) -> None:
    """The name has been looked at, and was free; the file is written; then somebody takes its name."""
    path, victim = tmp_path / "summary.txt", tmp_path / "victim"
    victim.write_text("kept", "utf-8")
    synchronise = os.fsync

    def meanwhile(handle: int) -> None:
        synchronise(handle)
        if not path.is_symlink():
            path.symlink_to(victim)

    monkeypatch.setattr(os, "fsync", meanwhile)
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    problem = write_whole(path, "new", overwrite=overwrite)
    assert victim.read_text("utf-8") == "kept"
    assert "there is a file of this name." in str(problem) or (overwrite and path.read_text("utf-8") == "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["summary.txt", "victim"]


def test_a_summary_of_no_answers_says_that_there_are_none(assessor: Assessor, rulebook: Rulebook) -> None:
    assert "Nothing so far." in summary_text(summary(rulebook, begin(assessor)))
