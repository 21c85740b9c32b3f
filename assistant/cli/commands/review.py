"""``assistant review``: list what to look up again, or what would change if a statute fell."""

import argparse

from assistant.analysis.review import Fall, review_plan, without_statute
from assistant.analysis.review_report import fall_report, review_report
from assistant.cli.messages import CommandError
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.system.exit_code import DONE
from assistant.system.language import _
from assistant.system.output import write_data, write_text


def review(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Print the list, or the changes, as text or as one JSON object."""
    result = review_plan(rulebook) if options.without is None else _fall(rulebook, options.without)
    if options.json:
        write_data(result.as_json(indent=2) + "\n")
    elif isinstance(result, Fall):
        write_text(fall_report(result, rulebook) + "\n")
    else:
        write_text(review_report(result, rulebook) + "\n")
    return DONE


def _fall(rulebook: Rulebook, statute: str) -> Fall:
    statutes = rulebook.sources.statute
    if statute not in statutes:
        message = _("there is no statute '{id}'.").format(id=statute)
        remedy = nearest(statute, statutes) or _("This lists them: {command}").format(command="assistant review")
        raise CommandError(f"{message} {remedy}")
    try:
        return without_statute(rulebook, statute)
    except MemoryError as error:
        message = _("The rulebook is too large for decision diagrams: nothing was compared.")
        raise CommandError(message) from error
