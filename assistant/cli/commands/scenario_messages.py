"""The messages and the progress on standard error while scenario files are evaluated."""

import gzip
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.assessment.assessor import Assessor
from assistant.cli.messages import write_messages
from assistant.documents.alike import AlikeProblems
from assistant.documents.problem import Problem
from assistant.scenarios.evaluation import Evaluated, evaluate_files
from assistant.system.display_safe import printable
from assistant.system.language import _
from assistant.system.progress import ProgressBar


class ScenarioMessages:
    """Writes problems as they are found, alike ones summed up, and the failed expectations at the end."""

    def __init__(self) -> None:
        self.has_problems = False
        self.has_failed_expectations = False
        self._alike = AlikeProblems()
        # Thousands of derivations would fill the memory, and on a disk they would be answers that somebody can find.
        self._compressed = io.BytesIO()
        self._failed = gzip.open(self._compressed, "wt", 1, "utf-8", "surrogatepass", "")  # noqa: SIM115  # closed below
        text = _("{count} files · {rate} a second · {remaining} left")
        # Reports in the same terminal show how far it is.
        self._bar = None if sys.stdout.isatty() else ProgressBar(sys.stderr, text)

    def evaluated(self, assessor: Assessor, paths: Iterable[Path]) -> Iterator[Evaluated]:
        """Yield the scenarios in the files that can be evaluated; write a message about each problem.

        Raises:
            EngineError: if the rules engine fails.
        """
        for found in evaluate_files(assessor, paths, self._show_progress):
            if isinstance(found, Problem):
                self.has_problems = True
                self._clear_bar()
                write_messages(self._alike.listed([found]))
            else:
                yield found

    def add_failed_expectation(self, text: str) -> None:
        """Keep a text, which may have several lines, for the end."""
        self.has_failed_expectations = True
        self._failed.write(printable(text) + "\n")

    def write_rest(self) -> None:
        """Write how many problems were not written, and the expectations that failed."""
        self._clear_bar()
        write_messages(self._alike.rest())
        self._failed.close()
        self._compressed.seek(0)
        with gzip.open(self._compressed, "rt", 1, "utf-8", "surrogatepass", "") as failed:
            sys.stderr.writelines(failed)

    def _show_progress(self, done: int, files: int) -> None:
        if self._bar is not None:
            self._bar(done, done / files if files else 1)

    def _clear_bar(self) -> None:
        if self._bar is not None:
            self._bar.clear()


@contextmanager
def scenario_messages() -> Iterator[ScenarioMessages]:
    """Write the rest of the messages at the end of the block, also if an exception ends it."""
    messages = ScenarioMessages()
    try:
        yield messages
    finally:
        messages.write_rest()
