"""On the screen an answer can be as exact as the person knows it."""

import pytest

from assistant.rulebook.question import QuestionType
from assistant.rulebook.ranges import NumberRange, OptionSet
from assistant.rulebook.source import Basis, Sources, Statute
from tests.support.random_rulebooks import question, rule, rulebook
from tests.support.screen_user import person_at

BOOK = rulebook(
    [question("c", QuestionType.CHOICE, "abc"), question("n", QuestionType.NUMBER)],
    [rule("either", "x", {"c": ["a", "b"]}), rule("long", "z", {"n": {"over": 30}})],
).replacing(sources=Sources(statutes=(Statute(id="law", reference="Art. 1", effect="Prison.", basis=Basis.CHECKED),)))


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        (("down", "space", "down", "space", "enter"), OptionSet(options=("a", "b"))),
        (("down", "space", "down", "space", "down", "enter"), OptionSet(options=("a", "b"))),
        (("down", "space", "down", "enter"), OptionSet(options=("a", "b"))),
        (("down", "space", "enter"), "a"),
        (("down", "space", "space", "enter"), "a"),
        (("down", "space", "down", "space", "space", "up", "enter"), "a"),
        (("down", "space", "3"), "c"),
    ],
)
async def test_marked_options_are_one_answer(keys: tuple[str, ...], reply: object) -> None:
    async with person_at(BOOK) as person:
        await person.presses(*keys)
        assert person.replies == {"c": reply}


async def test_marks_are_seen_and_said_back() -> None:
    async with person_at(BOOK) as person:
        assert "[×] a" in await person.presses("down", "space")
        shown = await person.presses("down", "enter", "escape", "b")
        assert "Your reply so far: “a” or “b”" in shown
        assert "[×] b" in shown


async def test_a_typed_range_is_recorded_and_the_question_says_what_a_narrower_answer_decides() -> None:
    async with person_at(BOOK) as person:
        await person.presses("1")
        shown = await person.types("28-31")
        assert person.replies == {"c": "a", "n": NumberRange(start=28, up_to=31)}
        assert "1 answer is not exact. A more exact one may still change the findings." in " ".join(shown.split())
        shown = await person.presses("escape", "b")
        assert "Your reply so far: 28 to 31" in shown
        assert "“z”: applies with: 31; excluded with: 28 to 30." in shown
