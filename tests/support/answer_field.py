"""The question panel's entry field, seen through the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.widgets import Static

from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.tui.app import Questionnaire
from assistant.tui.pages.main_page import MainPage
from tests.support.screen_user import WIDE, Person

AT_THE_DAY: dict[str, Reply] = {"act": "done"}
AT_THE_DAYS: dict[str, Reply] = {"act": "done", "act_date": Unknown.DONT_KNOW, "war": Unknown.DONT_KNOW}


@asynccontextmanager
async def asked(
    rulebook: Rulebook, replies: dict[str, Reply], language: str = "en", size: tuple[int, int] = WIDE
) -> AsyncIterator[Person]:
    """Somebody who has said this before."""
    app = Questionnaire(rulebook, language, replies)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await person.reads()
        yield person


def main_page(person: Person) -> MainPage:
    page = person.app.screen_stack[0]
    assert isinstance(page, MainPage)
    return page


def field(person: Person) -> str:
    return main_page(person).question.entry.value


def below_the_field(person: Person) -> str:
    return str(main_page(person).query_one("#entry-hint", Static).content)
