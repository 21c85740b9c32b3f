"""The base class of all data models: frozen, without extra fields, and with errors that do not repeat the input."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticSerializationError
from typing_extensions import Self


class Value(BaseModel):
    """A frozen record. Validation errors never repeat the input, because it may be a person's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)

    def replacing(self, **parts: Any) -> Self:
        """Return a copy with some fields replaced, not validated. ``model_copy`` would also copy cached properties."""
        # This is a Self; pydantic's plugin for mypy infers Value.
        return type(self).model_construct(**{**dict(self), **parts})  # type: ignore[return-value]

    def as_json(self, *, indent: int | None = None, by_alias: bool = False, exclude_none: bool = False) -> str:
        """Return the record as JSON. Unlike with pydantic's own method, Ctrl+C stays a KeyboardInterrupt."""
        try:
            return self.model_dump_json(indent=indent, by_alias=by_alias, exclude_none=exclude_none)
        except PydanticSerializationError as error:
            # The serializer calls Python for each enum. If Ctrl+C comes just then, it turns the exception into its own.
            if KeyboardInterrupt.__name__ in str(error):
                raise KeyboardInterrupt from None
            raise
