"""JSON Schemas of the files that people write and programs read, so that editors complete and check them."""

import json
from typing import Any, Final

from pydantic import TypeAdapter

from assistant.json_report import ScenarioReport
from assistant.rulebook_loader import CatalogueFile, RuleFile
from assistant.scenario import ScenarioEntry

SCHEMAS: Final[dict[str, TypeAdapter[Any]]] = {
    "rules": TypeAdapter(RuleFile),
    "catalogue": TypeAdapter(CatalogueFile),
    "scenario": TypeAdapter(ScenarioEntry | list[ScenarioEntry]),
    "report": TypeAdapter(list[ScenarioReport]),
}
"""The kinds of files. A report is what ``evaluate --json`` prints."""


def schema_text(of: TypeAdapter[Any]) -> str:
    """The schema as JSON text (JSON Schema 2020-12)."""
    mode = "serialization" if of is SCHEMAS["report"] else "validation"
    schema = of.json_schema(mode=mode)  # type: ignore[arg-type]  # one of the two literals
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**dialect, **schema}, ensure_ascii=False, indent=2) + "\n"
