"""What the main page shows in windows of different sizes, and how one moves between its panels."""

import pytest
from textual.events import MouseScrollDown

from assistant.assessment.assessment import Status
from assistant.explanation.view.finding import Group
from assistant.rulebook.answer import Unknown
from assistant.rulebook.evidence import Quotation, evidence
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from assistant.tui.pages.article_page import ArticlePage
from assistant.tui.widgets.findings_panel import FindingsPanel
from assistant.tui.widgets.panels import MAX_LINE_COLUMNS
from assistant.tui.widgets.question_panel import QuestionPanel
from assistant.tui.widgets.selected_panel import SelectedPanel
from tests.support.screen_user import NARROW, WIDE, person_at

WIDEST = (190, 30)
ANSWERS = ("2", "3", "0")
"""A contract soldier, who refused by word of mouth, and has not left."""


@pytest.fixture(scope="module")
def real() -> Rulebook:
    """The rulebook that the program comes with, in both languages."""
    loaded = load_rulebook(default_folder())
    assert isinstance(loaded, Rulebook)
    return loaded


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_every_question_shows_all_that_can_be_said_in_a_narrow_window(real: Rulebook, language: str) -> None:
    app = Questionnaire(real, language, {real.questions[0].id: Unknown.DONT_KNOW})
    async with app.run_test(size=NARROW) as pilot:
        for question in real.questions:
            app.reply(question.id, Unknown.DONT_KNOW)  # it is told beside the question, and takes a line more
            app.ask(question.id)
            await pilot.pause()
            assert app.screen.query_one(QuestionPanel).max_scroll_y == 0, question.id


async def test_where_all_is_in_sight_it_does_not_say_that_there_is_more(real: Rulebook) -> None:
    async with person_at(real, NARROW) as person:
        assert person.app.screen.query_one(QuestionPanel).max_scroll_y == 0
        assert "▼ more" not in await person.reads()


async def test_where_there_is_less_room_it_says_that_there_is_more(real: Rulebook) -> None:
    async with person_at(real, (80, 16)) as person:
        assert "▼ more" in await person.types("24.09.2022")
        await person.presses(*["down"] * 9)
        screen = await person.presses("pagedown")
        assert "Skip this question" in screen
        assert "▼ more" not in screen


async def test_a_narrow_window_tells_beside_the_question_what_has_been_found(real: Rulebook) -> None:
    async with person_at(real, NARROW) as person:
        assert f"Open questions: {len(real.asked_questions) - 1} · ■ apply: 0 · " in await person.reads()
        await person.types("24.09.2022")
        screen = await person.presses(*ANSWERS)
        assert f"■ apply: {len(person.app.turn.interview.assessment.with_status(Status.ESTABLISHED))} " in screen
        assert "■ Punishment: not clear yet" in screen
        await person.resizes(*WIDE)
        assert "■ apply: " not in await person.reads()  # the findings themselves stand there


@pytest.mark.parametrize(("most_nodes", "told"), [(1, True), (1 << 20, False)], ids=["no room", "room"])
async def test_where_there_is_no_room_for_exact_statuses_it_says_so_beside_the_findings(
    sound: Rulebook, monkeypatch: pytest.MonkeyPatch, most_nodes: int, told: bool
) -> None:
    monkeypatch.setattr("assistant.assessment.space.MAX_NODES", most_nodes)
    async with person_at(sound, WIDE) as person:
        assert ("no room here for exact statuses" in await person.reads()) is told
        assert ("no room here for exact statuses" in await person.presses("f", "enter", "down", "enter")) is told
        assert "Why it has this status" in await person.reads()


async def test_what_a_heading_unfolds_comes_in_sight(real: Rulebook) -> None:
    async with person_at(real, NARROW) as person:
        await person.types("24.09.2022")
        await person.presses(*ANSWERS)
        before = (await person.presses("f", "end")).splitlines()
        assert before[-2].startswith(" ▸ ")  # the last line above the keys, with nothing below it
        after = await person.presses("enter")
        assert "▾ " in after
        assert "excluded · " in after
        assert person.app.screen.query_one(FindingsPanel).row_at_cursor() is Group.EXCLUDED


async def test_what_is_unfolded_on_a_page_to_read_comes_in_sight(real: Rulebook) -> None:
    async with person_at(real, NARROW) as person:
        await person.types("24.09.2022")
        await person.presses(*ANSWERS)
        await person.presses("f", "down", "enter", "down", "down")
        assert "▌ ▸ What would change it" in await person.reads()
        lines = (await person.presses("enter")).splitlines()
        heading = next(number for number, line in enumerate(lines) if "▾ What would change it" in line)
        assert "The smallest change to" in lines[heading + 1]


async def test_a_narrow_article_tells_what_is_quoted_in_the_language_of_the_reader(real: Rulebook) -> None:
    quoted = next(source for source in evidence(real, real.rules) if isinstance(source, Quotation))
    async with person_at(real, NARROW, "ru") as person:
        await person.app.open_page(ArticlePage(quoted))
        told = " ".join((await person.reads()).split())
        assert f"Перевод, не слова оригинала: {quoted.passage.rendering['ru'][:30]}" in told
        assert "Rendering" not in await person.presses("l")  # an article in English needs none


@pytest.mark.parametrize("key", ["w", "i"])
async def test_no_line_of_a_list_is_longer_than_an_eye_can_follow(real: Rulebook, key: str) -> None:
    async with person_at(real, WIDEST) as person:
        await person.types("24.09.2022")
        await person.presses(*ANSWERS)
        lines = (await person.presses(key)).splitlines()
        longest = max(len(line[3:-1].rstrip()) for line in lines[1:-1])  # without the marks and the scroll bar
        assert longest <= MAX_LINE_COLUMNS
        assert longest > 90  # so it has been wrapped, and not merely been short


@pytest.mark.parametrize(
    ("language", "typing", "choosing"), [("en", "F2 Русский", "l Русский"), ("ru", "F2 English", "д English")]
)
async def test_who_reads_only_the_other_language_sees_how_to_change_it(
    real: Rulebook, language: str, typing: str, choosing: str
) -> None:
    async with person_at(real, NARROW, language) as person:
        assert typing in (await person.reads()).splitlines()[-1]
        assert choosing in (await person.presses("escape")).splitlines()[-1]


async def test_the_line_of_keys_leaves_out_what_does_not_fit_as_a_whole(real: Rulebook) -> None:
    async with person_at(real, (50, 24)) as person:
        keys = (await person.reads()).splitlines()[-1].rstrip()
        all_of_them = (await person.resizes(*WIDE)).splitlines()[-1].rstrip()
        assert len(keys) < len(all_of_them)
        assert all_of_them.startswith(keys + "  ")


async def test_enter_without_an_answer_says_how_to_give_one(real: Rulebook) -> None:
    hint = "As in 24.09.2022, only 09.2022"
    async with person_at(real, NARROW) as person:
        assert f"Nothing is typed yet. {hint}" in await person.presses("enter")
        assert "The year is missing." in await person.types("24.09")
        await person.presses(*["backspace"] * 5)
        assert "Type the number of an answer" in await person.types("24.09.2022") + await person.presses("enter")
        assert "Type the number of an answer" not in await person.presses("down")
        assert len(person.replies) == 1


async def test_what_a_finding_rests_on_can_be_read_to_its_end_by_keyboard(real: Rulebook) -> None:
    async with person_at(real, WIDEST) as person:
        await person.types("24.09.2022")
        await person.presses(*ANSWERS, "f", "down")
        panel = person.app.screen.query_one(SelectedPanel)
        keys = (await person.presses("f")).splitlines()[-1]
        assert "↑↓ read" in keys
        await person.presses("down", "pagedown")
        assert panel.scroll_y > 0
        await person.presses("end")
        assert panel.scroll_y == panel.max_scroll_y > 0
        await person.presses("home")
        assert panel.scroll_y == 0
        await person.presses("f", "1")
        assert len(person.replies) == 6


async def test_what_a_finding_rests_on_can_be_scrolled_by_mouse(real: Rulebook) -> None:
    async with person_at(real, WIDEST) as person:
        await person.types("24.09.2022")
        await person.presses(*ANSWERS, "f", "down")
        panel = person.app.screen.query_one(SelectedPanel)
        x, y = panel.region.center
        wheel = MouseScrollDown(
            None, int(x), int(y), 0, 1, 0, shift=False, meta=False, ctrl=False, screen_x=int(x), screen_y=int(y)
        )
        person.app.screen._forward_event(wheel)
        await person.reads()
        assert panel.scroll_y > 0


async def test_a_window_that_loses_its_third_panel_leaves_the_reader_on_the_findings(real: Rulebook) -> None:
    async with person_at(real, WIDEST) as person:
        await person.types("24.09.2022")
        await person.presses("f", "f")
        keys = (await person.resizes(*WIDE)).splitlines()[-1]
        assert "f question" in keys
