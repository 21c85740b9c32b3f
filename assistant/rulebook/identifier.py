"""What each thing of a rulebook is called outside of it: ``rule/refused-in-russia``, ``passage/bbc-premature``.

The kind of thing and the id that stands in the YAML, so that receipts, the site and the export name a thing alike.
Under :func:`address` an identifier is an IRI for the whole world: a URN that nobody has to own or serve
(``docs/decisions/0008-identifiers-as-urns.md``).
"""

import uuid
from collections.abc import Iterator
from typing import Final, TypeAlias

from assistant.rulebook.model import (
    ExactlyOne,
    Fact,
    Finding,
    Impossible,
    Incompatible,
    Never,
    NotExcludedBy,
    OutOfScope,
    Question,
    Rule,
    Rulebook,
)
from assistant.rulebook.source import Article, Background, Origin, Passage, Speaker, Statute

PROGRAM: Final = uuid.UUID("6473e5a3-45ff-497d-8f7b-b9211b9140dd")
"""Drawn once, at random, and never to be changed: every address is made from it."""

Thing: TypeAlias = (
    Question
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
)
"""A part of a rulebook that has an id."""

_KIND: Final[dict[type[Thing], str]] = {
    Question: "question",
    Fact: "fact",
    Finding: "finding",
    Rule: "rule",
    Statute: "statute",
    Article: "article",
    Passage: "passage",
    Speaker: "speaker",
    Origin: "origin",
    Background: "background",
    Impossible: "impossible",
    OutOfScope: "out_of_scope",
    Incompatible: "incompatible",
    ExactlyOne: "exactly_one_of",
    Never: "never",
    NotExcludedBy: "not_excluded_by",
}


def identifier(thing: Thing) -> str:
    """The identifier of a thing, as in ``rule/refused-in-russia``; no two things of a rulebook have the same."""
    return f"{_KIND[type(thing)]}/{thing.id}"


def voice_identifier(voice: str) -> str:
    """The identifier of the independent voice that speakers count as."""
    return f"voice/{voice}"


def paragraph_identifier(article: str, line: int) -> str:
    """The identifier of a paragraph, by the id of its article and its line there, counted from 1."""
    return f"paragraph/{article}/{line}"


def things(rulebook: Rulebook) -> Iterator[Thing]:
    """Everything in a rulebook that has an identifier of its own, in the order of the files."""
    sources = rulebook.sources
    parts: tuple[tuple[Thing, ...], ...] = (
        rulebook.questions,
        rulebook.facts,
        rulebook.findings,
        rulebook.rules,
        sources.statutes,
        sources.articles,
        sources.passages,
        sources.speakers,
        sources.origins,
        sources.background,
        rulebook.impossible,
        rulebook.out_of_scope,
        rulebook.incompatible,
        rulebook.exactly_one_of,
        rulebook.never,
        rulebook.not_excluded_by,
    )
    for part in parts:
        yield from part


def rulebook_address(rulebook: Rulebook) -> str:
    """The IRI of a rulebook, whatever its contents: a UUID made from its id."""
    return uuid.uuid5(PROGRAM, rulebook.metadata.id).urn


def address(rulebook: Rulebook, identified: str) -> str:
    """The IRI of what an identifier names, as in ``urn:uuid:…#rule/refused-in-russia``."""
    return f"{rulebook_address(rulebook)}#{identified}"
