"""A Chromium without a window, driven by its DevTools protocol, so that nothing but the browser has to be installed."""

import asyncio
import contextlib
import itertools
import json
import os
import shutil
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

KEYS: Final = {"ArrowRight": ("ArrowRight", 39, ""), "Tab": ("Tab", 9, "")}
"""Of a key: its code, its number, what it types."""


class Tab:
    """One page, and everything that it was seen to do: its requests, its sockets, its complaints."""

    def __init__(self, send: Callable[..., Any], events: list[tuple[str, dict[str, Any]]]) -> None:
        self.send = send
        self._events = events

    def addresses(self) -> list[str]:
        """The address of every request and socket."""
        of_requests = [told["request"]["url"] for name, told in self._events if name == "Network.requestWillBeSent"]
        return of_requests + [told["url"] for name, told in self._events if name == "Network.webSocketCreated"]

    def complaints(self) -> list[str]:
        """What the page broke of its policy, what failed, and every exception."""
        found = [json.dumps(told) for name, told in self._events if name == "Runtime.exceptionThrown"]
        entries = [told["entry"] for name, told in self._events if name == "Log.entryAdded"]
        return found + [f"{entry['text']} {entry.get('url', '')}" for entry in entries if entry["level"] != "verbose"]

    async def open(self, address: str) -> None:
        told = await self.send("Page.navigate", url=address)
        assert "errorText" not in told, told

    async def evaluate(self, script: str) -> Any:
        told = await self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def press(self, key: str) -> None:
        """Presses a key, as a letter or by its name."""
        code, number, text = KEYS.get(key, (f"Key{key.upper()}", ord(key.upper()) if len(key) == 1 else 0, key))
        event = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        await self.send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **event)
        await self.send("Input.dispatchKeyEvent", type="keyUp", **event)

    async def stands(self, script: str, seconds: float = 20) -> None:
        """Waits until a script is true in the page, across the pages that it goes to."""
        for _attempt in range(int(seconds / 0.05)):
            with contextlib.suppress(AssertionError, RuntimeError):
                if await self.evaluate(script):
                    return
            await asyncio.sleep(0.05)
        raise AssertionError(script)


class Chromium:
    """The browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._events: dict[str, list[tuple[str, dict[str, Any]]]] = {}

    async def listen(self) -> None:
        with contextlib.suppress(ConnectionClosed):  # a browser that ends says no goodbye
            async for message in self._socket:
                told = json.loads(message)
                if "id" in told:
                    self._waiting.pop(told["id"]).set_result(told)
                else:
                    self._events.setdefault(told.get("sessionId", ""), []).append((told["method"], told["params"]))

    async def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        addressee = {"sessionId": session} if session else {}
        await self._socket.send(json.dumps({"id": number, "method": method, "params": parameters, **addressee}))
        told = await asyncio.wait_for(answer, 30)
        if "error" in told:
            raise RuntimeError(told["error"])
        return dict(told["result"])

    async def tab(self, width: int = 1280, height: int = 800) -> Tab:
        target = (await self.send("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        events = self._events.setdefault(session, [])

        async def send(method: str, **parameters: Any) -> dict[str, Any]:
            return await self.send(method, session, **parameters)

        for domain in ("Page", "Network", "Runtime", "Log"):
            await send(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        await send("Emulation.setDeviceMetricsOverride", **size)
        return Tab(send, events)


@asynccontextmanager
async def chromium(profile: Path) -> AsyncIterator[Chromium]:
    """A browser whose profile is in a folder, and that can reach this machine and no other."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "install chromium"
    process = await asyncio.create_subprocess_exec(
        *(program, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", "--no-first-run"),
        *("--disable-gpu", "--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9", "about:blank"),
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        port_file = profile / "DevToolsActivePort"
        for _attempt in range(600):
            if port_file.exists() and "\n" in port_file.read_text():
                break
            await asyncio.sleep(0.05)
        port, path = port_file.read_text().split("\n")
        # No pings: a browser that is slow to answer is still there.
        async with connect(f"ws://127.0.0.1:{port}{path}", max_size=None, ping_interval=None, proxy=None) as socket:
            browser = Chromium(socket)
            listening = asyncio.create_task(browser.listen())
            try:
                yield browser
                with contextlib.suppress(asyncio.TimeoutError, ConnectionClosed):
                    await asyncio.wait_for(browser.send("Browser.close"), 5)
                await asyncio.wait_for(process.wait(), 10)
            finally:
                listening.cancel()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
