"""What is told of a crash: where it happened, and never what was said when it did."""

import traceback
from pathlib import Path
from typing import Final

from assistant.language import _

CRASHED: Final = 70
"""The exit code of a crash (``EX_SOFTWARE`` of sysexits.h)."""

_PROGRAM: Final = Path(__file__).parents[1]


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
