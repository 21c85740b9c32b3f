"""The command line: data on standard output, everything else on standard error.

Exit codes: 0 done and as expected; 1 an expectation or a check failed; 2 bad input; 3 the rules engine failed.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant import __version__
from assistant.language import LANGUAGES, _, argparse_speaking, plural, preferred_language, use_language
from assistant.problem import Place, Problem
from assistant.rulebook import Rulebook
from assistant.rulebook_loader import default_folder, load_rulebook
from assistant.texts import in_language
from assistant.vocabulary import day
from assistant.yaml_reader import unprintable

if TYPE_CHECKING:
    from assistant.assessment import Assessor
    from assistant.interview import Reply

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
ENGINE_FAILED: Final = 3
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    language = _language_wanted(words) or preferred_language()
    use_language(language)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Cyrillic gets question marks, not a crash
            stream.reconfigure(errors="replace")
    with argparse_speaking(language):
        options = _parser().parse_args(words)
    try:
        code = _run(options, language)
        sys.stdout.flush()  # here, where a broken pipe is caught
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        code = DONE  # whoever read the output has seen enough
    except OSError as error:
        sys.stderr.write(_("The output cannot be written: {reason}.").format(reason=error.strerror) + "\n")
        code = BAD_INPUT
    else:
        return code
    # Python must not try again when it exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _run(options: argparse.Namespace, language: str) -> int:
    if "kind" in options:  # the schemas come from the program; they help to mend a rulebook that does not load
        return _schema(options)
    rulebook = load_rulebook(getattr(options, "rulebook", default_folder()))
    if isinstance(rulebook, tuple):
        _tell(rulebook)
        return BAD_INPUT
    spoken = {*LANGUAGES, rulebook.language, *rulebook.translations}
    if language not in spoken:
        message = _("nobody here speaks '{language}'; the languages are {languages}.")
        sys.stderr.write(message.format(language=language, languages=", ".join(sorted(spoken))) + "\n")
        return BAD_INPUT
    command: Callable[[argparse.Namespace, Rulebook], int] = getattr(options, "command", _ask)
    return command(options, in_language(rulebook, language))


def _ask(options: argparse.Namespace, rulebook: Rulebook) -> int:
    replies = None
    if getattr(options, "scenario", None):
        replies = _replies(options, rulebook)
        if replies is None:
            return BAD_INPUT
    if getattr(options, "plain", False):
        from assistant.engine import EngineError
        from assistant.plain import run as run_plain

        try:
            return run_plain(rulebook, rulebook.language, replies)
        except EngineError as error:
            sys.stderr.write(_("The rules engine failed: {reason}").format(reason=error) + "\n")
            return ENGINE_FAILED
    from assistant.tui import run

    return run(rulebook, rulebook.language, replies)


def _replies(options: argparse.Namespace, rulebook: Rulebook) -> dict[str, Reply] | None:
    """The replies of the scenario that was named; none, after saying so, if there is none."""
    from assistant.interview import replies_of
    from assistant.scenario import load_scenarios

    read = load_scenarios(options.scenario, rulebook)
    scenarios = [each for each in read if not isinstance(each, Problem)]
    if len(scenarios) < len(read):
        _tell(each for each in read if isinstance(each, Problem))
        return None
    named = [each for each in scenarios if options.id in {None, each.id}]
    if len(named) == 1:
        return replies_of(named[0])
    message = _("there is not one scenario of that name here.") if options.id else _("the file has several scenarios.")
    remedy = _("Name one with --id: {ids}.").format(ids=", ".join(each.id for each in scenarios))
    _tell([Problem(place=Place(path=str(options.scenario)), message=message, remedy=remedy)])
    return None


def _verify(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.assessment import Assessor
    from assistant.engine import EngineError
    from assistant.receipt import Receipt, load_receipt, verification_lines, verify

    given = load_receipt(options.receipt)
    if not isinstance(given, Receipt):
        _tell(given)
        return BAD_INPUT
    try:
        found = verify(Assessor(rulebook), given)
    except EngineError as error:
        sys.stderr.write(_("The rules engine failed: {reason}").format(reason=error) + "\n")
        return ENGINE_FAILED
    for line in verification_lines(rulebook, found):
        sys.stdout.write(line + "\n")
    return DONE if found.same else FAILED


def _evaluate(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.assessment import Assessor
    from assistant.engine import EngineError
    from assistant.evaluation import evaluate_files
    from assistant.json_report import json_report
    from assistant.report import disappointment_text, text_report

    try:
        assessor = Assessor(rulebook)
        evaluation = evaluate_files(assessor, options.paths)
    except EngineError as error:
        sys.stderr.write(_("The rules engine failed: {reason}").format(reason=error) + "\n")
        return ENGINE_FAILED
    _tell(evaluation.problems)
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


def _check(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.assessment import Assessor
    from assistant.engine import EngineError

    try:
        assessor = Assessor(rulebook)
    except EngineError as error:
        sys.stderr.write(_("The rules engine failed: {reason}").format(reason=error) + "\n")
        return ENGINE_FAILED
    counts = (
        plural("{count} question", "{count} questions", len(rulebook.questions)),
        plural("{count} rule", "{count} rules", len(rulebook.rules)),
        plural("{count} finding", "{count} findings", len(rulebook.findings)),
        plural("{count} passage", "{count} passages", len(rulebook.sources.passages)),
        plural("{count} statute", "{count} statutes", len(rulebook.sources.statutes)),
    )
    message = _("The rulebook '{id}' is in order: {counts}. Hash: {hash}")
    sys.stderr.write(message.format(id=rulebook.metadata.id, counts=", ".join(counts), hash=rulebook.hash) + "\n")
    done = _check_coverage(assessor, options) if options.coverage else DONE
    return max(done, _check_promises(rulebook)) if options.prove else done


def _check_promises(rulebook: Rulebook) -> int:
    from assistant.proof import prove
    from assistant.proof_report import counterexamples, proof_report

    try:
        proofs = prove(rulebook)
    except MemoryError:
        sys.stderr.write(_("The rulebook is too large for decision diagrams: nothing was proved.") + "\n")
        return FAILED
    sys.stderr.write(proof_report(proofs) + "\n")
    sys.stdout.write(counterexamples(proofs.failures))
    return FAILED if proofs.failures else DONE


def _check_coverage(assessor: Assessor, options: argparse.Namespace) -> int:
    from assistant.coverage import coverage
    from assistant.coverage_report import coverage_report
    from assistant.evaluation import evaluate_files

    folder = options.scenarios or getattr(options, "rulebook", default_folder()) / "tests" / "scenarios"
    evaluation = evaluate_files(assessor, [folder])
    if evaluation.problems:
        _tell(evaluation.problems)
        return BAD_INPUT
    found = coverage(assessor, [one.scenario for one in evaluation.evaluated])
    sys.stdout.write(coverage_report(found) + "\n")
    return DONE if found.complete else FAILED


def _diff(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.comparison import compare_days, compare_rulebooks
    from assistant.comparison_report import comparison_report

    if bool(options.dates) == bool(options.folders) or len(options.folders) not in {0, 2}:
        sys.stderr.write(_("Name two folders, or two days with --dates.") + "\n")
        return BAD_INPUT
    sides = [load_rulebook(folder) for folder in options.folders]
    loaded = [in_language(side, rulebook.language) for side in sides if isinstance(side, Rulebook)]
    if len(loaded) < len(sides):
        for side in sides:
            _tell(side if isinstance(side, tuple) else ())
        return BAD_INPUT
    try:
        comparison = compare_rulebooks(*loaded) if loaded else compare_days(rulebook, *options.dates)
    except ValueError as error:
        sys.stderr.write(_("These cannot be compared: {reason}").format(reason=error) + "\n")
        return BAD_INPUT
    except MemoryError:
        sys.stderr.write(_("The rulebook is too large for decision diagrams: nothing was compared.") + "\n")
        return BAD_INPUT
    text = (
        comparison.model_dump_json(indent=2) if options.json else comparison_report(comparison, [*loaded, rulebook][0])
    )
    sys.stdout.write(text + "\n")
    return DONE if comparison.same else FAILED


def _schema(options: argparse.Namespace) -> int:
    from assistant.schema import SCHEMAS, schema_text

    sys.stdout.write(schema_text(SCHEMAS[options.kind]))
    return DONE


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        # A place names a file, and the name of a file can hold anything.
        shown = ("\ufffd" if unprintable(character) or character in "\r\n" else character for character in str(problem))
        sys.stderr.write("".join(shown) + "\n")


def _language_wanted(words: Sequence[str]) -> str | None:
    """The language asked for, read before the parser is built, because the parser speaks it."""
    for word, following in itertools.pairwise([*words, ""]):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked.isascii() and asked.isalpha():
            return asked.lower()
    return None


def _language_code(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        raise argparse.ArgumentTypeError(_("a language is named by its letters, as in en or ru"))
    return word.lower()


def _parser() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    everywhere.add_argument(
        "--rulebook", type=Path, metavar=_("DIR"), help=_("a folder with rules/ in it, instead of the own one")
    )
    languages = _("the language: en, ru, or another of the rulebook")
    everywhere.add_argument("--lang", type=_language_code, metavar=_("CODE"), help=languages)
    parser = argparse.ArgumentParser(
        prog="assistant",
        allow_abbrev=False,
        parents=[everywhere],
        description=_(
            "What can follow, legally, when a soldier refuses to fight. Without a command: the questionnaire."
        ),
    )
    version = _("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"assistant {__version__}", help=version)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))

    def command(name: str, purpose: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[everywhere], allow_abbrev=False, help=purpose)

    ask = command("ask", _("open the questionnaire"))
    ask.add_argument("--plain", action="store_true", help=_("line by line, for screen readers and simple terminals"))
    ask.add_argument("--scenario", type=Path, metavar=_("FILE"), help=_("begin with the answers of a scenario file"))
    ask.add_argument("--id", metavar=_("ID"), help=_("which scenario of the file"))
    ask.set_defaults(command=_ask)
    evaluate = command("evaluate", _("evaluate scenario files"))
    evaluate.add_argument(
        "paths", nargs="+", type=Path, metavar=_("PATH"), help=_("a scenario file, or a folder of them")
    )
    evaluate.add_argument("--json", action="store_true", help=_("print one JSON list instead of a text"))
    evaluate.set_defaults(command=_evaluate)
    check = command("check", _("check the rulebook"))
    check.add_argument("--coverage", action="store_true", help=_("show what scenarios exercise and articles yield"))
    check.add_argument("--prove", action="store_true", help=_("prove what it promises; print what fails as scenarios"))
    check.add_argument("--scenarios", type=Path, metavar=_("DIR"), help=_("the scenarios to count"))
    check.set_defaults(command=_check)
    diff = command("diff", _("compare two rulebooks, or two days in one"))
    diff.add_argument("folders", nargs="*", type=Path, metavar=_("DIR"), help=_("two folders with rules/ and seeds/"))
    diff.add_argument("--dates", nargs=2, type=day, metavar=_("DAY"), help=_("two days of the act, as 2022-09-24"))
    diff.add_argument("--json", action="store_true", help=_("print one JSON object instead of a text"))
    diff.set_defaults(command=_diff)
    verified = command("verify", _("run a receipt again, and say whether the assessment is the same"))
    verified.add_argument("receipt", type=Path, metavar=_("RECEIPT"), help=_("a file that the questionnaire wrote"))
    verified.set_defaults(command=_verify)
    schema = command("schema", _("print the JSON Schema of a kind of file"))
    schema.add_argument(
        "kind", choices=("rules", "catalogue", "scenario", "report", "receipt"), help=_("the kind of file")
    )
    return parser
