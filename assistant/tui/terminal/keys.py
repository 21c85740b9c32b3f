"""The keys, each on two keyboard layouts.

Every key is a *priority* binding: Textual then runs its action at once and in the order of typing, in the task of the
application. Keys handed on to a focused widget wait in that widget's queue, and what is typed ahead can reach the
question before or after the one that it was meant for; here that would put words into somebody's mouth.
"""

from collections.abc import Iterator, Mapping

from textual.binding import Binding, BindingType

from assistant.system.keyboard import ON_RUSSIAN_LAYOUT


def bound(actions: Mapping[str, str]) -> list[BindingType]:
    """Bindings of comma-separated keys to actions; a letter also stands for its key on a Russian layout."""
    return [
        Binding(key, action, show=False, priority=True)
        for keys, action in actions.items()
        for name in keys.split(",")
        for key in _spellings(name)
    ]


def _spellings(name: str) -> Iterator[str]:
    yield name
    if name in ON_RUSSIAN_LAYOUT:
        yield from (name.upper(), ON_RUSSIAN_LAYOUT[name], ON_RUSSIAN_LAYOUT[name].upper())
    elif name.startswith("ctrl+") and name[-1] in ON_RUSSIAN_LAYOUT:
        # Terminals with the Kitty protocol report the letter of the layout; the others the control code.
        yield "ctrl+" + ON_RUSSIAN_LAYOUT[name[-1]]
