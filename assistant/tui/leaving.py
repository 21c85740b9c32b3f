"""Leaving: the terminal as it was, nothing of the conversation on it, and of a crash only where it happened."""

import asyncio
import contextlib
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, Final, Protocol

from assistant.language import _

CRASHED: Final = 70
"""The exit code of a crash (``EX_SOFTWARE`` of sysexits.h)."""
CLEAR_EVERYTHING: Final = "\x1b[H\x1b[2J\x1b[3J"
"""To the top, clear the screen, clear what has scrolled off it."""

_PROGRAM: Final = Path(__file__).parents[2]


class Leavable(Protocol):
    """An application that can be run, and remembers what it crashed of."""

    crash: BaseException | None

    def run(self) -> Any:
        """Runs until the user leaves."""

    @property
    def return_code(self) -> int | None:
        """The exit code."""


def run_and_clear(app: Leavable) -> int:
    """Runs an application; then clears the terminal, tells of a crash, and returns the exit code."""
    # A thread that dies would print its exception, whose message may quote what was typed.
    threading.excepthook = lambda _died: None
    try:
        app.run()
    except BaseException as error:  # noqa: BLE001  # whatever it is, its text could quote an answer
        app.crash = app.crash or error
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(CLEAR_EVERYTHING)
        if app.crash is not None:
            sys.stderr.write(crash_report(app.crash) + "\n")
        sys.stderr.flush()
    return CRASHED if app.crash is not None else app.return_code or 0


def crash_report(error: BaseException) -> str:
    """Where an exception was raised, and its type; never its message or a value, for they may be answers."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PROGRAM / "assistant")]
    where = "?"
    if frames:
        frame = (own or frames)[-1]
        path = Path(frame.filename)
        name = path.relative_to(_PROGRAM) if path.is_relative_to(_PROGRAM) else path.name
        where = f"{name}:{frame.lineno}"
    message = _(
        "The program stopped because of a mistake of its own: {type} at {place}. Your answers are gone with it."
    )
    return message.format(type=type(error).__name__, place=where)


def leave_on_signals(leave: Any) -> None:
    """Calls ``leave`` with the exit code when the process is told to end; where there are no signals, does nothing."""
    loop = asyncio.get_running_loop()
    # Tasks that die unnoticed are logged with the text of their exception.
    loop.set_exception_handler(lambda _loop, _context: None)
    for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave, 128 + number)
