"""A pseudo-terminal with a program on it, and somebody at its far side who types and sees every byte."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.project import ROOT


class Terminal:
    """The far side of a pseudo-terminal."""

    def __init__(self, process: "subprocess.Popen[bytes]", handle: int) -> None:
        self.process = process
        self._handle = handle
        self.received = b""

    def waits_for(self, text: bytes, seconds: float = 20, times: int = 1) -> None:
        deadline = time.monotonic() + seconds
        while self.received.count(text) < times:
            assert time.monotonic() < deadline, self.received[-3000:]
            self._read(0.05)

    def types(self, keys: bytes) -> None:
        os.write(self._handle, keys)

    @property
    def is_open(self) -> bool:
        """Whether the other end of the terminal is open."""
        return self._handle >= 0

    def hangs_up(self) -> None:
        """Close the terminal's other end. A process that does not lead its session gets no signal of that."""
        os.close(self._handle)
        self._handle = -1

    def ends(self, seconds: float = 10) -> int:
        """The exit code, once everything is read."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "it goes on"
            self._read(0.01)
        while self._read(0.1):
            pass
        return self.process.returncode

    def _read(self, seconds: float) -> bool:
        try:
            if not select.select([self._handle], [], [], seconds)[0]:
                return False
            data = os.read(self._handle, 65536)
        except OSError:  # on Linux, what a pseudo-terminal says once nobody holds the other side
            return False
        self.received += data
        return bool(data)


@contextmanager
def on_a_terminal(arguments: list[str], folder: Path, **environment: str) -> Iterator[Terminal]:
    """Runs a Python with arguments on a terminal of 80 columns and 24 lines, and kills it in the end."""
    far, near = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=near,
        stdout=near,
        stderr=near,
        cwd=folder,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", **environment},
    )
    os.close(near)
    terminal = Terminal(process, far)
    try:
        yield terminal
    finally:
        process.kill()
        process.wait()
        if terminal.is_open:
            os.close(far)


@contextmanager
def program_on_a_terminal(*words: str) -> Iterator[Terminal]:
    """Runs the program itself."""
    with on_a_terminal(["-m", "assistant", *words], ROOT, LC_ALL="C.UTF-8") as terminal:
        yield terminal
