"""A passphrase that is typed on a terminal without being shown."""

import getpass
import sys
import warnings

from assistant.system.language import _


def secret_line(prompt: str) -> str:
    """What is typed on the terminal, unseen.

    Raises:
        EOFError: if nothing more comes in, or the terminal cannot keep from showing what is typed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except getpass.GetPassWarning:
            sys.stderr.write(_("This terminal would show the passphrase, so none is asked for.") + "\n")
            raise EOFError from None
