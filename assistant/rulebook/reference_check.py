"""Checks of references to the law: the names in them exist, and a lawyer can follow them.

A rulebook that lists ``laws`` is asked for all of a reference; what was looked for and not found is named as such.
"""

from collections.abc import Container, Iterator
from enum import Enum
from typing import Final

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.law import LawGap, ReadAs, StatuteGap
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Basis, Statute, StatuteKind
from assistant.system.language import _

_PRACTICE: Final = frozenset({StatuteKind.COURT_PRACTICE, StatuteKind.REPORTED_PRACTICE})


def check_references(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield a problem for each law or statute that does not exist, and for each gap that is not said to be one."""
    yield from _names(rulebook)
    if not rulebook.sources.laws:
        return
    yield from _laws(rulebook)
    for statute in rulebook.sources.statutes:
        yield from _statute(rulebook, statute)


def _names(rulebook: Rulebook) -> Iterator[Problem]:
    sources = rulebook.sources
    for statute in sources.statutes:
        for index, place in enumerate(statute.provisions):
            for field, name in (("law", place.law), ("wording", place.wording)):
                if name is not None and name not in sources.law:
                    message = _("there is no '{id}' among the {section}.").format(id=name, section="laws")
                    key = f"statutes.{statute.id}.provisions.{index}.{field}"
                    yield rulebook.problem_at(key, message, nearest(name, sources.law))
    for review in sources.reviews:
        for index, name in enumerate(review.statutes):
            if name not in sources.statute:
                message = _("there is no statute '{id}'.").format(id=name)
                key = f"reviews.{review.id}.statutes.{index}"
                yield rulebook.problem_at(key, message, nearest(name, sources.statute))


def _laws(rulebook: Rulebook) -> Iterator[Problem]:
    read = {
        place.law
        for statute in rulebook.sources.statutes
        for place in statute.provisions
        if statute.basis is Basis.CHECKED
    }
    for law in rulebook.sources.laws:
        key = f"laws.{law.id}"
        yield from _gap(rulebook, key, LawGap.DAY, law.not_found, given=law.on is not None)
        yield from _gap(rulebook, key, LawGap.PUBLICATION, law.not_found, given=law.published is not None)
        if law.id in read and law.edition is None:
            message = _("the text of this law was read, and nothing says which text.")
            yield rulebook.problem_at(key, message, _("Write 'edition': which text it is, and where."))


def _statute(rulebook: Rulebook, statute: Statute) -> Iterator[Problem]:
    key, gaps = f"statutes.{statute.id}", statute.not_found
    if statute.kind not in _PRACTICE:
        yield from _gap(rulebook, key, StatuteGap.LAW, gaps, given=bool(statute.provisions))
        if statute.provisions:
            has_place = all(each.article or each.point for each in statute.provisions)
            has_wording = all(each.wording for each in statute.provisions)
            yield from _gap(rulebook, f"{key}.provisions", StatuteGap.ARTICLE, gaps, given=has_place)
            yield from _gap(rulebook, f"{key}.provisions", StatuteGap.WORDING, gaps, given=has_wording)
    if statute.basis is Basis.REPORTED:
        yield from _gap(rulebook, key, StatuteGap.REPORT, gaps, given=bool(statute.reported))
    if statute.reported:
        has_days = all(report.on for report in statute.reported)
        yield from _gap(rulebook, f"{key}.reported", StatuteGap.DAY_OF_REPORT, gaps, given=has_days)
    if statute.id not in rulebook.sources.last_review:
        message = {
            ReadAs.TEXT: _("no review says when this was read in the official text."),
            ReadAs.REPORT: _("no review says when reports of this were read."),
        }[statute.basis.read_as]
        remedy = _("Name it in a review with 'as: {read_as}'.").format(read_as=statute.basis.read_as.value)
        yield rulebook.problem_at(f"{key}.basis", message, remedy)
    elif statute.basis is Basis.CHECKED:
        yield from _read_too_early(rulebook, statute)


def _read_too_early(rulebook: Rulebook, statute: Statute) -> Iterator[Problem]:
    """Yield a problem if a statute was last read before the law that gave it its present wording."""
    sources = rulebook.sources
    laws = (sources.law.get(place.wording or place.law) for place in statute.provisions)
    days = [law.on for law in laws if law is not None and law.on is not None]
    read = sources.last_review[statute.id]
    if days and read.on < max(days):
        message = _("'{id}' was read before the law of {day} that gave it its wording.")
        message = message.format(id=statute.id, day=max(days))
        yield rulebook.problem_at(f"reviews.{read.id}.on", message, _("Mend the day, or read it again."))


def _gap(rulebook: Rulebook, key: str, gap: Enum, not_found: Container[Enum], *, given: bool) -> Iterator[Problem]:
    """Yield a problem if something is neither given nor named as not found, or both."""
    if given and gap in not_found:
        message = _("'{key}' is given, and named under 'not_found'.").format(key=gap.value)
        yield rulebook.problem_at(f"{key}.{gap.value}", message, _("Delete one of the two."))
    elif not given and gap not in not_found:
        message = _("the key '{key}' is missing.").format(key=gap.value)
        yield rulebook.problem_at(key, message, _("Add it; if it cannot be found, name it under 'not_found'."))
