"""Key bindings, each for two keyboard layouts.

Every binding has *priority*: Textual then runs its action at once and in the order of typing, in the task of the
application. Without it, keys wait in the queue of the focused widget, and a key typed ahead can answer another question
than the one it was meant for.
"""

from collections.abc import Iterator, Mapping

from textual.binding import Binding, BindingType

from assistant.system.keyboard import ON_RUSSIAN_LAYOUT


def bound(actions: Mapping[str, str]) -> list[BindingType]:
    """Return bindings of comma-separated keys to actions; a letter also binds the same key of a Russian layout."""
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
