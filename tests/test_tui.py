"""What happens on the screen when somebody presses keys, tried through the keys themselves."""

import datetime
import shutil
from pathlib import Path

import pytest
from textual.events import Paste

from assistant.documents.problem import EngineError
from assistant.interview.state import open_questions
from assistant.rulebook.answer import Unknown
from assistant.rulebook.evidence import Quotation, evidence
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.system.display_safe import unprintable
from assistant.tui.pages.article_page import ArticlePage
from assistant.tui.pages.finding_page import FindingPage
from assistant.tui.widgets.literal import hanging, printable
from assistant.tui.widgets.question_panel import QuestionPanel
from tests.support.screen_user import (
    DAY,
    NARROW,
    NOT_KNOWN,
    NOTICE,
    ONCE_MORE,
    SKIPPED,
    TO_THE_END,
    WIDE,
    finding_page,
    person_at,
)
from tests.support.small_rulebook import MISCHIEF, small_rulebook


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The project's own rulebook without its translations, which have checks of their own."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(default_folder() / "seeds", folder / "seeds")
    shutil.copytree(default_folder() / "rules", folder / "rules", ignore=lambda _, names: {"ru"} & set(names))
    loaded = load_rulebook(folder)
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded


def test_no_line_ends_between_an_abbreviation_and_its_number() -> None:
    text = "Absence of more than two days in mobilisation, art. 337(2.1), as in ч. 2.1 ст. 337 УК РФ"
    for width in range(30, 90):
        lines = hanging("■ ", text, width).plain.splitlines()
        assert not [line for line in lines if line.endswith(("art.", "ч.", "ст."))]
        assert " ".join(line.strip() for line in lines).removeprefix("■ ") == text


async def test_digits_choose_and_the_next_question_follows(small: Rulebook) -> None:
    async with person_at(small) as person:
        assert "Was it done?" in await person.reads()
        assert "On which day?" in await person.presses("1")
        assert person.replies == {"act": "done"}


async def test_arrows_and_enter_choose(small: Rulebook) -> None:
    async with person_at(small) as person:
        assert "Finished." in await person.presses("down")
        await person.presses("down", "enter")
        assert person.replies == {"act": "planned"}


@pytest.mark.parametrize("no_color", ["", "1"])
async def test_the_cursor_can_be_seen(small: Rulebook, monkeypatch: pytest.MonkeyPatch, no_color: str) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    async with person_at(small) as person:
        await person.presses("down")
        looks = {}
        for strip in person.app.screen._compositor.render_strips():
            filtered = strip.apply_filter(person.app._filters[-1], person.app.background_colors[1])
            looks[strip.text.strip()] = {segment.style.bgcolor for segment in filtered if segment.style}
        assert looks["1  It was done"] - looks["2  It is planned"]


async def test_enter_alone_answers_nothing(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("enter", "enter")
        assert person.replies == {}


async def test_keys_typed_one_after_the_other_answer_their_questions_in_order(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses(*"1", "2", "4", "full_stop", "9", "full_stop", *"2022", "enter", "d", *"12", "enter", "s")
        assert person.replies == {
            "act": "done",
            "act_date": datetime.date(2022, 9, 24),
            "war": Unknown.DONT_KNOW,
            "days": 12,
            "letter": Unknown.SKIPPED,
        }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("29.02.2023", "There is no such day in the calendar."),
        ("1.1", "The year is missing."),
        ("23.02.2022", "Not before 24.02.2022."),
    ],
)
async def test_a_day_that_cannot_be_is_told_gently(small: Rulebook, text: str, message: str) -> None:
    async with person_at(small) as person:
        await person.presses("1")
        assert message in await person.types(text)
        assert "act_date" not in person.replies
        await person.presses(*["backspace"] * 10)
        await person.types("2022-9-24")
        assert person.replies["act_date"] == datetime.date(2022, 9, 24)


async def test_letters_are_text_where_a_day_is_typed_and_commands_among_the_choices_below(small: Rulebook) -> None:
    async with person_at(small) as person:
        assert "Your answer: 24d " in await person.presses("1", "2", "4", "d")
        assert "act_date" not in person.replies
        await person.presses("escape", "d")
        assert person.replies["act_date"] is Unknown.DONT_KNOW


async def test_what_is_pasted_is_text_that_fits_or_changes_nothing(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", "7")
        for text in ("\x1b[31m24.09.2022\x07", "1" * 200_000, "\x00", "1\u0301" * 500, "1\n2"):
            person.app.screen.post_message(Paste(text))
            screen = await person.reads()
            assert "Your answer: 7 " in screen
            assert "This does not fit here: too long, or no text." in screen
        await person.presses("backspace")
        person.app.screen.post_message(Paste(" 24.09.2022\n"))
        screen = await person.reads()
        assert "Your answer: 24.09.2022 " in screen
        assert "This does not fit here" not in screen
        assert person.replies == {"act": "done"}


async def test_a_suggested_answer_counts_only_once_it_is_chosen(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", *NOT_KNOWN)
        screen = await person.reads()
        assert "None is known to have been declared." in screen
        assert "15.01.2026" in screen.replace(NOTICE, "")
        assert "Not covered: [what] others did." in screen
        await person.presses("enter")
        assert "war" not in person.replies
        await person.presses("1")
        assert person.replies["war"] == "peace"


async def test_going_back_and_revising_loses_no_later_answer(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", *NOT_KNOWN, "2")
        screen = await person.presses("escape", "b", "b", "escape", "left")
        assert "Was it done?" in screen
        assert "Your reply so far: It was done" in screen
        await person.presses("2")
        assert person.replies == {"act": "planned", "act_date": Unknown.DONT_KNOW, "war": "declared"}
        assert "How many days?" in await person.reads()


async def test_the_overview_shows_every_state_and_leads_to_any_question(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", *SKIPPED, "d", *NOT_KNOWN, "2")
        screen = await person.presses("o")
        for state in ("✓ Was it done?", "– On which day?", "? Was there a war?", "○ Did he ask"):
            assert state in screen
        assert "Was there a war?" in await person.presses("home", "down", "down", "enter")
        await person.presses("1")
        assert person.replies["war"] == "peace"


async def test_the_overview_says_what_cannot_matter(small: Rulebook) -> None:
    async with person_at(small) as person:
        screen = await person.presses("3", "o")
        assert "· How many days?" in screen
        assert "cannot change a finding now" in screen


async def test_a_reply_can_be_taken_back(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", *NOT_KNOWN)
        assert "press again to take this reply back" in await person.presses("o", "home", "x")
        assert person.replies == {"act": "done", "act_date": Unknown.DONT_KNOW}
        assert "○ Was it done?" in await person.presses("x")
        assert person.replies == {"act_date": Unknown.DONT_KNOW}


async def test_contradictions_are_told_at_once_with_a_way_to_revise_either(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("1", *NOT_KNOWN, "d", *NOT_KNOWN, "1")
        await person.presses("b", "b", "escape", "b", "b", "escape", "b", "3")
        screen = await person.reads()
        assert "You said that there was a letter about no act." in screen
        assert "Revise: Was it done? — Neither" in screen
        assert "nothing can be said" in screen
        screen = await person.presses("1")
        assert "You said that there was a letter about no act." in screen
        assert "Was it done?" in screen
        screen = await person.presses("1")
        assert "You said that" not in screen
        assert person.replies["letter"] is True


async def test_the_end_says_so_and_offers_what_is_left(small: Rulebook) -> None:
    async with person_at(small) as person:
        screen = await person.presses(*TO_THE_END)
        assert "No more questions. Here is the answer:" in screen
        assert "■ Punishment: not clear yet" in await person.presses("f")


async def test_what_is_merely_possible_is_folded_until_nothing_is_left_to_ask(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        screen = await person.presses("1")
        assert "4 findings may apply" in screen
        assert "Prison is possible" not in screen
        screen = await person.presses("escape", "f", "enter")
        assert "□ Prison is possible" in screen
        assert "Waits for: How many days?" in screen
        assert "Prison is possible" not in await person.presses("enter")
    async with person_at(small, WIDE) as person:
        assert "□ Prison is possible" in await person.presses("1", *TO_THE_END[1:])


async def test_a_reassurance_never_stands_before_a_warning(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("1")
        await person.types(DAY)
        await person.presses("1")
        await person.types("3")
        screen = await person.presses("2")
        assert screen.index("■ Prison is possible") < screen.index("■ No punishment")


async def test_a_planned_act_is_told_as_what_would_follow(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person.presses("2", *NOT_KNOWN, "d")
        assert "would apply · exposure" in await person.types("3")


async def test_from_a_finding_to_the_words_it_rests_on(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        screen = await finding_page(person)
        for told in (
            "■ Prison is possible",
            "“Nobody [fora] was punished”",
            "Said by: A lawyer, a lawyer",
            "Through: A talk",
            "In the article: The [paper] — May 2022",
            "contradicts · legal opinion",
            "Code, art. 1",
            "checked in the official text",
            "1 voice qualifies or contradicts it.",
            "Met: How many days? — 3 or more",
        ):
            assert told in screen
        assert "Rendering" not in screen
        article = await person.presses("down", "down", "down", "enter")
        assert "⟦Nobody [fora] was punished⟧, said a lawyer.�]52;c;AAAA� ⟦Others were.⟧" in article
        assert "Prison is possible" in await person.presses("escape")


async def test_a_finding_leads_to_the_question_that_it_waits_for(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        screen = await person.presses("1", "escape", "f", "enter", "down", "enter")
        assert "What it waits for" in screen
        assert "How many days?" in await person.presses("down", "enter")
        await person.types("3")
        assert person.replies["days"] == 3


async def test_nothing_on_the_screen_can_be_selected_or_copied(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await person._pilot.mouse_down(offset=(2, 2))
        await person._pilot.hover(offset=(40, 6))
        await person._pilot.mouse_up(offset=(40, 6))
        assert person.app.screen.get_selected_text() is None
        person.app.copy_to_clipboard("zzcanary")
        assert person.app.clipboard == ""


async def test_text_from_files_is_literal(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        screen = await person.presses("1", *NOT_KNOWN, "d", *NOT_KNOWN)
        assert screen.count(MISCHIEF) == 2
        assert MISCHIEF in await person.presses("f", "enter", "down", "enter")


def test_what_the_loader_refuses_is_a_mark_on_the_screen() -> None:
    shown = printable("".join(map(chr, range(0x30000))))
    assert not [character for character in shown if unprintable(character) or character in "\t\r"]
    assert printable("a\u200eb\u061cc\x1b[2J\r\nd\te") == "a\ufffdb\ufffdc\ufffd[2J\nd e"
    assert printable("ни\u00a0дня, می\u200cخواهم") == "ни\u00a0дня, می\u200cخواهم"


async def test_the_language_changes_on_the_fly_on_every_page(small: Rulebook) -> None:
    async with person_at(small, WIDE) as person:
        await finding_page(person)
        screen = await person.presses("l")
        assert "Возможна тюрьма" in screen
        assert "Nobody [fora] was punished" in screen
        assert "Никто не был наказан" in screen
        assert "Кодекс, ст. 1" in screen
        assert "Юрист" in screen
        assert "Возможна тюрьма" in await person.presses("escape")
        assert "Prison is possible" in await person.presses("д")
        assert person.replies["days"] == 3


async def test_the_keys_work_on_a_russian_layout(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1", "escape", "в", "ы", "escape", "и")
        assert person.replies == {"act": "done", "act_date": Unknown.DONT_KNOW, "war": Unknown.SKIPPED}
        assert "All questions" in await person.presses("щ")
        assert ONCE_MORE in await person.presses("й")
        assert person.app.is_running
        await person._pilot.press("й")
        assert not person.app.is_running


PAGES: dict[str, tuple[str, ...]] = {
    "question": (),
    "typing": ("1", "2"),
    "choices below": ("1", "2", "escape"),
    "findings": ("1", "escape", "f"),
    "overview": ("o",),
    "help": ("f1",),
    "finding": ("1", "escape", "f", "enter", "down", "enter"),
    "article": (*TO_THE_END[:4], "escape", "f", "end", "enter", "end", "enter", *["down"] * 4, "enter"),
}


@pytest.mark.parametrize(
    ("page", "key"),
    [
        *((page, "ctrl+q") for page in PAGES),
        *((page, key) for page in ("question", "overview", "help") for key in ("q", "й", "Q", "Й", "ctrl+c")),
        ("help", "ctrl+й"),
    ],
)
async def test_one_key_leaves_every_page_at_once_if_nothing_is_lost_or_it_is_ctrl_q(
    small: Rulebook, page: str, key: str
) -> None:
    async with person_at(small) as person:
        assert NOTICE in await person.presses(*PAGES[page])
        await person._pilot.press(key)
        assert not person.app.is_running
        assert person.app.return_code == 0


@pytest.mark.parametrize(
    ("page", "key"),
    [
        *((page, key) for page in ("choices below", "findings", "finding", "article") for key in "qй"),
        ("typing", "ctrl+c"),
        ("finding", "ctrl+c"),
    ],
)
async def test_with_answers_a_letter_or_ctrl_c_leaves_every_page_when_pressed_twice(
    small: Rulebook, page: str, key: str
) -> None:
    async with person_at(small) as person:
        assert ONCE_MORE not in await person.presses(*PAGES[page])
        assert ONCE_MORE in (await person.presses(key)).splitlines()[-1]
        still_there = person.app.is_running
        assert still_there
        await person._pilot.press(key)
        assert person.app.return_code == 0
        assert not person.app.is_running


async def test_a_tiny_window_says_so_and_takes_no_answer(small: Rulebook) -> None:
    async with person_at(small) as person:
        await person.presses("1")
        assert "Ctrl+Q leave" in await person.resizes(40, 12)
        assert "too small" in await person.resizes(30, 8)
        await person.presses("d", "1")
        screen = await person.resizes(*NARROW)
        assert "On which day?" in screen
        assert "Your answer:  " in screen
        assert person.replies == {"act": "done"}
        await person.resizes(30, 8)
        assert "once more" in await person.presses("q")
        await person.resizes(1, 1)
        await person.presses("q")
        assert not person.app.is_running


async def test_in_a_narrow_window_what_cannot_be_seen_cannot_be_answered(small: Rulebook) -> None:
    async with person_at(small) as person:
        screen = await person.presses("f", "1", "d")
        assert "■ Punishment: not clear yet" in screen
        assert "Was it done?" not in screen
        assert person.replies == {}


async def test_when_the_engine_fails_the_reply_is_not_taken(small: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    async with person_at(small) as person:
        await person.presses("1", "escape")

        def fail(*_: object) -> None:
            raise EngineError

        monkeypatch.setattr(person.app.assessor, "assess", fail)
        assert "this reply was not taken" in await person.presses("d")
        assert person.replies == {"act": "done"}


async def test_the_whole_rulebook_can_be_asked_to_the_end(whole: Rulebook) -> None:
    async with person_at(whole, WIDE) as person:
        for _ in (*whole.questions, "the answer"):
            if not open_questions(whole, person.app.turn.interview):
                break
            panel = person.app.screen.query_one(QuestionPanel)
            at_the_answer = panel.asked is None and panel.checklist is None
            await person._pilot.press(*("n",) if at_the_answer else NOT_KNOWN if panel.takes_text else "d")
        assert "No more questions. Here is the answer:" in await person.reads()


async def test_every_finding_of_the_whole_rulebook_and_every_article_can_be_shown(whole: Rulebook) -> None:
    async with person_at(whole) as person:
        for finding in whole.findings:
            page = FindingPage(finding.id)
            await person.app.open_page(page)
            shown = "\n".join(block.content.plain for block in page.blocks())
            assert finding.title in shown
            assert finding.text in shown
            await person.app.close_pages()
        for passage in whole.sources.passages:
            rule = next(r for r in whole.rules if any(c.passage == passage.id for c in r.cites))
            quotation = next(q for q in evidence(whole, [rule]) if isinstance(q, Quotation) and q.passage == passage)
            page_of_article = ArticlePage(quotation)
            await person.app.open_page(page_of_article)
            assert f"⟦{passage.exact[:20]}" in "\n".join(b.content.plain for b in page_of_article.blocks())
            await person.app.close_pages()
