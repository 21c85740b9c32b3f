"""The filters of long lists: choices above a list, and the filter values of each of its entries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.assessment.assessor import Status
from assistant.explanation.wording import kind_word, period_text, strength_word
from assistant.publish.site.calendar import Stretch, stretches
from assistant.publish.site.edition import Edition
from assistant.rulebook.evidence import Strength, strengths
from assistant.rulebook.model import Fact, Finding, Kind, Rule, Tone
from assistant.system.language import _


class Facet(NamedTuple):
    """A choice above a list: its options by filter value, and the label for no choice (``anything``).

    Choices with the same ``of`` are one filter: their chosen values are joined by a hyphen.
    """

    name: str
    of: str
    label: str
    anything: str
    options: Mapping[str, str]


Answers = Mapping[str, str]
"""The filter values of an entry in each facet, separated by spaces, as attributes of its element."""


def facets_of_findings(edition: Edition) -> tuple[Facet, ...]:
    """Return the filters of a list of findings."""
    facets = [_kinds(edition.rulebook.findings), _tones(), _grounds(edition, edition.rulebook.rules)]
    if edition.survey.proved and edition.survey.proved.most:
        can_be = {
            "established": _("applies for some answers"),
            "possible": _("for no answers more than possible"),
            "excluded": _("excluded for all answers"),
        }
        facets += [
            _days(edition, _("For an act on these days")),
            Facet("status", "days", _("What it can be then"), _("not excluded"), can_be),
        ]
    return tuple(facets)


def facets_of_rules(edition: Edition) -> tuple[Facet, ...]:
    """Return the filters of a list of rules."""
    standing = {"contested": _("contested"), "undisputed": _("not contested")}
    concluded = _kinds(edition.rulebook.findings)
    return (
        concluded._replace(label=_("Concludes"), options={"fact": _("a fact"), **concluded.options}),
        _tones(),
        _grounds(edition, edition.rulebook.rules),
        _days(edition, _("In force on these days")),
        Facet("standing", "standing", _("Standing"), _("any"), standing),
    )


def finding_answers(edition: Edition, finding: Finding) -> Answers:
    """Return the filter values of a finding."""
    proved = edition.survey.proved
    most = proved.most.get(finding.id, ()) if proved else ()
    rules = edition.rulebook.rules_for[finding.id]
    return _concluded(finding) | {
        "data-ground": _joined(strength.value for strength in strengths(edition.cited(*rules))),
        "data-days": _joined(_words_of_days(tuple(edition.calendar(most)))),
    }


def rule_answers(edition: Edition, rule: Rule) -> Answers:
    """Return the filter values of a rule."""
    return _concluded(edition.concluded(rule)) | {
        "data-ground": _joined(strength.value for strength in strengths(edition.cited(rule))),
        "data-days": _joined(_words_of_days(tuple(edition.calendar(rule.in_force)))),
        "data-standing": "contested" if rule.contested else "undisputed",
    }


def _kinds(findings: Iterable[Finding]) -> Facet:
    present = {finding.kind for finding in findings}
    return Facet("kind", "kind", _("Kind"), _("any"), {kind.value: kind_word(kind) for kind in Kind if kind in present})


def _tones() -> Facet:
    options = {Tone.CAUTIONARY.value: _("cautionary"), Tone.REASSURING.value: _("reassuring")}
    return Facet("tone", "tone", _("Tone"), _("any"), options)


def _grounds(edition: Edition, rules: Iterable[Rule]) -> Facet:
    present = set(strengths(edition.cited(*rules)))
    options = {strength.value: strength_word(strength) for strength in Strength if strength in present}
    return Facet("ground", "ground", _("Rests on"), _("any"), options)


def _days(edition: Edition, label: str) -> Facet:
    periods = enumerate(stretches(edition.survey.boundaries))
    return Facet("days", "days", label, _("any"), {str(at): period_text(days) for at, days in periods})


def _concluded(head: Fact | Finding) -> dict[str, str]:
    if isinstance(head, Fact):
        return {"data-kind": "fact"}
    return {"data-kind": head.kind.value, "data-tone": head.tone.value}


def _words_of_days(calendar: Sequence[Stretch]) -> Iterable[str]:
    """Yield the filter values of stretches: number (unless excluded), highest status, and both joined by a hyphen."""
    for at, stretch in enumerate(calendar):
        if stretch.most is not Status.EXCLUDED:
            yield str(at)
        yield stretch.most.value
        yield f"{at}-{stretch.most.value}"


def _joined(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))
