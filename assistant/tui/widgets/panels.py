"""The panels of the main page: which of them there are, and how much room each has."""

from enum import Enum
from typing import Final

TWO_PANELS_COLUMNS: Final = 120
"""From this width on, two panels."""
THREE_PANELS_COLUMNS: Final = 180
"""From this width on, three."""
MAX_LINE_COLUMNS: Final = 108
"""Columns of a line that an eye can follow; the look has the same for what is no list and no page to read."""


class Panel(Enum):
    """A panel, by the class that its page has while the panel is the active one."""

    QUESTION = "-on-question"
    FINDINGS = "-on-findings"
    SELECTED = "-on-selected"


def panels_beside(columns: int) -> int:
    """How many panels stand beside each other in a window of a width."""
    return 1 + (columns >= TWO_PANELS_COLUMNS) + (columns >= THREE_PANELS_COLUMNS)


def panel_width(columns: int) -> int:
    """How wide each of them is."""
    return columns // panels_beside(columns)
