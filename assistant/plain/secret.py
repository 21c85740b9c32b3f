"""Reading a passphrase from a terminal without showing it."""

import getpass
import sys
import warnings

from assistant.system.language import _


def secret_line(prompt: str) -> str:
    """Return the line typed on the terminal; it is not shown.

    Raises:
        EOFError: if the input ends, or the terminal would show what is typed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except getpass.GetPassWarning:
            sys.stderr.write(_("This terminal would show the passphrase, so none is asked for.") + "\n")
            raise EOFError from None
