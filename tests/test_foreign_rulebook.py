"""A small rulebook on another country's law, written from docs/writing-rules.md alone, and that page's examples."""

import datetime
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from assistant.documents.yaml_reader import Document, parse_yaml
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from tests.support.screen_user import person_at

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "rulebooks" / "conscientious_objection_germany"
PAGE = ROOT / "docs" / "writing-rules.md"
PROGRAM = (sys.executable, "-m", "assistant")
SECONDS = 30


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS * 2
    )


def example() -> Rulebook:
    loaded = load_rulebook(EXAMPLE)
    assert isinstance(loaded, Rulebook), [str(problem) for problem in loaded]
    return loaded


def test_a_rulebook_on_german_law_loads_without_articles() -> None:
    rulebook = example()
    assert rulebook.metadata.id == "conscientious-objection-germany"
    assert not (EXAMPLE / "seeds").exists()


def test_it_says_that_it_is_an_example_nobody_reviewed_and_no_legal_advice() -> None:
    metadata = example().metadata
    for text in (metadata.summary, metadata.review):
        assert "small example" in text
        assert "lawyer" in text
        assert "not legal advice" in text


def test_every_statute_of_it_is_told_as_reported_only() -> None:
    written = "".join(path.read_text("utf-8") for path in sorted((EXAMPLE / "rules").glob("*.yaml")))
    assert "basis: reported" in written
    assert "basis: checked" not in written


def test_check_finds_it_in_order() -> None:
    checked = run("check", "--lang", "en", "--rulebook", str(EXAMPLE))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_its_own_scenarios_exercise_every_rule_and_every_boundary() -> None:
    checked = run("check", "--coverage", "--lang", "en", "--rulebook", str(EXAMPLE))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_its_scenarios_come_out_as_expected() -> None:
    scenarios = str(EXAMPLE / "tests" / "scenarios")
    evaluated = run("evaluate", "--lang", "en", "--json", scenarios, "--rulebook", str(EXAMPLE))
    assert evaluated.returncode == 0, evaluated.stdout + evaluated.stderr
    assert len(json.loads(evaluated.stdout)) == 14


def test_answers_that_it_calls_impossible_together_are_refused(tmp_path: Path) -> None:
    scenario = tmp_path / "impossible.yaml"
    scenario.write_text("id: impossible\nanswers: {status: reservist, order_refused: true}\n", encoding="utf-8")
    evaluated = run("evaluate", "--lang", "en", str(scenario), "--rulebook", str(EXAMPLE))
    assert evaluated.returncode == 2
    assert "not in service" in evaluated.stderr


async def test_a_third_language_is_one_more_that_the_screen_changes_to() -> None:
    english, german = (in_language(example(), language).questions_by_severity[0].text for language in ("en", "de"))
    async with person_at(example(), language="de") as person:
        assert german in await person.reads()
        assert english in await person.presses("f2")
        screen = await person.presses("f2")
        assert "Deutsch" in screen
        assert "пропустить" in screen.lower()
        assert german in await person.presses("f2")


def shown_until(terminal: int, text: str) -> str:
    shown = ""
    deadline = time.monotonic() + SECONDS
    while text not in shown and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:  # the program has ended
                break
    return shown


def test_the_questionnaire_opens_on_it_and_asks_its_first_question() -> None:
    first = max(example().questions, key=lambda question: question.severity)
    terminal, inside = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(
        [*PROGRAM, "--lang", "en", "--rulebook", str(EXAMPLE)],
        cwd=ROOT,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=environment,
    ) as program:
        os.close(inside)
        try:
            assert first.text in shown_until(terminal, first.text)
            os.write(terminal, b"\x11")  # Ctrl+Q leaves at once
            shown_until(terminal, "no text: read until it has ended")
            assert program.wait(SECONDS) == 0
        finally:
            program.kill()
            os.close(terminal)


def fenced_examples() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@cache
def schema(kind: str) -> dict[str, Any]:
    printed: dict[str, Any] = json.loads(run("schema", kind).stdout)
    return printed


def as_json(value: Any) -> Any:
    """What YAML gives, with its days as JSON has them, and with the key "on", which YAML 1.1 reads as true."""
    match value:
        case dict():
            return {"on" if key is True else key: as_json(entry) for key, entry in value.items()}
        case list():
            return [as_json(entry) for entry in value]
        case datetime.date():
            return value.isoformat()
    return value


def kind_of(written: Any) -> dict[str, Any]:
    if isinstance(written, list):
        return schema("scenario")
    for candidate in (schema("rules"), schema("catalogue")):
        if set(written) <= set(candidate["properties"]):
            return candidate
    pytest.fail(f"no kind of file has the sections {sorted(written)}")


def is_a_translation(example_text: str) -> bool:
    return example_text.startswith("# rules/")


@pytest.mark.parametrize("example_text", [text for text in fenced_examples() if not is_a_translation(text)])
def test_every_example_of_the_page_has_the_form_that_the_schemas_ask_for(example_text: str) -> None:
    document = parse_yaml(example_text, "example.yaml")  # not another reader's, to which `on` is a truth value
    assert isinstance(document, Document)
    written = as_json(document.data)
    if isinstance(written, dict) and set(written) == {"answers"}:
        written = [{"id": "example", **written}]
    kind = kind_of(written)
    if isinstance(written, dict):  # some of the sections; the article is cut short with …
        written = {section: entries for section, entries in written.items() if section != "articles"}
        kind = {**kind, "required": []}
    jsonschema.validate(written, kind)


def test_the_page_shows_every_section_that_a_rule_file_can_hold() -> None:
    shown: set[str] = set()
    for example_text in fenced_examples():
        written = yaml.safe_load(example_text)
        if isinstance(written, dict):
            shown |= set(written)
    assert set(schema("rules")["properties"]) <= shown
