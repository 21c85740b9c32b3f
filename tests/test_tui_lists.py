"""Moving in lists that nobody has seen yet."""

import pytest

from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from assistant.tui.widgets.choices import Choices


@pytest.mark.parametrize("step", ["up", "down", "first", "last", "page_up", "page_down"])
async def test_a_list_that_is_not_laid_out_yet_can_be_moved_in(rulebook: Rulebook, step: str) -> None:
    app = Questionnaire(rulebook, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        findings = app.screen.query_one("#findings", Choices)
        findings.highlighted = 0
        findings.move(step)
        await pilot.press("tab", "pagedown", "pageup", "end", "home")
        assert app.crash is None
