"""A click that brings a blank screen back answers nothing, whatever was clicked before."""

from pathlib import Path

import pytest
from rich.style import Style
from textual.events import Click, MouseDown, MouseUp
from textual.geometry import Offset

from assistant.rulebook.model import Rulebook
from tests.support.screen_user import Person, person_at
from tests.support.small_rulebook import small_rulebook


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path / "rulebook")


async def clicks(person: Person, at: Offset) -> str:
    """Press and release a mouse button as a terminal reports it, and return what is on the screen then."""
    for kind in (MouseDown, MouseUp):
        person.app.post_message(kind(None, at.x, at.y, 0, 0, 1, False, False, False, at.x, at.y))
        await person.reads()
    return await person.reads()


def choice(person: Person, index: int) -> Offset:
    """Return where a choice of the question stands."""
    return person.app.screen.query_one("#choices").content_region.offset + Offset(5, index)


async def test_a_click_on_a_choice_that_is_gone_by_then_does_nothing(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", "escape")
        choices = person.app.screen.query_one("#choices")
        gone = Style.from_meta({"option": 99})
        choices.post_message(Click(choices, 0, 0, 0, 0, 1, False, False, False, 0, 0, gone))
        assert "On which day?" in await person.reads()
        assert person.replies == {"act": "done"}


@pytest.mark.parametrize("clicked_before", [False, True])
async def test_a_click_brings_a_blank_screen_back_and_chooses_nothing(small: Rulebook, clicked_before: bool) -> None:
    async with person_at(small) as person:
        await person.reads()
        if clicked_before:
            await clicks(person, choice(person, 1))
            assert person.replies == {"act": "planned"}
            await person.presses("escape", "b")
        before, replies = await person.reads(), person.replies
        other = choice(person, 0)
        await person.app.go_blank()
        assert await clicks(person, other) == before
        assert person.replies == replies
        await clicks(person, other)
        assert person.replies == {"act": "done"}
