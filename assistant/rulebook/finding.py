"""Findings: what the user learns, as frozen data."""

from enum import Enum

from pydantic import StrictBool, StrictInt

from assistant.documents.value import Value
from assistant.rulebook.penalty import Penalties, Penalty
from assistant.rulebook.vocabulary import Id, Text


class Kind(str, Enum):
    """The kind of a finding."""

    PROTECTION = "protection"
    EXPOSURE = "exposure"
    CONSEQUENCE = "consequence"
    WARNING = "warning"
    STEP = "step"
    NOTE = "note"

    @property
    def of_the_act(self) -> bool:
        """Whether it follows from the act; warnings, steps and notes hold even while the act is only planned."""
        return self in {Kind.PROTECTION, Kind.EXPOSURE, Kind.CONSEQUENCE}


class Tone(str, Enum):
    """Cautionary findings are shown when possible; reassuring ones count only when established."""

    CAUTIONARY = "cautionary"
    REASSURING = "reassuring"


class Overtaken(Value):
    """What people still say because of a finding of an earlier time, in one line, and the finding that ended it."""

    said: Text
    by: Id


class Finding(Value):
    """A conclusion for the user. ``looks_ahead``: it is about something still to be done, as every step is.

    Only exposures have a ``penalty``. ``overtaken``: where the other finding applies, this one holds no longer.
    """

    id: Id
    kind: Kind
    tone: Tone
    title: Text
    text: Text
    looks_ahead: StrictBool = False
    severity: StrictInt = 0
    penalty: Penalties | None = None
    overtaken: Overtaken | None = None

    @property
    def penalties(self) -> tuple[Penalty, ...]:
        """What it is punished with; empty if it has no penalty of its own."""
        return self.penalty if isinstance(self.penalty, tuple) else ()

    @property
    def reassures_ahead(self) -> bool:
        """Whether it reassures about something still to be done, and therefore depends on the day of asking."""
        return self.tone is Tone.REASSURING and (self.looks_ahead or self.kind is Kind.STEP)
