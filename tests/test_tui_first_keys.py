"""Keys that are pressed before there is anything to see: they wait or are dropped, and never end the program."""

import os
import random
from collections.abc import Iterator

import pytest

from assistant.rulebook.translation import in_language
from tests.monkey.actions import Action
from tests.monkey.play import Play
from tests.support.project import ROOT, loaded
from tests.support.session import busy_machine

STARTS = int(os.environ.get("STARTS", "1"))
KEYS = (
    *"fowicptalx?d1s",
    "а",
    "щ",
    "в",
    "\r",
    "\x1b",
    "\x1b[27u",
    "\t",
    "\x1bOP",
    "\x1b[B",
    "\x1b[<0;5;5M",
    "24.09.2022\r",
)
"""But for those that leave."""


def early_keys(seed: int, kinds: tuple[str, ...]) -> Iterator[Action]:
    """Keys from the start until well after the first screen is there."""
    chance = random.Random(seed)
    for _ in range(chance.randrange(2, 30)):
        yield Action("early", chance.choice(kinds).encode(), pause=chance.random() / 4)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_keys_before_the_first_screen_end_nothing(language: str) -> None:
    seed = random.randrange(10**6)
    rulebook = in_language(loaded(ROOT), language)
    with busy_machine():
        for start in range(seed, seed + STARTS):
            found = Play(f"start {start}", rulebook).run(early_keys(start, KEYS), (), 30)
            assert found.faults == [], str(found)


@pytest.mark.parametrize("key", ["f", "й", *(pytest.param(key, marks=pytest.mark.long) for key in "аq")])
def test_one_key_again_and_again_from_the_beginning_is_no_crash(key: str) -> None:
    keys = [Action("early", key.encode(), pause=0.05) for _ in range(60)]
    with busy_machine():
        found = Play(f"{key} from the beginning", loaded(ROOT)).run(keys, (), 30)
    assert found.faults == [], str(found)
