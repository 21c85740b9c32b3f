"""``assistant schema``: the form of a kind of file, for editors."""

import argparse
import sys

from assistant.publish.json_schema import SCHEMAS, schema_text
from assistant.system.exit_code import BAD_INPUT, DONE
from assistant.system.language import _
from assistant.system.output import write_data


def schema(options: argparse.Namespace) -> int:
    """Prints it. It comes from the program: it helps to mend a rulebook that does not load."""
    if sys.flags.optimize > 1:  # the descriptions in it are docstrings, which Python has dropped
        sys.stderr.write(_("Python runs without descriptions here: unset PYTHONOPTIMIZE, or leave -OO out.") + "\n")
        return BAD_INPUT
    write_data(schema_text(SCHEMAS[options.kind]))
    return DONE
