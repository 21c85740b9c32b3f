"""The work of a command in a child process.

If a library kills the process, the parent says so, and no file is left half written.

The child is a copy of this process, made before a library is loaded that starts threads. The parent waits, passes on
the signals that it gets, and removes the temporary files of a child that crashed.
"""

import ctypes
import gc
import mmap
import os
import signal
import sys
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

STOPPING: Final = frozenset(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
)
"""The signals by which people stop a program."""
_PR_SET_PDEATHSIG: Final = 1
_FROM_KERNEL: Final = 0x80
"""``si_code`` of a signal from a key: the terminal sends it to the child too."""
_LONGEST: Final = 8192


class Killed(NamedTuple):
    """A child process that a signal ended; ``work`` is what it worked on, if that was noted."""

    process: int
    signal: int
    work: str

    @property
    def was_stopped(self) -> bool:
        """Whether somebody stopped it; otherwise it crashed."""
        return self.signal in STOPPING

    @property
    def signal_name(self) -> str:
        """The name of the signal; its number if it has none."""
        return next((each.name for each in signal.Signals if each == self.signal), str(self.signal))


class _Work:
    """What the child works on, in memory that it shares with its parent."""

    shared: mmap.mmap | None = None


def note_work(name: str) -> None:
    """Let the parent know what this process works on now."""
    if _Work.shared is not None:
        noted = os.fsencode(name)[: _LONGEST - 1]
        _Work.shared[: len(noted) + 1] = noted + b"\0"


def _work_noted() -> str:
    return os.fsdecode(_Work.shared[:].partition(b"\0")[0]) if _Work.shared is not None else ""


def in_child() -> int | Killed | None:
    """Continue in a child process.

    Return None in the child (and where the system cannot do it), and in the parent, once the child has ended, its exit
    code or what killed it.
    """
    if sys.platform != "linux":
        return None
    parent, watched = os.getpid(), {*STOPPING, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # if it is ignored, the system forgets how a child ended
    before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
    gc.freeze()  # a garbage collection writes to every object, and the system would copy all that the two share
    try:
        _Work.shared = mmap.mmap(-1, _LONGEST)
        child = os.fork()
    except OSError:  # no memory, or too many processes: whether it is enough for the work itself will be seen
        child = 0
    else:
        if child:
            return _outcome(child, _waited(child, watched))
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before it could take the child with it
            os._exit(1)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return None


def _waited(child: int, watched: AbstractSet[int]) -> int:
    """Wait for the child, and return its wait status; pass on to it the signals that come meanwhile."""
    while True:
        got = signal.sigwaitinfo(watched)
        if got.si_signo == signal.SIGCHLD:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status
        elif got.si_code != _FROM_KERNEL:
            os.kill(child, got.si_signo)


def _outcome(child: int, status: int) -> int | Killed:
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    return Killed(child, os.WTERMSIG(status), _work_noted())


def end_by(number: int) -> None:
    """End this process by a signal, as if it had come to this process alone."""
    signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)
