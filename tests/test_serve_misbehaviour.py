"""What a browser, or what pretends to be one, can do to the server: nothing to others, and little to itself."""

import asyncio
import contextlib
import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from assistant.serve.door import IDLE, MOST_AT_ONCE, Door, listening
from assistant.serve.relay import LARGEST_MESSAGE, Allowance
from tests.conftest import SOUND
from tests.visitor import FIRST_QUESTION, SECOND_QUESTION, Served, gone, served, told_of, true_within, visitor

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="watches memory and processes in /proc, which is Linux's own"
)

NOT_UNDERSTOOD = [
    "",
    "stdin",
    "[]",
    "{}",
    "null",
    '["stdin"]',
    '["stdin", 5]',
    '["stdin", "a", "b"]',
    '{"0": "stdin", "1": "a"}',
    '["resize", null]',
    '["resize", {"width": 80}]',
    '["resize", {"width": "80", "height": 24}]',
    '["resize", {"width": 1e999, "height": NaN}]',
    '["resize", {"width": %s, "height": 24}]' % ("9" * 5000),
    '["quit"]',
    '["exit"]',
    '["ping", 1]',
    '["meta", {"type": "exit"}]',
    '["deliver_chunk_request", {"key": "x", "size": 10}]',
    '["open_url", {"url": "file:///etc/passwd"}]',
    "[" * 30_000,
]
STRANGE_BUT_UNDERSTOOD = [
    '["stdin", "\\ud800"]',
    '["stdin", ""]',
    '["stdin", "\\u0000\\u001b[<0;1;1M\\u001b[?2026;2$y"]',
    '["resize", {"width": 0, "height": -1}]',
    '["resize", {"width": 1000000000, "height": 1e3}]'.replace("1e3", "1000000000"),
    '["resize", {"width": true, "height": false}]',
    '["resize", {"width": 100, "height": 30, "type": "exit"}]',
    '["ping", "1"]',
    '["focus"]',
    '["blur"]',
]


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as running:
        yield running
        _code, out, err = running.end()
        assert (out, err.count("\n")) == ("", 1), "whatever was sent, nothing is told of it"


@asynccontextmanager
async def door(folder: Path = SOUND, idle: float = IDLE, most: int = MOST_AT_ONCE) -> AsyncIterator[str]:
    """The address of a server in this process, with other limits."""
    with listening(0) as socket:
        opened = Door(folder, "en", socket.getsockname()[1], files=False, idle=idle, most=most)
        runner = web.AppRunner(opened.application(), access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, socket).start()
            yield opened.address
        finally:
            await runner.cleanup()


def megabytes(server: Served) -> float:
    """The most memory that a server has had."""
    peak = re.search(r"VmHWM:\s+(\d+) kB", told_of(server.process.pid, "status"))
    assert peak is not None
    return int(peak[1]) / 1024


async def test_what_is_not_understood_ends_that_connection_and_its_process(server: Served) -> None:
    async with visitor(server.address) as guest:
        for message in NOT_UNDERSTOOD:
            async with guest.seat() as seat:
                await seat.socket.send_str(message)
                assert await seat.closes() == 1008, message[:40]
        async with guest.seat() as seat:
            await seat.socket.send_bytes(b'["stdin", "q"]')
            assert await seat.closes() == 1008
    await gone(server)


async def test_what_is_strange_is_taken_and_the_questionnaire_goes_on(server: Served) -> None:
    async with visitor(server.address) as guest, guest.seat() as seat:
        await seat.shows(FIRST_QUESTION)
        for message in STRANGE_BUT_UNDERSTOOD:
            await seat.socket.send_str(message)
        await seat.sends("resize", {"width": 100, "height": 30})
        await asyncio.sleep(0.3)  # an escape sequence that goes on is no key
        await seat.types("1")
        await seat.shows(SECOND_QUESTION)


@pytest.mark.parametrize("size", ["width=0&height=0", "width=x", f"height={'9' * 5000}"])
async def test_a_questionnaire_opens_whatever_size_is_named(server: Served, size: str) -> None:
    async with visitor(server.address) as guest:
        address = URL(f"{guest.room / 'socket'}?{size}", encoded=True)
        async with guest.client.ws_connect(address, origin=guest.origin) as socket:
            assert b"\x1b[" in (await asyncio.wait_for(socket.receive(), 20)).data


async def test_a_message_of_ten_megabytes_ends_its_connection_and_is_not_even_read(server: Served) -> None:
    async with visitor(server.address) as guest, guest.seat() as other:
        await other.shows(FIRST_QUESTION)
        before = megabytes(server)
        async with guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await seat.types("x" * 10_000_000)
            assert await seat.closes() in {1006, 1009}
        await other.types("1")
        await other.shows(SECOND_QUESTION)
        assert megabytes(server) - before < 5
        await true_within(10, lambda: len(server.children()) == 1)


async def test_the_longest_message_that_the_page_sends_is_taken(server: Served) -> None:
    async with visitor(server.address) as guest, guest.seat() as seat:
        await seat.shows(FIRST_QUESTION)
        paste = "\x1b[200~%s\x1b[201~"
        await seat.types(paste % ("я" * (LARGEST_MESSAGE // 4 - 40)))
        await seat.types("1")
        await seat.shows(SECOND_QUESTION)


async def test_a_flood_is_ended_and_meanwhile_hinders_nobody(server: Served) -> None:
    async with visitor(server.address) as guest, guest.seat() as flooder:
        await flooder.shows(FIRST_QUESTION)
        before = megabytes(server)
        keys = json.dumps(["stdin", "b" * 10_000])

        async def flood() -> None:
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                while True:
                    await flooder.socket.send_str(keys)

        flooding = asyncio.create_task(flood())
        async with guest.seat() as other:
            await other.shows(FIRST_QUESTION)
            await other.types("1")
            await other.shows(SECOND_QUESTION)
        assert await flooder.closes(20) in {1006, 1008}
        await flooding
        assert megabytes(server) - before < 10
    await gone(server)


def test_an_allowance_lets_a_burst_through_and_then_a_stream() -> None:
    allowance = Allowance()
    assert allowance.seconds_to_wait(Allowance.BURST - Allowance.EACH) == 0
    assert allowance.seconds_to_wait(Allowance.PER_SECOND - Allowance.EACH) == pytest.approx(1, abs=0.1)


async def test_connections_that_say_half_a_word_keep_nobody_out(server: Served) -> None:
    port = URL(server.address).port
    silent = [await asyncio.open_connection("127.0.0.1", port) for _connection in range(50)]
    try:
        for number, (_reader, writer) in enumerate(silent):
            writer.write([b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: ", b"\x00\xff\r\n\r\n"][number % 4])
        async with visitor(server.address) as guest, guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
    finally:
        for _reader, writer in silent:
            writer.close()


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "X"])
async def test_nothing_but_fetching_is_answered(server: Served, method: str) -> None:
    async with visitor(server.address) as guest:
        for address in (server.address, guest.room, guest.room / "textual.js"):
            async with guest.client.request(method, address, data=b"x" * 100) as answer:
                assert answer.status in {400, 404}
                assert b"Questionnaire" not in await answer.read()


async def test_a_pass_that_is_no_text_is_as_wrong_as_any_other(server: Served) -> None:
    async with visitor(server.address) as guest:
        reader, writer = await asyncio.open_connection("127.0.0.1", guest.room.port)
        asked = f"GET {guest.room.path} HTTP/1.1\r\nHost: 127.0.0.1:{guest.room.port}\r\nConnection: close\r\n"
        writer.write(asked.encode() + b"Cookie: pass=\xff\xfe\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 404 ")
        assert answer.endswith(b"\r\n\r\nNot found.\n")


@pytest.mark.parametrize("name", ["../", "..%2f..%2fserver.py", "static/", "ended/../door.js%00", "ended/1000/x"])
async def test_nothing_but_the_pages_can_be_fetched(server: Served, name: str) -> None:
    async with visitor(server.address) as guest:
        answer = await guest.client.get(URL(str(guest.room) + name, encoded=True))
        assert (answer.status, await answer.text()) == (404, "Not found.\n")


async def test_too_many_at_once_are_sent_away_until_one_leaves() -> None:
    async with door(most=1) as address, visitor(address) as guest:
        async with guest.seat() as first:
            await first.shows(FIRST_QUESTION)
            async with guest.seat() as second:
                assert await second.closes() == 4001
                assert second.received == b""
            await first.types("1")
            await first.shows(SECOND_QUESTION)
        async with guest.seat() as third:
            await third.shows(FIRST_QUESTION)


async def test_it_ends_when_nobody_presses_a_key() -> None:
    async with door(idle=0.5) as address, visitor(address) as guest, guest.seat() as seat:
        await seat.sends("focus")  # is no key
        assert await seat.closes() == 4000


async def test_a_rulebook_that_is_gone_meanwhile_is_a_failure_that_is_told(tmp_path: Path) -> None:
    async with door(folder=tmp_path) as address, visitor(address) as guest, guest.seat() as seat:
        assert await seat.closes() == 4002
