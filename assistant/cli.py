"""The command line: data on standard output, everything else on standard error."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from assistant.command_line import command_line, language_wanted
from assistant.command_result import BAD_INPUT, DONE, ENGINE_FAILED, FAILED, INTERRUPTED, tell
from assistant.core_dump import forbid_core_dumps
from assistant.crash import CRASHED, crash_report, tell_no_values
from assistant.evaluate_command import evaluate
from assistant.language import LANGUAGES, _, argparse_speaking, plural, preferred_language, use_language
from assistant.problem import EngineError, Place, Problem
from assistant.rulebook import Rulebook
from assistant.rulebook_loader import default_folder, load_rulebook
from assistant.template_command import template
from assistant.texts import in_language

if TYPE_CHECKING:
    from assistant.assessment import Assessor
    from assistant.interview import Reply
    from assistant.session_file import SealedFile


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    if arguments is None:  # this is the whole process, and not a test in another one
        tell_no_values()
        forbid_core_dumps()
    _open_missing_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    language = language_wanted(words) or preferred_language()
    if not _can_be_written(language):
        sys.stderr.write("This terminal's encoding has no Cyrillic; set one that has, as in LANG=C.UTF-8.\n")
        language = "en"
    use_language(language)
    try:
        with argparse_speaking(language):
            options = command_line().parse_args(words)
        code = _run(options, language)
        sys.stdout.flush()  # here, where a broken pipe is caught
    except KeyboardInterrupt:
        return INTERRUPTED
    except EngineError as error:
        return _failed(_("The rules engine failed: {reason}").format(reason=error), ENGINE_FAILED)
    except BrokenPipeError:
        code = DONE  # whoever read the output has seen enough
    except OSError as error:
        code = _failed(_("The output cannot be written: {reason}.").format(reason=error.strerror), BAD_INPUT)
    except Exception as error:  # noqa: BLE001  # whatever it is, its text could quote an answer
        return _failed(crash_report(error), CRASHED)
    else:
        return code
    # Python must not try again when it exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _open_missing_streams() -> None:
    """A stream that the caller has closed is None; what goes there goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: PTH123, SIM115  # for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal cannot show becomes a question mark, not a crash
            stream.reconfigure(errors="replace")


def _can_be_written(language: str) -> bool:
    """Whether the output can hold the letters of a language."""
    try:
        {"ru": "я"}.get(language, "").encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _failed(message: str, code: int) -> int:
    with contextlib.suppress(OSError):  # standard error may be what cannot be written
        sys.stderr.write(message + "\n")
    return code


def _run(options: argparse.Namespace, language: str) -> int:
    if "kind" in options:  # the schemas come from the program; they help to mend a rulebook that does not load
        return _schema(options)
    if getattr(options, "command", None) == "relocate":  # a rulebook whose articles have changed does not load
        from assistant.relocate_command import relocate

        return relocate(getattr(options, "rulebook", default_folder()))
    rulebook = load_rulebook(getattr(options, "rulebook", default_folder()))
    if isinstance(rulebook, tuple):
        tell(rulebook)
        return BAD_INPUT
    spoken = {*LANGUAGES, rulebook.language, *rulebook.translations}
    if language not in spoken:
        message = _("nobody here speaks '{language}'; the languages are {languages}.")
        sys.stderr.write(message.format(language=language, languages=", ".join(sorted(spoken))) + "\n")
        return BAD_INPUT
    return _COMMANDS[getattr(options, "command", "ask")](options, in_language(rulebook, language))


def _ask(options: argparse.Namespace, rulebook: Rulebook) -> int:
    replies = None
    if getattr(options, "scenario", None):
        replies = _replies(options, rulebook)
        if replies is None:
            return BAD_INPUT
    to_open = _sealed(options)
    if isinstance(to_open, Problem):
        tell([to_open])
        return BAD_INPUT
    if getattr(options, "plain", False):
        from assistant.plain import run as run_plain

        return run_plain(rulebook, replies, to_open)
    from assistant.tui import run

    return run(rulebook, rulebook.language, replies, to_open)


def _sealed(options: argparse.Namespace) -> SealedFile | Problem | None:
    """The saved interview that was named, still closed; none if none was named."""
    from assistant.session_file import read_sealed

    named = getattr(options, "open", None)
    return read_sealed(named) if named else None


def _safety(_options: argparse.Namespace, _rulebook: Rulebook) -> int:
    from assistant.your_safety import safety_text

    sys.stdout.write(safety_text() + "\n")
    return DONE


def _serve(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.serve import run

    return run(getattr(options, "rulebook", default_folder()), rulebook.language, options.port, options.files)


def _replies(options: argparse.Namespace, rulebook: Rulebook) -> dict[str, Reply] | None:
    """The replies of the scenario that was named; none, after saying so, if there is none."""
    from assistant.interview import replies_of
    from assistant.scenario import load_scenarios

    read = load_scenarios(options.scenario, rulebook)
    scenarios = [each for each in read if not isinstance(each, Problem)]
    if len(scenarios) < len(read):
        tell(each for each in read if isinstance(each, Problem))
        return None
    named = [each for each in scenarios if options.id in {None, each.id}]
    if len(named) == 1:
        return replies_of(named[0])
    message = _("there is not one scenario of that name here.") if options.id else _("the file has several scenarios.")
    remedy = _("Name one with --id: {ids}.").format(ids=", ".join(each.id for each in scenarios))
    tell([Problem(place=Place(path=str(options.scenario)), message=message, remedy=remedy)])
    return None


def _verify(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.assessment import Assessor
    from assistant.receipt import Receipt, load_receipt, verification_lines, verify

    given = load_receipt(options.receipt)
    if not isinstance(given, Receipt):
        tell(given)
        return BAD_INPUT
    found = verify(Assessor(rulebook), given)
    for line in verification_lines(rulebook, found):
        sys.stdout.write(line + "\n")
    return DONE if found.same else FAILED


def _check(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.assessment import Assessor

    assessor = Assessor(rulebook)
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
        tell(evaluation.problems)
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
            tell(side if isinstance(side, tuple) else ())
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


def _provenance(_options: argparse.Namespace, rulebook: Rulebook) -> str:
    from assistant.provenance import provenance_text

    return provenance_text(rulebook)


def _sql(options: argparse.Namespace, rulebook: Rulebook) -> str | None:
    """The rulebook as a query; none, after saying so, if it cannot be one."""
    from assistant.sql.export import DIALECTS, sql_text
    from assistant.yaml_model import nearest

    if options.dialect not in DIALECTS:
        message = _("there is no SQL dialect '{name}' here.").format(name=options.dialect)
        sys.stderr.write(f"{message} {nearest(options.dialect, DIALECTS)}\n")
        return None
    try:
        return sql_text(rulebook, options.dialect, options.table, explain=options.explain)
    except ValueError:
        sys.stderr.write(_("'{name}' is not the name of a table.").format(name=options.table) + "\n")
        return None


def _export(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.written_file import write_whole

    text = {"provenance": _provenance, "sql": _sql}[options.form](options, rulebook)
    if text is None:
        return BAD_INPUT
    if options.output is None:
        sys.stdout.write(text)
        return DONE
    problem = write_whole(options.output, text)
    tell([problem] if problem else [])
    return BAD_INPUT if problem else DONE


def _site(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from assistant.site_command import run

    return run(options, rulebook)


def _schema(options: argparse.Namespace) -> int:
    from assistant.schema import SCHEMAS, schema_text

    sys.stdout.write(schema_text(SCHEMAS[options.kind]))
    return DONE


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace, Rulebook], int]]] = {
    "ask": _ask,
    "safety": _safety,
    "serve": _serve,
    "evaluate": evaluate,
    "template": template,
    "check": _check,
    "diff": _diff,
    "export": _export,
    "verify": _verify,
    "site": _site,
}
