"""Run a command in a child process; if it crashes, report this and remove its temporary files."""

import contextlib
import os
import signal
import sys
from pathlib import Path

from assistant.cli.messages import write_messages
from assistant.cli.options import EvaluateOptions, SparkOptions
from assistant.documents.atomic_file import remove_unfinished
from assistant.documents.problem import Problem
from assistant.system.child_process import Killed, end_with_signal, in_child
from assistant.system.exit_code import BAD_INPUT, ENDED_BY_SIGNAL
from assistant.system.language import _
from assistant.system.output import end_of_output, take_back


def in_child_process(options: EvaluateOptions | SparkOptions) -> int | None:
    """Continue in a child process: return None there, and in its parent the exit code when it has ended.

    If the child was killed, remove the temporary files and empty folders that it left. A crash is reported; where
    somebody stopped the child by a signal, this process ends by the same.
    """
    places = [place for place in (options.output, options.rejects) if isinstance(place, Path)]
    new = [place for place in places if not os.path.lexists(place)]
    end = end_of_output() if isinstance(options, EvaluateOptions) and options.json else None
    ended = in_child()
    if not isinstance(ended, Killed):
        return ended
    take_back(end)
    for folder in {*places, *(place.parent for place in places)}:
        remove_unfinished(folder, ended.process)
    for folder in new:
        with contextlib.suppress(OSError):  # it is a file, there are results in it, or it was never made
            folder.rmdir()
    if ended.signal == signal.SIGINT:  # it came while the child was about to end
        return ENDED_BY_SIGNAL + signal.SIGINT
    if ended.was_stopped:
        end_with_signal(ended.signal)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")  # there may be half a line of progress
    message = _("the evaluation crashed ({signal}): there is no complete result.").format(signal=ended.signal_name)
    remedy = _("If the file is damaged, write it again. If memory was short, split it into smaller files.")
    if isinstance(options.output, Path) and options.output.is_dir():
        remedy += " " + _("Results in the folder are complete: then continue with --resume.")
    write_messages([Problem.of_path(ended.work, message, remedy) if ended.work else f"{message} {remedy}"])
    return BAD_INPUT
