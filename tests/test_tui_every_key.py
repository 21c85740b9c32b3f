"""No single key loses an answer: every key on every page, and in both modes of a question."""

import datetime
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest

from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.system.keyboard import ON_LATIN_LAYOUT
from assistant.tui.app import Questionnaire
from assistant.tui.pages.main_page import MainPage
from assistant.tui.serial_app import KEYS_TO_LEAVE_AT_ONCE
from assistant.tui.widgets.entry import Entry
from tests.support.random_rulebooks import LONG
from tests.support.screen_user import NARROW, Person
from tests.support.small_rulebook import small_rulebook

SAID: Final[dict[str, Reply]] = {
    "act": "done",
    "act_date": datetime.date(2022, 3, 1),
    "war": Unknown.DONT_KNOW,
    "letter": Unknown.SKIPPED,
}
NAMED: Final = (
    *("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("backspace", "delete", "insert", "shift+home", "shift+end", "shift+left", "shift+delete", "ctrl+left"),
    *("ctrl+backspace", "ctrl+delete", "ctrl+insert", "ctrl+home", "ctrl+end", "ctrl+at", "ctrl+с", "alt+q"),
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
)
KEYS: Final = sorted({*map(chr, range(32, 127)), *ON_LATIN_LAYOUT, *NAMED} - KEYS_TO_LEAVE_AT_ONCE)
SHARES: Final = 1 if LONG else 12
"""Of so many shares of the keys each page is tried with one; all of them in a long run."""
PAGES: Final[dict[str, tuple[str, ...]]] = {
    "field": (),
    "field with text": ("1", "2"),
    "choices below": ("escape",),
    "choices": ("n_letter",),
    "findings": ("escape", "f"),
    "all questions": ("escape", "o"),
    "why": ("escape", "w"),
    "what if": ("escape", "i"),
    "comparison": ("escape", "i", "enter"),
    "calendar": ("escape", "c"),
    "summary": ("escape", "p"),
    "name of the summary": ("escape", "p", "p"),
    "save": ("escape", "k"),
    "next case": ("escape", "r"),
    "help": ("f1",),
    "safety": ("escape", "a"),
    "finding": ("escape", "f", "enter", "down", "enter"),
    "blank": ("blank",),
    "too small": ("small",),
}


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path)


async def begin_at(person: Person, steps: tuple[str, ...]) -> None:
    """Go from wherever somebody is to the question of the days, and from there to a page."""
    app = person.app
    await person.resizes(*NARROW)
    await app.close_pages()
    app.language, app.warning = "en", ""
    main = app.screen
    assert isinstance(main, MainPage)
    main.forget()
    app.resume(SAID, "days")
    special: dict[str, Callable[[], Awaitable[object]]] = {
        "blank": app.go_blank,
        "small": lambda: person.resizes(30, 8),
    }
    for step in steps:
        if step in special:
            await special[step]()
        elif step == "n_letter":
            app.ask("lawyer")
        else:
            await person._pilot.press(step)
    await person.reads()


def state(app: Questionnaire) -> tuple[object, ...]:
    main = app.screen_stack[0]
    assert isinstance(main, MainPage)
    fields = [(entry.id, entry.value) for page in app.screen_stack for entry in page.query(Entry)]
    return app.turn, tuple(app.screen_stack), app.language, main.classes, main.question.is_typing, str(fields)


@pytest.mark.parametrize("page", PAGES)
async def test_no_single_key_loses_an_answer(small: Rulebook, page: str) -> None:
    app = Questionnaire(small, "en", SAID)
    async with app.run_test(size=NARROW) as pilot:
        person = Person(app, pilot)
        await begin_at(person, PAGES[page])
        before = state(app)
        for key in KEYS[list(PAGES).index(page) % SHARES :: SHARES]:
            app.warning = ""
            await pilot.press(key)
            await pilot.pause()
            assert app.is_running, key
            assert {**person.replies, **SAID} == person.replies, key
            if state(app) != before:
                await begin_at(person, PAGES[page])
                before = state(app)
