"""The wording of reported cases: how many share a finding, how they were sentenced, and what happened in each."""

import calendar
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.explanation.similar_cases import CaseEvidence, SentenceRange
from assistant.rulebook.case import Case, CaseSentence, Day, Report
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty_phrase import penalty_words
from assistant.system.message import Message, Phrase, Series, counted, message, series

TITLE: Final = message("Reported cases")
CAUTION: Final = message("These are only the cases that were reported. Others may have ended differently.")
_ALONE: Final[Mapping[bool, Message]] = {
    True: message("The sentence for this alone: {harshest}."),
    False: message("Sentences for this alone: the mildest is {mildest}, the harshest {harshest}."),
}
_COMBINED: Final[Mapping[bool, Message]] = {
    True: message("The sentence for this and other crimes together: {harshest}."),
    False: message("Sentences for this and other crimes together: the mildest is {mildest}, the harshest {harshest}."),
}
"""By whether the mildest and the harshest are the same."""
_COUNT: Final = counted("{count} reported case.", "{count} reported cases.")


def evidence_words(evidence: CaseEvidence) -> Series | None:
    """Return how many cases share a finding and the range of their sentences, in one line; None if there is no case."""
    if not evidence.count:
        return None
    return series(
        " ",
        _COUNT.filled(count=evidence.count),
        _sentences(_ALONE, evidence.alone),
        _sentences(_COMBINED, evidence.combined),
    )


def evidence_lines(rulebook: Rulebook, evidence: CaseEvidence) -> Iterator[Phrase]:
    """Yield a summary of the cases that share a finding, then each of those that are most like the answers."""
    words = evidence_words(evidence)
    if words is not None:
        yield series(" ", words, CAUTION)
    for case in evidence.most_alike:
        yield message("A case like his: {case}", case=CaseView(rulebook, case).line)


@dataclass(frozen=True)
class CaseView:
    """A reported case in words."""

    rulebook: Rulebook
    case: Case

    @property
    def line(self) -> Phrase:
        """What happened, why the sentence differs from the law, the outcome with its day, and who reported it when."""
        reports = (report_words(report) for report in self.case.reported)
        known = series("; ", self.outcome if self.outcome.items else None, *reports)
        return series(" ", self.case.told, self.differs, series("", "(", known, ")"))

    @property
    def outcome(self) -> Series:
        """What was decided, and when; without a day or a decision that is not reported."""
        outcome = self.case.outcome
        decided: Phrase | None = None
        if outcome.sentence is not None:
            decided = message("convicted: {sentence}", sentence=sentence_words(outcome.sentence))
        elif outcome.convicted_of or outcome.charged_with:
            decided = message("convicted") if outcome.convicted_of else message("prosecuted")
        return series(", ", decided, None if outcome.on is None else day_words(outcome.on))

    @property
    def differs(self) -> Message | None:
        """Why the sentence is below what the law threatens; None if it is not."""
        differs = self.case.differs
        return message("Below the minimum of the law: {reason}", reason=differs) if differs else None


def report_words(report: Report) -> Series:
    """Return who reported a case and when, and that the report itself was not read if it was not."""
    listed = message("as listed, the report itself was not read") if report.as_listed else None
    return series(", ", report.by, None if report.on is None else day_words(report.on), listed)


def address_words(report: Report) -> str | None:
    """Return where a report can be read, as text that no click opens; None if that is not known."""
    return report.address.rpartition("://")[2] if report.address else None


def sentence_words(sentence: CaseSentence) -> Phrase:
    """Return the words for what a court imposed."""
    words = penalty_words(sentence)
    return message("{sentence}, suspended", sentence=words) if sentence.suspended else words


def day_words(day: Day) -> Phrase:
    """Return a day in words, as exact as it is reported: a day, a month, a year, or a range of days."""
    if isinstance(day, datetime.date):
        return day
    start, until = day.start, day.until
    if start is not None and until is not None and start.day == 1 and start.year == until.year:
        if (start.month, until.month, until.day) == (1, 12, 31):
            return f"{start.year:04}"
        if start.month == until.month and until.day == calendar.monthrange(until.year, until.month)[1]:
            return f"{start:%m}.{start.year:04}"
    if start is not None and until is not None:
        return message("between {start} and {end}", start=start, end=until)
    if start is not None:
        return message("not before {start}", start=start)
    return message("not after {end}", end=until or "")


def _sentences(words: Mapping[bool, Message], sentences: SentenceRange | None) -> Message | None:
    if sentences is None:
        return None
    mildest, harshest = sentence_words(sentences.mildest), sentence_words(sentences.harshest)
    return words[sentences.mildest == sentences.harshest].filled(mildest=mildest, harshest=harshest)
