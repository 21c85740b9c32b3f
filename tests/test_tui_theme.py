"""Whether everything on the screen can be read, in the dark theme and in the light one."""

from collections.abc import Iterator

import pytest
from rich.color_triplet import ColorTriplet
from rich.style import Style

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from tests.support.screen_user import WIDE, person_at

LEAST = 4.5
"""The contrast that WCAG 2.1 asks of text (success criterion 1.4.3, level AA)."""
PAGES = ["", "f", "o", "w", "i", "c", "p", "question_mark"]


@pytest.fixture(scope="module")
def real() -> Rulebook:
    loaded = load_rulebook(default_folder())
    assert isinstance(loaded, Rulebook)
    return loaded


@pytest.mark.parametrize("colorfgbg", ["15;0", "0;15"], ids=["dark", "light"])
async def test_every_text_has_enough_contrast(real: Rulebook, monkeypatch: pytest.MonkeyPatch, colorfgbg: str) -> None:
    monkeypatch.setenv("COLORFGBG", colorfgbg)
    async with person_at(real, WIDE) as person:
        await person.types("24.09.2022")
        await person.presses("2", "3", "2")
        for key in PAGES:
            await person.presses(*[key] if key else [], "down")
            for text, contrast in contrasts(person.app):
                assert contrast >= LEAST, (key, text)
            await person.presses("escape")


def contrasts(app: Questionnaire) -> Iterator[tuple[str, float]]:
    """Every text on the screen with its contrast."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip.apply_filter(app._filters[-1], app.background_colors[1]):
            style = segment.style
            if segment.text.strip(" │▌▏▅▄▆▇▂▃█▁▊▎") and style is not None and not style.reverse:
                yield segment.text, contrast_of(style)


def contrast_of(style: Style) -> float:
    """The contrast ratio of WCAG 2.1 between a style's two colours."""
    assert style.color is not None
    assert style.bgcolor is not None
    light = [luminance(color.get_truecolor()) for color in (style.color, style.bgcolor)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def luminance(color: ColorTriplet) -> float:
    """The relative luminance of WCAG 2.1."""
    red, green, blue = ((c / 12.92) if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
