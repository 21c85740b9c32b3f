"""The summary that is written only on the user's word, the next case, and the screen that goes blank."""

from pathlib import Path

import pytest

from assistant.assessment.assessor import Assessor
from assistant.interview.receipt import Receipt, load_receipt, verify
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from assistant.tui.pages.blank_page import BlankPage
from tests.support.folder import entries
from tests.support.screen_user import DAY, NARROW, NOTICE, ONCE_MORE, WIDE, Person, person_at
from tests.support.small_rulebook import small_rulebook

KEYS = {".": "full_stop", "-": "minus", "_": "underscore", "/": "slash", " ": "space"}


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path / "rulebook")


async def names(person: Person, path: Path) -> str:
    """What the screen says after a name is typed, or pasted, and Enter."""
    await person.presses(*(KEYS.get(char, char) for char in str(path)))
    return await person.presses("enter")


async def writing(person: Person) -> str:
    await person.presses("1")
    await person.types(DAY)
    await person.presses("p")
    return await person.presses("p")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_summary_is_shown_before_it_is_written(small: Rulebook, size: tuple[int, int]) -> None:
    async with person_at(small, size) as person:
        await person.presses("1", "escape")
        screen = await person.presses("p")
        assert "A summary to take along" in screen
        assert "not encrypted" in screen
        assert "- Was it done? — It was done" in screen + await person.presses("pagedown")


async def test_a_finding_in_the_summary_leads_to_what_it_rests_on(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", "escape", "p", *["down"] * 12)
        assert "What it rests on" in await person.presses("enter", "end")


async def test_an_answer_can_be_left_out_of_the_summary(small: Rulebook) -> None:
    async with person_at(small, (130, 60)) as person:
        await person.presses("1", "escape", "p", "down", "down", "enter")
        screen = await person.presses("down", "enter")
        assert "left out: Was it done? — It was done" in screen
        assert "- Was it done?" not in screen
        assert "1 reply is left out here." in screen
        assert "- Was it done?" in await person.presses("enter")
        assert person.replies == {"act": "done"}


@pytest.mark.parametrize(
    ("name", "holds"),
    [("a.txt", "===="), ("a.md", "## "), ("a.html", "<!DOCTYPE html>"), ("a.json", '"receipt"')],
)
async def test_it_is_written_in_the_form_that_the_name_asks_for(
    small: Rulebook, tmp_path: Path, name: str, holds: str
) -> None:
    path = tmp_path / "q l t" / name
    path.parent.mkdir()
    async with person_at(small, WIDE) as person:
        assert "not encrypted" in await writing(person)
        screen = await names(person, path)
        assert "Written: " in screen
        assert "write nothing" not in screen
        assert person.app.is_running
    assert holds in path.read_text(encoding="utf-8")
    assert entries(path.parent) == [name]


async def test_the_receipt_can_be_verified(small: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    async with person_at(small, WIDE) as person:
        await writing(person)
        await names(person, path)
    made = load_receipt(path)
    assert isinstance(made, Receipt)
    assert verify(Assessor(small), made).same


async def test_a_file_in_the_way_is_overwritten_only_after_a_second_enter(small: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("precious", encoding="utf-8")
    async with person_at(small, WIDE) as person:
        await writing(person)
        assert "There is a file of this name." in await names(person, path)
        assert path.read_text(encoding="utf-8") == "precious"
        await person.presses("x", "backspace")
        assert "There is a file of this name." in await person.presses("enter")
        assert path.read_text(encoding="utf-8") == "precious"
        assert "Written: " in await person.presses("enter")
        assert path.read_text(encoding="utf-8") != "precious"


@pytest.mark.parametrize("name", ["a.doc", "a", "nowhere/a.txt"])
async def test_a_name_that_cannot_be_is_told(small: Rulebook, tmp_path: Path, name: str) -> None:
    async with person_at(small, WIDE) as person:
        await writing(person)
        screen = await names(person, tmp_path / name)
        assert "has to end in" in screen or "There is no such folder." in screen
    assert entries(tmp_path) == ["rulebook"]


async def test_letters_are_typed_there_and_esc_writes_nothing(small: Rulebook, tmp_path: Path) -> None:
    async with person_at(small, WIDE) as person:
        await writing(person)
        assert "File: qltbй?1d" in await person.presses(*"qltbй", "question_mark", *"1d")
        assert "A summary to take along" in await person.presses("escape")
        assert person.replies["act"] == "done"
        await person._pilot.press("p", "ctrl+q")
        assert not person.app.is_running


async def test_the_next_case_begins_after_one_question_back(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("1", "2", "4", "escape", "f", "enter", "r")
        assert "2 reply" not in await person.reads()
        assert "1 reply will be forgotten." in await person.reads()
        await person.presses("escape")
        assert person.replies == {"act": "done"}
        await person.presses("к", "enter", "enter", "space", "backspace")
        assert person.replies == {"act": "done"}
        screen = await person.presses("delete")
        assert "Was it done?" in screen
        assert "Prison is possible" not in screen
        assert person.replies == {}
        assert "Your answer:  " in await person.presses("1")


@pytest.mark.parametrize("word", ["срочник", "контракт", "reservist"])
async def test_a_word_and_enter_where_letters_are_commands_forget_nothing(small: Rulebook, word: str) -> None:
    async with person_at(small) as person:
        await person.presses("1", "escape", *word, "enter")
        assert person.replies.get("act") == "done"


async def test_with_nothing_to_lose_the_next_case_asks_nothing(small: Rulebook) -> None:
    async with person_at(small) as person:
        assert "Was it done?" in await person.presses("r")


async def test_a_blank_screen_comes_back_with_a_key_that_answers_nothing(small: Rulebook) -> None:
    async with person_at(small) as person:
        before = await person.presses("1", "escape")
        await person.app.go_blank()
        assert not (await person.reads()).strip()
        assert await person.presses("d") == before
        assert person.replies == {"act": "done"}
        await person.presses("d")
        assert person.replies["act_date"] is Unknown.DONT_KNOW


async def test_after_some_time_without_a_key_the_screen_is_blank(
    small: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Questionnaire, "BLANK_AFTER", 0.2)
    async with person_at(small) as person:
        await person._pilot.pause(0.6)
        assert isinstance(person.app.screen, BlankPage)


async def test_each_key_puts_the_blank_screen_off_by_its_time_and_no_more(
    small: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual's own timers would wait up to twice as long, and not at all while the device sleeps."""
    hour = 0.0
    monkeypatch.setattr("assistant.tui.terminal.idleness.seconds", lambda: hour)
    monkeypatch.setattr(Questionnaire, "IDLE_CHECK_INTERVAL", 0.01)
    async with person_at(small) as person:

        async def is_blank(at: float) -> bool:
            nonlocal hour
            hour = at
            await person._pilot.pause(0.1)
            return isinstance(person.app.screen, BlankPage)

        assert not await is_blank(299)
        await person.presses("1")
        assert not await is_blank(300)
        assert not await is_blank(598)
        assert await is_blank(599)
        await person.presses("x")
        assert not await is_blank(898)
        assert await is_blank(36_000)  # the lid was closed


@pytest.mark.parametrize(
    ("before", "key"),
    [((), "q"), ((), "й"), ((), "ctrl+c"), ((), "ctrl+q"), (("1",), "ctrl+q"), (("1", "2"), "ctrl+q")],
)
async def test_a_blank_screen_is_left_like_any_other(small: Rulebook, before: tuple[str, ...], key: str) -> None:
    async with person_at(small) as person:
        await person.presses(*before)
        await person.app.go_blank()
        await person._pilot.press(key)
        assert not person.app.is_running


@pytest.mark.parametrize("key", ["q", "й", "ctrl+c"])
@pytest.mark.parametrize("before", [("1", "2"), ("1", "escape")])
async def test_with_answers_a_blank_screen_comes_back_before_it_is_left(
    small: Rulebook, before: tuple[str, ...], key: str
) -> None:
    async with person_at(small) as person:
        screen = await person.presses(*before)
        await person.app.go_blank()
        assert await person.presses(key) == screen
        assert person.replies == {"act": "done"}


async def test_it_opens_with_given_replies(small: Rulebook) -> None:
    app = Questionnaire(small, "en", {"act": "done", "war": Unknown.SKIPPED})
    async with app.run_test(size=NARROW) as pilot:
        assert "On which day?" in await Person(app, pilot).reads()


@pytest.mark.parametrize("page", [("1", "escape", "p"), ("1", "escape", "r")])
@pytest.mark.parametrize("key", ["q", "ctrl+q", "й"])
async def test_ctrl_q_leaves_the_summary_and_the_next_case_and_so_does_a_letter_pressed_twice(
    small: Rulebook, page: tuple[str, ...], key: str
) -> None:
    async with person_at(small) as person:
        assert NOTICE in await person.presses(*page)
        if key != "ctrl+q":
            assert ONCE_MORE in await person.presses(key)
            assert person.app.is_running
        await person._pilot.press(key)
        assert not person.app.is_running
