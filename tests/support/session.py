"""A program on a terminal of its own, which it controls as a shell's would be: it can be resized and ended."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from typing_extensions import Self

from tests.support.project import ROOT

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
_TAKE_THE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"
)


class Session:
    """The far side of the terminal. Nothing here waits for the program: what it does not read is kept for later."""

    def __init__(self, words: Sequence[str], folder: Path, size: tuple[int, int] = (80, 24)) -> None:
        self._far, near = pty.openpty()
        self.resize(*size)
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        for name in [name for name in environment if name in {"COLUMNS", "LINES"} or name.startswith("TEXTUAL")]:
            del environment[name]
        # The child takes the terminal itself: code between fork and exec is not safe beside threads.
        self.process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_THE_TERMINAL, sys.executable, *words],
            stdin=near,
            stdout=near,
            stderr=near,
            cwd=folder,
            start_new_session=True,
            env=environment,
        )
        os.close(near)
        os.set_blocking(self._far, False)
        self.begun = time.monotonic()
        self._waiting = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._far)

    @property
    def queued(self) -> int:
        """Return how many bytes the program's terminal has not taken yet."""
        return len(self._waiting)

    def types(self, data: bytes) -> None:
        """Send bytes, now or as soon as there is room for them."""
        self._waiting += data
        self._send()

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size; the system tells the program by a signal."""
        fcntl.ioctl(self._far, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def reads(self, seconds: float) -> bytes:
        """Return what was written meanwhile; return early if something was."""
        self._send()
        try:
            ready, _, _ = select.select([self._far], [self._far] if self._waiting else [], [], max(0.0, seconds))
            return os.read(self._far, 1 << 16) if ready else b""
        except OSError:  # on Linux, what a pseudo-terminal says once nobody holds the other side
            time.sleep(min(0.01, max(0.0, seconds)))
            return b""

    def reads_until(self, wanted: bytes, seconds: float) -> bytes:
        """Return everything written until a text comes, the program ends, or time is over."""
        received, deadline = b"", time.monotonic() + seconds
        while wanted not in received and time.monotonic() < deadline:
            data = self.reads(0.05)
            received += data
            if not data and self.process.poll() is not None:
                break
        return received

    def processor_seconds(self) -> float:
        """Return the processor time that the program has used; infinite once it has ended."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return float("inf")
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS

    def _send(self) -> None:
        while self._waiting:
            try:
                sent = os.write(self._far, self._waiting[:4096])
            except (BlockingIOError, OSError):
                return
            self._waiting = self._waiting[sent:]


@contextmanager
def busy_machine(processes: int = 2) -> Iterator[None]:
    """Keep processors busy meanwhile."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for each in running:
            each.send_signal(signal.SIGKILL)
            each.wait()
