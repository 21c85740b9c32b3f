"""How long a key takes, told by what another key takes in the same run."""

import time

import pytest

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from tests.support.screen_user import NARROW, Person, person_at

ANSWERS = ("2", "3", "2", "1")
PEER = "o"
"""All questions: a page that computes nothing."""


async def seconds(person: Person, key: str) -> float:
    """The fastest of some openings of a page; each is closed again."""
    taken = []
    for _attempt in range(4):
        begun = time.perf_counter()
        await person.presses(key)
        taken.append(time.perf_counter() - begun)
        await person.presses("escape")
    return min(taken)


@pytest.mark.parametrize("key", ["w", "i", "c", "p"])
async def test_an_explanation_opens_about_as_fast_as_a_page_that_computes_nothing(key: str) -> None:
    rulebook = load_rulebook(default_folder())
    assert isinstance(rulebook, Rulebook)
    async with person_at(rulebook, NARROW) as person:
        await person.types("10.04.2022")
        await person.presses(*ANSWERS)
        peer = await seconds(person, PEER)
        assert await seconds(person, key) < 4 * peer, peer
