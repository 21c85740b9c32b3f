"""What is said of a key that was no answer is said in the language that is read now."""

from assistant.rulebook.model import Rulebook
from tests.support.screen_user import person_at


async def test_what_is_wrong_with_a_typed_day_is_said_in_the_other_language_too(rulebook: Rulebook) -> None:
    async with person_at(rulebook, (130, 40)) as person:
        await person.reads()
        assert "This cannot be read." in await person.types("octoberx")
        screen = await person.presses("f2")
        assert "Это не удалось прочитать." in screen
        assert "This cannot be read." not in screen
        assert "This cannot be read." in await person.presses("f2")


async def test_how_to_choose_is_said_in_the_other_language_too(rulebook: Rulebook) -> None:
    async with person_at(rulebook, (130, 40)) as person:
        await person.reads()
        await person.presses("escape", "d")
        assert "Type the number of an answer" in await person.presses("enter")
        screen = await person.presses("l")
        assert "Нажмите номер ответа" in screen
        assert "Type the number of an answer" not in screen
