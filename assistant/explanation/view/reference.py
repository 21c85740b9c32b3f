"""The wording of references to the law: where a provision is, which wording was read, who reported it.

Everything that shows a statute words its reference here.
"""

from collections.abc import Iterable
from typing import Final

from assistant.explanation.view.case import address_words, report_words
from assistant.explanation.view.words import BASIS
from assistant.rulebook.evidence import LawPlace, Reference
from assistant.rulebook.law import Law, LawGap, Pinpoint, ReadAs, Review, StatuteGap
from assistant.system.message import Phrase, Series, message, series

_MISSING: Final = {
    LawGap.DAY: message("the day of the law"),
    LawGap.PUBLICATION: message("the official publication"),
    StatuteGap.LAW: message("the law"),
    StatuteGap.ARTICLE: message("the article"),
    StatuteGap.WORDING: message("the law that gave it its wording"),
    StatuteGap.REPORT: message("the reports from which it is known"),
    StatuteGap.DAY_OF_REPORT: message("the date of a report"),
}

_TEXT_READ: Final = message("Official text read on {day}, by {reader}.")
_REPORTS_READ: Final = message("Reports looked up on {day}, by {reader}.")


def reference_lines(reference: Reference) -> tuple[Phrase, ...]:
    """Return where a statute is, its wording, publication and last review, its reports, and what was not found."""
    found = (
        message("In the law: {places}", places=series("; ", *map(place_words, reference.places)))
        if reference.places
        else None,
        _published(reference),
        _read(reference),
        message("Reported by: {reports}", reports=reports_words(reference)) if reference.statute.reported else None,
        _not_found(reference),
    )
    return tuple(line for line in found if line is not None)


def review_lines(review: Review) -> tuple[Phrase, ...]:
    """Return when somebody read statutes, who, and as what; and the remark on it."""
    read = {ReadAs.TEXT: _TEXT_READ, ReadAs.REPORT: _REPORTS_READ}[review.read_as]
    said = (read.filled(day=review.on, reader=review.by), review.note)
    return tuple(line for line in said if line is not None)


def gap_words(gaps: Iterable[StatuteGap], *more: Phrase) -> Phrase | None:
    """Return what was not found about a statute, and ``more``; None if nothing is missing."""
    missing = (*(_MISSING[gap] for gap in gaps), *more)
    return message("Not found: {what}", what=series("; ", *missing)) if missing else None


def gap_of_law(gap: LawGap, law: Law) -> Phrase:
    """Return what was not found about a law."""
    return message("{what} of {law}", what=_MISSING[gap], law=law.title)


def known_words(reference: Reference) -> Phrase:
    """Return how a statute is known, with its first report, or else with the laws that changed its wording."""
    basis = BASIS[reference.statute.basis]
    if reference.statute.reported:
        return series(": ", basis, report_words(reference.statute.reported[0]))
    changed = [place.wording for place in reference.places if place.wording is not None and place.wording != place.law]
    laws = tuple(dict.fromkeys(law.name for law in changed))
    return message("{basis}, wording of {laws}", basis=basis, laws=series("; ", *laws)) if laws else basis


def place_words(place: LawPlace) -> Phrase:
    """Return a place in a law, with the law that gave it its wording."""
    where = series(", ", place.law.title, *_pinpoint(place.pinpoint))
    if place.wording is None:
        return where
    if place.wording == place.law:
        return message("{place}, in its first wording", place=where)
    return message("{place}, in the wording of {law}", place=where, law=place.wording.title)


def reports_words(reference: Reference) -> Series:
    """Return every report of a statute with its date and address."""
    reports = reference.statute.reported
    return series("; ", *(series(", ", report_words(each), address_words(each)) for each in reports))


def _pinpoint(pinpoint: Pinpoint) -> tuple[Phrase, ...]:
    marks = (
        message("art. {number}", number=pinpoint.article) if pinpoint.article else None,
        message("part {number}", number=pinpoint.part) if pinpoint.part else None,
        message("point {number}", number=pinpoint.point) if pinpoint.point else None,
        message("note {number}", number=pinpoint.note) if pinpoint.note else None,
    )
    return tuple(mark for mark in marks if mark is not None)


def _published(reference: Reference) -> Phrase | None:
    """Return where the laws that gave the wording were published; where that is not known, the laws themselves."""
    laws = dict.fromkeys(place.wording or place.law for place in reference.places)
    named = tuple(series(": ", law.title, law.published) for law in laws if law.published)
    return message("Published officially: {publications}", publications=series("; ", *named)) if named else None


def _read(reference: Reference) -> Phrase | None:
    review = reference.review
    if review is None:
        return None
    read = review_lines(review)[0]
    editions = tuple(dict.fromkeys(place.law.edition for place in reference.places if place.law.edition))
    if not editions or review.read_as is ReadAs.REPORT:
        return read
    return series(" ", read, message("Text: {edition}", edition=series("; ", *editions)))


def _not_found(reference: Reference) -> Phrase | None:
    laws = dict.fromkeys(law for place in reference.places for law in (place.law, place.wording) if law is not None)
    return gap_words(reference.statute.not_found, *(gap_of_law(gap, law) for law in laws for gap in law.not_found))
