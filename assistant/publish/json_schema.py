"""JSON Schemas of the files that people write and programs read, so that editors complete and check them."""

import json
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema

from assistant.interview.receipt import Receipt
from assistant.rulebook.files import RuleFile
from assistant.rulebook.source import CatalogueFile
from assistant.scenarios.json_report import ScenarioReport
from assistant.scenarios.scenario import ScenarioEntry

SCHEMAS: Final[dict[str, TypeAdapter[Any]]] = {
    "rules": TypeAdapter(RuleFile),
    "catalogue": TypeAdapter(CatalogueFile),
    "scenario": TypeAdapter(ScenarioEntry | list[ScenarioEntry]),
    "report": TypeAdapter(list[ScenarioReport]),
    "receipt": TypeAdapter(Receipt),
}
"""The schemas by kind of file. ``evaluate --json`` prints a report, and the questionnaire writes a receipt."""


class _Closed(GenerateJsonSchema):
    """A generator that forbids other keys where pydantic only states a pattern for the keys of a mapping."""

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        written = super().dict_schema(schema)
        return {**written, "additionalProperties": False} if "patternProperties" in written else written


def schema_text(of: TypeAdapter[Any]) -> str:
    """Return a schema as JSON text (JSON Schema 2020-12)."""
    mode = "serialization" if of is SCHEMAS["report"] else "validation"
    schema = of.json_schema(mode=mode, schema_generator=_Closed)  # type: ignore[arg-type]  # one of the two literals
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**dialect, **schema}, ensure_ascii=False, indent=2) + "\n"
