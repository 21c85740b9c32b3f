"""Has the slow part done in a process of its own, which can be stopped at once."""

import importlib.util
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from assistant.interview.saved import age_process

_PROGRAM: Final = Path(__file__).parents[3]


class AgeSubprocess:
    """Answer a request as :func:`assistant.interview.saved.age_process.answer_to` does, unless it is stopped meanwhile.

    It is called from a thread, so that the screen goes on; whoever leaves it stops it.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._starting = threading.Lock()

    def __call__(self, asked: bytes) -> bytes:
        """The answer; empty if there is none, because the process was stopped or had too little memory."""
        with self._starting:
            if self._stopped:
                return b""
            self._process = subprocess.Popen(  # noqa: S603  # this very program; no answer is in the arguments
                [sys.executable, "-I", age_process.__file__, *_folders()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        try:
            answer, _nothing = self._process.communicate(asked)
        finally:
            self.stop()
        return answer if self._process.wait() == 0 else b""

    def stop(self) -> None:
        """Ends the work, if it is going on or about to."""
        with self._starting:
            self._stopped = True
            if self._process is not None:
                self._process.kill()


def _folders() -> list[str]:
    """From where the process imports, being isolated: this program, and pyrage."""
    found = importlib.util.find_spec("pyrage")
    beside = [str(Path(found.origin).parents[1])] if found and found.origin else []
    return [str(_PROGRAM), *beside]
