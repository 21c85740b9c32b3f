"""The wording of references to the law: where a provision is, which wording was read, who reported it.

Everything that shows a statute words its reference here.
"""

import datetime
from typing import Final

from assistant.explanation.view.words import period_words
from assistant.rulebook.case import Report
from assistant.rulebook.evidence import LawPlace, Reference
from assistant.rulebook.law import LawGap, Pinpoint, ReadAs, StatuteGap
from assistant.rulebook.ranges import DateRange
from assistant.rulebook.vocabulary import Period
from assistant.system.message import Phrase, Series, message, series

_MISSING: Final = {
    LawGap.DAY: message("the day of the law"),
    LawGap.PUBLICATION: message("the official publication"),
    StatuteGap.ARTICLE: message("the article"),
    StatuteGap.WORDING: message("the law that gave it its wording"),
    StatuteGap.REPORT: message("the reports from which it is known"),
}
READ_AS: Final = {ReadAs.TEXT: message("as text"), ReadAs.REPORT: message("as a report")}


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


def reference_brief(reference: Reference) -> Phrase | None:
    """Return the laws that gave a statute its wording, or else the first report of it; None if neither is known."""
    wordings = tuple(dict.fromkeys(place.wording.title for place in reference.places if place.wording))
    if wordings and not reference.statute.reported:
        return message("in the wording of {laws}", laws=series("; ", *wordings))
    if reference.statute.reported:
        return message("reported by {report}", report=report_words(reference.statute.reported[0]))
    return None


def place_words(place: LawPlace) -> Phrase:
    """Return a place in a law, with the law that gave it its wording."""
    where = series(", ", place.law.title, *_pinpoint(place.pinpoint))
    if place.wording is None:
        return where
    return message("{place}, in the wording of {law}", place=where, law=place.wording.title)


def reports_words(reference: Reference) -> Series:
    """Return every report of a statute with its date and address."""
    return series("; ", *(series(" ", report_words(each), each.address) for each in reference.statute.reported))


def report_words(report: Report) -> Phrase:
    """Return the outlet of a report with its date."""
    return series(", ", report.by, day_words(report.on) if report.on else None)


def day_words(on: datetime.date | DateRange) -> Phrase:
    """Return a day, or a range of days as a period."""
    return period_words(Period(start=on.start, until=on.until)) if isinstance(on, DateRange) else on


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
    if review.read_as is ReadAs.REPORT:
        return message("Reports read on {day}, by {reader}.", day=review.on, reader=review.by)
    editions = tuple(dict.fromkeys(place.law.edition for place in reference.places if place.law.edition))
    read = message("Official text read on {day}, by {reader}.", day=review.on, reader=review.by)
    return series(" ", read, message("Text: {edition}", edition=series("; ", *editions))) if editions else read


def _not_found(reference: Reference) -> Phrase | None:
    laws = dict.fromkeys(law for place in reference.places for law in (place.law, place.wording) if law)
    gaps: list[Phrase] = [_MISSING[gap] for gap in reference.statute.not_found]
    gaps += [message("{what} of {law}", what=_MISSING[gap], law=law.title) for law in laws for gap in law.not_found]
    return message("Not found: {what}", what=series("; ", *gaps)) if gaps else None
