"""Refusing to be stopped, as a shell stops a program with Ctrl+Z: the screen of a stopped program stays visible.

The questionnaire ignores the signals that can be ignored. SIGSTOP cannot; when the program continues after it, the
terminal is set up again. Textual's own handling would save its own terminal modes as the original ones, and start a
second reader of the input beside the first.
"""

import asyncio
import contextlib
import os
import signal
import sys
from typing import Any

from textual.app import App


def refuse_to_stop(app: App[Any]) -> None:
    """Ignore the signals that stop a program; do nothing where there are none."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        return
    _refuse()
    with contextlib.suppress(RuntimeError, ValueError):  # asyncio handles no signals outside the main thread
        asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, _go_on, app)


def _refuse() -> None:
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    # The system sends these to a program in the background that reads or sets the terminal; ignored, it would do both.
    for number in (signal.SIGTTIN, signal.SIGTTOU):
        signal.signal(number, lambda *_: _stop_if_behind())


def _stop_if_behind() -> bool:
    """Stop if another program, such as a shell, has the terminal: it does not show our screen then.

    Return whether the program was stopped.
    """
    with contextlib.suppress(OSError):
        if os.tcgetpgrp(sys.stdin.fileno()) != os.getpgrp():
            os.kill(os.getpid(), signal.SIGSTOP)
            return True
    return False


def _go_on(app: App[Any]) -> None:
    """Set the terminal up again after the program was stopped."""
    driver = app._driver  # noqa: SLF001  # App.suspend() would do, but for the modes; see above
    if driver is None or not app.is_running or _stop_if_behind():
        return
    driver.suspend_application_mode()  # which restores the original modes
    driver.resume_application_mode()
    _refuse()
    app.refresh(layout=True)
