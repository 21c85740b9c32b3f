"""What leaves: a letter at once while nothing is answered, else its second press, and never in a field."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.person import CLEARED, CTRL_C, CTRL_Q, ESC, Person, two_questions

FIRST, SECOND = "On which day did it happen", "How did he serve"
BY_LETTER = ["q", "й", "Q", "Й"]


@contextmanager
def person(folder: Path, *words: str) -> Iterator[Person]:
    with two_questions(folder, *words) as session:
        somebody = Person(session)
        somebody.waits_for(FIRST)
        yield somebody


@contextmanager
def answered(folder: Path) -> Iterator[Person]:
    with person(folder) as somebody:
        somebody.does([("24.09.2022\r", SECOND)])
        yield somebody


@pytest.mark.parametrize("key", BY_LETTER)
def test_a_letter_leaves_at_once_while_nothing_is_answered(tmp_path: Path, key: str) -> None:
    with person(tmp_path) as somebody:
        somebody.does([(ESC, ""), (key, "")])
        assert somebody.ends() == 0
        assert somebody.received.endswith(CLEARED)


@pytest.mark.parametrize("key", [*BY_LETTER, CTRL_C])
def test_with_answers_the_first_press_says_that_a_second_leaves(tmp_path: Path, key: str | bytes) -> None:
    with answered(tmp_path) as somebody:
        before = somebody.sees
        somebody.does([(key, "")])
        assert somebody.goes_on
        assert somebody.sees != before
        somebody.types(key)
        assert somebody.ends() == 0
        assert somebody.received.endswith(CLEARED)


@pytest.mark.parametrize("keys", ["qй", "10 дней", "й" * 5])
def test_in_a_field_they_are_text(tmp_path: Path, keys: str) -> None:
    with person(tmp_path) as somebody:
        somebody.does([(keys, keys)])
        assert somebody.goes_on


@pytest.mark.parametrize("typed", ["", "24.09"])
def test_the_key_that_interrupts_leaves_from_a_field_too(tmp_path: Path, typed: str) -> None:
    with person(tmp_path) as somebody:
        somebody.does([(typed, typed)])
        somebody.types(CTRL_C)
        assert somebody.ends() == 0


def test_the_key_that_always_leaves_does_so_with_answers_too(tmp_path: Path) -> None:
    with answered(tmp_path) as somebody:
        somebody.types(CTRL_Q)
        assert somebody.ends() == 0
