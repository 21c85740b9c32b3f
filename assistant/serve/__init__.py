"""The questionnaire in a browser on this machine, and for nobody else on it.

The server hands out textual-serve's terminal for browsers on a page of its own, and starts one process for each page
that opens. It knows nothing of what is answered: it passes bytes on.
"""

import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path

from assistant.exit_code import BAD_INPUT, ENDED_BY_SIGNAL
from assistant.language import _, use_language
from assistant.system_error import reason_of


def run(folder: Path, language: str, port: int, files: bool) -> int:
    """Serves a rulebook until a signal ends it; port 0 is any that is free. Returns the exit code."""
    from assistant.serve.door import Door, listening

    use_language(language)
    with ExitStack() as stack:
        try:
            socket = stack.enter_context(listening(port))
        except OSError as error:
            told = _("{address} cannot be listened on: {reason}. Name another port, or none to get one that is free.")
            sys.stderr.write(told.format(address=f"127.0.0.1:{port}", reason=reason_of(error)) + "\n")
            return BAD_INPUT
        door = Door(folder.resolve(), language, socket.getsockname()[1], files)
        sys.stderr.write(_("Open this address in a browser on this machine. Ctrl+C ends everything.") + "\n")
        sys.stdout.write(door.address + "\n")
        sys.stdout.flush()
        return ENDED_BY_SIGNAL + asyncio.run(door.serve(socket))
