"""The terms of the export: those of W3C vocabularies, and our own with their meanings.

Our own terms begin with the program's URN. Every export describes them, so that nothing has to be looked up.
Keys of a Web Annotation are those of its JSON (https://www.w3.org/TR/annotation-model/).
"""

from typing import Any, Final, NamedTuple, TypeAlias

from assistant.rulebook.identifier import PROGRAM_UUID
from assistant.rulebook.source import Bearing

Node: TypeAlias = dict[str, Any]
"""A node of a JSON-LD document: an id, a type, and properties."""

PREFIXES: Final = {
    "assistant": f"{PROGRAM_UUID.urn}#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_CLASSES: Final = {
    "Rulebook": ("prov:Collection", "Questions, facts, findings, rules and sources, in one version."),
    "Rule": ("prov:Entity", "One legal ground: conditions that must all hold, in a period, with citations."),
    "Finding": ("prov:Entity", "What a reader is told."),
    "Fact": ("prov:Entity", "Something derived from answers and other facts."),
    "Question": ("prov:Entity", "What a user is asked."),
    "Statute": ("prov:Entity", "A provision, act, court practice or reported practice, its effect in own words."),
    "Article": ("prov:Entity", "A press article, held byte for byte."),
    "Paragraph": ("oa:SpecificResource", "A line of an article that is not empty."),
    "Passage": ("oa:SpecificResource", "A quotation, found by its exact text and a little of the text around it."),
    "Speaker": ("prov:Agent", "Who says something."),
    "Voice": ("prov:Agent", "An independent voice; speakers who count as one voice are counted once."),
    "Origin": ("prov:Entity", "Through whom a statement reached an article: an interview, a document, a post."),
    "Background": ("prov:Entity", "Why some paragraphs of an article support no rule."),
    "OutOfScope": ("prov:Entity", "A subject that the rulebook does not cover."),
}
"""Our classes: their superclass and their meaning."""


class BearingTerms(NamedTuple):
    """The terms for a bearing: a motivation, our property, and the PROV property that it is a subproperty of."""

    motivation: str
    relation: str
    part_of: str


BEARINGS: Final = {
    Bearing.SUPPORTS: BearingTerms("supporting", "supportedBy", "prov:wasDerivedFrom"),
    Bearing.QUALIFIES: BearingTerms("qualifying", "qualifiedBy", "prov:wasInfluencedBy"),
    Bearing.CONTRADICTS: BearingTerms("contradicting", "contradictedBy", "prov:wasInfluencedBy"),
}

_RELATIONS: Final = {
    "concludes": (None, "The fact or finding that holds when the rule does."),
    "dependsOn": (None, "A question or fact that stands in a condition of the rule."),
    "unless": (None, "An exception: a question or fact that defeats the rule."),
    **{
        terms.relation: (terms.part_of, f"A passage or statute that {bearing.value} what is said.")
        for bearing, terms in BEARINGS.items()
    },
    "countsAs": (None, "The independent voice that a speaker counts as."),
    "standsIn": (None, "The paragraph in which a passage stands, or begins, goes on and ends."),
    "setAside": (None, "Why a paragraph supports no rule."),
    "beside": (None, "The question beside which it is told that a subject is not covered."),
}
"""Our properties whose values are things: the property that each is a subproperty of, and its meaning."""

_TEXTS: Final = {
    "contested": "Why lawyers or courts disagree, or the questions cannot decide: the conclusion is at most possible.",
    "caution": "What to beware of in an article.",
    "dateShown": "The date that an article shows.",
    "dateInferred": "The date that can be inferred for an article, and from what.",
    "disclaimer": "What a rulebook is not.",
    "note": "A remark on a passage or statute.",
    "reference": "How to look a statute up: place, wording, publication, last review and reports.",
    "rendering": "A translation of a quotation.",
    "review": "How far the law has been reviewed.",
}
"""Our properties with a text in each language, and their meanings."""

_VALUES: Final = {
    "basis": (None, "checked: read in an official text; reported: known from the press or secondary pages only."),
    "file": (None, "Where an article is held, from the folder of the rulebook."),
    "force": (None, "The kind of statement that a passage makes: law (an opinion), practice, threat, advice, …"),
    "inForceFrom": ("xsd:date", "The first day of the act to which this applies; none: from the beginning."),
    "inForceUntil": ("xsd:date", "The last day of the act to which this applies, included; none: without end."),
    "kind": (None, "The kind of a finding (protection, exposure, …) or of a statute (provision, decree, …)."),
    "line": ("xsd:nonNegativeInteger", "The line of a paragraph in its article, counted from 1."),
    "readOn": ("xsd:date", "The day on which somebody last read a statute, as its basis says."),
    "reviewedUntil": ("xsd:date", "The day up to which the law has been reviewed."),
    "sha256": (None, "Of an article: of its bytes. Of a rulebook: over the sorted (path, SHA-256) pairs of its files."),
    "tone": (None, "cautionary: told as soon as it is possible; reassuring: only when it is established."),
    "writtenAt": (None, "File and line in which a thing is written, from the folder of the rulebook."),
}
"""Our properties with one value: its type unless it is a text, and its meaning."""

_TO_THINGS: Final = {
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": "oa:hasSource",
    "selector": "oa:hasSelector",
    "member": "prov:hadMember",
    "isPartOf": "dcterms:isPartOf",
    "subClassOf": "rdfs:subClassOf",
    "subPropertyOf": "rdfs:subPropertyOf",
    "broader": "skos:broader",
    **{
        name: f"prov:{name}"
        for name in (
            "hadPrimarySource",
            "specializationOf",
            "wasAttributedTo",
            "wasDerivedFrom",
            "wasInfluencedBy",
            "wasQuotedFrom",
        )
    },
    **{name: f"assistant:{name}" for name in _RELATIONS},
}


def iri(identified: str) -> str:
    """Return the IRI of an identifier in the compact form that our :func:`context` expands."""
    return f"book:{identified}"


def context(book: str) -> Node:
    """Return the inline ``@context``: nothing is fetched. ``book:`` is the prefix of a rulebook's things."""
    return {
        **PREFIXES,
        "book": book,
        "id": "@id",
        "type": "@type",
        **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextPositionSelector")},
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@id"},
        **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix")},
        **{name: {"@id": f"oa:{name}", "@type": "xsd:nonNegativeInteger"} for name in ("start", "end")},
        "label": {"@id": "rdfs:label", "@container": "@language"},
        "comment": {"@id": "rdfs:comment", "@container": "@language"},
        "description": {"@id": "dcterms:description", "@container": "@language"},
        "title": "dcterms:title",
        **{name: {"@id": iri, "@type": "@id"} for name, iri in _TO_THINGS.items()},
        **{name: {"@id": f"assistant:{name}", "@container": "@language"} for name in _TEXTS},
        **{
            name: {"@id": f"assistant:{name}", "@type": datatype} if datatype else f"assistant:{name}"
            for name, (datatype, _meaning) in _VALUES.items()
        },
    }


def own_terms() -> list[Node]:
    """Return a node for each of our own terms: its type, the broader term, and its meaning."""
    classes = [
        _term(name, "rdfs:Class", meaning, subClassOf=_superclass(part)) for name, (part, meaning) in _CLASSES.items()
    ]
    relations = [
        _term(name, "rdf:Property", meaning, **({"subPropertyOf": part} if part else {}))
        for name, (part, meaning) in _RELATIONS.items()
    ]
    texts = [_term(name, "rdf:Property", meaning) for name, meaning in _TEXTS.items()]
    values = [_term(name, "rdf:Property", meaning) for name, (_datatype, meaning) in _VALUES.items()]
    motivations = [
        _term(terms.motivation, "oa:Motivation", f"The target {bearing.value} the body.", broader="oa:linking")
        for bearing, terms in BEARINGS.items()
    ]
    return [*classes, *relations, *texts, *values, *motivations]


def _superclass(part: str) -> str | list[str]:
    # A part of an article is an entity too, because PROV states where it was quoted from.
    return ["oa:SpecificResource", "prov:Entity"] if part == "oa:SpecificResource" else part


def _term(name: str, kind: str, meaning: str, **more: str | list[str]) -> Node:
    return {"id": f"assistant:{name}", "type": kind, "label": {"en": name}, "comment": {"en": meaning}, **more}
