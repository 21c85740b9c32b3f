"""``assistant site``: write the rulebook as a folder of pages."""

import argparse

from assistant.assessment.assessor import Assessor
from assistant.cli.commands.scenario_messages import scenario_messages
from assistant.cli.messages import write_messages
from assistant.documents.problem import InputError
from assistant.publish.site import build_site, write_site
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import BAD_INPUT, DONE
from assistant.system.language import _


def site(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Write the site of a rulebook to a folder, print its first page, and return the exit code.

    Raises:
        InputError: if the site cannot be written.
        EngineError: if the rules engine fails.
    """
    folder = options.scenarios or options.rulebook / "tests" / "scenarios"
    # An installed program has no scenarios.
    folders = [folder] if options.scenarios or folder.is_dir() else []
    with scenario_messages() as messages:
        evaluated = messages.evaluated(Assessor(rulebook), folders)
        files = build_site(rulebook, options.rulebook, ((each.scenario, each.assessment) for each in evaluated))
    if messages.has_problems:
        return BAD_INPUT
    problem = write_site(options.output, files)
    if problem is not None:
        raise InputError([problem])
    message = _("The site is written: {count} files. Open {page}.")
    write_messages([message.format(count=len(files), page=options.output / "index.html")])
    return DONE
