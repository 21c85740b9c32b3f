"""References to the law that a lawyer can follow: acts, the places in them, and who read what, when.

What was looked for and not found is said as data, in ``not_found``.
"""

from enum import Enum
from typing import Annotated, TypeAlias

from pydantic import Field

from assistant.documents.value import Value
from assistant.rulebook.vocabulary import Day, Id, NotBlank, Text

Mark: TypeAlias = NotBlank
"""The number or letter of an article, part, point or note, as the law writes it."""


class LawGap(str, Enum):
    """What was not found about a law."""

    DAY = "on"
    PUBLICATION = "published"


class StatuteGap(str, Enum):
    """What was not found about a statute."""

    LAW = "provisions"
    ARTICLE = "article"
    WORDING = "wording"
    REPORT = "reported"
    DAY_OF_REPORT = "on"


class Law(Value):
    """A law, decree or ruling. ``on``: the day of the act itself, not of its coming into force.

    ``published``: where and when it was published officially. ``edition``: the text that was read, and where it is.
    """

    id: Id
    name: Text
    on: Day | None = None
    published: Text | None = None
    edition: Text | None = None
    not_found: tuple[LawGap, ...] = ()

    @property
    def title(self) -> str:
        """Its name with its day, as in ``Federal Law 365-ФЗ (24.09.2022)``."""
        return f"{self.name} ({self.on:%d.%m}.{self.on.year:04})" if self.on else self.name


class Pinpoint(Value):
    """A place in a law: an article or a point, with its part or note; ``wording``: the law that gave it its wording."""

    law: Id
    article: Mark | None = None
    part: Mark | None = None
    point: Mark | None = None
    note: Mark | None = None
    wording: Id | None = None


class ReadAs(str, Enum):
    """What was read: the official text, or reports about it."""

    TEXT = "text"
    REPORT = "report"


class Review(Value):
    """A day on which somebody read some statutes, and as what. A statute may be in several reviews."""

    id: Id
    by: Text
    on: Day
    read_as: ReadAs = Field(alias="as")
    statutes: Annotated[tuple[Id, ...], Field(min_length=1)]
    note: Text | None = None
