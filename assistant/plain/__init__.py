"""The questionnaire line by line: for screen readers, for simple terminals, and to be driven from a pipe.

The conversation goes to standard output. There are no control codes in it, nothing is drawn over, nothing that is typed
is kept by the terminal's history, and nothing is written to disk that was not asked for by name.
"""

import io
import shutil
import sys
from collections.abc import Mapping

from assistant.assessment import Assessor
from assistant.crash import CRASHED, crash_report
from assistant.interview import Reply
from assistant.language import use_language
from assistant.plain.conversation import Conversation, Leave
from assistant.plain.talk import Talk
from assistant.problem import EngineError
from assistant.rulebook import Rulebook

LONGEST_LINE = 1000
"""Characters of a typed line that are read; the rest of it is dropped."""


def run(rulebook: Rulebook, language: str, replies: Mapping[str, Reply] | None = None) -> int:
    """Asks until the user leaves or nothing more comes in; returns the exit code."""
    use_language(language)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    width = max(20, min(shutil.get_terminal_size((80, 24)).columns, 100))
    try:
        Conversation(
            Assessor(rulebook).ready_for_conversation(), rulebook, Talk(_say, _typed_line, width), replies
        ).hold()
    except (Leave, EOFError):
        return 0
    except (EngineError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, its text could quote an answer
        sys.stderr.write(crash_report(error) + "\n")
        return CRASHED
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _typed_line() -> str:
    """The next line, without its end.

    Raises:
        EOFError: if there is none.
    """
    line = sys.stdin.readline(LONGEST_LINE)
    rest = line
    while rest and not rest.endswith("\n"):
        rest = sys.stdin.readline(LONGEST_LINE)
    if not line:
        raise EOFError
    return line.rstrip("\r\n")
