"""``assistant site``: the rulebook as a folder of pages."""

import argparse
import sys

from assistant.assessment import Assessor
from assistant.command_result import BAD_INPUT, DONE, tell
from assistant.evaluation import evaluate_files
from assistant.language import _
from assistant.rulebook import Rulebook
from assistant.rulebook_loader import default_folder
from assistant.site import build_site, write_site


def run(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Writes the site of a rulebook into the folder that was named, and says where to begin."""
    home = getattr(options, "rulebook", default_folder())
    folder, scenarios = options.scenarios or home / "tests" / "scenarios", []
    if options.scenarios or folder.is_dir():  # an installed program comes without
        evaluation = evaluate_files(Assessor(rulebook), [folder])
        if evaluation.problems:
            tell(evaluation.problems)
            return BAD_INPUT
        scenarios = [one.scenario for one in evaluation.evaluated]
    files = build_site(rulebook, home, scenarios)
    problem = write_site(options.output, files)
    if problem is not None:
        tell([problem])
        return BAD_INPUT
    message = _("The site is written: {count} files. Open {page}.")
    sys.stderr.write(message.format(count=len(files), page=options.output / "index.html") + "\n")
    return DONE
