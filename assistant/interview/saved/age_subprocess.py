"""Encryption in a process of its own, which can be stopped at once."""

import importlib.util
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from assistant.interview.saved import age_process

_PROGRAM: Final = Path(__file__).parents[3]


class AgeSubprocess:
    """Answer one request as :func:`assistant.interview.saved.age_process.answer_to` does, in another process.

    Call it in a thread, so that the screen goes on. Another thread can stop it; leaving the program has to.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._starting = threading.Lock()

    def __call__(self, request: bytes) -> bytes:
        """Return the answer; empty if the process was stopped or had too little memory."""
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
            answer, _nothing = self._process.communicate(request)
        finally:
            self.stop()
        return answer if self._process.wait() == 0 else b""

    def stop(self) -> None:
        """Kill the process. If it has not started yet, it never will."""
        with self._starting:
            self._stopped = True
            if self._process is not None:
                self._process.kill()


def _folders() -> list[str]:
    """Return the folders from which the process imports this program and pyrage; being isolated, it knows no others."""
    spec = importlib.util.find_spec("pyrage")
    pyrage_folders = [str(Path(spec.origin).parents[1])] if spec and spec.origin else []
    return [str(_PROGRAM), *pyrage_folders]
