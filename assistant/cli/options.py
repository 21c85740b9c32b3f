"""Check the options of a command before anything is loaded; those of ``evaluate`` become frozen values."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from assistant.cli.messages import CommandError
from assistant.system.language import _


@dataclass(frozen=True)
class EvaluateOptions:
    """Files and folders to evaluate on this machine, and where the results of tables go; ``format`` has no dot."""

    rulebook: Path
    paths: Sequence[Path]
    json: bool
    output: Path | None
    rejects: Path | None
    explain: bool
    exact: bool
    format: str | None
    resume: bool
    overwrite: bool
    command: str = "evaluate"


@dataclass(frozen=True)
class SparkOptions:
    """A table to evaluate with Spark, a path or a URL; ``output`` is a folder."""

    rulebook: Path
    source: Path | str
    output: Path | str
    rejects: Path | None
    explain: bool
    master: str
    command: str = "spark"


def check_options(parsed: argparse.Namespace) -> argparse.Namespace | EvaluateOptions | SparkOptions:
    """Return the options of a command; those of ``evaluate`` for the engine that they name.

    Raises:
        CommandError: if they make no sense together.
    """
    if parsed.command == "evaluate":
        return _evaluate_options(parsed)
    if parsed.command == "ask" and parsed.id and not parsed.scenario:
        raise CommandError(_("With --id, name a file with --scenario: it chooses one of several there."))
    if parsed.command == "check" and parsed.scenarios and not parsed.coverage:
        raise CommandError(_("Scenarios are counted with --coverage: say it too, or leave --scenarios out."))
    if parsed.command == "diff" and (len(parsed.folders), bool(parsed.dates)) not in {(2, False), (0, True)}:
        raise CommandError(_("Name two folders, or two days with --dates."))
    return parsed


def _evaluate_options(parsed: argparse.Namespace) -> EvaluateOptions | SparkOptions:
    if parsed.engine == "spark":
        if message := _spark_refusal(parsed):
            raise CommandError(message)
        (source,) = parsed.paths
        return SparkOptions(parsed.rulebook, source, parsed.output, parsed.rejects, parsed.explain, parsed.master)
    if parsed.master or any(isinstance(place, str) for place in (*parsed.paths, parsed.output)):
        raise CommandError(_("URLs and a master are for Spark: say --engine spark, or name a file."))
    return EvaluateOptions(**{field.name: getattr(parsed, field.name) for field in fields(EvaluateOptions)})


def _spark_refusal(parsed: argparse.Namespace) -> str | None:
    """Return a message if the options cannot be combined with Spark."""
    if not parsed.master:
        return _("Name the Spark master with --master: local[2] for this machine, or the URL of a cluster.")
    if parsed.output is None:
        return _("Name the folder for the result with --output: Spark writes several files.")
    if len(parsed.paths) != 1:
        return _("Spark takes one table at a time: a file, or a folder of files with the same columns.")
    if parsed.exact:
        return _("Decision diagrams do not go with Spark: leave --exact out, or --engine spark.")
    if parsed.json or parsed.resume or parsed.overwrite or parsed.format:
        return _("With --engine spark there is no --json, --format, --resume or --overwrite.")
    return None
