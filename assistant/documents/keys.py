"""The keys by which the places and texts of a document are called, as in ``questions.place.options.ukraine.text``."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.documents.problem import Place
from assistant.documents.yaml_reader import Document, Location


def name_at(data: Any, location: Location) -> str:
    """A location with the ids of things in place of their indexes."""
    names = []
    for step in location:
        data = data[step]
        named = isinstance(step, int) and isinstance(data, Mapping) and isinstance(data.get("id"), str)
        names.append(str(data["id"]) if named else str(step))
    return ".".join(names)


def id_at(data: Any, location: Location) -> str | None:
    """The id of the thing in a list at a location; none if it is no such thing."""
    for step in location:
        data = data[step]
    identifier = data.get("id") if isinstance(location[-1], int) and isinstance(data, Mapping) else None
    return identifier if isinstance(identifier, str) and identifier.isprintable() else None


def leaves(document: Document) -> Iterator[tuple[str, Any, Place]]:
    """The texts of a translation, by key."""

    def walk(value: Any, location: Location) -> Iterator[tuple[str, Any, Place]]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from walk(inner, (*location, key))
        else:
            yield ".".join(map(str, location)), value, document.places[location]

    yield from walk(document.data, ())


def place_around(places: Mapping[str, Place], key: str) -> Place:
    """The place with a key, or the nearest one around it; if nothing is, that of the rules as a whole."""
    parts = key.split(".")
    around = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((places[at] for at in around if at in places), Place(path="rules"))
