"""The how-to pages work when they are followed: what they say to write is written, and their commands run."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import yaml
from textual.binding import Binding

from assistant.tui.app import Questionnaire
from assistant.tui.pages.main_page import MainPage
from tests.support.project import ROOT, Run

HOW_TO: Final = ROOT / "docs" / "how-to"
TRIED: Final = "/tmp/try"  # noqa: S108  # what the pages call it; the tests use a folder of their own
STEP: Final = re.compile(
    r"`/tmp/try/(?P<file>\S+)`|^ *```yaml\n(?P<block>.*?)^ *```|^ +\.venv/bin/assistant (?P<command>[^\n]+)$",
    re.MULTILINE | re.DOTALL,
)
NAMED: Final = re.compile(r"`((?:assistant|tests|rules|docs|benchmarks)/[\w./-]+)`")
TO_BE_WRITTEN: Final = {
    "assistant/cli/commands/count.py",
    "assistant/system/locale/de/",
    "assistant/system/locale/de/safety.md",
    "assistant/system/locale/de/LC_MESSAGES/assistant.po",
    "assistant/tui/pages/about_page.py",
    "docs/safety.de.md",
    "docs/using.de.md",
    "rules/de/",
    "rules/de/catalogue.yaml",
    "rules/de/rulebook.yaml",
}


class Write(NamedTuple):
    """A file, and what is to be added to it."""

    file: str
    block: str


def steps(page: str) -> Iterator[Write | str]:
    """Return what a page says to do, in its order: what to write, and the words of commands."""
    file = ""
    for step in STEP.finditer((HOW_TO / page).read_text("utf-8")):
        file = step["file"] or file
        if step["block"]:
            yield Write(file, step["block"])
        elif step["command"]:
            yield step["command"]


def added(there: Any, block: Any) -> Any:
    """Return YAML with a block in it: entries with the id of an old one replace it, others are appended."""
    if isinstance(block, dict):
        return {**there, **{key: added(there.get(key, type(value)()), value) for key, value in block.items()}}
    if isinstance(block, list):
        ids = {each["id"] for each in block}
        return [each for each in there if each["id"] not in ids] + block
    return block


def follow(run: Run, page: str, rulebook: Path) -> list[int]:
    """Do what a page says on a copy of the rulebook that it names, and return the exit codes of its commands."""
    shutil.copytree(ROOT / "tests" / "rulebooks" / "conscientious_objection_germany", rulebook)
    codes = []
    for step in steps(page):
        if isinstance(step, Write):
            path = rulebook / step.file
            path.write_text(yaml.safe_dump(added(yaml.safe_load(path.read_text("utf-8")), yaml.safe_load(step.block))))
        elif TRIED in step:
            codes.append(run(*shlex.split(step.replace(TRIED, str(rulebook)))).code)
            _answer_what_is_new(rulebook)
    return codes


def _answer_what_is_new(rulebook: Path) -> None:
    """Do the one thing that the page about questions says in words."""
    path = rulebook / "tests" / "scenarios" / "application.yaml"
    scenarios = yaml.safe_load(path.read_text("utf-8"))
    if "filed_in_person" in (rulebook / "rules" / "application.yaml").read_text("utf-8"):
        next(each for each in scenarios if each["id"] == "complete-without-doubts")["answers"]["filed_in_person"] = True
        path.write_text(yaml.safe_dump(scenarios))


def test_a_question_can_be_added_as_the_page_says(run: Run, tmp_path: Path) -> None:
    assert follow(run, "question.md", tmp_path / "try") == [0, 1, 0, 0, 0]


def test_a_finding_can_be_added_as_the_page_says(run: Run, tmp_path: Path) -> None:
    assert follow(run, "finding.md", tmp_path / "try") == [0, 0, 0, 0, 0]


def test_a_case_can_be_added_as_the_page_says(run: Run, tmp_path: Path) -> None:
    (case,) = (step for step in steps("case.md") if isinstance(step, Write))
    path = tmp_path / "forgotten_day.yaml"
    path.write_text(case.block)
    assert run("evaluate", path).code == 0


@pytest.mark.parametrize("page", sorted(HOW_TO.glob("*.md")), ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there_or_to_be_written(page: Path) -> None:
    named = set(NAMED.findall(page.read_text("utf-8"))) - TO_BE_WRITTEN
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_key_of_the_page_that_is_added_is_free() -> None:
    text = (HOW_TO / "screen-page.md").read_text("utf-8")
    (key,) = re.findall(r'"(\w)": "about"', text)
    assert f"on the key `{key}`" in text
    bindings = [
        each for part in (MainPage, Questionnaire) for kind in part.__mro__ for each in vars(kind).get("BINDINGS", ())
    ]
    assert len(bindings) > 30
    assert key not in {each.key for each in bindings if isinstance(each, Binding)}


def test_every_file_that_names_a_question_type_is_found_from_the_page() -> None:
    text = (HOW_TO / "question-type.md").read_text("utf-8")
    named = re.findall(r"`([\w./-]+(?:/|\.py))`", text)
    files = [file.relative_to(ROOT).as_posix() for file in (ROOT / "assistant").rglob("*.py")]
    naming = [file for file in files if "QuestionType." in (ROOT / file).read_text("utf-8")]
    assert len(naming) > 20
    assert [
        file for file in naming if not any(file.startswith(name) or Path(file).name == name for name in named)
    ] == []
