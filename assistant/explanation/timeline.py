"""The same answers for every possible day of the act: which findings hold when."""

import datetime

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import supposed_statuses
from assistant.documents.value import Value
from assistant.rulebook.question import Answers
from assistant.rulebook.ranges import DateRange
from assistant.rulebook.vocabulary import Period


class TimelineSegment(Value):
    """Consecutive days with the same statuses. ``statuses`` is None if such a day contradicts the other answers."""

    days: Period
    statuses: dict[str, Status] | None

    def __contains__(self, day: datetime.date) -> bool:
        return day in self.days

    def touches(self, given: datetime.date | DateRange | None) -> bool:
        """Return whether it contains the given day, or a day of the given range; False if nothing is given."""
        if not isinstance(given, DateRange):
            return given is not None and given in self
        begins_in_time = given.until is None or self.days.start is None or self.days.start <= given.until
        return begins_in_time and (given.start is None or self.days.until is None or given.start <= self.days.until)


class Timeline(Value):
    """What would follow on each day; ``present`` is the day or days that the user gave, None if he gave none."""

    question: str
    present: datetime.date | DateRange | None
    segments: tuple[TimelineSegment, ...]

    def at(self, day: datetime.date) -> TimelineSegment:
        """Return the segment that contains a day.

        Raises:
            KeyError: if the day is outside the question's bounds.
        """
        for segment in self.segments:
            if day in segment:
                return segment
        raise KeyError(day)


def timeline(assessor: Assessor, answers: Answers) -> Timeline | None:
    """Return the statuses for every day that the date question accepts; None if the rulebook has no date question.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    question = assessor.rulebook.metadata.date_question
    if question is None:
        return None
    asked, cells = assessor.rulebook.question[question], assessor.cells[question]
    starts = [asked.lowest, *map(datetime.date.fromordinal, cells.lower_bounds)]
    ends = [*(datetime.date.fromordinal(start - 1) for start in cells.lower_bounds), asked.highest]
    segments: list[TimelineSegment] = []
    for start, end, answer in zip(starts, ends, cells.representatives, strict=True):
        statuses = supposed_statuses(assessor, {**answers, question: answer})
        if segments and segments[-1].statuses == statuses:
            days = Period(start=segments[-1].days.start, until=end)  # type: ignore[arg-type]  # a date question
            segments[-1] = TimelineSegment(days=days, statuses=statuses)
        else:
            days = Period(start=start, until=end)  # type: ignore[arg-type]  # as above
            segments.append(TimelineSegment(days=days, statuses=statuses))
    present = answers.get(question)
    return Timeline(
        question=question,
        present=present if isinstance(present, datetime.date | DateRange) else None,
        segments=tuple(segments),
    )


def contradicts_always(line: Timeline) -> bool:
    """Return whether the answers contradict each other on every day, so that there is nothing to draw."""
    return all(segment.statuses is None for segment in line.segments)
