"""Bytes from the keyboard that are no UTF-8, as a paste or another encoding of the terminal gives them."""

import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import Any


def take_bad_bytes_for_no_key() -> None:
    """Lets Textual read on after such a byte; by itself it stops with an exception that quotes what was typed."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        module: Any = linux_driver
        module.getincrementaldecoder = lambda encoding: partial(getincrementaldecoder(encoding), errors="replace")
