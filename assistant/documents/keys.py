"""Keys: the dotted names of places and texts in a document, as in ``questions.place.options.ukraine.text``."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.documents.problem import Place
from assistant.documents.yaml_reader import Document, Location


def key_at(data: Any, location: Location) -> str:
    """Return the key of a location: its steps joined by dots, with ids in place of list indexes."""
    names = []
    for step in location:
        data = data[step]
        named = isinstance(step, int) and isinstance(data, Mapping) and isinstance(data.get("id"), str)
        names.append(str(data["id"]) if named else str(step))
    return ".".join(names)


def id_at(data: Any, location: Location) -> str | None:
    """Return the id of the list entry at a location, or None if it is not a list entry with a printable id."""
    for step in location:
        data = data[step]
    identifier = data.get("id") if isinstance(location[-1], int) and isinstance(data, Mapping) else None
    return identifier if isinstance(identifier, str) and identifier.isprintable() else None


def leaves(document: Document) -> Iterator[tuple[str, Any, Place]]:
    """Yield the key, the value and the place of each text of a translation."""

    def walk(value: Any, location: Location) -> Iterator[tuple[str, Any, Place]]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from walk(inner, (*location, key))
        else:
            yield ".".join(map(str, location)), value, document.places[location]

    yield from walk(document.data, ())


def place_around(places: Mapping[str, Place], key: str) -> Place:
    """Return the place of a key, else of the nearest enclosing key that has one, else of the rules as a whole."""
    parts = key.split(".")
    around = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((places[at] for at in around if at in places), Place(path="rules"))
