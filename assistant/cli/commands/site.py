"""``assistant site``: write the rulebook as a folder of pages."""

import argparse

from assistant.cli.messages import write_messages
from assistant.documents.problem import InputError, Problem
from assistant.publish.site import build_site, write_site
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import Scenario, load_scenarios, scenario_files
from assistant.system.exit_code import DONE
from assistant.system.language import _


def site(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Write the site of a rulebook to a folder, print its first page, and return the exit code."""
    folder, scenarios = options.scenarios or options.rulebook / "tests" / "scenarios", list[Scenario]()
    if options.scenarios or folder.is_dir():  # an installed program has no scenarios
        read = [entry for file in scenario_files(folder) for entry in load_scenarios(file, rulebook)]
        if problems := [entry for entry in read if isinstance(entry, Problem)]:
            raise InputError(problems)
        scenarios = [entry for entry in read if isinstance(entry, Scenario)]
    files = build_site(rulebook, options.rulebook, scenarios)
    problem = write_site(options.output, files)
    if problem is not None:
        raise InputError([problem])
    message = _("The site is written: {count} files. Open {page}.")
    write_messages([message.format(count=len(files), page=options.output / "index.html")])
    return DONE
