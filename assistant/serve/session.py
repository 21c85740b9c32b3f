"""What runs in the process of one questionnaire. Its arguments: folder, language, columns, lines, whether to write.

The driver is handed over by being imported here: ``TEXTUAL_DRIVER``, by which textual-serve would name it, is dropped
with the other variables that Textual obeys.
"""

import sys
from pathlib import Path

from assistant.core_dump import forbid_core_dumps
from assistant.crash import tell_no_values
from assistant.exit_code import BAD_INPUT
from assistant.rulebook import Rulebook
from assistant.rulebook_loader import load_rulebook
from assistant.serve.process import CRASH
from assistant.written_file import forbid_files


def main() -> None:
    """Asks until the user leaves or the server is gone; ends the process."""
    folder, language, columns, lines, files = sys.argv[1:]
    forbid_core_dumps()
    tell_no_values()
    if files != "files":
        forbid_files()
    rulebook = load_rulebook(Path(folder))
    if not isinstance(rulebook, Rulebook):  # it was in order when the server started
        sys.exit(BAD_INPUT)
    from assistant.tui import run_in_browser

    sys.exit(run_in_browser(rulebook, language, (int(columns), int(lines)), _tell_crash))


def _tell_crash(report: str) -> None:
    told = report.encode()
    sys.stdout.buffer.write(CRASH + len(told).to_bytes(4, "big") + told)
    sys.stdout.buffer.flush()
