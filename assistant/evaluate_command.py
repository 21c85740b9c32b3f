"""The command ``evaluate``: scenario files as a report, tables of answers as tables of statuses."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from assistant.command_result import BAD_INPUT, DONE, FAILED, ROWS_REJECTED, tell
from assistant.language import _
from assistant.problem import Place, Problem
from assistant.rulebook import Rulebook
from assistant.written_file import refusal, unwritable

if TYPE_CHECKING:
    from assistant.table.evaluate import Progress
    from assistant.table.fault import Reject

TABLES = (".csv", ".tsv", ".ndjson", ".jsonl", ".json", ".parquet", ".arrow", ".ipc", ".feather")
"""What the names of tables end in; :mod:`assistant.table` reads them, and is not needed for anything else."""


def evaluate(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Evaluates the files that are named, and returns the exit code."""
    tables = [path for path in options.paths if path.suffix.lower() in TABLES]
    if not tables:
        return _scenarios(options, rulebook)
    if len(tables) < len(options.paths) or options.json:
        sys.stderr.write(_("Evaluate tables and scenario files one after the other.") + "\n")
        return BAD_INPUT
    return _tables(options, rulebook)


def _scenarios(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.assessment import Assessor
    from assistant.evaluation import evaluate_files
    from assistant.json_report import json_report
    from assistant.report import disappointment_text, text_report

    assessor = Assessor(rulebook)
    evaluation = evaluate_files(assessor, options.paths)
    tell(evaluation.problems)
    if options.json:
        reports = [json_report(rulebook, one.scenario, one.assessment) for one in evaluation.evaluated]
        plain = [report.model_dump(mode="json", by_alias=True, exclude_none=True) for report in reports]
        json.dump(plain, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        for one in evaluation.evaluated:
            sys.stdout.write(text_report(rulebook, one.scenario, one.assessment) + "\n\n")
    failed = [(one, found) for one in evaluation.evaluated for found in one.disappointments]
    for one, found in failed:
        sys.stderr.write(disappointment_text(rulebook, assessor.program, found, one.assessment) + "\n")
    if evaluation.problems:
        return BAD_INPUT
    return FAILED if failed else DONE


def _tables(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.table.evaluate import Listener, Task
    from assistant.table.fault import FileFaultError
    from assistant.table.run import Files, UnwritableError, rejects_file, run_to_file, run_to_stream

    problem = _misunderstood(options)
    if problem:
        tell([problem])
        return BAD_INPUT
    (source,) = options.paths
    task = Task(source, rulebook, explain=options.explain, exact=options.exact)

    def report(rejects: Sequence[Reject]) -> None:
        for reject in rejects:
            tell(f"{source}:{reject.row}: {reason}" for reason in reject.reasons)

    listener = Listener(report, _silent)
    try:
        if options.output:
            done = run_to_file(task, listener, Files(options.output, options.rejects, options.overwrite))
        else:
            with ExitStack() as stack:
                if options.rejects:
                    rejected = stack.enter_context(rejects_file(options.rejects, overwrite=options.overwrite))
                    listener = listener._replace(rejects=rejected)
                done = run_to_stream(task, listener, sys.stdout.buffer, ".csv")
    except FileFaultError as error:
        tell(error.problems)
        return BAD_INPUT
    except UnwritableError as error:
        tell([error.problem])
        return BAD_INPUT
    except MemoryError:
        tell([_("The rulebook is too large for decision diagrams: leave out --exact.")])
        return BAD_INPUT
    if not done.rejected:
        return DONE
    told = _("rows not evaluated: {rejected} of {rows}.").format(rejected=done.rejected, rows=done.rows)
    tell([f"{source}: {told}" + (f" {options.rejects}" if options.rejects else "")])
    return ROWS_REJECTED


def _misunderstood(options: argparse.Namespace) -> Problem | None:
    """What about the options cannot be, or about the files that are to be written."""
    from assistant.table.rejects import ENDINGS
    from assistant.table.writing import FORMATS

    if len(options.paths) > 1:
        message, remedy = _("several tables do not fit into one."), _("Evaluate one after the other.")
        return Problem(place=Place(path=str(options.paths[1])), message=message, remedy=remedy)
    for path, endings in ((options.output, FORMATS), (options.rejects, ENDINGS)):
        if path is None:
            continue
        if path.suffix.lower() not in endings:
            remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(endings))
            return Problem(place=Place(path=str(path)), message=_("no format is known by this name."), remedy=remedy)
        try:
            if problem := refusal(path, options.overwrite):
                return problem
        except (OSError, ValueError) as error:
            return unwritable(path, error)
    return None


def _silent(_progress: Progress) -> None:
    """Nothing is told where nobody watches."""
