"""The day on which somebody asks: read once where a conversation begins, and from there on handed over as a value."""

import datetime


def today() -> datetime.date:
    """Return the present day where this program runs."""
    return datetime.datetime.now().astimezone().date()
