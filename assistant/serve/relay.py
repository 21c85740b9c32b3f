"""Between one browser and one process: what is passed on, how fast, how long, and what ends it."""

import asyncio
import json
import time
from enum import IntEnum
from typing import Any, Final

from aiohttp import WSMsgType, web

from assistant.exit_code import DONE, ENDED_BY_SIGNAL
from assistant.serve.process import CRASH, DATA, META, QuestionnaireProcess

LARGEST_MESSAGE: Final = 1 << 16
"""Bytes of a message from a browser; one that is larger ends its connection. The page sends none so large."""
WIDEST: Final = 400
TALLEST: Final = 200
"""Columns and lines of the largest screen that is drawn."""


class Ending(IntEnum):
    """Why a questionnaire in a browser has ended, as the code with which its connection closes."""

    LEFT = 1000
    SERVER_ENDS = 1001
    NOT_UNDERSTOOD = 1008
    IDLE = 4000
    CROWDED = 4001
    FAILED = 4002


def granted(columns: int, lines: int) -> tuple[int, int]:
    """The size that a browser gets that asks for one."""
    return min(max(int(columns), 1), WIDEST), min(max(int(lines), 1), TALLEST)


class Allowance:
    """How many characters a browser may send: a burst, such as a paste, and then so many a second."""

    BURST: Final = 200_000
    PER_SECOND: Final = 20_000
    EACH: Final = 100
    """What a message costs beside its length: 200 messages a second, more than a mouse makes."""

    def __init__(self) -> None:
        self._left = float(self.BURST)
        self._at = time.monotonic()

    def seconds_to_wait(self, length: int) -> float:
        """Takes a message of some characters, and says how long to read no other."""
        now = time.monotonic()
        self._left = min(self.BURST, self._left + (now - self._at) * self.PER_SECOND) - length - self.EACH
        self._at = now
        return max(0.0, -self._left / self.PER_SECOND)


class Relay:
    """Passes on what comes from either side until one of them ends."""

    def __init__(self, socket: web.WebSocketResponse, process: QuestionnaireProcess, idle: float) -> None:
        self._socket = socket
        self._process = process
        self._idle = idle
        self.crash = ""

    async def hold(self) -> Ending:
        """Goes on to the end, and says which it was. The process has ended then."""
        reading, writing = asyncio.create_task(self._from_browser()), asyncio.create_task(self._to_browser())
        try:
            await asyncio.wait({reading, writing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (reading, writing):
                task.cancel()
            read, _written = await asyncio.gather(reading, writing, return_exceptions=True)
            code = await self._process.end(by_itself=writing.done() and not writing.cancelled())
        if isinstance(read, Ending):
            return read
        # A signal that ends the process ends it as a key does.
        return Ending.LEFT if not self.crash and (code == DONE or code > ENDED_BY_SIGNAL) else Ending.FAILED

    async def _to_browser(self) -> None:
        async for kind, content in self._process.packets():
            if kind == DATA:
                await self._socket.send_bytes(content)
            elif kind == CRASH:
                self.crash = content.decode(errors="replace")

    async def _from_browser(self) -> Ending:
        allowance = Allowance()
        idle_at = time.monotonic() + self._idle
        while True:
            try:
                message = await asyncio.wait_for(self._socket.receive(), idle_at - time.monotonic())
            except asyncio.TimeoutError:
                return Ending.IDLE
            if message.type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}:
                return Ending.LEFT
            if message.type is not WSMsgType.TEXT or not await self._take(message.data):
                return Ending.NOT_UNDERSTOOD
            if message.data.startswith('["stdin"'):
                idle_at = time.monotonic() + self._idle
            await asyncio.sleep(allowance.seconds_to_wait(len(message.data)))

    async def _take(self, text: str) -> bool:
        """Does what a message says; false if the page could not have sent it, or nobody could have typed so much."""
        match _parsed(text):
            case ["stdin", str(typed)]:
                # A lone surrogate, which JSON can spell, is no text and no key.
                keys = typed.encode(errors="ignore")
                return not keys or await self._process.send(
                    DATA, keys
                )  # to Textual, no keys at all are the end of them
            case ["resize", {"width": int(width), "height": int(height)}]:
                columns, lines = granted(width, height)
                size = {"type": "resize", "width": columns, "height": lines}
                return await self._process.send(META, json.dumps(size).encode())
            case ["focus" | "blur" as change]:
                return await self._process.send(META, json.dumps({"type": change}).encode())
            case ["ping", str()]:
                return True
        return False


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
