"""The questionnaire on a terminal screen.

Textual is imported only when the questionnaire opens. Other commands need not wait for it; and while it is imported, it
reads the variables ``TEXTUAL`` and ``TEXTUAL_*``, some of which make it write to disk or open a port.
"""

import datetime
import os
from collections.abc import Mapping

from assistant.interview.saved import EncryptedFile
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.system.language import use_language


def run(
    rulebook: Rulebook,
    language: str,
    replies: Mapping[str, Reply] | None = None,
    to_open: EncryptedFile | None = None,
    asked_on: datetime.date | None = None,
) -> int:
    """Ask on the terminal until the user leaves, then end the process.

    ``replies`` are the replies to begin with. ``to_open`` is a saved interview to open first, with its passphrase.
    ``asked_on`` is the day of asking.
    """
    use_language(language)
    for variable in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[variable]
    from assistant.tui.terminal.terminal_input import install_patient_parser, without_flow_control

    with without_flow_control():
        from assistant.tui.app import Questionnaire
        from assistant.tui.terminal.leaving import end_process, run_and_clear

        install_patient_parser()
        code = run_and_clear(Questionnaire(rulebook, language, replies, to_open, asked_on))
    return end_process(code)
