"""The filters of long lists: choices above a list, and the filter values of each of its entries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.assessment.assessment import Status
from assistant.explanation.view.words import KIND, STRENGTH, period_words
from assistant.publish.site.calendar import CalendarSegment, segments
from assistant.publish.site.context import SiteContext
from assistant.rulebook.evidence import strengths
from assistant.rulebook.finding import Finding, Tone
from assistant.rulebook.model import Fact, Rule
from assistant.system.language import _
from assistant.system.message import Phrase


class Facet(NamedTuple):
    """A choice above a list: its options by filter value, and the label for no choice (``anything``).

    Choices with the same ``of`` are one filter: their chosen values are joined by a hyphen.
    """

    name: str
    of: str
    label: str
    anything: str
    options: Mapping[str, Phrase]


FilterValues = Mapping[str, str]
"""The filter values of an entry in each facet, separated by spaces, as attributes of its element."""


def facets_of_findings(site: SiteContext) -> tuple[Facet, ...]:
    """Return the filters of a list of findings."""
    facets = [_kinds(site.rulebook.findings), _tones(), _grounds(site, site.rulebook.rules)]
    if site.data.proved and site.data.proved.most:
        can_be = {
            "established": _("applies for some answers"),
            "possible": _("for no answers more than possible"),
            "excluded": _("excluded for all answers"),
        }
        facets += [
            _days(site, _("For an act on these days")),
            Facet("status", "days", _("What it can be then"), _("not excluded"), can_be),
        ]
    return tuple(facets)


def facets_of_rules(site: SiteContext) -> tuple[Facet, ...]:
    """Return the filters of a list of rules."""
    standing = {"contested": _("contested"), "undisputed": _("not contested")}
    concluded = _kinds(site.rulebook.findings)
    return (
        concluded._replace(label=_("Concludes"), options={"fact": _("a fact"), **concluded.options}),
        _tones(),
        _grounds(site, site.rulebook.rules),
        _days(site, _("In force on these days")),
        Facet("standing", "standing", _("Standing"), _("any"), standing),
    )


def finding_answers(site: SiteContext, finding: Finding) -> FilterValues:
    """Return the filter values of a finding."""
    proved = site.data.proved
    most = proved.most.get(finding.id, ()) if proved else ()
    rules = site.rulebook.rules_for[finding.id]
    return _concluded([finding]) | {
        "data-ground": _joined(strength.value for strength in strengths(site.cited(*rules))),
        "data-days": _joined(_words_of_days(tuple(site.calendar(most)))),
    }


def rule_answers(site: SiteContext, rule: Rule) -> FilterValues:
    """Return the filter values of a rule."""
    return _concluded(site.concluded(rule)) | {
        "data-ground": _joined(strength.value for strength in strengths(site.cited(rule))),
        "data-days": _joined(_words_of_days(tuple(site.calendar(rule.in_force)))),
        "data-standing": "contested" if rule.contested else "undisputed",
    }


def _kinds(findings: Iterable[Finding]) -> Facet:
    present = {finding.kind for finding in findings}
    return Facet(
        "kind", "kind", _("Kind"), _("any"), {kind.value: words for kind, words in KIND.items() if kind in present}
    )


def _tones() -> Facet:
    options = {Tone.CAUTIONARY.value: _("cautionary"), Tone.REASSURING.value: _("reassuring")}
    return Facet("tone", "tone", _("Tone"), _("any"), options)


def _grounds(site: SiteContext, rules: Iterable[Rule]) -> Facet:
    present = set(strengths(site.cited(*rules)))
    options = {strength.value: words for strength, words in STRENGTH.items() if strength in present}
    return Facet("ground", "ground", _("Rests on"), _("any"), options)


def _days(site: SiteContext, label: str) -> Facet:
    periods = enumerate(segments(site.data.boundaries))
    return Facet("days", "days", label, _("any"), {str(at): period_words(days) for at, days in periods})


def _concluded(heads: Iterable[Fact | Finding]) -> dict[str, str]:
    kinds = dict.fromkeys("fact" if isinstance(head, Fact) else head.kind.value for head in heads)
    tones = dict.fromkeys(head.tone.value for head in heads if isinstance(head, Finding))
    return {"data-kind": _joined(kinds)} | ({"data-tone": _joined(tones)} if tones else {})


def _words_of_days(calendar: Sequence[CalendarSegment]) -> Iterable[str]:
    """Yield the filter values of segments: number (unless excluded), highest status, and both joined by a hyphen."""
    for at, segment in enumerate(calendar):
        if segment.most is not Status.EXCLUDED:
            yield str(at)
        yield segment.most.value
        yield f"{at}-{segment.most.value}"


def _joined(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))
