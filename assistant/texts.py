"""The texts of a rulebook in several languages.

English stands beside the rule, where the lawyer reads it; another language mirrors it by key: the ids and fields on the
way to a text, joined by dots, as in ``questions.place.options.ukraine.text``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic.fields import FieldInfo

from assistant.rulebook import Rulebook
from assistant.value import Value
from assistant.vocabulary import Prose

Record = TypeVar("Record", bound=Value)


def texts_of(record: Value, key: str = "") -> dict[str, str]:
    """Every text of a record that a reader sees, by key."""
    return dict(_texts(record, key))


def _texts(record: Value, key: str) -> Iterator[tuple[str, str]]:
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        here = f"{key}.{name}" if key else name
        if isinstance(value, str) and _is_prose(field):
            yield here, value
        elif isinstance(value, Value):
            yield from _texts(value, here)
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Value) and hasattr(item, "id"):
                    yield from _texts(item, f"{here}.{item.id}")


def with_texts(record: Record, texts: Mapping[str, str], key: str = "") -> Record:
    """The record with every text replaced that ``texts`` has."""
    changed: dict[str, Any] = {}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        here = f"{key}.{name}" if key else name
        if isinstance(value, str) and _is_prose(field):
            changed[name] = texts.get(here, value)
        elif isinstance(value, Value):
            changed[name] = with_texts(value, texts, here)
        elif isinstance(value, tuple) and value and isinstance(value[0], Value) and hasattr(value[0], "id"):
            changed[name] = tuple(with_texts(item, texts, f"{here}.{item.id}") for item in value)
    return record.model_copy(update=changed)


def in_language(rulebook: Rulebook, language: str) -> Rulebook:
    """The same rulebook telling its texts in a language; in the language it is written in if it has no other."""
    if language == rulebook.language or language not in rulebook.translations:
        return rulebook
    texts = rulebook.translations[language]
    return Rulebook.model_construct(
        **{
            **dict(rulebook),
            "metadata": with_texts(rulebook.metadata, texts, "rulebook"),
            **{
                section: tuple(with_texts(item, texts, f"{section}.{item.id}") for item in getattr(rulebook, section))
                for section in ("questions", "facts", "findings", "rules", "impossible", "out_of_scope")
            },
            "sources": with_texts(rulebook.sources, texts),
            "language": language,
        }
    )


def _is_prose(field: FieldInfo) -> bool:
    if any(isinstance(mark, Prose) for mark in field.metadata):
        return True
    return any(isinstance(mark, Prose) for argument in get_args(field.annotation) for mark in get_args(argument))
