"""What is typed into the field of a question can be corrected, is never copied, and comes in its turn."""

import datetime
from pathlib import Path

import pytest
from textual.events import Key, Paste

from assistant.rulebook.model import Rulebook
from assistant.tui.pages.main_page import MainPage
from assistant.tui.pages.save_page import SavePage
from tests.support.answer_field import AT_THE_DAY, AT_THE_DAYS, asked, below_the_field, field, main_page
from tests.support.screen_user import NOT_KNOWN, Person, person_at
from tests.support.small_rulebook import small_rulebook


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path)


async def types_at_once(person: Person, *keys: str) -> str:
    """The screen after keys that were all pressed before any of them was handled."""
    for key in keys:
        person.app.post_message(Key(key, key if len(key) == 1 else None))
    return await person.reads()


# Correcting what is typed


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("left", "left", "3"), "24.09.20322"),
        (("left", "backspace", "3"), "24.09.2032"),
        (("home", "delete"), "4.09.2022"),
        (("home", "1", "end", "5"), "124.09.20225"),
        (("ctrl+u",), ""),
        (("left", "left", "ctrl+u"), "22"),
        (("left", "left", "ctrl+k"), "24.09.20"),
        (("ctrl+w", "1"), "24.09.1"),
        (("shift+left", "shift+left", "3"), "24.09.203"),
        (("shift+home", "1"), "1"),
        (("shift+home", "backspace", "9"), "9"),
        (("ctrl+a", "ctrl+h"), "24.09.2022"),
        (("ctrl+h",), "24.09.202"),
        (("backspace",), "24.09.202"),
    ],
    ids=str,
)
async def test_what_is_typed_can_be_corrected(small: Rulebook, keys: tuple[str, ...], text: str) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person._pilot.press(*"24.09.2022", *keys)
        assert field(person) == text
        assert person.replies == AT_THE_DAY


@pytest.mark.parametrize(
    "key", ["ctrl+x", "ctrl+c", "ctrl+v", "super+c", "ctrl+insert", "shift+delete", "ctrl+shift+c"]
)
async def test_nothing_that_is_typed_reaches_a_clipboard_or_comes_from_one(
    small: Rulebook, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with asked(small, AT_THE_DAY) as person:
        written: list[str] = []
        assert person.app._driver is not None
        monkeypatch.setattr(person.app._driver, "write", written.append)
        await person._pilot.press(*"24.09.2022", "shift+home", key)
        await person.reads()
        assert person.app.is_running
        assert field(person) == "24.09.2022"
        assert person.app.clipboard == ""
        assert "\x1b]52" not in "".join(written)


# Keys that come before their time


async def test_a_choice_that_is_typed_ahead_answers_no_question_that_was_not_in_sight(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAYS) as person:
        await types_at_once(person, *"12", "enter", "1", "1", "2", "d", "s")
        assert person.replies == {**AT_THE_DAYS, "days": 12}
        await person.presses("2")
        assert person.replies["letter"] is False


async def test_text_that_is_typed_ahead_stays_in_the_field_and_its_enter_is_dropped(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.reads()
        await types_at_once(person, *"124.09.2022", "enter", "enter")
        assert (field(person), person.replies) == ("24.09.2022", AT_THE_DAY)
        await person.presses("enter")
        assert person.replies["act_date"] == datetime.date(2022, 9, 24)


async def test_esc_typed_ahead_leads_to_the_choices_and_stays_there(small: Rulebook) -> None:
    async with person_at(small) as person:
        await types_at_once(person, "1", "escape")
        assert person.replies == AT_THE_DAY
        assert main_page(person).field is None
        assert main_page(person).focused is None


async def test_two_esc_at_once_close_one_page(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person.presses("escape", "k")
        assert [type(page) for page in person.app.screen_stack] == [MainPage, SavePage]
        await types_at_once(person, "escape", "escape")
        assert [type(page) for page in person.app.screen_stack] == [MainPage]
        await types_at_once(person, *["escape"] * 20)
        assert person.app.is_running
        assert person.replies == AT_THE_DAY


async def test_ctrl_q_overtakes_the_keys_before_it(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person.presses("escape")
        for key in (*["o", "escape"] * 30, "s", "ctrl+q"):
            person.app.post_message(Key(key, key if len(key) == 1 else None))
        await person._pilot._wait_for_screen()
        assert not person.app.is_running
        assert person.app.return_code == 0
        assert person.replies == AT_THE_DAY


# A paste


@pytest.mark.parametrize("text", ["9" * 61, "1\n2", "1\t2", "1\x1b[D", "\ufffd", "1\u202e"])
async def test_a_paste_that_does_not_fit_changes_nothing_and_says_so(small: Rulebook, text: str) -> None:
    async with asked(small, AT_THE_DAYS) as person:
        await person.presses("7")
        person.app.post_message(Paste(text))
        await person.reads()
        assert field(person) == "7"
        assert "This does not fit here" in below_the_field(person)
        assert person.replies == AT_THE_DAYS


async def test_a_paste_goes_to_the_cursor_and_replaces_what_is_selected(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person.presses(*"1.09.2022", "home")
        person.app.post_message(Paste("2"))
        await person.presses("shift+end")
        assert field(person) == "21.09.2022"
        person.app.post_message(Paste("9.09.2022 "))
        await person.reads()
        assert field(person) == "29.09.2022"


async def test_a_paste_at_a_choice_answers_nothing(small: Rulebook) -> None:
    async with asked(small, {}) as person:
        person.app.post_message(Paste("1"))
        person.app.post_message(Paste("1\n1\n"))
        await person.reads()
        assert person.replies == {}
        await person.presses("1", *NOT_KNOWN)
        assert set(person.replies) == {"act", "act_date"}
