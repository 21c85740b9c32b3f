"""The texts of a rulebook in several languages.

The rulebook's own language is written next to the rule, where a lawyer reads it. Other languages refer to it by key:
the ids and fields that lead to a text, joined by dots, as in ``questions.place.options.ukraine.text``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, get_args

from pydantic.fields import FieldInfo

from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.vocabulary import Prose

Record = TypeVar("Record", bound=Value)

_SECTIONS: Final = (
    "questions",
    "groups",
    "facts",
    "findings",
    "rules",
    "impossible",
    "out_of_scope",
    "dangerous",
    "cases",
)
_KEYS: Final = {
    "metadata": "rulebook",
    **dict(zip(_SECTIONS, _SECTIONS, strict=True)),
    "sources": "",
}
"""The parts of a rulebook that contain texts, with the prefix of their keys."""


def texts_of(record: Value, key: str = "") -> dict[str, str]:
    """Return all texts of a record that a reader sees, by key; ``key`` is their prefix."""
    return dict(_texts(record, key))


def _texts(part: Value | tuple[Any, ...], key: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, tuple):
        for item in part:
            if isinstance(item, Value) and hasattr(item, "id"):
                yield from _texts(item, f"{key}.{item.id}")
        return
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        here = f"{key}.{name}" if key else name
        if isinstance(value, str) and _is_prose(field):
            yield here, value
        elif isinstance(value, Value | tuple):
            yield from _texts(value, here)


def with_texts(record: Record, texts: Mapping[str, str], key: str = "") -> Record:
    """Return the record with those texts replaced that ``texts`` contains, by key."""
    changed: dict[str, Any] = {}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        here = f"{key}.{name}" if key else name
        if isinstance(value, str) and _is_prose(field):
            changed[name] = texts.get(here, value)
        elif isinstance(value, Value | tuple):
            changed[name] = _replace_texts(value, texts, here)
    return record.replacing(**changed)


def _replace_texts(value: Any, texts: Mapping[str, str], key: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_replace_texts(item, texts, f"{key}.{item.id}") if hasattr(item, "id") else item for item in value)
    return with_texts(value, texts, key)


def in_language(rulebook: Rulebook, language: str) -> Rulebook:
    """Return the rulebook with its texts in a language, or unchanged if it has no texts in that language.

    The replaced texts are added to the translations, so that the language can be changed back.
    """
    if language == rulebook.language or language not in rulebook.translations:
        return rulebook
    parts = {name: getattr(rulebook, name) for name in _KEYS}
    replaced = {key: text for name, part in parts.items() for key, text in _texts(part, _KEYS[name])}
    texts = rulebook.translations[language]
    return rulebook.replacing(
        **{name: _replace_texts(part, texts, _KEYS[name]) for name, part in parts.items()},
        language=language,
        translations={**rulebook.translations, rulebook.language: replaced},
    )


def _is_prose(field: FieldInfo) -> bool:
    if any(isinstance(mark, Prose) for mark in field.metadata):
        return True
    return any(isinstance(mark, Prose) for argument in get_args(field.annotation) for mark in get_args(argument))
