"""The monkey sees what must not be: one of each kind is planted in the questionnaire, and named in its verdict."""

import pytest

from tests.monkey.actions import PASTE_BEGINS, PASTE_ENDS, Action
from tests.monkey.play import scripted

FIRST, SECOND, THIRD = "act_date", "service_category", "refusal"
BEGUN = (Action("wait", until=FIRST),)
FIRST_ANSWERED = (*BEGUN, Action("text", b"24.09.2022"), Action("Enter", b"\r", until=SECOND))
SECOND_ANSWERED = (*FIRST_ANSWERED, Action("choice", b"2", until=THIRD))
PLANTED_KEY = Action("F7", b"\x1b[18~", pause=0.5)
PASTE = Action("paste", PASTE_BEGINS + b"one or two" + PASTE_ENDS, pause=0.5)


@pytest.mark.parametrize(
    ("plant", "actions", "fault"),
    [
        ("exception", (*BEGUN, PLANTED_KEY), "exit code 70"),
        ("exit", (*BEGUN, PLANTED_KEY), "exit code 3"),
        ("busy for ever", (*BEGUN, PLANTED_KEY), "no key"),
        ("deaf", (*BEGUN, PLANTED_KEY, Action("letter", b"x")), "no key was acted on"),
        ("no key", (*FIRST_ANSWERED, PLANTED_KEY), "recorded without a key of its own"),
        (
            "two replies",
            (*BEGUN, Action("text", b"24.09.2022"), Action("Enter", b"\r", pause=0.5)),
            "recorded without a key of its own",
        ),
        ("another day", FIRST_ANSWERED, "the field held '24.09.2022', which reads date 2022-09-24"),
        ("unseen question", (*FIRST_ANSWERED, Action("burst", b"21", pause=0.5)), "before the question was drawn"),
        ("lost answers", (*SECOND_ANSWERED, PLANTED_KEY), "replies changed by themselves"),
        ("forgotten unasked", (*SECOND_ANSWERED, PLANTED_KEY), "forgotten without being asked"),
        ("pasted sequences", (*FIRST_ANSWERED, PASTE), "which was only pasted"),
    ],
)
def test_what_was_planted_is_named(plant: str, actions: tuple[Action, ...], fault: str) -> None:
    found = scripted(actions, plant)
    assert any(fault in each for each in found.faults), str(found)


def test_without_a_plant_nothing_is_named() -> None:
    found = scripted((*SECOND_ANSWERED, PASTE, PLANTED_KEY))
    assert found.faults == [], str(found)
    assert found.replied == 2
