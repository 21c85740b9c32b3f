"""The questionnaire line by line: for screen readers, simple terminals and pipes.

The conversation goes to standard output, without control codes, and no line is overwritten. Typed lines get into no
history. Files are written only under names that the user gives.
"""

import contextlib
import datetime
import shutil
import sys
from collections.abc import Mapping

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import EngineError
from assistant.interview.saved import EncryptedFile
from assistant.plain.conversation import Conversation, Leave
from assistant.plain.line_io import LineIO
from assistant.plain.saving import NotOpenedError, saved_interview_in
from assistant.plain.secret import secret_line
from assistant.plain.standard_input import MAX_LINE_CHARACTERS, Lines, NoTextError, lines_of_standard_input
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.system import output
from assistant.system.crash_report import crash_report
from assistant.system.exit_code import BAD_INPUT, CRASHED, DONE
from assistant.system.language import _, use_language


def run(
    rulebook: Rulebook,
    replies: Mapping[str, Reply] | None = None,
    to_open: EncryptedFile | None = None,
    asked_on: datetime.date | None = None,
) -> int:
    """Ask until the user leaves or the input ends, and return the exit code.

    ``replies`` are the replies to begin with. ``to_open`` is a saved interview to open first, with its passphrase.
    ``asked_on`` is the day of asking.
    """
    use_language(rulebook.language)
    width = max(20, min(shutil.get_terminal_size((80, 24)).columns, 100))
    lines = lines_of_standard_input()
    io = LineIO(_say, lambda: _typed_line(lines), width, secret_line if sys.stdin.isatty() else None)
    try:
        restored = None
        if to_open is not None:
            restored = saved_interview_in(to_open, rulebook, io, again=sys.stdin.isatty())
        assessor = Assessor(rulebook).ready_for_conversation()
        conversation = Conversation(assessor, rulebook, io, replies, asked_on)
        if restored is not None and to_open is not None:
            conversation.go_on(restored, to_open.name)
        conversation.hold()
    except NotOpenedError:
        return BAD_INPUT
    except NoTextError as error:
        sys.stderr.write(f"{error.problem}\n")
        return BAD_INPUT
    except (Leave, EOFError):
        return DONE
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):
            _say("")  # or the shell's prompt would be in the line of the ^C
        raise
    except (EngineError, OSError):  # the output is gone, or cannot be written
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, its text could quote an answer
        sys.stderr.write(crash_report(error) + "\n")
        return CRASHED
    return DONE


def _say(line: str) -> None:
    output.write_text(line + "\n")
    output.flush()


def _typed_line(lines: Lines) -> str:
    """Return the next line that is not too long.

    Raises:
        EOFError: if there is none, or the input cannot be read.
        NoTextError: if the input is no text.
    """
    while len(line := lines.next_line()) > MAX_LINE_CHARACTERS:
        _say(_("This line was not read: it has more than {most} characters.").format(most=MAX_LINE_CHARACTERS))
    return line
