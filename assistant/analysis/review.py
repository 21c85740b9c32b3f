"""What a review of the law has to look up again, and what would change if a provision fell."""

import datetime
from collections.abc import Iterator

from assistant.analysis.comparison import Change, compare_rulebooks
from assistant.documents.value import Value
from assistant.rulebook.evidence import Strength, evidence, strengths
from assistant.rulebook.finding import Tone
from assistant.rulebook.law import LawGap, ReadAs, StatuteGap
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.source import Basis, Bearing, Statute


class LookUp(Value):
    """A statute to look up again. ``review``: the last one that read it as its basis says; None if there is none.

    ``rules``: the rules that it supports.
    """

    statute: str
    basis: Basis
    review: str | None
    read_on: datetime.date | None
    read_as: ReadAs | None
    rules: tuple[str, ...]
    not_found: tuple[StatuteGap, ...]


class OnReports(Value):
    """A finding that no official text supports. ``grounds``: what does support it, strongest first."""

    finding: str
    grounds: tuple[Strength, ...]


class Expiry(Value):
    """What ends with a day. ``reassuring``: the findings that reassure until it because the last review ends."""

    day: datetime.date
    rules: tuple[str, ...]
    statutes: tuple[str, ...]
    reassuring: tuple[str, ...]


class ReviewPlan(Value):
    """What a review has to look up, oldest first; what is known from reports only; and what ends when.

    ``laws_not_found``: by law, what was not found about it.
    """

    text_of: datetime.date | None
    reviewed_until: datetime.date
    look_up: tuple[LookUp, ...]
    laws_not_found: dict[str, tuple[LawGap, ...]]
    on_reports: tuple[OnReports, ...]
    expiries: tuple[Expiry, ...]


class Fall(Value):
    """What would change if a statute fell: the rules that it supports fall with it. ``changes``: the findings."""

    statute: str
    rules: tuple[str, ...]
    changes: tuple[Change, ...]


def review_plan(rulebook: Rulebook) -> ReviewPlan:
    """Return what a review of a rulebook has to look up.

    What was never read comes first, then what was read longest ago; in one review, what supports most rules.
    """
    look_up = [_look_up(rulebook, statute) for statute in rulebook.sources.statutes]
    return ReviewPlan(
        text_of=rulebook.metadata.text_of,
        reviewed_until=rulebook.metadata.reviewed_until,
        look_up=tuple(sorted(look_up, key=_age)),
        laws_not_found={law.id: law.not_found for law in rulebook.sources.laws if law.not_found},
        on_reports=tuple(_on_reports(rulebook)),
        expiries=tuple(_expiries(rulebook)),
    )


def without_statute(rulebook: Rulebook, statute: str) -> Fall:
    """Return what would change if a statute of a rulebook fell, with all rules that it supports.

    Raises:
        MemoryError: if the rulebook is too large for decision diagrams.
    """
    fallen = tuple(rule.id for rule in _supported_by(rulebook, statute))
    left = rulebook.replacing(rules=tuple(rule for rule in rulebook.rules if rule.id not in fallen))
    return Fall(statute=statute, rules=fallen, changes=compare_rulebooks(rulebook, left, quick=True).changes)


def _look_up(rulebook: Rulebook, statute: Statute) -> LookUp:
    review = rulebook.sources.last_review.get(statute.id)
    return LookUp(
        statute=statute.id,
        basis=statute.basis,
        review=review.id if review else None,
        read_on=review.on if review else None,
        read_as=review.read_as if review else None,
        rules=tuple(rule.id for rule in _supported_by(rulebook, statute.id)),
        not_found=statute.not_found,
    )


def _age(each: LookUp) -> tuple[datetime.date, str, int]:
    return each.read_on or datetime.date.min, each.review or "", -len(each.rules)


def _supported_by(rulebook: Rulebook, statute: str) -> Iterator[Rule]:
    for rule in rulebook.rules:
        if any(cited.statute == statute and cited.bearing is Bearing.SUPPORTS for cited in rule.cites):
            yield rule


def _on_reports(rulebook: Rulebook) -> Iterator[OnReports]:
    for finding in rulebook.findings_in_order:
        grounds = strengths(evidence(rulebook, rulebook.rules_for[finding.id]))
        if Strength.LAW not in grounds:
            yield OnReports(finding=finding.id, grounds=grounds)


def _expiries(rulebook: Rulebook) -> Iterator[Expiry]:
    rules, statutes = rulebook.rules, rulebook.sources.statutes
    last = rulebook.metadata.reviewed_until
    ends = {rule.in_force.until for rule in rules} | {statute.in_force.until for statute in statutes} | {last}
    for day in sorted(end for end in ends if end is not None):
        yield Expiry(
            day=day,
            rules=tuple(rule.id for rule in rules if rule.in_force.until == day),
            statutes=tuple(statute.id for statute in statutes if statute.in_force.until == day),
            reassuring=tuple(_reassuring_until(rulebook, last)) if day == last else (),
        )


def _reassuring_until(rulebook: Rulebook, last: datetime.date) -> Iterator[str]:
    """Yield the reassuring findings that a rule supports until the day of the last review, of the act or of asking."""
    clock = rulebook.clock_question.id if rulebook.clock_question else ""
    for finding in rulebook.findings_in_order:
        ends = {rule.in_force.until for rule in rulebook.rules_for[finding.id]}
        ends |= {getattr(rule.when.get(clock), "until", None) for rule in rulebook.rules_for[finding.id]}
        if finding.tone is Tone.REASSURING and last in ends:
            yield finding.id
