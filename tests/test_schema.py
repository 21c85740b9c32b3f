"""The JSON Schemas in `docs/schemas/` are those of the program, and say of a file what the program says of it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.documents.value import Value
from assistant.documents.yaml_model import as_model
from assistant.documents.yaml_reader import Document, parse_yaml, read_yaml
from assistant.rulebook.files import RuleFile
from assistant.rulebook.source import CatalogueFile
from assistant.scenarios.scenario import ScenarioEntry
from tests.support.bad_rulebook import FILES, read
from tests.support.project import ROOT, Run

SCHEMAS = ROOT / "docs" / "schemas"
KINDS = ("rules", "catalogue", "scenario", "report", "receipt")
RULES = sorted((ROOT / "rules").glob("*.yaml"))
SCENARIOS = sorted((ROOT / "tests" / "scenarios").rglob("*.yaml"))

BEYOND_A_SCHEMA = {
    "a_case_on_a_day_that_is_none",
    "a_term_that_ends_before_it_begins",
    "period_that_ends_before_it_begins",
}
"""Files whose form is wrong in a way that JSON Schema cannot say."""


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def data(file: Path) -> Any:
    document = read_yaml(file)
    assert isinstance(document, Document), document
    return document.data


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_as_fresh_as_the_program(run: Run, kind: str) -> None:
    """`assistant schema KIND > docs/schemas/KIND.schema.json` renews it."""
    outcome = run("schema", kind)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (SCHEMAS / f"{kind}.schema.json").read_text("utf-8")


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.name)
def test_the_real_rule_files_follow_their_schema(file: Path) -> None:
    validator("rules").validate(data(file))


def test_the_real_catalogue_follows_its_schema() -> None:
    validator("catalogue").validate(data(ROOT / "seeds" / "catalogue.yaml"))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_the_real_scenarios_follow_their_schema(file: Path) -> None:
    validator("scenario").validate(data(file))


def accepted(file: Path, model: type[Value]) -> bool | None:
    """Whether a file has the form of a model; none if it is no YAML that we read."""
    document = read_yaml(file)
    return not isinstance(as_model(document, model), tuple) if isinstance(document, Document) else None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_schema_refuses_a_file_exactly_if_the_program_finds_its_form_wrong(file: Path) -> None:
    target = read(file).target
    if "/ru/" in target or file.stem in BEYOND_A_SCHEMA:
        return
    kind, model = ("catalogue", CatalogueFile) if target.startswith("seeds") else ("rules", RuleFile)
    expected = accepted(file, model)
    if expected is not None:
        assert validator(kind).is_valid(data(file)) is expected


@pytest.mark.parametrize(
    ("entry", "valid"),
    [
        ({"id": "case", "answers": {"left": True, "days": 3, "day": "2022-09-24", "place": "unknown"}}, True),
        ({"id": "case", "title": "A case", "answers": {}, "expect": {"prison": "possible"}}, True),
        ({"id": "case", "answers": {}, "expect": {"prison": ["possible", "excluded"]}}, True),
        ({"id": "case", "answers": {}, "expect": {"prison": []}}, False),
        ({"id": "case", "answers": {}, "expect": {"prison": "likely"}}, False),
        ({"id": "case", "answers": {}, "expects": {}}, False),
        ({"id": "", "answers": {}}, False),
        ({"id": "case"}, False),
        ({"answers": {}}, False),
        ({"id": 5, "answers": {}}, False),
        ({"id": "case", "answers": []}, False),
    ],
)
def test_the_schema_of_a_scenario_says_what_the_program_says(entry: dict[str, Any], valid: bool) -> None:
    assert validator("scenario").is_valid(entry) is valid
    assert validator("scenario").is_valid([entry]) is valid
    document = parse_yaml(json.dumps(entry), "a.yaml")
    assert isinstance(document, Document)
    assert isinstance(as_model(document, ScenarioEntry), ScenarioEntry) is valid


@pytest.mark.parametrize("kind", KINDS)
def test_every_object_of_a_schema_is_closed_and_described(kind: str) -> None:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    for name, definition in schema["$defs"].items():
        assert definition.get("description"), name
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False, name
