"""The base class of all data models: frozen, without extra fields, and with errors that do not repeat the input."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from typing_extensions import Self


class Value(BaseModel):
    """A frozen record. Validation errors never repeat the input, because it may be a person's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)

    def replacing(self, **parts: Any) -> Self:
        """Return a copy with some fields replaced, not validated. ``model_copy`` would also copy cached properties."""
        # This is a Self; pydantic's plugin for mypy infers Value.
        return type(self).model_construct(**{**dict(self), **parts})  # type: ignore[return-value]
