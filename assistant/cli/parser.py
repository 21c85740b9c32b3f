"""Parse the command line: the commands and their options."""

import argparse
import datetime
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from assistant import __version__
from assistant.cli.messages import CommandError
from assistant.cli.options import EvaluateOptions, SparkOptions, check_options
from assistant.system import output
from assistant.system.display_safe import printable
from assistant.system.exit_code import BAD_INPUT
from assistant.system.language import _
from assistant.tables.reading.file_types import FORMATS


def requested_language(words: Sequence[str]) -> str | None:
    """Return the value of ``--lang`` if it is a language code; needed before parsing, for the parser's own messages."""
    for word, following in itertools.pairwise([*words, ""]):
        code = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and code.isascii() and code.isalpha():
            return code.lower()
    return None


def _path(word: str) -> Path:
    if not word:  # Path("") would be the current folder
        raise argparse.ArgumentTypeError(_("the name of a file or folder is empty"))
    return Path(word)


def _place(word: str) -> Path | str:
    """Return a path on this machine, or a URL as text, because Path would merge its slashes."""
    return word if re.match(r"[a-z][a-z0-9+.-]*://", word) else _path(word)


def _language_code(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        raise argparse.ArgumentTypeError(_("a language is named by its letters, as in en or ru"))
    return word.lower()


def day(word: str) -> datetime.date:
    """Return a day; argparse names what is none after this function."""
    from assistant.rulebook import vocabulary

    return vocabulary.day(word)


class _Parser(argparse.ArgumentParser):
    """A parser whose messages contain no control characters."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Exit after writing the help; argparse alone would ignore an error in writing it."""
        output.flush()
        super().exit(status, message)


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--rulebook", type=_path, metavar=_("DIR"), help=_("a folder with rules/ in it, instead of the own one")
    )
    languages = _("the language: en, ru, or another of the rulebook")
    common.add_argument("--lang", type=_language_code, metavar=_("CODE"), help=languages)
    parser = _Parser(
        prog="assistant",
        allow_abbrev=False,
        parents=[common],
        description=_(
            "What can follow, legally, when a soldier refuses to fight. Without a command: the questionnaire."
        ),
    )
    version = _("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"assistant {__version__}", help=version)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), dest="command")

    def command(name: str, purpose: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], allow_abbrev=False, help=purpose)

    _ask(command("ask", _("open the questionnaire")))
    command("safety", _("print what to know about your own safety before you begin"))
    _evaluate(command("evaluate", _("evaluate scenario files, or tables of answers")))
    _template(command("template", _("write an empty table to fill in, or what its columns mean")))
    check = command("check", _("check the rulebook"))
    check.add_argument("--coverage", action="store_true", help=_("show what scenarios exercise and articles yield"))
    check.add_argument("--prove", action="store_true", help=_("prove what it promises; print what fails as scenarios"))
    check.add_argument("--scenarios", type=_path, metavar=_("DIR"), help=_("the scenarios to count"))
    diff = command("diff", _("compare two rulebooks, or two days in one"))
    diff.add_argument("folders", nargs="*", type=_path, metavar=_("DIR"), help=_("two folders with rules/ and seeds/"))
    diff.add_argument("--dates", nargs=2, type=day, metavar=_("DAY"), help=_("two days of the act, as 2022-09-24"))
    diff.add_argument("--json", action="store_true", help=_("print one JSON object instead of a text"))
    review = command("review", _("list what to look up again in the law, oldest first"))
    review.add_argument("--without", metavar=_("ID"), help=_("show what would change if this statute fell"))
    review.add_argument("--json", action="store_true", help=_("print one JSON object instead of a text"))
    verified = command("verify", _("run a receipt again, and say whether the assessment is the same"))
    verified.add_argument("receipt", type=_path, metavar=_("RECEIPT"), help=_("a file that the questionnaire wrote"))
    command("relocate", _("find quotations again in articles that have changed; print a patch"))
    _export(command("export", _("write the rulebook in another form, for other programs")), common)
    site = command("site", _("write the rulebook as a site: every rule, and the words it rests on"))
    site.add_argument("--output", type=_path, required=True, metavar=_("DIR"), help=_("the folder to write"))
    site.add_argument("--scenarios", type=_path, metavar=_("DIR"), help=_("the scenarios to count"))
    schema = command("schema", _("print the JSON Schema of a kind of file"))
    schema.add_argument(
        "kind", choices=("rules", "catalogue", "scenario", "report", "receipt"), help=_("the kind of file")
    )
    return parser


def parse_options(words: Sequence[str]) -> argparse.Namespace | EvaluateOptions | SparkOptions:
    """Return the options: ``command``, by default ``ask``; ``rulebook``, a folder; and those of the command.

    Raises:
        SystemExit: after help or an error message is written.
    """
    parser = command_line()
    options = parser.parse_args(words)
    if not options.command:
        options = parser.parse_args([*words, "ask"], options)
    if "rulebook" not in options:
        from assistant.rulebook.loader import default_folder

        options.rulebook = default_folder()
    try:
        return check_options(options)
    except CommandError as error:
        parser.exit(BAD_INPUT, f"{printable(str(error))}\n")


def _ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("--plain", action="store_true", help=_("line by line, for screen readers and simple terminals"))
    beginning = ask.add_mutually_exclusive_group()
    beginning.add_argument("--open", type=_path, metavar=_("FILE"), help=_("go on with an interview that was saved"))
    scenario = _("begin with the answers of a scenario file")
    beginning.add_argument("--scenario", type=_path, metavar=_("FILE"), help=scenario)
    ask.add_argument("--id", metavar=_("ID"), help=_("which scenario of the file"))


def _evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument(
        "paths", nargs="+", type=_place, metavar=_("PATH"), help=_("a scenario file, a folder of them, or a table")
    )
    evaluate.add_argument("--json", action="store_true", help=_("scenarios: print one JSON list instead of a text"))
    tables = evaluate.add_argument_group(_("tables"))
    output = _("where to write: a file, whose ending is the format, or a folder")
    tables.add_argument("--output", type=_place, metavar=_("PATH"), help=output)
    tables.add_argument(
        "--rejects", type=_path, metavar=_("FILE"), help=_("where to write the rows that could not be evaluated")
    )
    tables.add_argument("--explain", action="store_true", help=_("add the rules that hold, and what they cite"))
    tables.add_argument("--exact", action="store_true", help=_("decide by all ways to complete the answers"))
    formats = (*FORMATS, "jsonl", "md", "html")
    form = _("the format, where no ending names it; of scenarios jsonl: a line for each")
    tables.add_argument("--format", choices=formats, help=form)
    tables.add_argument("--resume", action="store_true", help=_("many tables: go on with a run that was stopped"))
    tables.add_argument("--overwrite", action="store_true", help=_("write over files that are there"))
    engine = _("the engine of tables: polars on this machine, spark beyond it")
    tables.add_argument("--engine", choices=("polars", "spark"), default="polars", help=engine)
    tables.add_argument("--master", metavar=_("URL"), help=_("the Spark master: local[2], spark://host:7077, yarn …"))


def _export(export: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    forms = export.add_subparsers(title=_("forms"), metavar=_("FORM"), dest="form", required=True)

    def form(name: str, purpose: str) -> argparse.ArgumentParser:
        exported = forms.add_parser(name, parents=[common], allow_abbrev=False, help=purpose)
        exported.add_argument("--output", type=_path, metavar=_("FILE"), help=_("a new file, instead of the output"))
        return exported

    form("provenance", _("where every rule comes from, as JSON-LD"))
    sql = form("sql", _("the rules as a query for your own database"))
    sql.add_argument(
        "--dialect", required=True, metavar=_("NAME"), help=_("of which database: duckdb, postgres, spark …")
    )
    sql.add_argument("--table", default="scenarios", metavar=_("NAME"), help=_("the table of answers; else scenarios"))
    sql.add_argument("--explain", action="store_true", help=_("also the rules that hold, and what they cite"))
    help_of_ranges = _("read two columns of each number and date, X_from and X_to, in place of X")
    sql.add_argument("--ranges", action="store_true", help=help_of_ranges)


def _template(template: argparse.ArgumentParser) -> None:
    template.add_argument("--format", choices=(*FORMATS, "md"), help=_("the format; else that of FILE"))
    template.add_argument("--dictionary", action="store_true", help=_("write what the columns mean: md or csv"))
    template.add_argument("--ranges", action="store_true", help=_("also columns for the ends of dates and numbers"))
    template.add_argument("--output", type=_path, metavar=_("FILE"), help=_("where to write it"))
