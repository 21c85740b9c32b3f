"""``assistant evaluate``: scenario files as a report; tables have modules of their own."""

import argparse
import json
import sys
from typing import Final

from assistant.commands.told import tell
from assistant.exit_code import BAD_INPUT, DONE, FAILED
from assistant.language import _
from assistant.problem import Place, Problem
from assistant.rulebook import Rulebook

TABLES: Final = (".csv", ".tsv", ".ndjson", ".jsonl", ".json", ".parquet", ".arrow", ".ipc", ".feather")
"""What the names of tables end in; :mod:`assistant.table`, which reads them, is loaded only then."""

_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")


def evaluate(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Evaluates the files that are named."""
    if options.engine == "spark":
        from assistant.commands.spark import evaluate_on_spark

        return evaluate_on_spark(options, rulebook)
    url = next((place for place in (*options.paths, options.output) if isinstance(place, str)), None)
    if url is not None or options.master:
        sys.stderr.write(_("URLs and a master are for Spark: say --engine spark, or name a file.") + "\n")
        return BAD_INPUT
    spreadsheet = next((path for path in options.paths if path.suffix.lower() in _SPREADSHEETS), None)
    if spreadsheet is not None:
        remedy = _("Save it as CSV in UTF-8, with commas.")
        tell([Problem(place=Place(path=str(spreadsheet)), message=_("this is a spreadsheet."), remedy=remedy)])
        return BAD_INPUT
    tables = [path for path in options.paths if path.suffix.lower() in TABLES]
    if not tables and not options.output:
        return _scenarios(options, rulebook)
    if options.json:
        sys.stderr.write(_("Evaluate tables and scenario files one after the other.") + "\n")
        return BAD_INPUT
    from assistant.commands.tables import evaluate_tables

    return evaluate_tables(options, rulebook)


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
