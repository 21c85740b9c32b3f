"""The wording of a question and of the replies so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.assessment.assessment import Assessment
from assistant.explanation.view.words import answer_words, reply_words
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.rulebook.ranges import Range
from assistant.system.message import Message, Phrase, counted, message

OPEN: Final = counted("{count} open question can still matter.", "{count} open questions can still matter.")
MORE_EXACT: Final = counted(
    "{count} more question can make this more exact.", "{count} more questions can make this more exact."
)
WHAT_TO_REVISE: Final = message("Which of them do you want to revise?")
_NOT_EXACT: Final = counted(
    "{count} answer is not exact. A more exact one may still change the findings.",
    "{count} answers are not exact. More exact ones may still change the findings.",
)
_NOT_ANSWERED: Final = counted(
    "{count} question was skipped or not known. An answer to it may still change the findings.",
    "{count} questions were skipped or not known. Answers to them may still change the findings.",
)


@dataclass(frozen=True)
class QuestionView:
    """What is said of a question, with its reply if there is one.

    ``alone``: it is asked once more by itself. ``computed``: the answer that follows from others, if nobody gave one.
    """

    rulebook: Rulebook
    question: Question
    reply: Reply | None = None
    alone: bool = False
    computed: Answer | None = None

    @property
    def out_of_scope(self) -> tuple[str, ...]:
        """What the rulebook does not cover, as far as it is to be said beside this question."""
        return tuple(each.text for each in self.rulebook.out_of_scope if self.question.id in each.beside)

    @property
    def suggestion(self) -> Phrase | None:
        """The suggested answer with its reason; None if there is none, or the question is answered."""
        suggested = self.question.suggest
        if suggested is None or not (self.alone or self.reply is None or isinstance(self.reply, Unknown)):
            return None
        return message(
            "Suggested answer: “{answer}”. {reason} (As of {date}.) It counts only if you choose it.",
            answer=answer_words(self.question, suggested.answer),
            reason=suggested.reason,
            date=suggested.as_of,
        )

    @property
    def why_alone(self) -> Phrase | None:
        """Why it is asked once more by itself; None if it is not."""
        if not self.alone:
            return None
        return message(
            "You said no to the others. Because of this no, something would reassure. So it is asked by itself."
        )

    @property
    def reply_so_far(self) -> Phrase | None:
        """The present reply; None if there is none."""
        if self.reply is None:
            return None
        return message("Your reply so far: {reply}", reply=reply_words(self.question, self.reply))

    def state(self, matters: bool) -> Phrase:
        """Return the present reply, or whether one ``matters``."""
        if self.reply is not None:
            reply = reply_words(self.question, self.reply)
            return message("{reply} (asked once more by itself)", reply=reply) if self.alone else reply
        if self.computed is not None:
            return computed_words(self.question, self.computed)
        return message("still open") if matters else message("cannot change a finding now")


def computed_words(question: Question, answer: Answer) -> Message:
    """Return an answer that follows from others, in words."""
    return message("computed: {answer}", answer=answer_words(question, answer))


def format_hint(question: Question) -> Message:
    """Return how to write the answer to a question for a day or a number."""
    if question.named:
        named = question.named[0].spellings[0]
        return message("As in 24.09.2022, only 09.2022, or “{named}”; then Enter.", named=named)
    if question.type is QuestionType.DATE:
        return message("As in 24.09.2022, or only 09.2022; then Enter.")
    return message("A whole number, or as in 28-31; then Enter.")


def nothing_to_ask(assessment: Assessment, replies: Mapping[str, Reply], left_for_later: int) -> Iterator[Message]:
    """Yield that nothing is left to ask, and how many questions were skipped or not known."""
    yield message("Here is the answer so far.") if left_for_later else message("No more questions. Here is the answer:")
    waiting = {question for status in assessment.findings for question in status.waits_for}
    for kind, words in ((Range, _NOT_EXACT), (Unknown, _NOT_ANSWERED)):
        count = sum(isinstance(replies.get(question), kind) for question in waiting)
        if count:
            yield words.filled(count=count)
