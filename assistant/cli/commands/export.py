"""``assistant export``: write the rulebook in another form, for other programs."""

import argparse
import sys

from assistant.cli.commands.messages import write_messages
from assistant.documents.atomic_file import write_whole
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.system.display_safe import disguise, joined
from assistant.system.exit_code import BAD_INPUT, DONE
from assistant.system.language import _
from assistant.system.output import write_data


def export(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Print the requested form or write it to a file, and return the exit code."""
    text = {"provenance": _provenance, "sql": _sql}[options.form](options, rulebook)
    if text is None:
        return BAD_INPUT
    if options.output is None:
        write_data(text)
        return DONE
    problem = write_whole(options.output, text)
    write_messages([problem] if problem else [])
    return BAD_INPUT if problem else DONE


def _provenance(_options: argparse.Namespace, rulebook: Rulebook) -> str:
    from assistant.publish.provenance import provenance_text

    return provenance_text(rulebook)


def _sql(options: argparse.Namespace, rulebook: Rulebook) -> str | None:
    """Return the rulebook as a SQL query; on invalid options, write a message and return None."""
    from assistant.tables.sql.export import DIALECTS, sql_text

    if options.dialect not in DIALECTS:
        message = _("there is no SQL dialect '{name}' here.").format(name=options.dialect)
        remedy = joined(disguise(options.dialect, DIALECTS), nearest(options.dialect, DIALECTS))
        sys.stderr.write(f"{message} {remedy}\n")
        return None
    try:
        return sql_text(rulebook, options.dialect, options.table, explain=options.explain)
    except ValueError:
        sys.stderr.write(_("'{name}' is not the name of a table.").format(name=options.table) + "\n")
        return None
