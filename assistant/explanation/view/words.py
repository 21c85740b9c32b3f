"""The words for the rulebook's terms; answers, conditions and periods in words."""

import calendar
import datetime
from collections.abc import Iterable
from typing import Final

from assistant.assessment.assessment import Assessment, Status
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.evidence import Strength
from assistant.rulebook.finding import Finding, Kind, Tone
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Atom, Program, SignedNode
from assistant.rulebook.question import Answer, Question, QuestionType, Unit
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, interval
from assistant.rulebook.source import Basis, Bearing, Force, StatuteKind
from assistant.rulebook.vocabulary import Period
from assistant.system.message import Message, Phrase, Series, counted, either, message, series

KIND: Final = {
    Kind.PROTECTION: message("protection"),
    Kind.EXPOSURE: message("exposure"),
    Kind.CONSEQUENCE: message("consequence"),
    Kind.WARNING: message("warning"),
    Kind.STEP: message("step"),
    Kind.NOTE: message("note"),
}
TONE: Final = {
    Tone.CAUTIONARY: message("cautionary: it is shown as soon as it is possible"),
    Tone.REASSURING: message("reassuring: it counts only once it is established"),
}
STRENGTH: Final = {
    Strength.LAW: message("law (read in the official text)"),
    Strength.LAW_REPORTED: message("law (reported only)"),
    Strength.PRACTICE: message("practice (reported)"),
    Strength.CLAIM: message("a claim about the law"),
    Strength.ADVICE: message("advice that was given"),
    Strength.THREAT: message("a threat"),
    Strength.BELIEF: message("what a soldier believes"),
    Strength.FORECAST: message("a forecast"),
}
FORCE: Final = {
    Force.OFFICIAL: message("official text"),
    Force.LAW: message("legal opinion"),
    Force.PRACTICE: message("reported practice"),
    Force.THREAT: message("threat"),
    Force.ADVICE: message("advice"),
    Force.BELIEF: message("belief"),
    Force.FORECAST: message("forecast"),
}
BEARING: Final = {
    Bearing.SUPPORTS: message("supports"),
    Bearing.QUALIFIES: message("qualifies"),
    Bearing.CONTRADICTS: message("contradicts"),
}
BASIS: Final = {Basis.CHECKED: message("checked in the official text"), Basis.REPORTED: message("reported only")}
STATUTE_KIND: Final = {
    StatuteKind.PROVISION: message("provision"),
    StatuteKind.DECREE: message("official act"),
    StatuteKind.COURT_PRACTICE: message("court practice"),
    StatuteKind.REPORTED_PRACTICE: message("reported practice"),
}
MONTH: Final = (
    message("January {year}"),
    message("February {year}"),
    message("March {year}"),
    message("April {year}"),
    message("May {year}"),
    message("June {year}"),
    message("July {year}"),
    message("August {year}"),
    message("September {year}"),
    message("October {year}"),
    message("November {year}"),
    message("December {year}"),
)
EXCLUDED: Final = message("excluded")
CONTRADICTORY: Final = message("These answers contradict each other, so nothing can be said yet.")
NO_DAY: Final = message("The rules do not depend on a day.")
INEXACT: Final = message(
    "There is no room here for exact statuses: a finding may be left open although every way of answering agrees."
)


def status_words(status: Status, finding: Finding, planned: bool = False) -> Message:
    """Return a status in the reader's words: *would apply* if the act is only ``planned``.

    A reassuring finding that is only possible is *not established*.
    """
    if status is Status.EXCLUDED:
        return EXCLUDED
    if status is Status.ESTABLISHED:
        return message("would apply") if planned else message("applies")
    if finding.tone is Tone.REASSURING:
        return message("not established")
    return message("could apply") if planned else message("may apply")


def notice_words(rulebook: Rulebook) -> Series:
    """Return the line at the top of every report and screen: the disclaimer, and how far the law was reviewed."""
    return series(" · ", rulebook.metadata.disclaimer.rstrip("."), review_words(rulebook))


def review_words(rulebook: Rulebook) -> Message:
    """Return the date of the law text and of the review, short enough for the first line of a screen."""
    metadata = rulebook.metadata
    if metadata.text_of is None:
        return message("law reviewed to {date}", date=metadata.reviewed_until)
    return message("law text of {text}, reports to {date}", text=metadata.text_of, date=metadata.reviewed_until)


def contradiction_lines(rulebook: Rulebook, assessment: Assessment) -> tuple[Phrase, ...]:
    """Return that answers contradict each other, and which; empty if they do not."""
    clashes = assessment.clashes(rulebook)
    return (CONTRADICTORY, *(impossible.text for impossible in clashes)) if assessment.contradictions else ()


def yes_no(holds: bool) -> Message:
    """Return the word *yes* or *no*."""
    return message("yes") if holds else message("no")


def period_words(period: Period) -> Message:
    """Return a period in words."""
    if period.start and period.until:
        return message("from {start} to {end}", start=period.start, end=period.until)
    if period.start:
        return message("from {start} on", start=period.start)
    return message("until {end}", end=period.until) if period.until else message("throughout")


def answer_words(question: Question, answer: Answer) -> Phrase:
    """Return an answer in the words of its question."""
    if isinstance(answer, OptionSet):
        return _meeting(question, Atom(node="", question=question.id, values=answer.options))
    if isinstance(answer, DateRange):
        return _calendar_unit(answer) or period_words(answer)
    if isinstance(answer, NumberRange):
        low, high = interval(answer)
        return _meeting(question, Atom(node="", question=question.id, low=low, high=high))
    if isinstance(answer, bool):
        return yes_no(answer)
    if isinstance(answer, int) and question.unit is not None:
        return _amount(question.unit, answer)  # "1 year" may have been typed where months are counted
    return next((option.text for option in question.options if option.id == answer), answer)


def _calendar_unit(days: DateRange) -> Phrase | None:
    """Return a whole month or a whole year as people write it; None for other days."""
    start, until = days.start, days.until
    if start is None or until is None or start.day != 1 or until != _last_day(until):
        return None
    if (start.year, start.month) == (until.year, until.month):
        return MONTH[start.month - 1].filled(year=f"{start.year:04}")
    is_year = (start.year, start.month, until.month) == (until.year, 1, len(MONTH))
    return f"{start.year:04}" if is_year else None


def _amount(unit: Unit, count: int) -> Message:
    if unit is Unit.DAYS:
        return counted("{count} day", "{count} days", count)
    if unit is Unit.MONTHS:
        return counted("{count} month", "{count} months", count)
    return counted("{count} year", "{count} years", count)


def _last_day(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def reply_words(question: Question, reply: Reply) -> Phrase:
    """Return a reply in the words of its question, or that it is not known or skipped."""
    if isinstance(reply, Unknown):
        return message("I don't know") if reply is Unknown.DONT_KNOW else message("skipped")
    return answer_words(question, reply)


def replied(question: Question, reply: Reply) -> Message:
    """Return a question with a reply."""
    return message("{question} — {answer}", question=question.text, answer=reply_words(question, reply))


def bound_words(question: Question, bound: int) -> Phrase:
    """Return a bound as a day or as a number; the bound of a date question is the ordinal of a day."""
    return datetime.date.fromordinal(bound) if question.type is QuestionType.DATE else bound


def condition_words(rulebook: Rulebook, program: Program, literal: SignedNode) -> Phrase:
    """Return a condition of a rule in words: a question with the answer that it requires, or a fact."""
    atom = program.atoms.get(literal.node)
    if atom is None:
        text = rulebook.fact[literal.node].text.rstrip(".")
        return text if literal.holds else message("not so: {fact}", fact=text)
    question = rulebook.question[atom.question]
    if question.type is QuestionType.YES_NO:
        return replied(question, literal.holds)
    wanted = answers_words(question, [atom])
    if literal.holds:
        return message("{question} — {answer}", question=question.text, answer=wanted)
    return message("{question} — not: {answer}", question=question.text, answer=wanted)


def answers_words(question: Question, atoms: Iterable[Atom]) -> Phrase:
    """Return the answers that meet one of some conditions, in the words of their question."""
    return either(_meeting(question, atom) for atom in atoms)


def _meeting(question: Question, atom: Atom) -> Phrase:
    if question.type is QuestionType.YES_NO:
        return either(yes_no(value is True) for value in atom.values)
    if question.type is QuestionType.CHOICE:
        texts = [option.text for option in question.options if option.id in atom.values]
        return either(message("“{words}”", words=text) for text in texts) if len(texts) > 1 else either(texts)
    if question.type is QuestionType.DATE:
        start, until = (None if end is None else datetime.date.fromordinal(end) for end in (atom.low, atom.high))
        return start if start and start == until else period_words(Period(start=start, until=until))
    if atom.low is None:
        return message("at most {high}", high=atom.high or 0)
    if atom.high is None:
        return message("{low} or more", low=atom.low)
    return atom.low if atom.low == atom.high else message("{low} to {high}", low=atom.low, high=atom.high)
