"""Two calm themes. Weight and words carry the meaning; colour only repeats it."""

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="calm-dark",
    primary="#8fb0c9",
    secondary="#9aa7b0",
    foreground="#d8dcdf",
    background="#16191c",
    surface="#1c2024",
    panel="#262b30",
    warning="#e0b070",
    error="#e08a80",
    success="#a9b4a6",
)
LIGHT: Final = Theme(
    name="calm-light",
    primary="#2f5d7c",
    secondary="#55636d",
    foreground="#1d2226",
    background="#f7f6f3",
    surface="#efeeea",
    panel="#e3e1dc",
    warning="#85560a",
    error="#9a2f24",
    success="#55604f",
    dark=False,
)

_LIGHT_BACKGROUNDS: Final = {"7", "15"}


def first_theme(colorfgbg: str) -> str:
    """Return the name of the theme that fits the background in the variable ``COLORFGBG``; dark if it is not known."""
    return LIGHT.name if colorfgbg.rpartition(";")[2] in _LIGHT_BACKGROUNDS else DARK.name
