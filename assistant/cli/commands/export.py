"""``assistant export``: write the rulebook in another form, for other programs."""

import argparse

from assistant.cli.commands.output_file import write_result
from assistant.cli.messages import CommandError
from assistant.documents.problem import InputError
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.system.display_safe import disguise, joined
from assistant.system.exit_code import DONE
from assistant.system.language import _


def export(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Print the requested form or write it to a file, and return the exit code."""
    if options.form == "sql":
        text = _sql(options, rulebook)
    else:
        from assistant.publish.provenance import provenance_text

        text = provenance_text(rulebook)
    write_result(text, options.output)
    return DONE


def _sql(options: argparse.Namespace, rulebook: Rulebook) -> str:
    from assistant.tables.sql.export import DIALECTS, sql_text

    if options.dialect not in DIALECTS:
        message = _("there is no SQL dialect '{name}' here.").format(name=options.dialect)
        remedy = joined(disguise(options.dialect, DIALECTS), nearest(options.dialect, DIALECTS))
        raise CommandError(f"{message} {remedy}")
    try:
        return sql_text(rulebook, options.dialect, options.table, explain=options.explain, ranges=options.ranges)
    except InputError:
        raise
    except ValueError as error:
        raise CommandError(_("'{name}' is not the name of a table.").format(name=options.table)) from error
