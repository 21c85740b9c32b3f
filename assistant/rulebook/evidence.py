"""The evidence for a finding: the quotations and provisions that its rules cite, their speakers and their strength.

*Law* is a provision; a lawyer's statement of the law is an *opinion* unless a provision supports it. Voices are counted
by who speaks, not by how many articles repeat a statement.
"""

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from assistant.documents.value import Value
from assistant.rulebook.law import Law, Pinpoint, Review
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.source import (
    Article,
    Basis,
    Bearing,
    Citation,
    Force,
    Origin,
    Passage,
    Sources,
    Speaker,
    Statute,
    StatuteKind,
)


class Strength(str, Enum):
    """The kind of ground that a finding has, strongest first."""

    LAW = "law"
    LAW_REPORTED = "law_reported"
    PRACTICE = "practice"
    CLAIM = "claim"
    ADVICE = "advice"
    THREAT = "threat"
    BELIEF = "belief"
    FORECAST = "forecast"


class Quotation(Value):
    """A passage with its article, speaker and origin, and the rule that cites it."""

    rule: str
    bearing: Bearing
    passage: Passage
    article: Article
    speaker: Speaker
    origin: Origin


class LawPlace(Value):
    """A place in a law, and the law that gave it its wording (None if that is not known)."""

    pinpoint: Pinpoint
    law: Law
    wording: Law | None


class Reference(Value):
    """A statute with the places in laws where it is, and who read it last."""

    statute: Statute
    places: tuple[LawPlace, ...]
    review: Review | None


class Provision(Value):
    """A reference to a statute, and the rule that cites it."""

    rule: str
    bearing: Bearing
    reference: Reference

    @property
    def statute(self) -> Statute:
        """The statute that is cited."""
        return self.reference.statute


Evidence: TypeAlias = tuple[Quotation | Provision, ...]


def evidence(rulebook: Rulebook, rules: Iterable[Rule]) -> Evidence:
    """Return what the rules cite: supporting citations first, each source once per bearing."""
    cited: dict[tuple[str | None, str | None, Bearing], Quotation | Provision] = {}
    for rule in rules:
        for citation in rule.cites:
            key = citation.passage, citation.statute, citation.bearing
            if key not in cited:
                cited[key] = _resolve(rulebook, rule, citation)
    order = list(Bearing)
    return tuple(sorted(cited.values(), key=lambda each: order.index(each.bearing)))


def voices(cited: Evidence, *bearings: Bearing) -> tuple[str, ...]:
    """Return the independent voices of the quotations with one of the bearings, in order of appearance."""
    names = (c.speaker.voice for c in cited if isinstance(c, Quotation) and c.bearing in bearings)
    return tuple(dict.fromkeys(voice for voice in names if voice is not None))


def strengths(cited: Evidence) -> tuple[Strength, ...]:
    """Return the kinds of ground among the supporting citations, strongest first."""
    present = {_strength(c) for c in cited if c.bearing is Bearing.SUPPORTS}
    return tuple(strength for strength in Strength if strength in present)


def reference(sources: Sources, statute: Statute) -> Reference:
    """Return a statute with its places in laws and its last review."""
    places = tuple(
        # Not validated, here and below: the parts are valid, and a report has hundreds of them.
        LawPlace.model_construct(pinpoint=each, law=sources.law[each.law], wording=sources.law.get(each.wording or ""))
        for each in statute.provisions
    )
    return Reference.model_construct(statute=statute, places=places, review=sources.last_review.get(statute.id))


def _strength(cited: Quotation | Provision) -> Strength:
    if isinstance(cited, Quotation):
        force = cited.passage.force
        special = {Force.OFFICIAL: Strength.LAW, Force.LAW: Strength.CLAIM}
        return special[force] if force in special else Strength(force.value)
    if cited.statute.kind is StatuteKind.REPORTED_PRACTICE:
        return Strength.PRACTICE
    return Strength.LAW if cited.statute.basis is Basis.CHECKED else Strength.LAW_REPORTED


def _resolve(rulebook: Rulebook, rule: Rule, citation: Citation) -> Quotation | Provision:
    sources = rulebook.sources
    if citation.statute is not None:
        statute = reference(sources, sources.statute[citation.statute])
        return Provision.model_construct(rule=rule.id, bearing=citation.bearing, reference=statute)
    passage = sources.passage[citation.passage or ""]
    return Quotation.model_construct(
        rule=rule.id,
        bearing=citation.bearing,
        passage=passage,
        article=sources.article[passage.source],
        speaker=sources.speaker[passage.speaker],
        origin=sources.origin[passage.origin],
    )
