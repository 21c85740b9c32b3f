"""Being stopped, as a shell stops a program with Ctrl+Z: a program that stands still leaves its screen standing.

So the questionnaire cannot be stopped by a signal that can be refused. SIGSTOP cannot; after it, the terminal is taken
anew. Where Textual would do that, it would take the modes that it has set itself for those of before, and start to read
a second time beside the first.
"""

import asyncio
import contextlib
import os
import signal
import sys
from typing import Any

from textual.app import App


def refuse_to_stop(app: App[Any]) -> None:
    """Sees to it that the program is not stopped while its screen stands; where there are no such signals, nothing."""
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
    """Stops where the terminal is somebody else's, such as a shell's: then it is not our screen that stands there."""
    with contextlib.suppress(OSError):
        if os.tcgetpgrp(sys.stdin.fileno()) != os.getpgrp():
            os.kill(os.getpid(), signal.SIGSTOP)
            return True
    return False


def _go_on(app: App[Any]) -> None:
    """Takes the terminal again."""
    driver = app._driver  # noqa: SLF001  # App.suspend() would do, but for the modes; see above
    if driver is None or not app.is_running or _stop_if_behind():
        return
    driver.suspend_application_mode()  # which gives back the modes of before
    driver.resume_application_mode()
    _refuse()
    app.refresh(layout=True)
