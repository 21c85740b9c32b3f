"""The two modes of a question about a day or a number: in its field keys are text, below it commands."""

import datetime
from pathlib import Path

import pytest

from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.tui.pages.overview_page import OverviewPage
from assistant.tui.widgets.panels import Panel
from tests.support.answer_field import AT_THE_DAY, AT_THE_DAYS, asked, below_the_field, field, main_page
from tests.support.screen_user import NARROW, ONCE_MORE, WIDE, Person, person_at
from tests.support.small_rulebook import small_rulebook


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path)


def is_typing(person: Person) -> bool:
    return main_page(person).field is not None


# In the field, keys are text


@pytest.mark.parametrize(
    ("language", "replies"),
    [
        pytest.param("en", AT_THE_DAY, id="day"),
        pytest.param("ru", AT_THE_DAYS, id="days"),
        pytest.param("ru", AT_THE_DAY, marks=pytest.mark.long, id="day-ru"),
        pytest.param("en", AT_THE_DAYS, marks=pytest.mark.long, id="days-en"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "10 дней",
        "май 2026",
        "24 s 2022",
        "24 dec 2022",
        "2022-09-24 d",
        "24 августа 2022",
        "2 days 5 h",
        "3 дня",
        "3 суток",
        "октябрь 2025",
        "осень 2022",
        "йцукенгшщзхъфывапролджэячсмитьбю",
        "qwertyuiopasdfghjklzxcvbnm",
        "?.,;:!@#$%&*()[]{}",
    ],
)
async def test_every_letter_is_text_and_nothing_is_left_or_answered(
    small: Rulebook, language: str, replies: dict[str, Reply], text: str
) -> None:
    async with asked(small, replies, language) as person:
        await person._pilot.press(*text)
        assert person.app.is_running
        assert field(person) == text
        assert (person.replies, person.app.language, person.app.screen) == (replies, language, main_page(person))


@pytest.mark.parametrize(
    ("replies", "text"),
    [
        *((AT_THE_DAY, text) for text in ("24 s 2022", "2022-09-24 d", "24.09.2022 1", "1", "q", "29.02.2023")),
        *((AT_THE_DAYS, text) for text in ("1 5", "d", "1 d 2", "999", "-1", "1.5")),
    ],
    ids=str,
)
async def test_what_is_no_answer_stays_in_the_field_with_a_message(
    small: Rulebook, replies: dict[str, Reply], text: str
) -> None:
    async with asked(small, replies) as person:
        await person._pilot.press(*text)
        before = below_the_field(person)
        await person.presses("enter")
        assert person.replies == replies
        assert field(person) == text
        assert is_typing(person)
        assert below_the_field(person) not in {"", before}
        await person.presses("backspace")
        assert (field(person), below_the_field(person)) == (text[:-1], before)  # the message was about other text


async def test_nothing_is_recorded_without_enter(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person._pilot.press(
            *"24.09.2022", "f1", "escape", "f2", "f2", "escape", "down", "up", "up", "left", "tab"
        )
        await person.presses("f", "f", "o", "escape", "w", "escape", "escape")
        await person.resizes(*NARROW)
        assert person.replies == AT_THE_DAY
        assert field(person) == "24.09.2022"
        await person.presses("enter")
        assert person.replies == {**AT_THE_DAY, "act_date": datetime.date(2022, 9, 24)}


async def test_what_is_typed_at_one_question_never_answers_another(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAYS) as person:
        await person._pilot.press(*"12", "escape")
        assert "Was there a war?" in await person.presses("b")
        assert "On which day?" in await person.presses("b")
        assert (field(person), is_typing(person)) == ("", True)
        await person.presses("enter")
        assert person.replies == AT_THE_DAYS


async def test_what_does_not_fit_is_told_and_not_cut_off_silently(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person._pilot.press(*"7" * 60)
        assert "does not fit" not in below_the_field(person)
        await person.presses("7")
        assert field(person) == "7" * 60
        assert "This does not fit here" in below_the_field(person)


# From the field to the choices, and back


@pytest.mark.parametrize(
    ("keys", "typing"),
    [
        (("escape",), False),
        (("tab",), False),
        (("down",), False),
        (("up",), True),
        (("shift+tab",), False),
        (("escape", "escape"), True),
        (("down", "up"), True),
        (("down", "down", "up"), False),
        (("down", "down", "up", "up"), True),
        (("tab", "shift+tab"), True),
        (("escape", "tab", "shift+tab"), False),
        (("escape", "tab", "shift+tab", "shift+tab"), True),
        (("escape", "f", "escape"), False),
        (("escape", "f", "escape", "escape"), True),
    ],
    ids=str,
)
async def test_keys_that_lead_from_the_field_to_the_choices_and_back(
    small: Rulebook, keys: tuple[str, ...], typing: bool
) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person._pilot.press(*"24.09")
        last_line = (await person.presses(*keys)).splitlines()[-1]
        if keys == ("shift+tab",):
            typing = is_typing(person)  # either way; but the text stays
        assert is_typing(person) is typing
        assert last_line.startswith(" Ctrl+Q leave  F1 help " if typing else " q leave  ? help ")
        assert field(person) == "24.09"
        assert person.replies == AT_THE_DAY
        await person.presses("d")
        if typing:
            assert (field(person), person.replies) == ("24.09d", AT_THE_DAY)
        else:
            assert person.replies["act_date"] is Unknown.DONT_KNOW


async def test_digits_among_the_choices_go_to_the_field(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAYS) as person:
        await person.presses("escape", "1", "2")
        assert (field(person), is_typing(person), person.replies) == ("12", True, AT_THE_DAYS)
        await person.presses("enter")
        assert person.replies["days"] == 12


async def test_a_click_into_the_field_begins_to_type_and_one_on_a_choice_chooses(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAYS) as person:
        await person.presses("escape")
        await person._pilot.click("#entry")
        await person.presses("d")
        assert (field(person), person.replies) == ("d", AT_THE_DAYS)
        await person._pilot.click("#choices", offset=(5, 1))
        await person.reads()
        assert person.replies["days"] is Unknown.SKIPPED


async def test_after_a_click_on_the_findings_letters_are_commands(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        lines = (await person.presses("1")).splitlines()
        line = next(number for number, text in enumerate(lines) if "findings may apply" in text)
        await person._pilot.click(offset=(lines[line].index("findings may apply"), line))
        await person.reads()
        assert main_page(person).active is Panel.FINDINGS
        await person.presses("o")
        assert isinstance(person.app.screen, OverviewPage)
        assert field(person) == "1"


async def test_the_keys_that_work_also_while_something_is_typed(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person.presses("7")
        assert "What happens to your answers" in await person.presses("f1")
        assert "Ваш ответ: 7 " in await person.presses("escape", "f2")


@pytest.mark.parametrize("size", [(40, 12), NARROW, WIDE])
@pytest.mark.parametrize(("language", "leave"), [("en", "Ctrl+Q leave"), ("ru", "Ctrl+Q выйти")])
async def test_the_last_line_of_the_first_question_says_how_to_leave(
    language: str, leave: str, size: tuple[int, int]
) -> None:
    rulebook = load_rulebook(default_folder())
    assert isinstance(rulebook, Rulebook)
    async with person_at(rulebook, size, language) as person:
        assert leave in (await person.reads()).splitlines()[-1]
        await person._pilot.press("ctrl+q")
        assert not person.app.is_running


# What loses answers asks first


async def test_any_other_key_takes_the_warning_away_and_does_what_it_does(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person.presses("escape")
        assert ONCE_MORE in (await person.presses("q")).splitlines()[-1]
        screen = await person.presses("o")
        assert "All questions" in screen
        assert ONCE_MORE not in screen
        assert ONCE_MORE in await person.presses("q")
        assert ONCE_MORE not in await person.presses("f12")
        assert ONCE_MORE in await person.presses("й")
        assert ONCE_MORE not in await person.presses("escape")
        assert person.app.is_running
        assert person.replies == AT_THE_DAY


async def test_while_something_is_typed_the_warning_names_the_key_that_leaves(small: Rulebook) -> None:
    async with asked(small, AT_THE_DAY) as person:
        await person.presses("q")
        assert f"Ctrl+C {ONCE_MORE}" in (await person.presses("ctrl+c")).splitlines()[-1]
        assert ONCE_MORE not in await person.presses("q")
        assert (field(person), person.app.is_running) == ("qq", True)


async def test_with_nothing_answered_but_something_typed_ctrl_c_leaves_at_once(small: Rulebook) -> None:
    async with asked(small, {}) as person:
        await person._pilot.press("ctrl+c")
        assert not person.app.is_running


@pytest.mark.parametrize("key", ["x", "ч", "delete"])
async def test_a_reply_is_taken_back_only_by_two_presses_one_after_the_other(small: Rulebook, key: str) -> None:
    again = "press again to take this reply back"
    async with asked(small, AT_THE_DAYS) as person:
        await person.presses("escape", "o", "home")
        assert again in (await person.presses(key)).splitlines()[-1]
        assert again not in await person.presses("down")
        assert again in await person.presses(key)
        assert person.replies == AT_THE_DAYS
        await person.presses(key)
        assert set(person.replies) == set(AT_THE_DAYS) - {"act_date"}
