"""The server: a few fixed routes, and one process for each page that opens."""

import asyncio
import contextlib
import logging
import re
import secrets
import signal
import socket as sockets
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aiohttp import hdrs, web

from assistant.serve import guard
from assistant.serve.guard import Guard
from assistant.serve.page import Pages, assets
from assistant.serve.process import QuestionnaireProcess
from assistant.serve.relay import LARGEST_MESSAGE, Ending, Relay, granted

LOOPBACK: Final = "127.0.0.1"
"""The only address that is listened on."""
MOST_AT_ONCE: Final = 8
"""Questionnaires; each is a process of about 100 MB."""
IDLE: Final = 1800.0
"""Seconds without a key after which a questionnaire is ended."""
SECONDS_FOR_A_PLACE: Final = 1.0
"""How long a page waits for its questionnaire when there are as many as there may be."""
HEARTBEAT: Final = 15.0
"""Seconds between two signs of life that a browser is asked for; one that gives none is gone."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@contextmanager
def listening(port: int) -> Iterator[sockets.socket]:
    """A socket that listens on this machine only; port 0 is any that is free.

    Raises:
        OSError: The port is taken, or not for us.
    """
    with sockets.create_server((LOOPBACK, port)) as socket:
        yield socket


class Door:
    """Lets one person's browser in, and holds what is open. ``idle`` and ``most`` are limits; see the constants."""

    def __init__(  # noqa: PLR0913  # what to serve, where, and two limits
        self, folder: Path, language: str, port: int, files: bool, *, idle: float = IDLE, most: int = MOST_AT_ONCE
    ) -> None:
        self._folder, self._language, self._files = folder, language, files
        self._idle = idle
        self._places = asyncio.Semaphore(most)
        self._guard = Guard(port)
        self._pages = Pages(language)
        self._assets = assets()
        self._open: set[web.WebSocketResponse] = set()
        self.address = f"http://{LOOPBACK}:{port}/{self._guard.token}"

    def application(self) -> web.Application:
        """The routes, behind the guard."""
        application = web.Application(middlewares=[self._guarded], client_max_size=0)
        application.add_routes(
            [
                web.get("/{token}", self._enter, allow_head=False),
                web.get("/{room}/", self._terminal, allow_head=False),
                web.get("/{room}/socket", self._questionnaire, allow_head=False),
                web.get("/{room}/ended/{code}", self._ended, allow_head=False),
                web.get("/{room}/{asset}", self._asset, allow_head=False),
            ]
        )
        application.on_response_prepare.append(_forbid)
        application.on_shutdown.append(self._close_all)
        return application

    async def serve(self, socket: sockets.socket) -> int:
        """Serves until a signal comes; returns its number. Every questionnaire has ended then."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, _context: None)  # it would print what it holds
        told: asyncio.Queue[int] = asyncio.Queue()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError):  # on Windows, where asyncio handles no signals
                    loop.add_signal_handler(number, told.put_nowait, number)
        runner = web.AppRunner(self.application(), access_log=None, logger=_SILENT, shutdown_timeout=2.0)
        await runner.setup()
        try:
            await web.SockSite(runner, socket).start()
            return await told.get()
        finally:
            await runner.cleanup()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns away whoever is not to come in, and whoever asks for what is not there, in the same words."""
        shown = request.match_info
        let_in = self._guard.admits(request) if "room" in shown else "token" in shown and self._guard.invites(request)
        if not (self._guard.is_local(request) and let_in):
            return guard.turned_away()
        try:
            return await handler(request)
        except web.HTTPException:
            return guard.turned_away()

    async def _enter(self, _request: web.Request) -> web.Response:
        return self._guard.let_in()

    async def _terminal(self, request: web.Request) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        return _page(self._pages.terminal(nonce), guard.policy_for_terminal(request, nonce))

    async def _ended(self, request: web.Request) -> web.Response:
        code = request.match_info["code"]
        known = {str(ending.value): ending for ending in Ending}
        return _page(self._pages.ended(known.get(code, Ending.LEFT)), guard.policy_for_text())

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self._assets.get(request.match_info["asset"])
        if asset is None:
            return guard.turned_away()
        return web.Response(body=asset.content, content_type=asset.media_type)

    async def _questionnaire(self, request: web.Request) -> web.StreamResponse:
        """A new questionnaire: never one that is open, nor one that has been lost."""
        if hdrs.ORIGIN not in request.headers:  # every browser sends it with the request for a socket
            return guard.turned_away()
        socket = web.WebSocketResponse(
            max_msg_size=LARGEST_MESSAGE, heartbeat=HEARTBEAT, timeout=1.0, compress=False, writer_limit=LARGEST_MESSAGE
        )
        await socket.prepare(request)
        self._open.add(socket)
        try:
            ending = await self._hold(socket, _size(request))
            await socket.close(code=ending)
        finally:
            self._open.discard(socket)
        return socket

    async def _hold(self, socket: web.WebSocketResponse, size: tuple[int, int]) -> Ending:
        try:
            # The place of a page that is being loaded again may not be free yet.
            await asyncio.wait_for(self._places.acquire(), SECONDS_FOR_A_PLACE)
        except asyncio.TimeoutError:
            return Ending.CROWDED
        try:
            return await self._ask(socket, size)
        finally:
            self._places.release()

    async def _ask(self, socket: web.WebSocketResponse, size: tuple[int, int]) -> Ending:
        process = await QuestionnaireProcess.start(self._folder, self._language, size, self._files)
        relay = Relay(socket, process, self._idle)
        ending = await relay.hold()
        if relay.crash:
            sys.stderr.write(relay.crash + "\n")
        return ending

    async def _close_all(self, _application: web.Application) -> None:
        for socket in set(self._open):
            await socket.close(code=Ending.SERVER_ENDS)


_SILENT: Final = logging.Logger("silent", logging.CRITICAL + 1)  # noqa: LOG001  # known to nobody, so nobody can turn it on

_SHORT: Final = re.compile("[0-9]{1,9}")


async def _forbid(_request: web.Request, response: web.StreamResponse) -> None:
    guard.forbid(response)


def _page(text: str, policy: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})


def _size(request: web.Request) -> tuple[int, int]:
    """The columns and lines that a page says it has room for."""
    width, height = request.query.get("width", ""), request.query.get("height", "")
    return granted(int(width), int(height)) if _SHORT.fullmatch(width) and _SHORT.fullmatch(height) else (80, 24)
