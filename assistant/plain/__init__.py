"""The questionnaire line by line: for screen readers, for simple terminals, and to be driven from a pipe.

The conversation goes to standard output. There are no control codes in it, nothing is drawn over, nothing that is typed
is kept by the terminal's history, and nothing is written to disk that was not asked for by name.
"""

import io
import shutil
import sys
from collections.abc import Mapping

from assistant.assessment import Assessor
from assistant.crash import crash_report
from assistant.exit_code import BAD_INPUT, CRASHED, DONE
from assistant.interview import Reply
from assistant.language import use_language
from assistant.plain.conversation import Conversation, Leave
from assistant.plain.keeping import NotOpenedError, replies_in
from assistant.plain.secret import secret_line
from assistant.plain.talk import Talk
from assistant.problem import EngineError
from assistant.rulebook import Rulebook
from assistant.session_file import SealedFile

LONGEST_LINE = 1000
"""Characters of a typed line that are read; the rest of it is dropped."""


def run(
    rulebook: Rulebook,
    replies: Mapping[str, Reply] | None = None,
    to_open: SealedFile | None = None,
) -> int:
    """Asks until the user leaves or nothing more comes in; returns the exit code.

    It begins with some replies if there are any, or with the passphrase of a saved interview if there is one to open.
    """
    use_language(rulebook.language)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    width = max(20, min(shutil.get_terminal_size((80, 24)).columns, 100))
    talk = Talk(_say, _typed_line, width, secret_line if sys.stdin.isatty() else None)
    try:
        asked = None
        if to_open is not None:
            replies, asked = replies_in(to_open, rulebook, talk, again=sys.stdin.isatty())
        conversation = Conversation(Assessor(rulebook).ready_for_conversation(), rulebook, talk, replies)
        if to_open is not None:
            conversation.go_on(asked, to_open.name)
        conversation.hold()
    except NotOpenedError:
        return BAD_INPUT
    except (Leave, EOFError):
        return DONE
    except (EngineError, OSError):  # the output is gone, or cannot be written
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, its text could quote an answer
        sys.stderr.write(crash_report(error) + "\n")
        return CRASHED
    return DONE


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _typed_line() -> str:
    """The next line, without its end.

    Raises:
        EOFError: if there is none, or nothing can be read.
    """
    try:
        line = rest = sys.stdin.readline(LONGEST_LINE)
        while rest and not rest.endswith("\n"):
            rest = sys.stdin.readline(LONGEST_LINE)
    except OSError:
        raise EOFError from None
    if not line:
        raise EOFError
    return line.rstrip("\r\n")
