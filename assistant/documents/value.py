"""What every data model of the program is: frozen, closed, and mute about its contents."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from typing_extensions import Self


class Value(BaseModel):
    """A frozen record.

    Validation errors never repeat the input: it may be a person's answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)

    def replacing(self, **parts: Any) -> Self:
        """The record with some fields replaced, unchecked. ``model_copy`` would keep what was worked out of the old."""
        # A Self, but pydantic's plugin for mypy says Value.
        return type(self).model_construct(**{**dict(self), **parts})  # type: ignore[return-value]
