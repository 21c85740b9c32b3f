"""``assistant ask``: the questionnaire on a terminal, or line by line."""

import argparse
import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

from assistant.cli.messages import CommandError
from assistant.documents.problem import InputError, Problem
from assistant.interview.saved import read_encrypted
from assistant.rulebook.answer import Reply
from assistant.rulebook.loader import default_folder
from assistant.rulebook.model import Rulebook
from assistant.scenarios.replies import replies_of
from assistant.scenarios.scenario import Scenario, load_scenarios
from assistant.system.clock import today
from assistant.system.display_safe import disguise, joined, printable
from assistant.system.language import _

NAME: Final = "assistant"


def ask(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Run the questionnaire until the user leaves, and return the exit code."""
    replies = _replies(options, rulebook) if options.scenario else None
    to_open = read_encrypted(options.open) if options.open else None
    if isinstance(to_open, Problem):
        raise InputError([to_open])
    if options.plain:
        from assistant.plain import run as run_plain

        return run_plain(rulebook, replies, to_open, today())
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM", "") in {"", "dumb"}:
        needed = _("The questionnaire needs a terminal that can draw a screen.")
        advice = _("Without one it asks line by line: {command}").format(command=printable(_line_by_line(options)))
        raise CommandError(f"{needed} {advice}")
    from assistant.tui import run

    return run(rulebook, rulebook.language, replies, to_open, today())


def _line_by_line(options: argparse.Namespace) -> str:
    """Return this command as it can be typed to be asked line by line."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        called = [sys.orig_argv[0], "-m", "assistant"]
    else:
        is_on_the_path = program.name != NAME or shutil.which(NAME) == str(program.absolute())
        called = [NAME if is_on_the_path else str(program)]
    words = [*called, "ask", "--plain"]
    for name in ("lang", "rulebook", "scenario", "id", "open"):
        value = vars(options).get(name)
        if value and value != default_folder():
            words += [f"--{name}", str(value)]
    return shlex.join(words)


def _replies(options: argparse.Namespace, rulebook: Rulebook) -> dict[str, Reply]:
    """Return the replies of the given scenario.

    Raises:
        InputError: if there is not exactly one, or the file has problems.
    """
    read = load_scenarios(options.scenario, rulebook)
    if problems := [each for each in read if isinstance(each, Problem)]:
        raise InputError(problems)
    scenarios = [each for each in read if isinstance(each, Scenario)]
    named = [each for each in scenarios if options.id in {None, each.id}]
    if len(named) == 1:
        return replies_of(named[0])
    message = _("there is not one scenario of that name here.") if options.id else _("the file has several scenarios.")
    remedy = _("Name one with --id: {ids}.").format(ids=", ".join(each.id for each in scenarios))
    remedy = joined(disguise(options.id or "", {each.id for each in scenarios}), remedy)
    raise InputError([Problem.of_path(options.scenario, message, remedy)])
