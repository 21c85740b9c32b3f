"""A rulebook as nodes: where every rule and finding comes from, in terms of PROV-O.

There are no blank nodes: each node has an identifier, so that exports can be compared node by node.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from assistant.explanation.view.reference import reference_lines
from assistant.publish.provenance.annotation import annotations, paragraph_nodes, quotation
from assistant.publish.provenance.terms import BEARINGS, Node, iri
from assistant.rulebook.evidence import reference
from assistant.rulebook.finding import Finding
from assistant.rulebook.identifier import Thing, identifier, rulebook_address, section_of, things, voice_identifier
from assistant.rulebook.model import Fact, OutOfScope, Rule, Rulebook
from assistant.rulebook.question import Question
from assistant.rulebook.source import Article, Background, Citation, Origin, Passage, Speaker, Statute
from assistant.rulebook.translation import in_language
from assistant.rulebook.vocabulary import Period
from assistant.system.language import speaking
from assistant.system.message import text

_TEXTS: Final[dict[type[Thing], dict[str, str]]] = {
    Question: {"text": "label", "help": "description"},
    Fact: {"text": "label"},
    Finding: {"title": "label", "text": "description"},
    Rule: {"contested": "contested"},
    OutOfScope: {"text": "label"},
    Statute: {"reference": "label", "effect": "description", "note": "note"},
    Article: {
        "description": "description",
        "date_shown": "dateShown",
        "date_inferred": "dateInferred",
        "caution": "caution",
    },
    Passage: {"note": "note"},
    Speaker: {"name": "label", "role": "description"},
    Origin: {"description": "label"},
    Background: {"reason": "label"},
}
"""The exported types, and the terms of their texts by field. Other types say nothing about where a rule comes from."""


def nodes(rulebook: Rulebook) -> Iterator[Node]:
    """Yield every node of a rulebook, in the order of its files."""
    translations = {language: in_language(rulebook, language) for language in rulebook.languages}
    yield from _rulebook(rulebook, translations)
    by_identifier = [
        (language, {identifier(thing): thing for thing in things(each)}) for language, each in translations.items()
    ]
    for thing in things(rulebook):
        if type(thing) in _TEXTS:
            versions = {language: known[identifier(thing)] for language, known in by_identifier}
            node = {**_named(rulebook, versions, thing), **_properties(rulebook, thing)}
            yield {**node, **_reference(translations, thing)} if isinstance(thing, Statute) else node
    for voice in dict.fromkeys(speaker.voice for speaker in rulebook.sources.speakers if speaker.voice):
        yield {"id": iri(voice_identifier(voice)), "type": ["prov:Agent", "assistant:Voice"]}
    for article in rulebook.sources.articles:
        yield from paragraph_nodes(rulebook, article)
    yield from annotations(rulebook)


def _rulebook(rulebook: Rulebook, translations: dict[str, Rulebook]) -> Iterator[Node]:
    """Yield a node for the rulebook in any version, and one for this version."""

    def texts(field: str) -> dict[str, str]:
        return {language: getattr(each.metadata, field) for language, each in translations.items()}

    address = rulebook_address(rulebook)
    yield {"id": address, "type": ["prov:Entity", "assistant:Rulebook"], "label": texts("title")}
    yield {
        "id": iri(f"version/{rulebook.hash}"),
        "type": ["prov:Collection", "prov:Entity", "assistant:Rulebook"],
        "label": texts("title"),
        "description": texts("summary"),
        "disclaimer": texts("disclaimer"),
        "specializationOf": address,
        "sha256": rulebook.hash,
        "reviewedUntil": rulebook.metadata.reviewed_until.isoformat(),
        "review": texts("review"),
        "member": [  # only entities: a speaker is an agent, not a part of a rulebook
            iri(identifier(thing))
            for thing in things(rulebook)
            if type(thing) in _TEXTS and not isinstance(thing, Speaker)
        ],
    }


def _named(rulebook: Rulebook, versions: dict[str, Thing], thing: Thing) -> Node:
    """Return the properties of a thing of any type: its types, its texts in every language, and its place in a file."""
    name = type(thing).__name__
    kind = "prov:Agent" if isinstance(thing, Speaker) else "prov:Entity"
    node: Node = {"id": iri(identifier(thing)), "type": [kind, f"assistant:{name}"]}
    for field, term in _TEXTS[type(thing)].items():
        if getattr(thing, field) is not None:
            node[term] = {language: getattr(version, field) for language, version in versions.items()}
    place = rulebook.places.get(f"{section_of(thing)}.{thing.id}")
    return {**node, "writtenAt": f"{place.path}:{place.line}"} if place else node


def _properties(rulebook: Rulebook, thing: Any) -> Node:
    """Return the properties that only things of this type have."""
    properties = _PROPERTIES.get(type(thing))
    return properties(rulebook, thing) if properties else {}


def _rule(rulebook: Rulebook, rule: Rule) -> Node:
    concluded = [_node_of(rulebook, head) for head in rule.heads]
    return {
        "concludes": concluded[0] if len(concluded) == 1 else concluded,
        **_unless_empty(dependsOn=[_node_of(rulebook, name) for name in rule.when]),
        **_unless_empty(unless=[_node_of(rulebook, name) for name in rule.unless]),
        **_period(rule.in_force),
        **_citing(rule.cites),
    }


def _concluded(rulebook: Rulebook, concluded: Fact | Finding) -> Node:
    return {"wasDerivedFrom": [iri(identifier(rule)) for rule in rulebook.rules_for[concluded.id]]}


def _finding(rulebook: Rulebook, finding: Finding) -> Node:
    return {"kind": finding.kind.value, "tone": finding.tone.value, **_concluded(rulebook, finding)}


def _question(_rulebook: Rulebook, question: Question) -> Node:
    return _citing(question.suggest.cites) if question.suggest else {}


def _out_of_scope(_rulebook: Rulebook, subject: OutOfScope) -> Node:
    return {
        **_unless_empty(beside=[iri(f"question/{name}") for name in subject.beside]),
        **_citing(subject.cites),
    }


def _statute(rulebook: Rulebook, statute: Statute) -> Node:
    found = reference(rulebook.sources, statute)
    return {
        "kind": statute.kind.value,
        "basis": statute.basis.value,
        **_period(statute.in_force),
        **({"readOn": found.review.on.isoformat()} if found.review else {}),
    }


def _reference(translations: dict[str, Rulebook], statute: Statute) -> Node:
    """Return how to look a statute up, in every language."""
    texts = {}
    for language, rulebook in translations.items():
        sources = rulebook.sources
        with speaking(language):
            texts[language] = "\n".join(map(text, reference_lines(reference(sources, sources.statute[statute.id]))))
    return {"reference": texts} if any(texts.values()) else {}


def _article(_rulebook: Rulebook, article: Article) -> Node:
    return {"title": article.title, "file": f"seeds/{article.file}", "sha256": article.sha256}


def _speaker(_rulebook: Rulebook, speaker: Speaker) -> Node:
    return {"countsAs": iri(voice_identifier(speaker.voice))} if speaker.voice else {}


_PROPERTIES: Final[dict[type[Thing], Callable[[Rulebook, Any], Node]]] = {
    Rule: _rule,
    Fact: _concluded,
    Finding: _finding,
    Question: _question,
    OutOfScope: _out_of_scope,
    Statute: _statute,
    Article: _article,
    Speaker: _speaker,
    Passage: quotation,
}


def _node_of(rulebook: Rulebook, name: str) -> str:
    """Return the node for a name in a rule. Names are unique among questions, facts and findings together."""
    return iri(identifier(rulebook.question.get(name) or rulebook.fact.get(name) or rulebook.finding[name]))


def _citing(cites: Iterable[Citation]) -> Node:
    """Return the citations under our properties, and under the PROV properties that these are subproperties of."""
    node: Node = {}
    for citation in cites:
        cited = iri(f"passage/{citation.passage}" if citation.passage else f"statute/{citation.statute}")
        bearing = BEARINGS[citation.bearing]
        for term in (bearing.relation, bearing.part_of.removeprefix("prov:")):
            node.setdefault(term, []).append(cited)
    return {term: list(dict.fromkeys(cited)) for term, cited in node.items()}


def _period(period: Period) -> Node:
    """Return the first and the last day of a period; an open end is left out."""
    ends = {"inForceFrom": period.start, "inForceUntil": period.until}
    return {term: day.isoformat() for term, day in ends.items() if day}


def _unless_empty(**lists: list[str]) -> Node:
    return {term: things for term, things in lists.items() if things}
