"""Why a question is asked, how a finding came about, what would change it, and what if: through the keys."""

from pathlib import Path

import pytest

from assistant.documents.problem import EngineError
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.tui.widgets.reading import CURSOR_MARK
from tests.support.screen_user import (
    DAY,
    NARROW,
    NOT_KNOWN,
    NOTICE,
    ONCE_MORE,
    TO_THE_END,
    WIDE,
    Person,
    finding_page,
    person_at,
)
from tests.support.small_rulebook import small_rulebook

SIZES = [NARROW, WIDE]


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path)


@pytest.fixture(scope="module")
def real() -> Rulebook:
    loaded = load_rulebook(default_folder())
    assert isinstance(loaded, Rulebook)
    return loaded


async def soldier(person: Person) -> None:
    """10.04.2022, contract soldier, refused by word of mouth, has not left, in Russia with his unit."""
    await person.types("10.04.2022")
    await person.presses("2", "3", "2", "1")


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_says_which_findings_it_can_decide_and_which_way(
    small: Rulebook, size: tuple[int, int]
) -> None:
    async with person_at(small, size) as person:
        screen = await person.presses("w")
        assert "Why is this asked?" in screen
        assert "Was it done?" in screen
        assert "excluded with: Neither" in screen
        assert "→ Prison is possible" in screen
        assert "■ Prison" not in await person.presses("enter")
        assert "Why it has this status" in await person.reads()
        await person.presses("escape")
        assert "Your answers" not in await person.presses("escape")
        assert person.replies == {}


async def test_the_reasons_for_a_question_are_told_in_russian_too(small: Rulebook) -> None:
    async with person_at(small, NARROW, "ru") as person:
        screen = await person.presses("ц")
        assert "Сделано ли это?" in screen
        assert "Возможна тюрьма" in screen


async def test_a_finding_tells_the_conditions_that_failed(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("1", *NOT_KNOWN, "d")
        await person.types("1")
        screen = await person.presses("f", "end", "enter", "end", "enter")
        assert "excluded" in screen
        assert "Not met: How many days? — 3 or more; the answer is: 1" in screen


async def test_every_step_of_a_derivation_is_unfolded_by_a_key_and_folded_again(small: Rulebook) -> None:
    async with person_at(small, (130, 60)) as person:
        before = await finding_page(person)
        assert "The rule prison-for-long holds" not in before
        unfolded = await person.presses("down", "enter")
        assert "The rule prison-for-long holds" in unfolded
        assert "contradicts: “Nobody [fora] was punished”" in unfolded
        assert "The rule prison-for-long holds" not in await person.presses("enter")


@pytest.mark.parametrize(
    ("step", "leads_to"),
    [("How many days?", "Your reply so far: "), ("contradicts: “Nobody [fora] was punished”", "Quotation 1 of 2")],
)
async def test_every_step_leads_to_its_question_or_to_its_words(small: Rulebook, step: str, leads_to: str) -> None:
    async with person_at(small, (130, 60)) as person:
        await finding_page(person)
        screen = await person.presses("down", "enter")
        for _step in range(20):
            if any(CURSOR_MARK in line and step in line for line in screen.splitlines()):
                break
            screen = await person.presses("down")
        assert leads_to in await person.presses("enter")


async def test_a_finding_says_what_would_change_it_and_leads_to_that_question(small: Rulebook) -> None:
    async with person_at(small, (130, 60)) as person:
        await finding_page(person)
        screen = await person.presses("down", "down", "enter")
        assert "The smallest change to “excluded”" in screen
        assert "(you said: " in screen
        screen = await person.presses("down", "enter")
        assert "Your reply so far: " in screen
        assert person.replies["days"] == 3


@pytest.mark.parametrize("size", SIZES)
async def test_what_if_shows_what_appears_and_vanishes_and_changes_no_answer(
    small: Rulebook, size: tuple[int, int]
) -> None:
    async with person_at(small, size) as person:
        await person.presses("1")
        await person.types(DAY)
        await person.presses("1")
        await person.types("3")
        before = person.replies
        assert "(you said: 3)" in await person.presses("i")
        screen = await person.reads()
        await person.presses(*["down"] * screen[: screen.index("(you said: 3)")].count("→"))
        await person.presses("up")
        screen = await person.presses("enter")
        assert "Only supposed, your answers stay as they are:" in screen
        assert "would" in screen
        finding = await person.presses("enter")
        assert "Only supposed" in finding
        assert "What it rests on, and who says so" in finding
        await person.presses("escape", "escape", "escape")
        assert person.replies == before


async def test_any_other_answer_to_any_question_can_be_supposed(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("1", *NOT_KNOWN, "d", *NOT_KNOWN, "1")
        screen = await person.presses("o", "home", "i")
        assert "Was it done? You said: It was done" in screen
        assert "→ It is planned" in screen
        assert "This would contradict other answers." in screen
        assert "Only supposed" in await person.presses("enter")


async def test_the_end_offers_what_can_be_done_with_the_answers(small: Rulebook) -> None:
    async with person_at(small) as person:
        screen = await person.presses(*TO_THE_END)
        for offered in (
            "o  Look through my answers",
            "i  See what would",
            "c  See the same",
            "p  Take a summary along",
            "k  Save the answers, encrypted",
        ):
            assert offered in screen
        assert "A summary to take along" in await person.presses("down", "down", "down", "down", "down", "enter")
        await person.presses("escape")
        assert "will be forgotten" in await person.presses("end", "enter")


async def test_without_answers_what_if_says_how_to_begin(small: Rulebook) -> None:
    async with person_at(small) as person:
        assert "Nothing to suggest yet." in await person.presses("i")


@pytest.mark.parametrize("size", SIZES)
async def test_the_timeline_shows_when_which_finding_holds(small: Rulebook, size: tuple[int, int]) -> None:
    async with person_at(small, size) as person:
        await person.presses("1")
        await person.types(DAY)
        screen = await person.presses("c")
        assert "When which finding holds" in screen
        assert "the day that was given: 01.03.2022" in screen
        assert "■ applies" in screen
        assert "Only supposed" in await person.presses("enter", "enter")


async def test_the_timeline_leads_to_what_each_finding_rests_on(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1")
        await person.types(DAY)
        await person.presses("c", *["down"] * 20)
        assert "What it rests on" in await person.presses("enter", "end")


@pytest.mark.parametrize("language", ["en", pytest.param("ru", marks=pytest.mark.long)])
@pytest.mark.parametrize("size", [*SIZES, (190, 50)])
async def test_every_explanation_of_the_real_rulebook_opens(
    real: Rulebook, size: tuple[int, int], language: str
) -> None:
    async with person_at(real, size, language) as person:
        await soldier(person)
        before = person.replies
        for key in "wic":
            depth = len(person.app.screen_stack)
            await person.presses(key)
            assert len(person.app.screen_stack) == depth + 1
            await person.presses("end", "home", "down", "enter", "l", "l")
            await person.app.close_pages()
        assert person.replies == before


@pytest.mark.parametrize("key", ["w", "i"])
async def test_when_the_engine_fails_a_page_says_so_and_can_be_closed(
    small: Rulebook, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with person_at(small) as person:
        await person.presses("1", "escape")

        def fail(*_: object) -> None:
            raise EngineError

        monkeypatch.setattr("assistant.tui.pages.why_page.why_asked", fail)
        monkeypatch.setattr("assistant.tui.pages.what_if_page.suggestions", fail)
        assert "The rules engine failed." in await person.presses(key)
        assert "On which day?" in await person.presses("escape")


NEW_PAGES = {
    "why": ("w",),
    "what if": ("1", "escape", "i"),
    "comparison": ("1", "escape", "i", "enter"),
    "supposed finding": ("1", "escape", "i", "enter", "enter"),
    "what if of a question": ("1", "escape", "o", "home", "i"),
    "timeline": ("c",),
}


@pytest.mark.parametrize(
    ("page", "key"),
    [*((page, "ctrl+q") for page in NEW_PAGES), *((page, key) for page in ("why", "timeline") for key in "qй")],
)
async def test_one_key_leaves_every_new_page_at_once_if_nothing_is_lost_or_it_is_ctrl_q(
    small: Rulebook, page: str, key: str
) -> None:
    async with person_at(small) as person:
        assert NOTICE in await person.presses(*NEW_PAGES[page])
        await person._pilot.press(key)
        assert not person.app.is_running
        assert person.app.return_code == 0


@pytest.mark.parametrize("page", [page for page, keys in NEW_PAGES.items() if "1" in keys])
@pytest.mark.parametrize("key", ["q", "й", "ctrl+c"])
async def test_with_answers_a_letter_or_ctrl_c_leaves_every_new_page_when_pressed_twice(
    small: Rulebook, page: str, key: str
) -> None:
    async with person_at(small) as person:
        await person.presses(*NEW_PAGES[page])
        assert ONCE_MORE in (await person.presses(key)).splitlines()[-1]
        still_there = person.app.is_running
        assert still_there
        await person._pilot.press(key)
        assert person.app.return_code == 0
        assert not person.app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_an_article_says_who_speaks_and_what_he_is_cited_for(small: Rulebook, size: tuple[int, int]) -> None:
    async with person_at(small, size) as person:
        await finding_page(person)
        screen = await person.presses(*["down"] * 12, "enter")
        assert "Quotation 1 of 2" in screen
        assert "Said by: A lawyer, a lawyer" in screen
        assert "contradicts: Prison is possible" in screen
        assert "Quotation 2 of 2" in await person.presses("n")
        assert "supports: Ask a lawyer" in await person.reads()
        assert "Quotation 1 of 2" in await person.presses("p")


async def test_a_very_wide_window_shows_the_finding_under_the_cursor_beside_the_list(small: Rulebook) -> None:
    async with person_at(small, (190, 50)) as person:
        await person.presses("1")
        await person.types(DAY)
        await person.presses("d")
        screen = await person.types("3")
        assert "Go to a finding to see here" in screen
        assert "Was there" in screen or "He [sic]" in screen
        screen = await person.presses("f", "down")
        assert "Met: How many days? — 3 or more" in screen
        assert "“Nobody [fora] was punished”" in screen
        assert "What it rests on" not in await person.resizes(150, 50)
