"""The assessment of a scenario for other programs: ids and status words, the same in every language."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from pydantic import Field

from assistant.assessment.assessment import Assessment, FindingStatus, Status
from assistant.documents.value import Value
from assistant.explanation.outcome import Outcome, Threat, outcome
from assistant.explanation.similar_cases import ReportedCases, SentenceRange
from assistant.rulebook.finding import Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Term
from assistant.rulebook.program import notation
from assistant.rulebook.source import Bearing
from assistant.scenarios.scenario import Scenario

MAX_CACHED_FINDINGS: Final = 1 << 13
"""How many different reports of findings are kept."""


class CitationReport(Value):
    """A citation of a rule: the id of a passage or of a statute, and how it bears on the finding."""

    rule: str
    passage: str | None = None
    statute: str | None = None
    bearing: Bearing = Field(serialization_alias="as")


class FindingReport(Value):
    """The status of one finding. ``planned``: on every ground that counts it follows from an act that is only planned.

    ``rules`` are those that hold if the finding is established, or that may hold if it is possible. ``waits_for``
    contains the questions that it depends on. ``exact``: only all completions of the answers together decide it; then
    the answers to the questions in ``whatever`` cannot change it, and if it is established, at least one of ``rules``
    holds. ``failed`` contains the conditions for which each rule fails, in the program's notation
    (``place=russia_at_unit|russia_away``, ``not left_without_leave``). ``cites`` are the citations of ``rules``.
    """

    status: Status
    shown: bool
    planned: bool
    kind: Kind
    rules: tuple[str, ...]
    waits_for: tuple[str, ...]
    exact: bool
    whatever: tuple[str, ...]
    failed: dict[str, tuple[str, ...]]
    cites: tuple[CitationReport, ...]


class CasesReport(Value):
    """The reported cases in which a finding came true. ``count``: how many there are.

    ``alone``: the mildest and the harshest sentence for this finding only; ``combined``: those for this and other
    crimes together. Terms are in months.

    ``most_alike``: the ids of the cases that are most like the answers, at most two.
    """

    count: int
    alone: SentenceRange | None = None
    combined: SentenceRange | None = None
    most_alike: tuple[str, ...]


class ThreatReport(Value):
    """An exposure with its gravest punishments. ``punishments``: any one of them, gravest first; terms are in months.

    ``hinges_on`` contains the open questions that decide whether it applies; if it is ``disputed``, no answer does.
    """

    finding: str
    punishments: dict[str, Term | Literal[True]]
    planned: bool
    disputed: bool
    hinges_on: tuple[str, ...]


class OutcomeReport(Value):
    """What follows from the answers, the gravest first; ids of findings, as in ``findings``.

    ``at_least``: the gravest exposure that applies; ``up_to``: the gravest that may apply, if it is graver. Missing
    never means that there is no punishment: one of several exposures may be certain although none of them is by itself.
    ``several``: the other exposures that apply and have a penalty. ``no_penalty``: the exposures that apply or may
    apply, and for which the rulebook has no penalty. ``steps`` and ``warnings`` apply; ``no_longer`` was said once, and
    something else has overtaken it.
    """

    at_least: ThreatReport | None = None
    up_to: ThreatReport | None = None
    several: tuple[str, ...]
    no_penalty: tuple[str, ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    no_longer: tuple[str, ...]


class ScenarioReport(Value):
    """The assessment of one scenario. ``exact``: no status is *possible* if all completions of the answers agree.

    ``outcome`` is missing if the answers contradict each other. ``cases``: the reported cases of every finding that is
    shown.
    """

    id: str
    outcome: OutcomeReport | None = None
    exact: bool
    rulebook_hash: str
    reviewed_until: datetime.date
    findings: dict[str, FindingReport]
    cases: dict[str, CasesReport]


class JsonReports:
    """Makes the reports of many scenarios. What they have in common is made once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._cites = {
            rule.id: tuple(
                CitationReport(rule=rule.id, passage=each.passage, statute=each.statute, bearing=each.bearing)
                for each in rule.cites
            )
            for rule in rulebook.rules
        }
        self._cases = ReportedCases(rulebook)
        self._with_cases = {finding for case in rulebook.cases for finding in case.outcome.findings}
        # By the identity of the status, which an assessor makes once for many cases.
        self._findings: dict[int, tuple[FindingStatus, FindingReport]] = {}

    def report(self, scenario: Scenario, assessment: Assessment) -> ScenarioReport:
        """Return the report of an assessment; serialize it by alias and without fields that are None."""
        # Not validated: the findings are.
        return ScenarioReport.model_construct(
            id=scenario.id,
            outcome=_outcome(outcome(self._rulebook, scenario.answers, assessment)),
            exact=assessment.exact,
            rulebook_hash=assessment.rulebook_hash,
            reviewed_until=self._rulebook.metadata.reviewed_until,
            findings={status.finding: self._finding(status) for status in assessment.findings},
            cases=self._reported(scenario, assessment),
        )

    def _reported(self, scenario: Scenario, assessment: Assessment) -> dict[str, CasesReport]:
        shown = [each.finding for each in assessment.findings if each.shown and each.finding in self._with_cases]
        return {
            finding: CasesReport.model_construct(
                count=evidence.count,
                alone=evidence.alone,
                combined=evidence.combined,
                most_alike=tuple(case.id for case in evidence.most_alike),
            )
            for finding, evidence in self._cases.evidence(scenario.answers, shown).items()
        }

    def _finding(self, status: FindingStatus) -> FindingReport:
        known = self._findings.get(id(status))
        if known is not None:
            return known[1]
        if len(self._findings) >= MAX_CACHED_FINDINGS:
            self._findings.clear()
        rules = tuple(ground.rule for ground in status.supporting)
        report = FindingReport(
            status=status.status,
            shown=status.shown,
            planned=status.planned,
            kind=self._rulebook.finding[status.finding].kind,
            rules=rules,
            waits_for=status.waits_for,
            exact=status.exact,
            whatever=status.whatever,
            failed={g.rule: tuple(map(notation, g.failed)) for g in status.grounds if g.failed},
            cites=tuple(citation for rule in rules for citation in self._cites[rule]),
        )
        self._findings[id(status)] = status, report  # with the status, so that no other gets its identity
        return report


def _outcome(found: Outcome | None) -> OutcomeReport | None:
    if found is None:
        return None
    return OutcomeReport.model_construct(
        at_least=_threat(found.at_least),
        up_to=_threat(found.up_to),
        several=found.several,
        no_penalty=found.no_penalty,
        steps=found.steps,
        warnings=found.warnings,
        no_longer=found.no_longer,
    )


def _threat(threat: Threat | None) -> ThreatReport | None:
    if threat is None:
        return None
    return ThreatReport.model_construct(
        finding=threat.finding,
        punishments=threat.penalty.punishments,
        planned=threat.planned,
        disputed=threat.disputed,
        hinges_on=threat.hinges_on,
    )


def json_report(rulebook: Rulebook, scenario: Scenario, assessment: Assessment) -> ScenarioReport:
    """Return the report of an assessment; serialize it by alias and without fields that are None."""
    return JsonReports(rulebook).report(scenario, assessment)


def json_list(reports: Iterable[ScenarioReport]) -> Iterator[str]:
    """Yield the parts of one JSON list of the reports. Without the last part it is no JSON."""
    before = "[\n  "
    for report in reports:
        yield before + report.as_json(indent=2, by_alias=True, exclude_none=True).replace("\n", "\n  ")
        before = ",\n  "
    yield "\n]\n" if before.startswith(",") else "[]\n"


def json_lines(reports: Iterable[ScenarioReport]) -> Iterator[str]:
    """Yield the reports as lines of JSON."""
    for report in reports:
        yield report.as_json(by_alias=True, exclude_none=True) + "\n"
