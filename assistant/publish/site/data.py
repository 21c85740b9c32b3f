"""The analysis of a rulebook that is made once for the pages of all languages."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from assistant.analysis.comparison import Comparison, changes_of_the_law
from assistant.analysis.coverage import (
    BoundaryCoverage,
    Case,
    ParagraphCoverage,
    RuleCoverage,
    coverage,
)
from assistant.analysis.proof import Proofs, prove
from assistant.analysis.proof.subject import subject_of
from assistant.assessment.assessor import Assessor
from assistant.documents.problem import Place
from assistant.documents.value import Value
from assistant.explanation.relevance import Effect
from assistant.publish.site.calendar import CalendarSegment, boundaries, most_by_day
from assistant.publish.site.excerpt import Excerpt, excerpts
from assistant.publish.site.marking import Paragraph, marked_paragraphs
from assistant.publish.site.relevance import effects
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing, Passage, Statute
from assistant.scenarios.scenario import Scenario


class Citing(Value):
    """A rule that cites something, and the bearing of the citation."""

    rule: str
    bearing: Bearing


class Proved(Value):
    """The results of decision diagrams.

    ``most`` contains the highest status of every finding by period, ``changes`` the changes of the law by day, and
    ``effects`` for every question the statuses that its answers would give to findings.
    """

    proofs: Proofs
    most: Mapping[str, tuple[CalendarSegment, ...]]
    changes: tuple[Comparison, ...]
    effects: Mapping[str, tuple[Effect, ...]]


class Exercise(Value):
    """The title of a scenario that exercises a rule, and its place."""

    title: str
    place: Place


class SiteData(Value):
    """The results of the analysis, which are the same in every language.

    ``articles`` contains the marked paragraphs of each article, and ``begins`` the line in which each passage first
    begins. ``boundaries`` are the days on which a segment of the calendar begins. ``exercised`` contains the scenarios
    in which each rule holds and fails; it is empty without scenarios. ``mentioned`` contains the rules with a question
    or fact in their conditions or exceptions, by its id; ``quoting`` and ``applying`` contain those that cite a passage
    or a statute, by its id. ``proved`` is None if the rulebook is too large for decision diagrams.
    """

    rulebook: Rulebook
    articles: Mapping[str, tuple[Paragraph, ...]]
    begins: Mapping[str, int]
    excerpts: Mapping[str, Excerpt]
    paragraphs: tuple[ParagraphCoverage, ...]
    boundaries: tuple[datetime.date, ...]
    scenarios: Mapping[str, Exercise]
    exercised: Mapping[str, RuleCoverage]
    steps: tuple[BoundaryCoverage, ...]
    mentioned: Mapping[str, tuple[str, ...]]
    quoting: Mapping[str, tuple[Citing, ...]]
    applying: Mapping[str, tuple[Citing, ...]]
    proved: Proved | None


def site_data(rulebook: Rulebook, folder: Path, cases: Iterable[Case]) -> SiteData:
    """Return the analysis of a rulebook that was read from a folder.

    Raises:
        EngineError: if the rules engine fails.
    """
    scenarios: dict[str, Exercise] = {}

    def noted() -> Iterator[Case]:
        for scenario, assessment in cases:
            scenarios[scenario.id] = _exercise(scenario, folder)
            yield scenario, assessment

    covered = coverage(Assessor(rulebook), noted())
    articles = {article.id: marked_paragraphs(rulebook, article.id) for article in rulebook.sources.article.values()}
    return SiteData.model_construct(
        rulebook=rulebook,
        articles=articles,
        begins={
            name: paragraph.line
            for paragraphs in articles.values()
            for paragraph in reversed(paragraphs)
            for piece in paragraph.pieces
            for name in piece.begins
        },
        excerpts=excerpts(rulebook, folder),
        paragraphs=covered.paragraphs,
        boundaries=boundaries(rulebook),
        scenarios=scenarios,
        exercised={each.rule: each for each in covered.rules} if scenarios else {},
        steps=covered.boundaries if scenarios else (),
        mentioned=_mentioned(rulebook),
        quoting=_citing(rulebook, "passage", rulebook.sources.passages),
        applying=_citing(rulebook, "statute", rulebook.sources.statutes),
        proved=_proved(rulebook),
    )


def _proved(rulebook: Rulebook) -> Proved | None:
    try:
        proofs, diagram = prove(rulebook), subject_of(rulebook).diagram
        return Proved.model_construct(
            proofs=proofs,
            most=most_by_day(rulebook, diagram),
            changes=changes_of_the_law(rulebook) if rulebook.metadata.date_question else (),
            effects=effects(rulebook, diagram),
        )
    except MemoryError:
        return None


def _exercise(scenario: Scenario, folder: Path) -> Exercise:
    """Return the title and place of a scenario.

    The path is relative to the folder of the rulebook, so that a site reveals nothing about the machine that made it.
    """
    place, path = scenario.places[""], Path(scenario.places[""].path)
    if path.is_absolute() and path.is_relative_to(folder.resolve()):
        path = path.relative_to(folder.resolve())
    shown = path.name if path.is_absolute() else path.as_posix()
    return Exercise(title=scenario.title or scenario.id, place=place.model_copy(update={"path": shown}))


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
