"""Key bindings, each for two keyboard layouts.

Every binding has *priority*: Textual then runs its action at once and in the order of typing, in the task of the
application. Without it, keys wait in the queue of the focused widget, and a key typed ahead can answer another question
than the one it was meant for.
"""

from collections.abc import Iterator, Mapping

from textual.binding import Binding, BindingType

from assistant.system.keyboard import LATIN_KEYS, LAYOUTS


def bound(actions: Mapping[str, str]) -> list[BindingType]:
    """Return bindings of comma-separated keys to actions; a letter also binds the same key of the other layouts."""
    return [
        Binding(key, action, show=False, priority=True)
        for keys, action in actions.items()
        for name in keys.split(",")
        for key in on_all_layouts(name)
    ]


def on_all_layouts(key: str) -> Iterator[str]:
    """Return the names of a key of a Latin keyboard on every layout; of a letter, also the capital."""
    yield key
    if key in {*LATIN_KEYS}:
        yield key.upper()
        yield from (letter for layout in LAYOUTS.values() for letter in (layout[key], layout[key].upper()))
    elif key.startswith("ctrl+") and key[-1] in LATIN_KEYS:
        # Terminals with the Kitty protocol report the letter of the layout; the others the control code.
        yield from (f"ctrl+{layout[key[-1]]}" for layout in LAYOUTS.values())
