"""Run the work of a command in a child process, so that a library that ends the process cannot end it silently.

The child is a fork of this process, made before a library is loaded that starts threads. The parent waits, forwards the
signals that it receives, and removes the temporary files of a child that crashed.
"""

import contextlib
import ctypes
import gc
import mmap
import os
import signal
import sys
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple, NoReturn

STOP_SIGNALS: Final = frozenset(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
)
"""The signals with which people stop a program."""
_PR_SET_PDEATHSIG: Final = 1
_FROM_KERNEL: Final = 0x80
"""``si_code`` of a signal that a key caused: the terminal sends it to the child too."""
_MAX_NOTE_BYTES: Final = 8192
"""Bytes of the shared memory for the noted work, including the zero byte at its end."""


class Killed(NamedTuple):
    """A child process that a signal ended; ``work`` is the last text passed to :func:`note_work`, or empty."""

    process: int
    signal: int
    work: str

    @property
    def was_stopped(self) -> bool:
        """Whether a person stopped it; otherwise it crashed."""
        return self.signal in STOP_SIGNALS

    @property
    def signal_name(self) -> str:
        """The name of the signal, or its number if it has no name."""
        return next((each.name for each in signal.Signals if each == self.signal), str(self.signal))


class _SharedWork:
    """The memory that parent and child share; it contains the noted work."""

    shared: mmap.mmap | None = None


def note_work(name: str) -> None:
    """Store a description of the current work where the parent can read it after a crash."""
    if _SharedWork.shared is not None:
        noted = os.fsencode(name)[: _MAX_NOTE_BYTES - 1]
        _SharedWork.shared[: len(noted) + 1] = noted + b"\0"


def in_child() -> int | Killed | None:
    """Continue in a child process.

    Return None in the child, and on systems where this is not possible. In the parent, wait until the child has ended
    and return its exit code, or a :class:`Killed` if a signal ended it.
    """
    if sys.platform != "linux":
        return None
    parent, watched = os.getpid(), {*STOP_SIGNALS, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # if it is ignored, the system forgets how a child ended
    before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
    gc.freeze()  # a garbage collection writes to every object, and the system would copy all shared pages
    try:
        _SharedWork.shared = mmap.mmap(-1, _MAX_NOTE_BYTES)
        child = os.fork()
    except OSError:  # no memory, or too many processes: do the work in this process instead
        child = 0
    else:
        if child:
            return _exit_code_or_signal(child, _wait(child, watched))
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # the parent ended before the child had asked to be killed with it
            os._exit(1)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return None


def _wait(child: int, watched: AbstractSet[int]) -> int:
    """Wait for the child and return its wait status; forward signals that arrive meanwhile."""
    while True:
        got = signal.sigwaitinfo(watched)
        if got.si_signo == signal.SIGCHLD:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status
        elif got.si_code != _FROM_KERNEL:
            os.kill(child, got.si_signo)


def _exit_code_or_signal(child: int, status: int) -> int | Killed:
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    work = os.fsdecode(_SharedWork.shared[:].partition(b"\0")[0]) if _SharedWork.shared is not None else ""
    return Killed(child, os.WTERMSIG(status), work)


def end_child(code: int) -> NoReturn:
    """End this child process with an exit code, once its output is written.

    Python would first stop the threads of libraries, some of which then abort the process.
    """
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def end_with_signal(number: int) -> None:
    """End this process with a signal, as if only this process had received it."""
    signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)
