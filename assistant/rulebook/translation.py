"""The texts of a rulebook in several languages.

English stands beside the rule, where the lawyer reads it; another language mirrors it by key: the ids and fields on the
way to a text, joined by dots, as in ``questions.place.options.ukraine.text``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, get_args

from pydantic.fields import FieldInfo

from assistant.documents.value import Value
from assistant.rulebook.model import Rulebook
from assistant.rulebook.vocabulary import Prose

Record = TypeVar("Record", bound=Value)

_KEYS: Final = {
    "metadata": "rulebook",
    **{name: name for name in ("questions", "facts", "findings", "rules", "impossible", "out_of_scope")},
    "sources": "",
}
"""The parts of a rulebook that have texts, and what their keys begin with."""


def texts_of(record: Value, key: str = "") -> dict[str, str]:
    """Every text of a record that a reader sees, by key."""
    return dict(_texts(record, key))


def _texts(told: Value | tuple[Any, ...], key: str) -> Iterator[tuple[str, str]]:
    if isinstance(told, tuple):
        for item in told:
            if isinstance(item, Value) and hasattr(item, "id"):
                yield from _texts(item, f"{key}.{item.id}")
        return
    for name, field in type(told).model_fields.items():
        value = getattr(told, name)
        here = f"{key}.{name}" if key else name
        if isinstance(value, str) and _is_prose(field):
            yield here, value
        elif isinstance(value, Value | tuple):
            yield from _texts(value, here)


def with_texts(record: Record, texts: Mapping[str, str], key: str = "") -> Record:
    """The record with every text replaced that ``texts`` has."""
    changed: dict[str, Any] = {}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        here = f"{key}.{name}" if key else name
        if isinstance(value, str) and _is_prose(field):
            changed[name] = texts.get(here, value)
        elif isinstance(value, Value | tuple):
            changed[name] = _told(value, texts, here)
    return record.replacing(**changed)


def _told(value: Any, texts: Mapping[str, str], key: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_told(item, texts, f"{key}.{item.id}") if hasattr(item, "id") else item for item in value)
    return with_texts(value, texts, key)


def in_language(rulebook: Rulebook, language: str) -> Rulebook:
    """The same rulebook telling its texts in a language; unchanged if it has no texts in that language.

    The way back is open: the texts that are replaced become one of the translations.
    """
    if language == rulebook.language or language not in rulebook.translations:
        return rulebook
    parts = {name: getattr(rulebook, name) for name in _KEYS}
    replaced = {key: text for name, part in parts.items() for key, text in _texts(part, _KEYS[name])}
    texts = rulebook.translations[language]
    return rulebook.replacing(
        **{name: _told(part, texts, _KEYS[name]) for name, part in parts.items()},
        language=language,
        translations={**rulebook.translations, rulebook.language: replaced},
    )


def _is_prose(field: FieldInfo) -> bool:
    if any(isinstance(mark, Prose) for mark in field.metadata):
        return True
    return any(isinstance(mark, Prose) for argument in get_args(field.annotation) for mark in get_args(argument))
