"""The questionnaire on a terminal.

Textual is imported when the questionnaire opens and not before: the other commands do not wait for it, and it reads
its variables, ``TEXTUAL`` and ``TEXTUAL_*``, some of which write to disk or open a port, while it is being imported.
"""

import os
import sys
from collections.abc import Mapping

from assistant.interview import Reply
from assistant.language import _, use_language
from assistant.rulebook import Rulebook

BAD_TERMINAL = 2
"""The exit code when there is no terminal to ask on."""


def run(rulebook: Rulebook, language: str, replies: Mapping[str, Reply] | None = None) -> int:
    """Asks until the user leaves, beginning with some replies if there are any; returns the exit code."""
    use_language(language)
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM", "") in {"", "dumb"}:
        sys.stderr.write(_("The questionnaire needs a terminal that can draw a screen.") + "\n")
        return BAD_TERMINAL
    for variable in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[variable]
    from assistant.tui.app import Questionnaire
    from assistant.tui.leaving import run_and_clear
    from assistant.tui.typed_bytes import take_bad_bytes_for_no_key

    take_bad_bytes_for_no_key()
    return run_and_clear(Questionnaire(rulebook, language, replies))
