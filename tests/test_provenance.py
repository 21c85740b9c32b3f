"""The provenance of a rulebook as RDF: what another program, which knows nothing of ours, can read and ask."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.query import ResultRow

from assistant.publish.provenance import provenance_text
from assistant.publish.provenance.graph import nodes
from assistant.rulebook.identifier import PROGRAM_UUID, Thing, address, identifier, rulebook_address
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing
from assistant.rulebook.translation import in_language
from tests.support.project import ROOT, SOUND, Run

OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OWN = Namespace(f"{PROGRAM_UUID.urn}#")
# rdflib's own reader of JSON-LD uses what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

RELATION = {
    Bearing.SUPPORTS: OWN.supportedBy,
    Bearing.QUALIFIES: OWN.qualifiedBy,
    Bearing.CONTRADICTS: OWN.contradictedBy,
}


def read(rulebook: Rulebook) -> Graph:
    return Graph().parse(data=provenance_text(rulebook), format="json-ld")


def asked(graph: Graph, query: str) -> list[tuple[str, ...]]:
    """The answers to a SPARQL query."""
    rows = graph.query(query, initNs={"oa": OA, "own": OWN})
    return [tuple(map(str, row)) for row in rows if isinstance(row, ResultRow)]


@pytest.fixture(scope="module")
def graph(rulebook: Rulebook) -> Graph:
    return read(rulebook)


@pytest.fixture(scope="module", params=["small", "real"])
def pair(request: pytest.FixtureRequest, rulebook: Rulebook, sound: Rulebook) -> tuple[Rulebook, Graph]:
    """A rulebook and its provenance."""
    if request.param == "real":
        return rulebook, request.getfixturevalue("graph")
    return sound, read(sound)


def test_every_node_has_a_type_and_an_identifier_and_every_identifier_leads_to_a_node(
    pair: tuple[Rulebook, Graph],
) -> None:
    _rulebook, graph = pair
    subjects = set(graph.subjects())
    assert all(isinstance(subject, URIRef) for subject in subjects)
    assert subjects == set(graph.subjects(RDF.type))
    named = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    assert {name for name in named if name.startswith("urn:")} <= subjects


def test_only_the_names_of_w3c_vocabularies_are_web_addresses(graph: Graph) -> None:
    vocabularies = (*map(str, (OA, PROV, RDF, RDFS, DCTERMS, SKOS)), "urn:uuid:")
    found = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    assert [term for term in found if not str(term).startswith(vocabularies)] == []


def test_the_context_stands_in_the_document_and_has_no_address_to_fetch(rulebook: Rulebook) -> None:
    context = json.loads(provenance_text(rulebook))["@context"]
    assert isinstance(context, dict)
    assert "@import" not in context


def test_it_can_be_written_as_turtle_and_read_back(pair: tuple[Rulebook, Graph]) -> None:
    _rulebook, graph = pair
    again = Graph().parse(data=graph.serialize(format="turtle"), format="turtle")
    assert isomorphic(again, graph)


def test_everything_is_there_as_often_as_in_the_rulebook(pair: tuple[Rulebook, Graph]) -> None:
    rulebook, graph = pair
    sources = rulebook.sources
    counted: dict[str, tuple[Thing, ...]] = {
        "Question": rulebook.questions,
        "Fact": rulebook.facts,
        "Finding": rulebook.findings,
        "Rule": rulebook.rules,
        "OutOfScope": rulebook.out_of_scope,
        "Statute": sources.statutes,
        "Article": sources.articles,
        "Passage": sources.passages,
        "Speaker": sources.speakers,
        "Origin": sources.origins,
        "Background": sources.background,
    }
    found = {name: set(graph.subjects(RDF.type, OWN[name])) for name in counted}
    wanted = {
        name: {URIRef(address(rulebook, identifier(each))) for each in things} for name, things in counted.items()
    }
    assert found == wanted
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == len(sources.passages)
    voices = {speaker.voice for speaker in sources.speakers if speaker.voice}
    assert len(set(graph.subjects(RDF.type, OWN.Voice))) == len(voices)


def test_every_citation_of_a_rule_is_there_with_its_bearing_and_no_other(pair: tuple[Rulebook, Graph]) -> None:
    rulebook, graph = pair
    for rule in rulebook.rules:
        node = URIRef(address(rulebook, identifier(rule)))
        for bearing, relation in RELATION.items():
            cited = {
                URIRef(address(rulebook, f"passage/{each.passage}" if each.passage else f"statute/{each.statute}"))
                for each in rule.cites
                if each.bearing is bearing
            }
            assert set(graph.objects(node, relation)) == cited
            general = PROV.wasDerivedFrom if bearing is Bearing.SUPPORTS else PROV.wasInfluencedBy
            assert cited <= set(graph.objects(node, general))


def test_an_annotation_has_what_the_web_annotation_model_requires(pair: tuple[Rulebook, Graph]) -> None:
    _rulebook, graph = pair
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        (target,) = graph.objects(annotation, OA.hasTarget)
        assert len(set(graph.objects(annotation, OA.motivatedBy))) == 1
        for resource in (target, *graph.objects(annotation, OA.hasBody)):
            assert (resource, RDF.type, OA.SpecificResource) in graph
            assert len(set(graph.objects(resource, OA.hasSource))) == 1
        for body in graph.objects(annotation, OA.hasBody):
            (purpose,) = graph.objects(body, OA.hasPurpose)
            assert (purpose, RDF.type, OA.Motivation) in graph
        kinds = Counter(
            kind for each in graph.objects(target, OA.hasSelector) for kind in graph.objects(each, RDF.type)
        )
        assert kinds == {OA.TextQuoteSelector: 1, OA.TextPositionSelector: 1}
    for selector in graph.subjects(RDF.type, OA.TextQuoteSelector):
        assert len(set(graph.objects(selector, OA.exact))) == 1
        assert len(set(graph.objects(selector, OA.prefix))) <= 1
        assert len(set(graph.objects(selector, OA.suffix))) <= 1
    for selector in graph.subjects(RDF.type, OA.TextPositionSelector):
        (start,), (end,) = graph.objects(selector, OA.start), graph.objects(selector, OA.end)
        assert isinstance(start, Literal)
        assert isinstance(end, Literal)
        assert {start.datatype, end.datatype} == {XSD.nonNegativeInteger}
        assert 0 <= int(start) < int(end)


def test_what_is_said_in_the_terms_of_prov_is_said_of_what_they_are_for(pair: tuple[Rulebook, Graph]) -> None:
    _rulebook, graph = pair
    of_which = {
        "hadMember": (PROV.Collection, PROV.Entity),
        "hadPrimarySource": (PROV.Entity, PROV.Entity),
        "specializationOf": (PROV.Entity, PROV.Entity),
        "wasAttributedTo": (PROV.Entity, PROV.Agent),
        "wasDerivedFrom": (PROV.Entity, PROV.Entity),
        "wasInfluencedBy": (PROV.Entity, PROV.Entity),
        "wasQuotedFrom": (PROV.Entity, PROV.Entity),
    }
    said = {term for term in graph.predicates() if str(term).startswith(str(PROV))}
    assert said <= {PROV[name] for name in of_which}
    for name, (domain, reach) in of_which.items():
        for one, other in graph.subject_objects(PROV[name]):
            assert (one, RDF.type, domain) in graph, (name, one)
            assert (other, RDF.type, reach) in graph, (name, other)


def test_a_quotation_with_what_stands_around_it_is_found_once_and_at_its_position(
    rulebook: Rulebook, graph: Graph
) -> None:
    found = 0
    for quotation in graph.subjects(RDF.type, OA.TextQuoteSelector):
        (passage,) = graph.subjects(OA.hasSelector, quotation)
        file, exact = graph.value(graph.value(passage, OA.hasSource), OWN.file), graph.value(quotation, OA.exact)
        before, after = (str(graph.value(quotation, term) or "") for term in (OA.prefix, OA.suffix))
        starts = {
            int(str(start))
            for each in graph.objects(passage, OA.hasSelector)
            for start in graph.objects(each, OA.start)
        }
        text = (ROOT / str(file)).read_bytes().decode("utf-8")
        whole = re.escape(f"{before}{exact}{after}")
        assert {match.start() + len(before) for match in re.finditer(whole, text)} == starts, passage
        found += 1
    assert found == len(rulebook.sources.passages)


def test_position_and_quotation_of_a_passage_name_the_same_words_of_the_file(rulebook: Rulebook, graph: Graph) -> None:
    query = """
        SELECT ?file ?exact ?start ?end WHERE {
            ?passage oa:hasSource/own:file ?file ; oa:hasSelector [ oa:exact ?exact ], [ oa:start ?start ; oa:end ?end ]
        }"""
    found = asked(graph, query)
    assert len(found) == len(rulebook.sources.passages)
    for file, exact, start, end in found:
        assert (ROOT / file).read_bytes().decode("utf-8")[int(start) : int(end)] == exact


PAGE = (ROOT / "docs" / "provenance.md").read_text("utf-8")
WORDS_OF_A_RULE, RULES_ON_A_PARAGRAPH = re.findall(r"```sparql\n(.*?)```", PAGE, flags=re.DOTALL)
"""The queries that the documentation shows."""


def test_which_words_does_this_rule_rest_on_and_who_said_them(rulebook: Rulebook, graph: Graph) -> None:
    answers = {words: (who, through) for words, who, through in asked(graph, WORDS_OF_A_RULE)}
    cited = rulebook.rule["refused-in-russia-without-war"].cites
    passages = {each.passage for each in cited if each.bearing is Bearing.SUPPORTS}
    assert set(answers) == {passage.exact for passage in rulebook.sources.passages if passage.id in passages}
    said = next(words for words in answers if words.startswith("Under Russian military rules, soldiers who refuse"))
    assert answers[said][0] == "Mikhail Benyash"
    assert answers[said][1].startswith("What Mikhail Benyash told The Guardian")


def test_which_rules_rest_on_this_paragraph(rulebook: Rulebook, graph: Graph) -> None:
    found = {rule for (rule,) in asked(graph, RULES_ON_A_PARAGRAPH)}
    paragraph = rulebook.sources.texts["agencies"].splitlines()[17]
    here = {passage.id for passage in rulebook.sources.passages if passage.exact in paragraph}
    resting = {
        rule.id
        for rule in rulebook.rules
        if any(each.passage in here and each.bearing is Bearing.SUPPORTS for each in rule.cites)
    }
    assert found == {address(rulebook, f"rule/{rule}") for rule in resting}
    assert "refused-in-russia-without-war" in resting


def test_a_finding_leads_through_its_rules_to_what_it_rests_on(rulebook: Rulebook, graph: Graph) -> None:
    finding = URIRef(address(rulebook, "finding/refusal_not_prosecuted_then"))
    rules = set(graph.objects(finding, PROV.wasDerivedFrom))
    assert URIRef(address(rulebook, "rule/refused-in-russia-without-war")) in rules
    assert all((rule, OWN.concludes, finding) in graph for rule in rules)


def test_every_paragraph_has_a_passage_or_a_reason_why_not(rulebook: Rulebook, graph: Graph) -> None:
    paragraphs = set(graph.subjects(RDF.type, OWN.Paragraph))
    spoken_for = {*graph.objects(None, OWN.standsIn), *graph.subjects(OWN.setAside)}
    assert spoken_for == paragraphs


def test_periods_and_reviews_are_typed_days(rulebook: Rulebook, graph: Graph) -> None:
    rule = URIRef(address(rulebook, "rule/refused-in-russia-without-war"))
    assert set(graph.objects(rule, OWN.inForceUntil)) == {Literal("2022-09-20", datatype=XSD.date)}
    version = URIRef(address(rulebook, f"version/{rulebook.hash}"))
    assert set(graph.objects(version, PROV.specializationOf)) == {URIRef(rulebook_address(rulebook))}
    assert set(graph.objects(version, OWN.reviewedUntil)) == {
        Literal(rulebook.metadata.reviewed_until.isoformat(), datatype=XSD.date)
    }
    assert set(graph.objects(version, OWN.sha256)) == {Literal(rulebook.hash)}


def test_a_provision_says_whether_it_was_read_or_only_reported(rulebook: Rulebook, graph: Graph) -> None:
    for statute in rulebook.sources.statutes:
        node = URIRef(address(rulebook, identifier(statute)))
        assert set(graph.objects(node, OWN.basis)) == {Literal(statute.basis.value)}


def test_every_text_is_there_in_both_languages(rulebook: Rulebook, graph: Graph) -> None:
    russian = in_language(rulebook, "ru")
    for english, translated in zip(rulebook.findings, russian.findings, strict=True):
        told = set(graph.objects(URIRef(address(rulebook, identifier(english))), RDFS.label))
        assert told == {Literal(english.title, lang="en"), Literal(translated.title, lang="ru")}
    spoken = Counter(text.language for text in graph.objects() if isinstance(text, Literal) and text.language)
    described = len(set(graph.subjects(RDFS.comment))) * 2
    assert spoken["en"] - described == spoken["ru"] - len(rulebook.sources.passages)


def test_a_text_that_is_missing_in_the_rulebook_is_not_made_up(sound: Rulebook) -> None:
    (node,) = [node for node in nodes(sound) if node["id"] == "book:rule/leaving"]
    assert "contested" not in node


def test_a_passage_that_nothing_cites_is_highlighted_and_has_no_body(sound: Rulebook) -> None:
    uncited = sound.sources.passages[0].model_copy(update={"id": "uncited"})
    sources = sound.sources.replacing(passages=(*sound.sources.passages, uncited))
    graph = read(sound.replacing(sources=sources))
    annotation = URIRef(address(sound, "annotation/uncited"))
    assert set(graph.objects(annotation, OA.motivatedBy)) == {OA.highlighting}
    assert set(graph.objects(annotation, OA.hasBody)) == set()


def test_it_is_the_same_text_whatever_language_is_in_use(run: Run) -> None:
    outcomes = [run("export", "provenance", "--lang", language) for language in ("en", "ru")]
    assert outcomes[0] == outcomes[1]
    assert (outcomes[0].code, outcomes[0].err) == (0, "")


def test_it_can_stand_in_a_page_as_it_is(sound: Rulebook) -> None:
    metadata = sound.metadata.model_copy(update={"title": '</script><script>alert(1)</script> "\\\u2028'})
    text = provenance_text(sound.replacing(metadata=metadata))
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["label"]["en"] == metadata.title


def test_it_is_written_to_a_new_file_and_to_no_other(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "provenance.jsonld"
    words = ("export", "provenance", "--rulebook", SOUND)
    assert run(*words, "--output", file) == (0, "", "")
    assert file.read_text("utf-8") == run(*words).out
    again = run(*words, "--output", file)
    assert (again.code, again.out) == (2, "")
    assert again.err == f"{file}: there is a file of this name. Choose another name.\n"


@pytest.mark.parametrize("words", [(), ("everything",)])
def test_a_form_has_to_be_named_and_known(run: Run, words: tuple[str, ...]) -> None:
    outcome = run("export", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("usage: assistant export")
