"""One questionnaire in a process of its own: when the process is gone, so is everything that was answered."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final

DATA: Final = b"D"
META: Final = b"M"
"""Kinds of packets, in both directions: what a terminal would send or show, and JSON about it."""
CRASH: Final = b"C"
"""A packet that says where the program has failed, and never what it held then."""

GREETING: Final = b"__GANGLION__\n"
"""What Textual's web driver writes before its first packet."""
LARGEST: Final = 1 << 22
"""Bytes of a packet. A screen of the largest size that a browser is granted stays far below."""
SECONDS_TO_END: Final = 1
SECONDS_TO_CATCH_UP: Final = 3
"""With a pipe and a buffer full of keys, more than anybody types ahead."""

# Not -m, which would let a module in the folder where the server was started take the place of ours.
_START: Final = """\
import sys
sys.path[:] = [folder for folder in sys.path if folder] + [sys.argv.pop(1)]
from assistant.serve.session import main
main()
"""
_PROGRAM: Final = Path(__file__).parents[2]


class QuestionnaireProcess:
    """The process, seen from the server."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, folder: Path, language: str, size: tuple[int, int], files: bool) -> "QuestionnaireProcess":
        """Starts one, for a screen of some columns and lines. Answers reach it through a pipe, not by arguments.

        It is in a session of its own: a Ctrl+C on the server's terminal is for the server, which ends it in good order.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _START, str(_PROGRAM)),
            *(str(folder), language, *map(str, size), "files" if files else "no-files"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=environment(os.environ),
            start_new_session=True,
        )
        return cls(process)

    @property
    def number(self) -> int:
        """The process id."""
        return self._process.pid

    async def send(self, kind: bytes, payload: bytes) -> bool:
        """Sends a packet; false if the process is behind and does not catch up. If it has ended, does nothing."""
        stdin = self._process.stdin
        if stdin is not None:
            try:
                stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
                await asyncio.wait_for(stdin.drain(), SECONDS_TO_CATCH_UP)
            except asyncio.TimeoutError:
                return False
            except (OSError, RuntimeError):
                pass
        return True

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """The kind and the content of what the process sends, until it ends or sends what is no packet."""
        stdout = self._process.stdout
        if stdout is None:
            return
        with contextlib.suppress(asyncio.IncompleteReadError, ValueError, OSError):
            if await stdout.readexactly(len(GREETING)) != GREETING:
                return
            while True:
                head = await stdout.readexactly(5)
                kind, size = head[:1], int.from_bytes(head[1:], "big")
                if kind not in {DATA, META, CRASH} or size > LARGEST:
                    return
                yield kind, await stdout.readexactly(size)

    async def end(self, *, by_itself: bool) -> int:
        """Sees to it that the process ends, and returns its exit code.

        One that does so by itself is given some time. Any other is told to, by its input and by a signal: while it
        starts it does not read yet.
        """
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
            if not by_itself:
                with contextlib.suppress(ProcessLookupError):
                    self._process.terminate()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._process.wait(), SECONDS_TO_END)
        finally:
            if self._process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    self._process.kill()
        return await self._process.wait()


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """The environment of a questionnaire: ours without what Textual obeys, and with the terminal that xterm.js is."""
    kept = {name: value for name, value in ours.items() if not name.startswith("TEXTUAL")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
