"""``assistant schema``: the form of a kind of file, for editors."""

import argparse
import sys

from assistant.exit_code import DONE
from assistant.schema import SCHEMAS, schema_text


def schema(options: argparse.Namespace) -> int:
    """Prints it. It comes from the program: it helps to mend a rulebook that does not load."""
    sys.stdout.write(schema_text(SCHEMAS[options.kind]))
    return DONE
