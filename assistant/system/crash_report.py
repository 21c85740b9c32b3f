"""Messages about crashes: they say where the program failed and never contain an answer."""

import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import Final

from assistant.system.language import _

_PROGRAM: Final = Path(__file__).parents[2]


def crash_report(error: BaseException) -> str:
    """Return a message with an exception's type and place, without its text or any value, which may be answers."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PROGRAM / "assistant")]
    where = "?"
    if frames:
        frame = (own or frames)[-1]
        path = Path(frame.filename)
        name = path.relative_to(_PROGRAM) if path.is_relative_to(_PROGRAM) else path.name
        where = f"{name}:{frame.lineno}"
    message = _(
        "The program stopped because of a mistake of its own: {type} at {place}. "
        "Answers that were not saved are gone with it."
    )
    return message.format(type=type(error).__name__, place=where)


def hide_values() -> None:
    """Replace, for the whole process, everything that would print an exception's message or an object's ``repr``.

    Python prints them when an exception is not caught, also in a thread or while an object is freed; ``asyncio`` in
    debug mode logs operations that take long. Logging is disabled.
    """
    sys.excepthook = lambda _type, error, _where: sys.stderr.write(crash_report(error) + "\n")
    sys.unraisablehook = lambda _failed: None
    threading.excepthook = lambda _died: None
    logging.disable(logging.CRITICAL)
