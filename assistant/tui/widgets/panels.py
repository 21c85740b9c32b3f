"""The panels of the main page, and the columns that each has."""

from enum import Enum
from typing import Final

TWO_PANELS_COLUMNS: Final = 120
"""From this width of the window on, there are two panels."""
THREE_PANELS_COLUMNS: Final = 180
"""From this width on, there are three."""
MAX_LINE_COLUMNS: Final = 108
"""A longer line is hard to read. look.tcss has the same bound for texts that are neither list nor reading page."""


class Panel(Enum):
    """A panel. Its value is the CSS class of the page while the panel is active."""

    QUESTION = "-on-question"
    FINDINGS = "-on-findings"
    SELECTED = "-on-selected"


def panels_beside(columns: int) -> int:
    """Return how many panels fit side by side into a window of so many columns."""
    return 1 + (columns >= TWO_PANELS_COLUMNS) + (columns >= THREE_PANELS_COLUMNS)


def panel_width(columns: int) -> int:
    """Return the columns of each panel in a window of so many columns."""
    return columns // panels_beside(columns)
