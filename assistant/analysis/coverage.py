"""Measure which rules the scenarios exercise, and which paragraphs of the articles the rules encode."""

import datetime
from collections.abc import Iterable
from typing import TypeAlias

from assistant.assessment.assessment import Assessment
from assistant.assessment.assessor import Assessor
from assistant.documents.value import Value
from assistant.explanation.view.words import bound_words
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import ordinal, rule_of, truth
from assistant.rulebook.source import locate, paragraphs
from assistant.scenarios.scenario import Scenario
from assistant.system.message import text


class RuleCoverage(Value):
    """The scenarios in which all conditions of a rule hold, and those in which one fails."""

    rule: str
    holds_in: tuple[str, ...]
    fails_in: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Return whether there are scenarios of both kinds."""
        return bool(self.holds_in) and bool(self.fails_in)


class BoundaryCoverage(Value):
    """Two neighbouring values between which a rule changes, and the scenarios that answer with each of them."""

    question: str
    below: str
    above: str
    below_in: tuple[str, ...]
    above_in: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Return whether there are scenarios on both sides."""
        return bool(self.below_in) and bool(self.above_in)


class ParagraphCoverage(Value):
    """A paragraph of an article: its passages that rules cite, or the reason why it is background; else it is a gap."""

    article: str
    line: int
    passages: tuple[str, ...]
    background: str = ""

    @property
    def complete(self) -> bool:
        """Return whether the paragraph is either cited or background, and not both."""
        return bool(self.passages) != bool(self.background)


class Coverage(Value):
    """The coverage of rules and boundaries by scenarios, and of the articles by rules."""

    rules: tuple[RuleCoverage, ...]
    boundaries: tuple[BoundaryCoverage, ...]
    paragraphs: tuple[ParagraphCoverage, ...]
    uncited: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Return whether there is no gap."""
        return not self.uncited and all(
            [
                all(rule.complete for rule in self.rules),
                all(boundary.complete for boundary in self.boundaries),
                all(paragraph.complete for paragraph in self.paragraphs),
            ]
        )


Case: TypeAlias = tuple[Scenario, Assessment]
"""A scenario, and what follows from it."""


def coverage(assessor: Assessor, cases: Iterable[Case]) -> Coverage:
    """Return the coverage of the rulebook by scenarios, and of its articles by rules; keep only the scenarios' ids."""
    rules, boundaries = _RuleCount(assessor), _BoundaryCount(assessor)
    for scenario, assessment in cases:
        rules.add(scenario, assessment)
        boundaries.add(scenario)
    return Coverage(
        rules=rules.coverage(),
        boundaries=boundaries.coverage(),
        paragraphs=paragraph_coverage(assessor.rulebook),
        uncited=uncited_passages(assessor.rulebook),
    )


class _RuleCount:
    """The scenarios in which each rule holds and fails; a contested rule holds if its conditions do."""

    def __init__(self, assessor: Assessor) -> None:
        self._holds: dict[str, list[str]] = {rule.id: [] for rule in assessor.rulebook.rules}
        self._fails: dict[str, list[str]] = {rule.id: [] for rule in assessor.rulebook.rules}
        # The clauses of a rule hold and fail alike: the one for its first head is enough.
        heads = {rule.id: rule.heads[0] for rule in assessor.rulebook.rules}
        self._clauses = [
            clause
            for head, grounds in assessor.program.clauses.items()
            for clause in grounds
            if heads.get(rule_of(clause.id)) == head
        ]

    def add(self, scenario: Scenario, assessment: Assessment) -> None:
        known = assessment.valuation
        for clause in self._clauses:
            if known.clauses.get(clause.id) is False:
                self._fails[rule_of(clause.id)].append(scenario.id)
            elif all(truth(known.nodes, literal) for literal in clause.body):
                self._holds[rule_of(clause.id)].append(scenario.id)

    def coverage(self) -> tuple[RuleCoverage, ...]:
        return tuple(
            RuleCoverage(rule=rule, holds_in=tuple(holds), fails_in=tuple(self._fails[rule]))
            for rule, holds in self._holds.items()
        )


class _BoundaryCount:
    """The scenarios that answer with the numbers and days on either side of where a rule begins or ends."""

    def __init__(self, assessor: Assessor) -> None:
        self._question = assessor.rulebook.question
        self._bounds = [
            (asked, above) for asked, cells in sorted(assessor.cells.items()) for above in cells.lower_bounds
        ]
        self._answering: dict[tuple[str, int], list[str]] = {
            (asked, value): [] for asked, above in self._bounds for value in (above - 1, above)
        }

    def add(self, scenario: Scenario) -> None:
        for asked, answer in scenario.answers.items():
            if isinstance(answer, int | datetime.date) and (asked, ordinal(answer)) in self._answering:
                self._answering[asked, ordinal(answer)].append(scenario.id)

    def coverage(self) -> tuple[BoundaryCoverage, ...]:
        return tuple(
            BoundaryCoverage(
                question=asked,
                below=text(bound_words(self._question[asked], above - 1)),
                above=text(bound_words(self._question[asked], above)),
                below_in=tuple(self._answering[asked, above - 1]),
                above_in=tuple(self._answering[asked, above]),
            )
            for asked, above in self._bounds
        )


def paragraph_coverage(rulebook: Rulebook) -> tuple[ParagraphCoverage, ...]:
    """Return for each paragraph of each article the cited passages, or the reason why it is background."""
    sources = rulebook.sources
    cited = {citation.passage for rule in rulebook.rules for citation in rule.cites}
    touched: dict[tuple[str, int], list[str]] = {}
    for passage in sources.passages:
        if passage.id not in cited:
            continue
        for span in locate(passage, sources.texts[passage.source]):
            for line in range(span.first_line, span.last_line + 1):
                touched.setdefault((passage.source, line), []).append(passage.id)
    background = {(entry.source, line): entry.reason for entry in sources.background for line in entry.lines}
    return tuple(
        ParagraphCoverage(
            article=article,
            line=line,
            passages=tuple(touched.get((article, line), ())),
            background=background.get((article, line), ""),
        )
        for article, text in sources.texts.items()
        if article not in sources.statute
        for line in paragraphs(text)
    )


def uncited_passages(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the ids of the passages in the catalogue that no rule cites."""
    cited = {citation.passage for rule in rulebook.rules for citation in rule.cites}
    return tuple(passage.id for passage in rulebook.sources.passages if passage.id not in cited)
