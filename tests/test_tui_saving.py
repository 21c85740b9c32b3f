"""An interview that is saved from the screen, and opened again."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.strip import Strip

from assistant.assessment.assessor import Assessor
from assistant.interview.saved import EncryptedFile, decrypt, read_encrypted, to_saved
from assistant.interview.saved.saved_interview import as_bytes
from assistant.interview.state import begin
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from assistant.tui.pages.main_page import MainPage
from assistant.tui.pages.open_page import OpenPage
from assistant.tui.pages.page import SECONDS_UNTIL_FREED
from assistant.tui.pages.save_page import SavePage
from tests.support.age_by_hand import age_encrypted
from tests.support.folder import entries
from tests.support.screen_user import DAY, NARROW, WIDE, Person, person_at
from tests.support.small_rulebook import small_rulebook

PASSPHRASE = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing
SAID: dict[str, Reply] = {"act": "done", "war": Unknown.SKIPPED, "days": 3, "letter": Unknown.DONT_KNOW}


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path / "rulebook")


async def pastes(person: Person, text: str, *then: str) -> str:
    """The screen after a text at once, and some keys."""
    person.app.post_message(Paste(text))
    screen = await person.reads()
    return await person.presses(*then) if then else screen


def sealed_file(rulebook: Rulebook, path: Path, asked: str | None = None) -> EncryptedFile:
    """A file as the program saves one, but cheap to open."""
    saved = to_saved(rulebook, begin(Assessor(rulebook), SAID), asked)
    return EncryptedFile(str(path), age_encrypted(as_bytes(saved), PASSPHRASE))


@asynccontextmanager
async def person_with(rulebook: Rulebook, file: EncryptedFile, size: tuple[int, int] = NARROW) -> AsyncIterator[Person]:
    app = Questionnaire(rulebook, "en", to_open=file)
    async with app.run_test(size=size) as pilot:
        yield Person(app, pilot)


async def until(person: Person, text: str) -> str:
    """The screen, once it says this."""
    for _time in range(300):
        if text in (screen := await person.reads()):
            return screen
        await asyncio.sleep(0.05)
    raise AssertionError(text)


async def saves(person: Person, path: Path, passphrase: str = PASSPHRASE) -> str:
    """The screen after everything is typed that saving asks for."""
    await person.presses("k", "ctrl+u")
    await pastes(person, str(path), "enter")
    await pastes(person, passphrase, "enter")
    return await pastes(person, passphrase, "enter")


async def test_what_is_saved_is_opened_where_it_was_left(small: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "q l t"
    async with person_at(small, WIDE) as person:
        await person.presses("1")
        await person.types(DAY)
        await person.presses("s", "escape", "b", "b", "escape")
        replies, asked = person.replies, person.app.turn.asked
        assert "takes some seconds" in await saves(person, path)
        assert "Saved, encrypted: " in await until(person, "Saved")
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(entries(tmp_path)) == ["q l t", "rulebook"]
    content = read_encrypted(path)
    assert isinstance(content, EncryptedFile)
    async with person_with(small, content) as person:
        assert isinstance(person.app.screen, OpenPage)
        assert "•" * len(PASSPHRASE) in await pastes(person, PASSPHRASE)
        await person.presses("enter")
        await until(person, "On which day?")
        assert (person.replies, person.app.turn.asked) == (replies, asked)
        assert list(person.replies) == list(replies)
        assert person.app.saved_as == str(path)


async def test_the_passphrase_is_never_on_the_screen_and_a_weak_one_not_taken(small: Rulebook, tmp_path: Path) -> None:
    async with person_at(small, NARROW) as person:
        await person.presses("1", "escape", "k")
        await pastes(person, str(tmp_path / "x"), "enter")
        for typed in ("natasha85", "пароль"):
            screen = await person.presses(*typed)
            assert "•" * len(typed) in screen
            assert typed not in screen
            assert "too easy to guess" in await person.presses("enter")
        assert "hard to guess" in await pastes(person, PASSPHRASE, "enter")
        assert "not the same" in await person.presses("x", "enter")
    assert entries(tmp_path) == ["rulebook"]


async def test_a_passphrase_is_made_up_for_who_has_none(small: Rulebook, tmp_path: Path) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("k")
        screen = await pastes(person, str(tmp_path / "x"), "enter", "enter")
        offered = next(word for word in screen.split() if word.count("-") == 3)
        assert "hard to guess" in await pastes(person, offered, "enter")
        assert "takes some seconds" in await pastes(person, offered, "enter")
        await person.presses("escape")
        assert "Nothing was saved" in await until(person, "Nothing was saved")


async def test_a_file_in_the_way_is_replaced_only_after_a_second_enter(small: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("precious", encoding="utf-8")
    async with person_at(small, WIDE) as person:
        await person.presses("k")
        assert "Enter once more replaces it" in await pastes(person, str(path), "enter")
        await person.presses("y", "backspace")
        assert "Enter once more replaces it" in await person.presses("enter")
        await person.presses("enter")
        await pastes(person, PASSPHRASE, "enter")
        await pastes(person, PASSPHRASE, "enter")
        assert path.read_text(encoding="utf-8") == "precious"
        await until(person, "Saved, encrypted")
        assert not isinstance(decrypt(path.read_bytes(), PASSPHRASE), str)
        assert path.read_bytes().startswith(b"age-encryption.org/v1")
        screen = await person.presses("escape", "k")
        assert f"File: {path}" in screen
        await person.presses("escape", "r", "delete")
        assert f"{path}" not in await person.presses("k")  # the next case is not saved over this one


@pytest.mark.parametrize("name", ["", "nowhere/x", "rulebook", "~nobody-of-this-name/x", "x" * 300])
async def test_a_name_that_cannot_be_is_told_before_the_passphrase(
    small: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(small, WIDE) as person:
        await person.presses("k")
        await pastes(person, name, "enter")
        assert isinstance(person.app.screen, SavePage)
        assert person.app.screen.line == "name"
        assert person.app.screen.message
    assert entries(tmp_path) == ["rulebook"]


async def test_keys_are_no_answers_while_it_works_and_leaving_ends_the_work(small: Rulebook, tmp_path: Path) -> None:
    async with person_at(small, NARROW) as person:
        await saves(person, tmp_path / "x")
        assert isinstance(person.app.screen, SavePage)
        await person.presses("enter", "1", "x", "enter", "backspace")
        apart = person.app.screen._age
        assert apart is not None
        await person._pilot.press("ctrl+q")
        assert not person.app.is_running
    assert apart._process is None or apart._process.wait(5) != 0
    assert entries(tmp_path) == ["rulebook"]


async def test_a_wrong_passphrase_can_be_typed_anew(small: Rulebook, tmp_path: Path) -> None:
    async with person_with(small, sealed_file(small, tmp_path / "x", "days")) as person:
        await pastes(person, "something-else", "enter")
        assert "something" not in await until(person, "his passphrase does not open the file")
        assert person.replies == {}
        await pastes(person, PASSPHRASE, "enter")
        await until(person, "How many days?")
        assert person.replies == SAID


async def test_esc_begins_without_the_file(small: Rulebook, tmp_path: Path) -> None:
    async with person_with(small, sealed_file(small, tmp_path / "x")) as person:
        assert "Was it done?" in await person.presses("escape")
        assert (person.replies, person.app.saved_as) == ({}, "")


async def test_what_another_rulebook_does_not_take_is_told_before_it_goes_on(
    small: Rulebook, sound: Rulebook, tmp_path: Path
) -> None:
    async with person_with(sound, sealed_file(small, tmp_path / "x"), WIDE) as person:
        await pastes(person, PASSPHRASE, "enter")
        screen = await until(person, "The rules have changed")
        assert "do not fit the questions of today and are left out" in screen
        assert "- war" in screen
        await person.presses("enter")
        assert isinstance(person.app.screen, MainPage)


async def test_nothing_of_a_closed_page_stays_in_memory(small: Rulebook) -> None:
    def drawn() -> list[str]:
        return [kept.text for kept in gc.get_objects() if isinstance(kept, Strip) and "All questions" in kept.text]

    async with person_at(small) as person:
        assert "All questions" in await person.presses("o")
        assert drawn()
        await person.presses("escape")
        await asyncio.sleep(3 * SECONDS_UNTIL_FREED)
        assert not drawn()
