"""The pages of the repository: every link leads somewhere, every command is one, and what they say is so."""

import contextlib
import datetime
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.cli.parser import command_line
from assistant.documents.yaml_model import as_model
from assistant.documents.yaml_reader import Document, parse_yaml
from assistant.rulebook.files import RuleFile
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import CatalogueFile
from assistant.scenarios.scenario import Scenario, load_scenarios
from assistant.system import exit_code
from assistant.system.language import LANGUAGES
from tests.support.project import ROOT, Run

README: Final = ROOT / "README.md"
PAGES: Final = (README, *sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")} - {README}))
LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED: Final = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return FENCED.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[tuple[str, Path, str]]:
    """The relative links of a page: as written, where they lead, and the anchor there."""
    for written in LINK.findall(prose(page)):
        if not re.match(r"[a-z]+:", written):
            target, _hash, anchor = written.partition("#")
            yield written, (page.parent / target).resolve() if target else page, anchor


@each_page
def test_every_link_leads_to_a_file_and_an_anchor_that_are_there(page: Path) -> None:
    for written, target, anchor in links(page):
        assert target.exists(), written
        assert target.is_relative_to(ROOT), written
        assert not anchor or anchor in anchors(target), written


def test_every_page_is_found_from_the_readme() -> None:
    found, ahead = {README}, [README]
    while ahead:
        for _written, target, _anchor in links(ahead.pop()):
            page = target / "README.md" if target.is_dir() else target
            if page.suffix == ".md" and page.exists() and page not in found:
                found.add(page)
                ahead.append(page)
    assert set(PAGES) <= found


def test_the_index_of_decisions_has_every_decision_by_its_title() -> None:
    """`make decisions` writes it anew."""
    folder = ROOT / "docs" / "decisions"
    titles = {file.name: file.read_text("utf-8").splitlines()[0] for file in sorted(folder.glob("0*.md"))}
    listed = re.findall(r"^- \[(\d+\. .*)\]\((.*)\)$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == [(title.removeprefix("# "), name) for name, title in titles.items()]
    numbers = [int(name[:4]) for name in titles]
    assert len(numbers) == len(set(numbers))
    assert [int(title[2:].partition(".")[0]) for title in titles.values()] == numbers


def commands(page: Path) -> Iterator[str]:
    """Every call of the program that a page shows, in a block or within a line, without what the shell does with it."""
    text = page.read_text("utf-8")
    for written in (*re.findall(r"^    (.+)$", text, re.MULTILINE), *re.findall(r"`([^`\n]+)`", text)):
        for part in re.split(r"[|;]|(?<!\S)#", written):
            call = part.partition(" >")[0].strip().removeprefix(".venv/bin/")
            if re.fullmatch(r"assistant( [-\w].*)?", call):
                yield call


SHOWN: Final = sorted({command for page in PAGES for command in commands(page) if "decisions" not in str(page)})


@pytest.mark.parametrize("command", SHOWN)
def test_every_command_that_is_shown_is_one(command: str) -> None:
    """Optional parts in brackets are given; a word in capitals stands for a value."""
    words = shlex.split(re.sub(r"[\[\]…]", "", command))[1:]
    numbers = {"DAY": "2022-09-24"}
    with contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            command_line().parse_args([numbers.get(word, word) for word in words])
        except SystemExit:
            only_named = len(words) == 1 and "arguments are required" in told.getvalue()
            assert only_named, told.getvalue()


NOT_AS_IT_STANDS: Final = re.compile(
    r"[A-ZА-Я]{2}|--output|evaluate (?!(--json )?tests/)|…|^assistant( --lang ru)?( \w+)?$|/tmp/|\bask\b"
)
SLOW: Final = re.compile(r"--coverage|--prove|\bdiff\b|tests/scenarios(/law)?$")
"""These have tests of their own, or take long."""
RUN: Final = [command for command in SHOWN if not NOT_AS_IT_STANDS.search(command) and not SLOW.search(command)]


@pytest.mark.parametrize("command", RUN)
def test_a_command_that_can_be_run_as_it_stands_runs(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(ROOT)
    outcome = run(*shlex.split(command)[1:])
    assert outcome.code == 0, outcome.err


def test_the_conversation_of_the_manual_can_be_driven_from_a_pipe() -> None:
    (line,) = re.findall(r"^    (printf .*)$", (ROOT / "docs" / "using.md").read_text("utf-8"), re.MULTILINE)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    assert "The input has ended. These are the findings so far." in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_tells_every_key_of_the_conversation(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    page = "using.md" if language == "en" else f"using.{language}.md"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"?\n")))
    keys = re.findall(r"^  ([^\s\d])  \S", run("--lang", language, "ask", "--plain").out, re.MULTILINE)
    told = re.findall(r"`(\S)(?: [^`]*)?`", (ROOT / "docs" / page).read_text("utf-8"))
    assert len(keys) == 16
    assert set(keys) <= set(told)


TARGETS: Final = re.compile(r"(?:^    |`)make ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize(
    "target", sorted({name for page in PAGES for name in TARGETS.findall(page.read_text("utf-8"))})
)
def test_every_target_of_make_that_is_named_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


BLOCKS: Final = [
    block for page in PAGES for language, block in FENCED.findall(page.read_text("utf-8")) if language == "yaml"
]


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_of_yaml_has_the_form_that_the_program_reads(block: str) -> None:
    document = parse_yaml(block.replace("{…}", "{}"), "example.yaml")
    assert isinstance(document, Document), document
    if isinstance(document.data, list):
        return  # a scenario
    if not isinstance(next(iter(document.data.values())), list) and "rulebook" not in document.data:
        return  # texts in another language
    model = CatalogueFile if "passages" in document.data else RuleFile
    read = as_model(document, model)
    assert not isinstance(read, tuple), read


def test_the_readme_lists_every_exit_code() -> None:
    text = " ".join(README.read_text("utf-8").partition("Exit codes: ")[2].partition("\n\n")[0].split())
    listed = {int(number) for number in re.findall(r"(?:^|, )(\d+) ", text)}
    assert listed == {code for name, code in vars(exit_code).items() if name.isupper()}


def test_the_numbers_of_the_readme_are_those_of_the_rulebook(rulebook: Rulebook) -> None:
    text = README.read_text("utf-8")
    words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    assert f"{words[len(rulebook.sources.articles)]} press articles" in text
    assert f"reviewed up to {rulebook.metadata.reviewed_until:%d.%m.%Y}" in text


TOLD: Final = re.findall(r"^> \*\*\[applies · (\w+)\] (.*?)\*\*\n((?:>.*\n)+)", README.read_text("utf-8"), re.MULTILINE)


def test_the_readme_quotes_findings_as_they_are_told(rulebook: Rulebook) -> None:
    assert len(TOLD) == 2
    for kind, title, lines in TOLD:
        finding = next(each for each in rulebook.findings if each.title == title)
        assert finding.kind.value == kind
        told = " ".join(lines.split("\n>\n")[0].replace("> ", "").split())
        for part in told.split(" … "):
            assert part in finding.text
        for quotation in re.findall(r"“(.*?)”", " ".join(lines.replace("> ", "").split())):
            assert any(quotation in passage.exact for passage in rulebook.sources.passages)


def test_the_man_of_the_readme_reads_what_it_says_on_each_of_its_days(rulebook: Rulebook, assessor: Assessor) -> None:
    protection, exposure = (next(each.id for each in rulebook.findings if each.title == title) for _, title, _ in TOLD)
    said = load_scenarios(ROOT / "tests" / "scenarios" / "articles" / "same_man_on_each_day.yaml", rulebook)[0]
    assert isinstance(said, Scenario)
    for day, finding in ((datetime.date(2022, 4, 10), protection), (datetime.date(2022, 9, 24), exposure)):
        assert f"on {day:%d.%m.%Y}" in README.read_text("utf-8")
        assessment = assessor.assess({**said.answers, "act_date": day})
        statuses = {each.finding: each.status for each in assessment.findings}
        assert statuses[finding] is Status.ESTABLISHED


def test_every_module_has_a_line_in_the_architecture_and_no_line_names_another() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()
    named = [name for line in table if line.startswith("| ") for name in re.findall(r"`(\w+)`", line.split("|")[2])]
    program = (ROOT / "assistant").iterdir()
    modules = {path.stem for path in program if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert sorted(named) == sorted(modules - {"__init__", "__main__"})
