"""Write what a review has to look up as text: for a person who sits down with the law and a day to spend."""

from collections.abc import Iterator
from itertools import groupby

from assistant.analysis.comparison_report import change_lines
from assistant.analysis.review import Expiry, Fall, LookUp, OnReports, ReviewPlan
from assistant.explanation.view.reference import gap_of_law, gap_words, review_lines
from assistant.explanation.view.words import BASIS, STRENGTH, review_words
from assistant.rulebook.model import Rulebook
from assistant.system.language import _, plural
from assistant.system.message import Phrase, series, text


def review_report(plan: ReviewPlan, rulebook: Rulebook) -> str:
    """Return the text of a plan: what to look up, what no official text supports, and what ends."""
    lines = [
        text(series("", review_words(rulebook), ".")),
        *_headed(_("Look up again, oldest first")),
        *_look_ups(plan, rulebook),
        *_headed(_("Not found")),
        *_laws(plan, rulebook),
        *_headed(_("Findings that no official text supports")),
        *(text(_on_reports(each, rulebook)) for each in plan.on_reports),
        *_headed(_("What ends, and when")),
        *_expiries(plan, rulebook),
        "",
        _("What would change if one of them fell: {command}").format(command="assistant review --without ID"),
    ]
    return "\n".join(lines)


def fall_report(fall: Fall, rulebook: Rulebook) -> str:
    """Return the text of what would change if a statute fell."""
    statute = rulebook.sources.statute[fall.statute]
    fell = _("If this fell, with every rule that it supports: {reference}").format(reference=statute.reference)
    rules = [plural("{count} rule falls with it.", "{count} rules fall with it.", len(fall.rules))]
    return "\n".join([fell, *rules, *(f"  {rule}" for rule in fall.rules), *change_lines(fall.changes, rulebook)])


def _headed(heading: str) -> tuple[str, ...]:
    return ("", heading, "=" * len(heading))


def _look_ups(plan: ReviewPlan, rulebook: Rulebook) -> Iterator[str]:
    reviews = {review.id: review for review in rulebook.sources.reviews}
    for name, found in groupby(plan.look_up, key=lambda each: each.review):
        yield from ([_("Never read:")] if name is None else map(text, review_lines(reviews[name])))
        for each in found:
            yield text(_look_up(each, rulebook))


def _look_up(each: LookUp, rulebook: Rulebook) -> Phrase:
    statute = rulebook.sources.statute[each.statute]
    used = plural("{count} rule rests on it", "{count} rules rest on it", len(each.rules))
    known = series("; ", BASIS[each.basis], used, gap_words(each.not_found))
    return series("", "- ", each.statute, ": ", statute.reference, " (", known, ")")


def _laws(plan: ReviewPlan, rulebook: Rulebook) -> Iterator[str]:
    for name, gaps in plan.laws_not_found.items():
        yield text(series("", "- ", series("; ", *(gap_of_law(gap, rulebook.sources.law[name]) for gap in gaps))))


def _on_reports(each: OnReports, rulebook: Rulebook) -> Phrase:
    grounds = series("; ", *(STRENGTH[ground] for ground in each.grounds))
    title = rulebook.finding[each.finding].title
    return series("", "- ", each.finding, ": ", title, " (", grounds, ")")


def _expiries(plan: ReviewPlan, rulebook: Rulebook) -> Iterator[str]:
    for each in plan.expiries:
        yield text(_expiry(each))
        for name in each.statutes:
            yield f"    {name}: {rulebook.sources.statute[name].reference}"
        yield from (f"    {rule}" for rule in each.rules)
        if each.reassuring:
            yield "  " + _("The last review ends with this day. These findings reassure until then:")
            yield from (f"    {name}: {rulebook.finding[name].title}" for name in each.reassuring)


def _expiry(each: Expiry) -> Phrase:
    statutes = plural("{count} statute ends", "{count} statutes end", len(each.statutes)) if each.statutes else None
    rules = plural("{count} rule ends", "{count} rules end", len(each.rules)) if each.rules else None
    return series("", "- ", each.day, ": ", series(", ", statutes, rules))
