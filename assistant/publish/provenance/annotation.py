"""Passages as Web Annotations, whose bodies are the things that they support, qualify or contradict; and paragraphs.

A part of an article is selected by its text (TextQuoteSelector) and by its position (TextPositionSelector): in code
points of the file's text, from 0, without the end.
"""

from collections.abc import Iterator

from assistant.publish.provenance.terms import BEARINGS, Node, iri
from assistant.rulebook.identifier import identifier, paragraph_identifier
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Article, Citation, Passage, locate, numbered_lines


def annotations(rulebook: Rulebook) -> Iterator[Node]:
    """Yield one annotation for each passage; its bodies are the things that cite it, each with its purpose."""
    bodies: dict[str, list[Node]] = {}
    for citing, citation in _citations(rulebook):
        if citation.passage:
            bodies.setdefault(citation.passage, []).append(_body(citing, citation))
    for passage in rulebook.sources.passages:
        cited = bodies.get(passage.id, [])
        yield {
            "id": iri(f"annotation/{passage.id}"),
            "type": "Annotation",
            "motivation": "oa:linking" if cited else "oa:highlighting",
            **({"body": cited} if cited else {}),
            "target": iri(identifier(passage)),
        }


def _citations(rulebook: Rulebook) -> Iterator[tuple[str, Citation]]:
    """Yield all citations with the identifiers of the things that cite."""
    for rule in rulebook.rules:
        yield from ((identifier(rule), citation) for citation in rule.cites)
    for question in rulebook.questions:
        if question.suggest:
            yield from ((identifier(question), citation) for citation in question.suggest.cites)
    for subject in rulebook.out_of_scope:
        yield from ((identifier(subject), citation) for citation in subject.cites)


def _body(citing: str, citation: Citation) -> Node:
    return {
        "id": iri(f"{citing}/{citation.bearing.value}/{citation.passage}"),
        "type": "SpecificResource",
        "source": iri(citing),
        "purpose": f"assistant:{BEARINGS[citation.bearing].motivation}",
    }


def quotation(rulebook: Rulebook, passage: Passage) -> Node:
    """Return the properties of a passage: its position, its speaker, and the origin through which it was reported."""
    is_law, name = passage.source in rulebook.sources.statute, identifier(passage)
    article = iri(f"{'statute' if is_law else 'article'}/{passage.source}")
    (span,) = locate(passage, rulebook.sources.texts[passage.source])
    around = {"prefix": passage.prefix, "suffix": passage.suffix}
    quoted = {
        "id": iri(f"{name}/quote"),
        "type": "TextQuoteSelector",
        "exact": passage.exact,
        **{side: text for side, text in around.items() if text},
    }
    return {
        "type": ["SpecificResource", "prov:Entity", "assistant:Passage"],
        "source": article,
        "selector": [quoted, _position(name, span.start, span.end)],
        "force": passage.force.value,
        "rendering": dict(sorted(passage.rendering.items())),
        "wasQuotedFrom": article,
        **({} if is_law else _said(rulebook, passage, range(span.first_line, span.last_line + 1))),
    }


def _said(rulebook: Rulebook, passage: Passage, lines: range) -> Node:
    """Return in which paragraphs of its article a passage is, who said it, and through whom."""
    return {
        "standsIn": [
            iri(paragraph_identifier(passage.source, line))
            for line, _start, _end in _paragraphs(rulebook.sources.texts[passage.source])
            if line in lines
        ],
        "wasAttributedTo": iri(f"speaker/{passage.speaker}"),
        "hadPrimarySource": iri(f"origin/{passage.origin}"),
    }


def paragraph_nodes(rulebook: Rulebook, article: Article) -> Iterator[Node]:
    """Yield the paragraphs of an article; those set aside with the reasons why they support no rule."""
    background = [each for each in rulebook.sources.background if each.source == article.id]
    for line, start, end in _paragraphs(rulebook.sources.texts[article.id]):
        name = paragraph_identifier(article.id, line)
        reasons = [iri(identifier(each)) for each in background if line in each.lines]
        yield {
            "id": iri(name),
            "type": ["SpecificResource", "prov:Entity", "assistant:Paragraph"],
            "line": line,
            "source": iri(identifier(article)),
            "isPartOf": iri(identifier(article)),
            "selector": _position(name, start, end),
            **({"setAside": reasons} if reasons else {}),
        }


def _position(name: str, start: int, end: int) -> Node:
    return {"id": iri(f"{name}/position"), "type": "TextPositionSelector", "start": start, "end": end}


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield line, start and end of every paragraph, as :func:`assistant.rulebook.source.paragraphs` counts them."""
    for line, start, content in numbered_lines(text):
        if content.strip():
            yield line, start, start + len(content.rstrip("\r"))
