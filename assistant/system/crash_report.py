"""What is told of a crash: where it happened, and never what was said when it did."""

import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import Final

from assistant.system.language import _

_PROGRAM: Final = Path(__file__).parents[2]


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
        "The program stopped because of a mistake of its own: {type} at {place}. "
        "Answers that were not saved are gone with it."
    )
    return message.format(type=type(error).__name__, place=where)


def tell_no_values() -> None:
    """Silences, for the whole process, whatever would print an exception's message or an object's description.

    Python does where an exception is not caught, also in a thread or while an object is freed; ``asyncio`` logs what it
    was doing when that takes long, in the mode of developers.
    """
    sys.excepthook = lambda _type, error, _where: sys.stderr.write(crash_report(error) + "\n")
    sys.unraisablehook = lambda _failed: None
    threading.excepthook = lambda _died: None
    logging.disable(logging.CRITICAL)
