"""``assistant schema``: print the JSON Schema of a kind of file, for editors."""

import argparse
import sys

from assistant.cli.messages import CommandError
from assistant.publish.json_schema import SCHEMAS, schema_text
from assistant.system.exit_code import DONE
from assistant.system.language import _
from assistant.system.output import write_data


def schema(options: argparse.Namespace) -> int:
    """Print the schema and return the exit code; no rulebook is loaded, so that this helps to repair one."""
    if sys.flags.optimize > 1:  # Python has removed the docstrings, which are its descriptions
        raise CommandError(_("Python runs without descriptions here: unset PYTHONOPTIMIZE, or leave -OO out."))
    write_data(schema_text(SCHEMAS[options.kind]))
    return DONE
