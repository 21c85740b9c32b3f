"""What every data model of the program is: frozen, closed, and mute about its contents."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen record.

    Validation errors never repeat the input: it may be a person's answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)
