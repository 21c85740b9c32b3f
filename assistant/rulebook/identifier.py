"""Identifiers of the parts of a rulebook: ``rule/refused-in-russia``, ``passage/bbc-premature``.

They consist of the kind of a thing and its id in the YAML, so that receipts, the site and the export use the same name.
:func:`address` makes them globally unique IRIs: URNs, which nobody has to own or serve
(``docs/decisions/0008-identifiers-as-urns.md``).
"""

import uuid
from collections.abc import Iterator
from typing import Final, TypeAlias

from assistant.rulebook.case import Case
from assistant.rulebook.finding import Finding
from assistant.rulebook.group import QuestionGroup
from assistant.rulebook.model import Fact, Impossible, OutOfScope, Rule, Rulebook
from assistant.rulebook.promise import Dangerous, ExactlyOne, Incompatible, Never, NotExcludedBy
from assistant.rulebook.question import Question
from assistant.rulebook.source import Article, Background, Origin, Passage, Speaker, Statute

PROGRAM_UUID: Final = uuid.UUID("6473e5a3-45ff-497d-8f7b-b9211b9140dd")
"""A random UUID that must never change, because every address is derived from it."""

Thing: TypeAlias = (
    Question
    | QuestionGroup
    | Fact
    | Finding
    | Rule
    | Statute
    | Article
    | Passage
    | Speaker
    | Origin
    | Background
    | Impossible
    | OutOfScope
    | Incompatible
    | ExactlyOne
    | Never
    | NotExcludedBy
    | Dangerous
    | Case
)
"""A part of a rulebook that has an id."""

_SECTIONS: Final[dict[type[Thing], str]] = {
    Question: "questions",
    QuestionGroup: "groups",
    Fact: "facts",
    Finding: "findings",
    Rule: "rules",
    Statute: "statutes",
    Article: "articles",
    Passage: "passages",
    Speaker: "speakers",
    Origin: "origins",
    Background: "background",
    Impossible: "impossible",
    OutOfScope: "out_of_scope",
    Incompatible: "incompatible",
    ExactlyOne: "exactly_one_of",
    Never: "never",
    NotExcludedBy: "not_excluded_by",
    Dangerous: "dangerous",
    Case: "cases",
}
"""The sections of the files, by the type of their entries. The kind of a thing is its section in the singular."""


def section_of(thing: Thing) -> str:
    """Return the section of the rule files or of the catalogue in which a thing is written, as in ``rules``."""
    return next(_SECTIONS[kind] for kind in type(thing).__mro__ if kind in _SECTIONS)


def identifier(thing: Thing) -> str:
    """Return the identifier of a thing, as in ``rule/refused-in-russia``; it is unique in the rulebook."""
    section = section_of(thing)
    kind = section if isinstance(thing, Dangerous) else section.removesuffix("s")  # the word is no plural
    return f"{kind}/{thing.id}"


def voice_identifier(voice: str) -> str:
    """Return the identifier of an independent voice, as which one or more speakers count."""
    return f"voice/{voice}"


def paragraph_identifier(article: str, line: int) -> str:
    """Return the identifier of a paragraph, from the id of its article and its line there, counted from 1."""
    return f"paragraph/{article}/{line}"


def things(rulebook: Rulebook) -> Iterator[Thing]:
    """Yield everything in a rulebook that has an identifier, in the order of the files."""
    for section in _SECTIONS.values():
        yield from getattr(rulebook if hasattr(rulebook, section) else rulebook.sources, section)


def rulebook_address(rulebook: Rulebook) -> str:
    """Return the IRI of a rulebook: a UUID derived from its id, independent of its contents."""
    return uuid.uuid5(PROGRAM_UUID, rulebook.metadata.id).urn


def address(rulebook: Rulebook, identified: str) -> str:
    """Return the IRI for an identifier, as in ``urn:uuid:…#rule/refused-in-russia``."""
    return f"{rulebook_address(rulebook)}#{identified}"
