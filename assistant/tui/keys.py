"""The keys, in one table, on two keyboard layouts.

Every key is a *priority* binding: Textual then runs its action at once and in the order of typing, in the task of the
application. Keys handed on to a focused widget wait in that widget's queue, and what is typed ahead can reach the
question before or after the one that it was meant for; here that would put words into somebody's mouth.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from textual.binding import Binding, BindingType

_LATIN: Final = "qwertyuiopasdfghjklzxcvbnm"
_RUSSIAN: Final = "йцукенгшщзфывапролдячсмить"
_ON_RUSSIAN_LAYOUT: Final = dict(zip(_LATIN, _RUSSIAN, strict=True))


def bound(actions: Mapping[str, str]) -> list[BindingType]:
    """Bindings of comma-separated keys to actions; a letter also stands for its key on a Russian layout."""
    return [
        Binding(key, action, show=False, priority=True)
        for keys, action in actions.items()
        for name in keys.split(",")
        for key in _spellings(name)
    ]


def key_name(letter: str, language: str) -> str:
    """What is printed on a letter's key, as a reader of the language types it."""
    return _ON_RUSSIAN_LAYOUT.get(letter, letter) if language == "ru" else letter


def _spellings(name: str) -> Iterator[str]:
    yield name
    if name in _ON_RUSSIAN_LAYOUT:
        yield from (name.upper(), _ON_RUSSIAN_LAYOUT[name], _ON_RUSSIAN_LAYOUT[name].upper())
    elif name.startswith("ctrl+") and name[-1] in _ON_RUSSIAN_LAYOUT:
        # Terminals with the Kitty protocol report the letter of the layout; the others the control code.
        yield "ctrl+" + _ON_RUSSIAN_LAYOUT[name[-1]]
