"""What is marked on a checklist: yes, no or don't know for each question, or nothing yet."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from assistant.explanation.view.words import yes_no
from assistant.interview.state import Checklist
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.question import Question
from assistant.system.language import _
from assistant.system.message import text
from assistant.tui.widgets.offers import Choice

_MARK_CYCLE: Final[tuple[Reply | None, ...]] = (None, True, False, Unknown.DONT_KNOW)
"""The marks in the order in which a key goes through them."""


class ChecklistMarks(NamedTuple):
    """A checklist and the marks on it, by question."""

    checklist: Checklist
    marks: Mapping[str, Reply]
    replies: Mapping[str, Reply]
    """The replies to its questions, which can be taken back."""

    @property
    def names(self) -> tuple[str, ...]:
        """The questions, by id."""
        return tuple(question.id for question in self.checklist.questions)

    @property
    def left(self) -> tuple[str, ...]:
        """The questions without a mark."""
        return tuple(name for name in self.names if name not in self.marks)

    def toggled(self, question: str) -> "ChecklistMarks":
        """Return the marks after the key of a question: yes, then no, don't know, and nothing again."""
        now = self.marks.get(question)
        following = _MARK_CYCLE[(_MARK_CYCLE.index(now) + 1) % len(_MARK_CYCLE)] if now in _MARK_CYCLE else True
        marks = {name: mark for name, mark in self.marks.items() if name != question}
        return self._replace(marks=marks if following is None else {**marks, question: following})

    def choices(self) -> Iterator[Choice]:
        """Yield the questions with their marks, and the ways to go on."""
        for number, question in enumerate(self.checklist.questions, start=1):
            mark = self.marks.get(question.id)
            word = " " if mark is None else text(yes_no(mark)) if isinstance(mark, bool) else "?"
            yield Choice(str(number), f"[{word}] {question.text}", member=question.id, help=question.help)
        if self.left:
            words = _("None of the others: go on") if self.marks else _("None of these: go on")
            yield Choice("0", words, others=False)
            words = _("I don't know about the others: go on") if self.marks else _("I don't know about these: go on")
            yield Choice("d", words, others=Unknown.DONT_KNOW)
        else:
            yield Choice("0", _("Go on"), others=False)
        if self.replies:
            yield Choice("x", _("Take all these answers back"), command="take_back")


def marks_on(
    step: Question | Checklist | None, replies: Mapping[str, Reply], before: ChecklistMarks | None
) -> ChecklistMarks | None:
    """Return the marks on a checklist, None if there is none: those of ``before`` if it is the same, else the replies.

    It is the same in another language too.
    """
    if not isinstance(step, Checklist):
        return None
    given = {question.id: replies[question.id] for question in step.questions if question.id in replies}
    if before is not None and before.names == tuple(each.id for each in step.questions) and before.replies == given:
        return before._replace(checklist=step)
    return ChecklistMarks(step, given, given)
