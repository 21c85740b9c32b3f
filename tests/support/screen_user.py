"""Somebody at the screen of the questionnaire: presses keys and reads, through Textual's pilot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.message import Message
from textual.pilot import Pilot

from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from assistant.tui.pages.main_page import MainPage

NARROW = (80, 24)
WIDE = (130, 40)
NOTICE = "Information, not legal advice · law reviewed to 15.01.2026"
DAY = "01.03.2022"
NOT_KNOWN = ("escape", "d")
"""At a question about a day or a number, where letters are text until one has gone to the choices."""
SKIPPED = ("escape", "s")
TO_THE_END = ("d", *NOT_KNOWN, "d", *NOT_KNOWN, "d", "d")
"""The whole small rulebook, with nothing known."""
ONCE_MORE = "once more leaves. Your answers are not saved."


class Person:
    """Somebody at the keyboard, who reads what is on the screen."""

    def __init__(self, app: Questionnaire, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def presses(self, *keys: str) -> str:
        """What is on the screen after the keys, each pressed when the question could be seen."""
        for key in keys:
            await self.sees_the_question()
            await self._pilot.press(key)
        return await self.reads()

    async def sees_the_question(self) -> None:
        """Wait until the question is painted, if it is the page on top: a key before that answers nothing."""
        while self.app.is_running and isinstance(page := self.app.screen, MainPage) and page.question_in_sight:
            if page.question.was_visible(Message().time):
                return
            await self._pilot.pause(0.01)

    async def types(self, text: str) -> str:
        names = {".": "full_stop", "-": "minus"}
        return await self.presses(*(names.get(char, char) for char in text), "enter")

    async def resizes(self, width: int, height: int) -> str:
        await self._pilot.resize_terminal(width, height)
        return await self.reads()

    async def reads(self) -> str:
        await self._pilot.pause()
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def replies(self) -> dict[str, object]:
        return dict(self.app.turn.interview.replies)


@asynccontextmanager
async def person_at(rulebook: Rulebook, size: tuple[int, int] = NARROW, language: str = "en") -> AsyncIterator[Person]:
    app = Questionnaire(rulebook, language)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await person.sees_the_question()
        yield person


async def finding_page(person: Person) -> str:
    """The finding of prison, with days that settle it."""
    await person.presses("1")
    await person.types(DAY)
    await person.presses("d")
    await person.types("3")
    return await person.presses("f", "down", "enter")
