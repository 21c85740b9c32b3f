"""``assistant evaluate`` for scenario files: reports as text, as one JSON list, or as lines of JSON."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.assessment.assessor import Assessor
from assistant.cli.commands.scenario_messages import scenario_messages
from assistant.cli.commands.skipped_files import skipped_with_scenarios
from assistant.cli.messages import CommandError, write_messages
from assistant.cli.options import EvaluateOptions
from assistant.rulebook.model import Rulebook
from assistant.scenarios.evaluation import Evaluated
from assistant.scenarios.json_report import JsonReports, json_lines, json_list
from assistant.scenarios.text_report import failed_expectation_text, text_report
from assistant.system.display_safe import joined
from assistant.system.exit_code import BAD_INPUT, DONE, FAILED
from assistant.system.language import _
from assistant.system.output import whole_or_absent, write_data, write_text

_FOR_TABLES: Final = ("output", "rejects", "explain", "exact", "format", "resume", "overwrite")
_LINES: Final = ("jsonl", "ndjson")


def evaluate_scenarios(options: EvaluateOptions, rulebook: Rulebook) -> int:
    """Evaluate the scenario files and return the exit code.

    Raises:
        CommandError: if the options do not suit scenario files.
        EngineError: if the rules engine fails.
    """
    _check_options(options)
    assessor = Assessor(rulebook)

    def evaluated() -> Iterator[Evaluated]:
        for each in messages.evaluated(assessor, options.paths):
            for failed in each.failed_expectations:
                messages.add_failed_expectation(failed_expectation_text(assessor, each, failed))
            yield each

    with scenario_messages() as messages:
        _write_reports(options, rulebook, evaluated())
    write_messages(skipped_with_scenarios(options.paths))
    if messages.has_problems:
        return BAD_INPUT
    return FAILED if messages.has_failed_expectations else DONE


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
