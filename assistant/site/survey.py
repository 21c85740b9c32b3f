"""What is found out about a rulebook once, for the pages of all its languages."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from assistant.assessment import Assessor
from assistant.coverage import ParagraphCoverage, RuleCoverage, paragraph_coverage, rule_coverage
from assistant.rulebook import Bearing, Rulebook
from assistant.scenario import Scenario
from assistant.site.excerpt import Excerpt, excerpts
from assistant.site.marking import Paragraph, marked_paragraphs
from assistant.source import Passage, Statute
from assistant.value import Value


class Citing(Value):
    """A rule that cites something, and what it cites it for."""

    rule: str
    bearing: Bearing


class Survey(Value):
    """What holds of a rulebook in every language.

    ``articles`` has the marked paragraphs of each article, ``begins`` the line in which each quoted passage first
    begins; ``exercised`` says in which scenarios each rule holds and
    fails, and is empty where there are no scenarios; ``mentioned`` has the rules with a question or fact among their
    conditions or exceptions, by its id; ``quoting`` and ``applying`` those that cite a passage or a statute, by its id.
    """

    rulebook: Rulebook
    articles: Mapping[str, tuple[Paragraph, ...]]
    begins: Mapping[str, int]
    excerpts: Mapping[str, Excerpt]
    paragraphs: tuple[ParagraphCoverage, ...]
    scenarios: tuple[Scenario, ...]
    exercised: Mapping[str, RuleCoverage]
    mentioned: Mapping[str, tuple[str, ...]]
    quoting: Mapping[str, tuple[Citing, ...]]
    applying: Mapping[str, tuple[Citing, ...]]


def survey(rulebook: Rulebook, folder: Path, scenarios: Sequence[Scenario]) -> Survey:
    """Everything that pages tell about a rulebook, of the folder that it was read from.

    Raises:
        EngineError: if the rules engine fails.
    """
    assessor = Assessor(rulebook)
    articles = {article.id: marked_paragraphs(rulebook, article.id) for article in rulebook.sources.articles}
    return Survey.model_construct(
        rulebook=rulebook,
        articles=articles,
        begins=_begins(articles),
        excerpts=excerpts(rulebook, folder),
        paragraphs=paragraph_coverage(rulebook),
        scenarios=tuple(scenarios),
        exercised={found.rule: found for found in rule_coverage(assessor, scenarios)} if scenarios else {},
        mentioned=_mentioned(rulebook),
        quoting=_citing(rulebook, "passage", rulebook.sources.passages),
        applying=_citing(rulebook, "statute", rulebook.sources.statutes),
    )


def _begins(articles: Mapping[str, tuple[Paragraph, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for paragraphs in articles.values():
        for paragraph in paragraphs:
            for piece in paragraph.pieces:
                for name in piece.begins:
                    found.setdefault(name, paragraph.line)
    return found


def _mentioned(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {node: [] for node in (*rulebook.question, *rulebook.fact)}
    for rule in rulebook.rules:
        dated = [rulebook.metadata.date_question] if rulebook.metadata.date_question and rule.in_force else []
        for node in dict.fromkeys((*rule.when, *rule.unless, *dated)):
            found[node].append(rule.id)
    return {node: tuple(rules) for node, rules in found.items()}


def _citing(
    rulebook: Rulebook, kind: Literal["passage", "statute"], sources: Iterable[Passage | Statute]
) -> dict[str, tuple[Citing, ...]]:
    found: dict[str, list[Citing]] = {source.id: [] for source in sources}
    for rule in rulebook.rules:
        for citation in rule.cites:
            cited = getattr(citation, kind)
            if cited is not None:
                found[cited].append(Citing(rule=rule.id, bearing=citation.bearing))
    return {source: tuple(rules) for source, rules in found.items()}
