"""The questionnaire in a browser: who is let in, what a page may do, and what is left when it ends."""

import asyncio
import re
import signal
import socket as sockets
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from assistant.serve.process import QuestionnaireProcess, environment
from tests.conftest import ROOT, SOUND, Run
from tests.visitor import (
    FIRST_QUESTION,
    SECOND_QUESTION,
    Served,
    gone,
    listeners,
    runs,
    served,
    told_of,
    true_within,
    visitor,
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="watches processes and sockets in /proc, which is Linux's own"
)

CANARY = "7654321"
ASSETS = ("door.js", "door.css", "textual.js", "xterm.css", "RobotoMono-VariableFont_wght.ttf")
OUTSIDE = re.compile(rb"(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
FORBIDDEN = {"Origin": "http://evil.example", "Host": "evil.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as running:
        yield running


# Who is let in


async def told(client: aiohttp.ClientSession, address: URL | str, **headers: str) -> tuple[int, str]:
    async with client.get(address, headers=headers, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def test_the_address_lets_a_browser_in_and_leaves_its_address_bar(server: Served) -> None:
    async with visitor(server.address) as guest:
        token = URL(server.address).name
        assert len(token) >= 43
        assert token not in str(guest.room)
        (cookie,) = guest.client.cookie_jar
        assert cookie["httponly"]
        assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Strict", guest.room.path, "")
        assert (await told(guest.client, guest.room))[0] == 200


async def test_who_shows_no_token_or_another_is_told_nothing(server: Served) -> None:
    async with visitor(server.address) as guest, aiohttp.ClientSession() as stranger:
        wrong = server.address[:-1] + ("A" if server.address[-1] != "A" else "B")
        refusals = [
            await told(stranger, address)
            for address in (
                *(server.origin, wrong, f"{server.origin}/", f"{server.origin}/static/js/textual.js"),
                *(guest.room, guest.room / "socket", guest.room / "door.js", guest.room / "ended/1000"),
            )
        ]
        refusals.append(await told(stranger, guest.room, Cookie="pass=" + "A" * 43))
        refusals.append(await told(guest.client, guest.room / "no-such-thing"))
        assert set(refusals) == {(404, "Not found.\n")}


@pytest.mark.parametrize(("name", "value"), FORBIDDEN.items())
async def test_what_comes_by_another_name_or_from_another_page_is_refused(
    server: Served, name: str, value: str
) -> None:
    async with visitor(server.address) as guest:
        for address in (server.address, guest.room, guest.room / "textual.js"):
            assert await told(guest.client, address, **{name: value}) == (404, "Not found.\n")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await guest.client.ws_connect(guest.room / "socket", headers={"Origin": guest.origin, name: value})
        assert refused.value.status == 404


@pytest.mark.parametrize("origin", [None, "null", "http://127.0.0.1:1", "https://127.0.0.1", "http://localhost"])
async def test_a_socket_is_opened_for_pages_of_this_server_alone(server: Served, origin: str | None) -> None:
    async with visitor(server.address) as guest:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await guest.client.ws_connect(guest.room / "socket", origin=origin)
    assert server.children() == []


async def test_it_listens_on_this_machine_alone(server: Served) -> None:
    port = URL(server.address).port
    assert listeners(port) == [f"0100007F:{port:04X}"]


# What a page may do


async def test_every_answer_forbids_the_browser_what_it_can(server: Served) -> None:
    async with visitor(server.address) as guest:
        pages = [guest.room / name for name in ("", "ended/1000", *ASSETS, "no-such-thing")]
        for address in (*pages, URL(server.address), URL(server.origin) / "elsewhere"):
            async with guest.client.get(address, allow_redirects=False) as answer:
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
                assert "Server" not in answer.headers
                policy = answer.headers["Content-Security-Policy"]
                assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
                assert "unsafe" not in policy
        async with guest.client.ws_connect(guest.room / "socket", origin=guest.origin) as socket:
            assert socket._response.headers["Cache-Control"] == "no-store"


async def test_nothing_is_compressed_whatever_a_browser_offers(server: Served) -> None:
    """The length of what was compressed could tell of a secret in it."""
    async with visitor(server.address) as guest:
        for name in ("", "textual.js"):
            async with guest.client.get(guest.room / name, headers={"Accept-Encoding": "gzip, deflate, br"}) as answer:
                assert answer.status == 200
                assert "Content-Encoding" not in answer.headers
        address = guest.room / "socket"
        async with guest.client.ws_connect(address, origin=guest.origin, compress=15) as socket:
            assert "permessage-deflate" in socket._response.request_info.headers["Sec-WebSocket-Extensions"]
            assert "Sec-WebSocket-Extensions" not in socket._response.headers


async def test_nothing_that_is_sent_fetches_anything_from_elsewhere(server: Served) -> None:
    stock = (files("textual_serve") / "templates" / "app_index.html").read_bytes()
    assert OUTSIDE.search(stock), "the search finds what the page of textual-serve fetches"
    async with visitor(server.address) as guest:
        for name in ("", "ended/1000", "door.js", "door.css", "textual.js", "xterm.css"):
            async with guest.client.get(guest.room / name) as answer:
                assert answer.status == 200
                assert OUTSIDE.findall(COMMENT.sub(b"", await answer.read())) == []


async def test_a_page_speaks_the_language_and_keeps_its_subject_to_itself() -> None:
    with served("--lang", "ru", folder=ROOT) as server:
        async with visitor(server.address) as guest:
            assert "<title>Опрос</title>" in (await told(guest.client, guest.room))[1]
            for code, words in ((1000, "закончен"), (4000, "клавиш"), (4002, "ошибк"), (999, "закончен")):
                assert words in (await told(guest.client, guest.room / f"ended/{code}"))[1]
            async with guest.seat() as seat:
                await seat.shows("пропустить")


# A questionnaire


async def test_it_asks_takes_answers_and_leaves_by_a_key(server: Served) -> None:
    async with visitor(server.address) as guest, guest.seat() as seat:
        await seat.shows(FIRST_QUESTION)
        await seat.types("1")
        await seat.shows(SECOND_QUESTION)
        await seat.types("q")  # text, where a number of days is typed
        await seat.types("\t")
        await seat.types("q")
        await seat.shows("once more leaves")
        await seat.types("q")
        assert await seat.closes() == 1000
        await gone(server)


async def test_another_tab_and_one_that_comes_back_begin_anew(server: Served) -> None:
    async with visitor(server.address) as guest:
        async with guest.seat() as first, guest.seat() as second:
            await first.shows(FIRST_QUESTION)
            await first.types("1")
            await first.shows(SECOND_QUESTION)
            await second.shows(FIRST_QUESTION)
            assert len(server.children()) == 2
            assert SECOND_QUESTION.encode() not in second.received
        await gone(server)
        async with guest.seat() as again:
            await again.shows(FIRST_QUESTION)
            assert SECOND_QUESTION.encode() not in again.received


async def test_a_tab_that_is_closed_ends_its_process(server: Served) -> None:
    async with visitor(server.address) as guest:
        async with guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
            assert len(server.children()) == 1
        await gone(server)


async def test_a_tab_that_is_closed_before_the_first_screen_ends_its_process(server: Served) -> None:
    async with visitor(server.address) as guest:
        async with guest.seat():
            await true_within(10, lambda: bool(server.children()))
        await gone(server)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_everything(number: signal.Signals) -> None:
    with served() as server:
        async with visitor(server.address) as guest, guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
            children = server.children()
            code, out, err = await asyncio.to_thread(server.end, number)
            assert (code, out) == (128 + number, "")
            assert err.count("\n") == 1  # what it said when it began
            assert await seat.closes() == 1001
            assert not any(map(runs, children))


async def test_a_server_that_is_killed_leaves_no_process_behind() -> None:
    with served() as server:
        async with visitor(server.address) as guest, guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
            (child,) = server.children()
            server.process.kill()
            await true_within(5, lambda: not runs(child))


# What is left of the answers


async def test_answers_are_nowhere_but_on_the_screen(tmp_path: Path) -> None:
    variables = {"TEXTUAL_LOG": "log.txt", "TEXTUAL_SCREENSHOT": "1", "TEXTUAL": "debug,devtools"}
    with served(cwd=tmp_path, environment=variables) as server:
        async with visitor(server.address) as guest, guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
            await seat.types("1")
            await seat.shows(SECOND_QUESTION)
            await seat.types(CANARY)
            await seat.shows(CANARY)
            (child,) = server.children()
            command = told_of(child, "cmdline")
            assert str(SOUND) in command, "the search would find an argument"
            assert CANARY not in command
            limits = told_of(child, "limits")
            assert re.search(r"Max core file size +0 +0 ", limits)
            assert re.search(r"Max file size +0 +0 ", limits)
            await seat.types("\r")
            await seat.shows("has been asked")
        _code, out, err = await asyncio.to_thread(server.end)
        assert err.startswith("Open this address"), "what it says is read"
        assert CANARY not in out + err
    assert not await asyncio.to_thread(lambda: list(tmp_path.iterdir()))


@pytest.mark.parametrize(("keys", "below"), [("k", FIRST_QUESTION), ("pp", "Write it to a file")])
async def test_without_leave_to_write_it_says_so_before_anything_is_typed(
    server: Served, keys: str, below: str
) -> None:
    async with visitor(server.address) as guest, guest.seat() as seat:
        await seat.shows(FIRST_QUESTION)
        for key in keys:
            await seat.types(key)
        await seat.shows("No file may be written from here.")
        await seat.types(f"{CANARY}\r")
        drawn, seat.received = seat.received, b""
        await seat.types("\x1b")
        await seat.shows(below)
        assert CANARY.encode() not in drawn + seat.received
        assert b"File:" not in drawn


async def test_with_leave_to_write_a_summary_and_an_encrypted_file_are_where_they_were_to_be(tmp_path: Path) -> None:
    passphrase = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing
    told, saved = tmp_path / "told.txt", tmp_path / "kept"
    with served("--files") as server:
        async with visitor(server.address) as guest:
            async with guest.seat() as seat:
                await seat.shows(FIRST_QUESTION)
                await seat.types("pp")
                await seat.shows("File:")
                await seat.types(f"{told}\r")
                await seat.shows("Written: ")
            async with guest.seat() as seat:
                await seat.shows(FIRST_QUESTION)
                await seat.types("k")
                for asked, typed in (("File:", str(saved)), ("Passphrase:", passphrase), ("Once more:", passphrase)):
                    await seat.shows(asked)
                    await seat.types(f"{typed}\r")
                await seat.shows("Saved, encrypted: ", 60)
    assert await asyncio.to_thread(lambda: sorted(tmp_path.iterdir())) == [saved, told]
    assert saved.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert FIRST_QUESTION in told.read_text()


async def test_a_crash_tells_where_and_never_what(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "if 'assistant.serve.session' in ' '.join(sys.orig_argv):\n"
        "    from assistant import interview\n"
        "    def crash(*given):\n"
        f"        raise ValueError('{CANARY}', given)\n"
        "    interview.reply_to = crash\n"
    )
    with served(environment={"PYTHONPATH": f"{tmp_path}:{ROOT}"}) as server:
        async with visitor(server.address) as guest, guest.seat() as seat:
            await seat.shows(FIRST_QUESTION)
            await seat.types("1")
            assert await seat.closes() == 4002
        _code, _out, err = await asyncio.to_thread(server.end)
    assert "ValueError at " in err
    assert CANARY not in err


@pytest.mark.parametrize("forbidden", [True, False])
def test_a_process_to_which_files_are_forbidden_says_so_and_leaves_nothing(tmp_path: Path, forbidden: bool) -> None:
    program = "forbid_files()\n" * forbidden + f"print(write_whole(Path({str(tmp_path / 'summary.txt')!r}), 'text'))"
    imports = "from pathlib import Path\nfrom assistant.written_file import forbid_files, write_whole\n"
    ran = subprocess.run(
        [sys.executable, "-c", imports + program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ("no file may be written from here" in ran.stdout) == forbidden
    assert [path.name for path in tmp_path.iterdir()] == ([] if forbidden else ["summary.txt"])


def test_a_questionnaire_inherits_nothing_that_textual_obeys() -> None:
    kept = environment({"TEXTUAL": "debug", "TEXTUAL_DRIVER": "x:Y", "LANG": "C", "TERM": "dumb"})
    assert kept == {"LANG": "C", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


async def test_a_module_beside_the_user_does_not_take_the_place_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "textual.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    process = await QuestionnaireProcess.start(SOUND, "en", (80, 24), files=False)
    try:
        first = await asyncio.wait_for(anext(process.packets()), 20)
        assert first[0] == b"D"
    finally:
        await process.end(by_itself=False)


# Starting


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with sockets.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = run("serve", "--rulebook", SOUND, "--port", port)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"127.0.0.1:{port} cannot be listened on: ")


@pytest.mark.parametrize("port", ["0", "-1", "65536", "http", "٣", "1" * 5000])
def test_what_is_no_port_is_told(run: Run, port: str) -> None:
    outcome = run("serve", f"--port={port}")
    assert outcome.code == 2
    assert "a port is a number from 1 to 65535" in outcome.err


def test_a_rulebook_with_a_mistake_is_told_before_anything_is_served(run: Run, tmp_path: Path) -> None:
    outcome = run("serve", "--rulebook", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
