"""Leaving: restore and clear the terminal, so that nothing of the conversation remains on it."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, NoReturn

from assistant.system.crash_report import crash_report
from assistant.system.exit_code import CRASHED, ENDED_BY_SIGNAL

if TYPE_CHECKING:
    from assistant.tui.serial_app import SerialApp

CLEAR_EVERYTHING: Final = "\x1b[H\x1b[2J\x1b[3J"
"""Cursor to the top, clear the screen, clear the scrollback."""


def run_and_clear(app: "SerialApp") -> int:
    """Run an application, clear the terminal, report a crash if there was one, and return the exit code."""
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


def end_process(code: int) -> NoReturn:
    """End the process at once. Otherwise Python would first destroy the widgets of all open pages, visibly slowly."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def leave_on_signals(leave: Any) -> None:
    """Call ``leave`` with the exit code on a signal to end; do nothing where there are no such signals."""
    loop = asyncio.get_running_loop()
    # Tasks that die unnoticed are logged with the text of their exception.
    loop.set_exception_handler(lambda _loop, _context: None)
    for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"):
        number = getattr(signal, name, None)
        if number is not None:
            # asyncio handles no signals on Windows (NotImplementedError), nor outside the main thread (the others).
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave, ENDED_BY_SIGNAL + number)
