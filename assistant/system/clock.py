"""The current day. It is read once where a conversation begins and then passed on as a value."""

import datetime


def today() -> datetime.date:
    """Return the current day in the local time zone."""
    return datetime.datetime.now().astimezone().date()
