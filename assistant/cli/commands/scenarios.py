"""``assistant evaluate`` for scenario files: reports as text, as one JSON list, or as lines of JSON."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from assistant.assessment.assessor import Assessor
from assistant.cli.commands.skipped_files import skipped_with_scenarios
from assistant.cli.messages import CommandError, write_messages
from assistant.cli.options import EvaluateOptions
from assistant.documents.alike import AlikeProblems
from assistant.documents.problem import Problem
from assistant.rulebook.model import Rulebook
from assistant.scenarios.evaluation import Evaluated, Position, evaluate_files
from assistant.scenarios.json_report import JsonReports, json_lines, json_list
from assistant.scenarios.text_report import failed_expectation_text, text_report
from assistant.system.child_process import note_work
from assistant.system.display_safe import joined, printable
from assistant.system.exit_code import BAD_INPUT, DONE, FAILED
from assistant.system.language import _
from assistant.system.output import whole_or_absent, write_data, write_text
from assistant.system.progress import ProgressBar

_FOR_TABLES: Final = ("output", "rejects", "explain", "exact", "format", "resume", "overwrite")
_LINES: Final = ("jsonl", "ndjson")


def evaluate_scenarios(options: EvaluateOptions, rulebook: Rulebook) -> int:
    """Evaluate the scenario files and return the exit code.

    Raises:
        CommandError: if the options do not suit scenario files.
    """
    _check_options(options)
    assessor, messages = Assessor(rulebook), _Messages()
    failures: list[str] = []

    def evaluated() -> Iterator[Evaluated]:
        for found in evaluate_files(assessor, options.paths, messages.show_progress):
            if isinstance(found, Problem):
                messages.write(found)
                continue
            failures.extend(failed_expectation_text(assessor, found, failed) for failed in found.failed_expectations)
            yield found

    try:
        _write_reports(options, rulebook, evaluated())
    finally:
        messages.write_rest()
        for text in failures:
            sys.stderr.write(printable(text) + "\n")
    write_messages(skipped_with_scenarios(options.paths))
    if messages.has_problems:
        return BAD_INPUT
    return FAILED if failures else DONE


def _write_reports(options: EvaluateOptions, rulebook: Rulebook, evaluated: Iterable[Evaluated]) -> None:
    json = JsonReports(rulebook)
    reports = (json.report(one.scenario, one.assessment) for one in evaluated)
    if options.json:
        with whole_or_absent():
            for part in json_list(reports):
                write_data(part)
    elif options.format:
        for line in json_lines(reports):
            write_data(line)
    else:
        for one in evaluated:
            write_text(text_report(rulebook, one.scenario, one.assessment) + "\n\n")


class _Messages:
    """The messages and the progress on standard error while scenarios are evaluated."""

    def __init__(self) -> None:
        self.has_problems = False
        self._alike = AlikeProblems()
        text = _("{count} files · {rate} a second · {remaining} left")
        # Reports in the same terminal show how far it is.
        self._bar = None if sys.stdout.isatty() else ProgressBar(sys.stderr, text)

    def show_progress(self, position: Position) -> None:
        """Redraw the bar, and note which file it is for the message after a crash."""
        note_work(str(position.file))
        if self._bar is not None:
            self._bar(position.before, position.before / position.of)

    def write(self, problem: Problem) -> None:
        """Write a problem, unless many alike were written."""
        self.has_problems = True
        self._clear_bar()
        write_messages(self._alike.listed([problem]))

    def write_rest(self) -> None:
        """Write how many problems were not written."""
        self._clear_bar()
        write_messages(self._alike.rest())

    def _clear_bar(self) -> None:
        if self._bar is not None:
            self._bar.clear()


def _check_options(options: EvaluateOptions) -> None:
    """Raise CommandError if some options are for tables only, or do not go together."""
    is_lines = options.format in _LINES
    if options.json and is_lines:
        message = _("{list} is one list, and {lines} is lines: choose one.")
        raise CommandError(message.format(list="--json", lines=f"--format {options.format}"))
    misplaced = [f"--{name}" for name in _FOR_TABLES if getattr(options, name) and not (name == "format" and is_lines)]
    if misplaced:
        message = _("For tables only: {options}. Leave that out, or name a table.")
        where = _("Reports on scenario files go to standard output.") if options.output else ""
        raise CommandError(joined(message.format(options=", ".join(misplaced)), where))
