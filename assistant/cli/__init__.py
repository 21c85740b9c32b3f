"""The command line: data on standard output, everything else on standard error.

What loads a library is imported where it is needed, so that ``--version`` and ``--help`` load none.
"""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.cli.messages import CommandError, write_messages
from assistant.cli.options import EvaluateOptions, SparkOptions
from assistant.cli.parser import parse_options, requested_language
from assistant.system import output
from assistant.system.core_dump import forbid_core_dumps
from assistant.system.crash_report import crash_report, hide_values
from assistant.system.exit_code import BAD_INPUT, CRASHED, DONE, ENDED_BY_SIGNAL, ENGINE_FAILED, FAILED, ROWS_REJECTED
from assistant.system.language import LANGUAGES, _, argparse_speaking, preferred_language, use_language
from assistant.system.locale import LOCALES
from assistant.system.os_error import reason_of

if TYPE_CHECKING:
    from assistant.rulebook.model import Rulebook


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a child process ends here."""
    process = os.getpid()
    code = _main(arguments)
    if os.getpid() != process:
        from assistant.system.child_process import end_child

        end_child(code)
    return code


def _main(arguments: Sequence[str] | None) -> int:
    if arguments is None:  # this process runs only the command; tests pass arguments
        hide_values()
        forbid_core_dumps()
    output.open_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    language = requested_language(words) or preferred_language()
    if not _can_be_written(language):
        sys.stderr.write(f'This terminal\'s encoding cannot write "{language}"; set another, as in LANG=C.UTF-8.\n')
        language = "en"
    use_language(language)
    code = DONE
    try:
        _catch_interruptions()
        with argparse_speaking(language):
            options = parse_options(words)
        if arguments is None and not isinstance(options, argparse.Namespace):
            from assistant.cli.commands.child import in_child_process

            if (ended := in_child_process(options)) is not None:
                return ended
        code = _run(options, language)
        output.flush()
    except KeyboardInterrupt:
        _write_what_is_whole()
        code = ENDED_BY_SIGNAL + signal.SIGINT
    except BrokenPipeError:
        pass  # the reader closed the pipe; the command keeps its exit code
    except OSError as error:
        code = _failed(_("The output cannot be written: {reason}.").format(reason=reason_of(error)), BAD_INPUT)
    except Exception as error:  # noqa: BLE001  # the text of any error could quote an answer
        _write_what_is_whole()
        code = _code_of_failure(error)
    else:
        return (_code_of_losses() or code) if code in _CODES_WITH_MESSAGES else code
    output.drop_the_rest()  # or Python would try to write it again at exit
    return code


_CODES_WITH_MESSAGES: Final = frozenset({DONE, FAILED, ROWS_REJECTED})
"""The exit codes that promise that there is a message about everything which does not fit."""


def _code_of_losses() -> int:
    """Return BAD_INPUT if some of the output was lost, else DONE."""
    if output.has_lost_letters():
        message = _("The output's encoding lacks some letters; set one that has them, as in LANG=C.UTF-8.")
        return _failed(message, BAD_INPUT)
    return BAD_INPUT if output.has_lost_messages() else DONE


def _write_what_is_whole() -> None:
    """Write what is still in the buffer, so that the last line of the output is not cut off somewhere."""
    with contextlib.suppress(OSError, KeyboardInterrupt):
        output.flush()


def _catch_interruptions() -> None:
    """Let Ctrl+C raise an exception again, which ``__main__`` has put off until there is somebody to catch it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _can_be_written(language: str) -> bool:
    """Return whether the encoding of the output has the letters of a language."""
    try:
        letters = "".join(LOCALES[language].months) if language in LOCALES else ""
        letters.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _failed(message: str, code: int) -> int:
    with contextlib.suppress(OSError):  # standard error may be what cannot be written
        write_messages([message])
    return code


def _code_of_failure(error: Exception) -> int:
    """Report that the rules engine or the program itself failed, and return the exit code."""
    from assistant.documents.problem import EngineError

    if isinstance(error, EngineError):
        return _failed(_("The rules engine failed: {reason}").format(reason=error), ENGINE_FAILED)
    return _failed(crash_report(error), CRASHED)


def _run(options: argparse.Namespace | EvaluateOptions | SparkOptions, language: str) -> int:
    from assistant.documents.problem import InputError

    command = _command(options.command)
    try:
        if options.command in _COMMANDS_WITHOUT_RULEBOOK:
            return command(options)
        return command(options, _rulebook(options.rulebook, language))
    except InputError as error:
        write_messages(error.problems)
    except CommandError as error:
        write_messages([error])
    return BAD_INPUT


def _rulebook(folder: Path, language: str) -> "Rulebook":
    """Return the rulebook of a folder in a language.

    Raises:
        InputError: if the rulebook has problems.
        CommandError: if there is no such language.
    """
    from assistant.documents.problem import InputError
    from assistant.rulebook.loader import load_rulebook
    from assistant.rulebook.translation import in_language

    rulebook = load_rulebook(folder)
    if isinstance(rulebook, tuple):
        raise InputError(rulebook)
    languages = {*LANGUAGES, *rulebook.languages}
    if language not in languages:
        use_language(preferred_language())
        message = _('There is no language "{language}". Available: {languages}.')
        raise CommandError(message.format(language=language, languages=", ".join(sorted(languages))))
    return in_language(rulebook, language)


_COMMANDS_WITHOUT_RULEBOOK: Final = frozenset({"schema", "relocate"})
"""Commands that are also needed when the rulebook does not load."""


def _command(name: str) -> Callable[..., int]:
    """Return the function of a command. Its module is imported only now, because its libraries may be heavy."""
    command: Callable[..., int] = getattr(import_module(f"assistant.cli.commands.{name}"), name)
    return command
