"""A server of the questionnaire that was started as a user would start it, and a browser's side of the conversation."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from tests.conftest import ROOT, SOUND

FIRST_QUESTION = "Did he leave?"
SECOND_QUESTION = "For how many days?"


class Served:
    """A running server."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process = process
        self.address = address
        self.origin = str(URL(address).origin())

    def children(self) -> list[int]:
        """The processes that it has started, by their ids."""
        found: list[int] = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError):  # a thread that has ended since it was listed
                found += map(int, (task / "children").read_text().split())
        return found

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Ends it; its exit code, and what it has said on its two streams since its address."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


def told_of(process: int, what: str) -> str:
    """What the system tells of a process: its ``cmdline``, its ``limits``."""
    return Path(f"/proc/{process}/{what}").read_text()


def runs(process: int) -> bool:
    """Whether a process is there, and is more than an entry that nobody has collected."""
    try:
        return ") Z " not in told_of(process, "stat")
    except (FileNotFoundError, ProcessLookupError):
        return False


def listeners(port: int | None) -> list[str]:
    """The addresses, in the system's spelling, on which somebody listens at a port."""
    lines = [line for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    addresses = [line.split()[1] for line in lines if line.split()[3] == "0A"]
    return [address for address in addresses if address.endswith(f":{port:04X}")]


@contextmanager
def served(
    *words: str, folder: Path = SOUND, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--rulebook", str(folder), *words],
        cwd=cwd,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **(environment or {})},
    )
    try:
        assert process.stdout is not None
        yield Served(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


class Seat:
    """One questionnaire, as its page has it: what came through the socket, and what can be sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse[Any]) -> None:
        self.socket = socket
        self.received = b""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> int | None:
        async for message in self.socket:
            assert message.type is aiohttp.WSMsgType.BINARY
            self.received += message.data
        return self.socket.close_code

    async def shows(self, text: str, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while text.encode() not in self.received:
            assert not self._reading.done(), self._reading.result()
            assert time.monotonic() < deadline, self.received[-2000:]
            await asyncio.sleep(0.02)

    async def sends(self, *message: Any) -> None:
        await self.socket.send_str(json.dumps(message, ensure_ascii=False))

    async def types(self, keys: str) -> None:
        await self.sends("stdin", keys)

    async def closes(self, seconds: float = 10) -> int | None:
        """The code with which the server closes it."""
        return await asyncio.wait_for(asyncio.shield(self._reading), seconds)


class Visitor:
    """A browser that has been let in, or not yet."""

    def __init__(self, client: aiohttp.ClientSession, address: str) -> None:
        self.client = client
        self.room = URL(address)
        self.origin = str(self.room.origin())

    async def enter(self) -> None:
        async with self.client.get(self.room) as answer:
            assert answer.status == 200
            self.room = answer.url

    @asynccontextmanager
    async def seat(self, columns: int = 100, lines: int = 30) -> AsyncIterator[Seat]:
        address = (self.room / "socket").with_query(width=columns, height=lines)
        async with self.client.ws_connect(address, origin=self.origin, max_msg_size=0) as socket:
            seat = Seat(socket)
            try:
                yield seat
            finally:
                await socket.close()
                await asyncio.wait([seat._reading])


@asynccontextmanager
async def visitor(address: str) -> AsyncIterator[Visitor]:
    # Unsafe: cookies also of a host that is a number.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        guest = Visitor(client, address)
        await guest.enter()
        yield guest


async def true_within(seconds: float, condition: Callable[[], bool]) -> None:
    """Waits until something is true, and fails if it does not become so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def gone(server: Served, seconds: float = 5) -> None:
    """Waits until a server has no process of a questionnaire any more."""
    await true_within(seconds, lambda: not server.children())
