"""The questionnaire in Chromium: what the page asks for, what it shows, and what is left in the browser's profile.

Run by ``.ci/run``; by hand: ``pytest tests/browser``, with Chromium installed.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import NamedTuple

import pytest
from yarl import URL

from tests.browser.chromium import Chromium, Tab, chromium
from tests.conftest import ROOT, SOUND
from tests.visitor import FIRST_QUESTION, SECOND_QUESTION, Served, gone, served

CANARY = "7654321"
PLANTED = "zzplanted"
WITNESS = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
"""
EMPTY = "!document.querySelector('canvas') && !document.querySelector('textarea')"


class Visit(NamedTuple):
    """A browser at the door."""

    server: Served
    browser: Chromium
    tab: Tab


@asynccontextmanager
async def visit(profile: Path, *words: str, folder: Path = SOUND, width: int = 1280) -> AsyncIterator[Visit]:
    with served(*words, folder=folder) as server:
        async with chromium(profile) as browser:
            tab = await browser.tab(width, 800)
            await tab.send("Page.addScriptToEvaluateOnNewDocument", source=WITNESS)
            await tab.open(server.address)
            yield Visit(server, browser, tab)


def holds(profile: Path, text: str) -> list[str]:
    """The files of a profile in which a text stands."""
    spellings = (text.encode(), text.encode("utf-16-le"))
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    return [str(path) for path in files if any(spelling in path.read_bytes() for spelling in spellings)]


def history(profile: Path) -> list[tuple[str, str]]:
    """The addresses and titles that the browser remembers."""
    with closing(sqlite3.connect(profile / "Default" / "History")) as database:
        return list(database.execute("select url, title from urls"))


async def test_questions_are_answered_by_keys_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    async with visit(tmp_path) as (server, browser, tab):
        await tab.shows(FIRST_QUESTION)
        await tab.press("1")
        await tab.shows(SECOND_QUESTION)
        await tab.type(CANARY)
        await tab.shows(CANARY)
        await tab.press("Enter")
        await tab.shows("has been asked")
        room = URL(await tab.evaluate("location.href"))

        # Nothing was asked of anybody else, and nothing that the policy forbids.
        assert {URL(address).host for address in tab.addresses()} == {"127.0.0.1"}
        assert {URL(address).port for address in tab.addresses()} == {URL(server.address).port}
        assert [said for said in tab.complaints() if "violates" in said or "Failed" in said] == []
        assert await tab.evaluate("window.broken") == []
        assert await tab.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")
        assert await tab.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"

        # The policy holds: the page itself could not.
        outside = "fetch('http://192.0.2.1/').catch(() => 'refused')"
        assert await tab.evaluate(outside) == "refused"
        assert "connect-src" in await tab.evaluate("window.broken")
        assert await tab.evaluate("window.open('about:blank')") is None

        await tab.press("q")
        await tab.shows("once more leaves")
        await tab.press("q")
        await tab.stands("location.pathname.endsWith('/ended/1000')")
        assert await tab.evaluate(EMPTY)
        assert "This has ended." in await tab.evaluate("document.body.innerText")
        assert await tab.evaluate("history.length") == 2  # about:blank and this: what was before was replaced
        await gone(server)

        # Another tab that remembers something on purpose, to see that the search below would find it.
        other = await browser.tab()
        await other.open(str(room))
        await other.shows(FIRST_QUESTION)
        await other.evaluate(f"localStorage.setItem('{PLANTED}', '{PLANTED}'); document.title = '{PLANTED}'")
        await asyncio.sleep(1)

    assert holds(tmp_path, PLANTED)
    assert holds(tmp_path, CANARY) == []
    remembered = history(tmp_path)
    assert {title for _address, title in remembered} <= {"Questionnaire", PLANTED, ""}
    assert "Questionnaire" in {title for _address, title in remembered}, "the history is read"


async def test_the_back_button_brings_nothing_back(tmp_path: Path) -> None:
    async with visit(tmp_path) as (server, _browser, tab):
        await tab.shows(FIRST_QUESTION)
        await tab.press("1")
        await tab.shows(SECOND_QUESTION)
        seen = len(tab.received())
        await tab.open("about:blank")
        await gone(server)
        await tab.evaluate("history.back()")
        await tab.shows(FIRST_QUESTION, since=seen)
        await asyncio.sleep(0.5)
        assert SECOND_QUESTION not in tab.received()[seen:]


async def test_a_russian_page_fits_a_telephone(tmp_path: Path) -> None:
    async with visit(tmp_path, "--lang", "ru", folder=ROOT, width=390) as (_server, _browser, tab):
        await tab.shows("пропустить")
        assert await tab.evaluate("document.documentElement.lang") == "ru"
        assert await tab.evaluate("document.title") == "Опрос"
        (socket,) = [URL(address) for address in tab.addresses() if address.startswith("ws")]
        assert 40 <= int(socket.query["width"]) <= 50
        assert await tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        await tab.press("Escape")
        await tab.press("q")
        await tab.stands("document.body.innerText.includes('закончен')")


async def test_a_long_paste_is_dropped_and_costs_nothing(tmp_path: Path) -> None:
    async with visit(tmp_path) as (_server, _browser, tab):
        await tab.shows(FIRST_QUESTION)
        await tab.send("Input.insertText", text="x" * 200_000)
        await tab.press("1")
        await tab.shows(SECOND_QUESTION)


async def test_a_window_that_changes_its_size_is_drawn_anew(tmp_path: Path) -> None:
    async with visit(tmp_path) as (_server, _browser, tab):
        await tab.shows(FIRST_QUESTION)
        seen = len(tab.received())
        await tab.send("Emulation.setDeviceMetricsOverride", width=600, height=500, deviceScaleFactor=1, mobile=False)
        await tab.shows(FIRST_QUESTION, since=seen)


async def test_a_server_that_ends_takes_the_screen_with_it(tmp_path: Path) -> None:
    async with visit(tmp_path) as (server, _browser, tab):
        await tab.shows(FIRST_QUESTION)
        await asyncio.to_thread(server.end)
        await tab.stands("document.body.innerText.includes('The connection is gone')")
        assert await tab.evaluate(EMPTY)


@pytest.mark.parametrize("address", ["http://localhost:{port}/{token}", "http://127.0.0.1:{port}/{token}"])
async def test_it_opens_by_both_names_of_this_machine(tmp_path: Path, address: str) -> None:
    async with visit(tmp_path) as (server, browser, _tab):
        shown = URL(server.address)
        tab = await browser.tab()
        await tab.open(address.format(port=shown.port, token=shown.name))
        await tab.shows(FIRST_QUESTION)
