"""The choices of a turn: the replies to the question, or what can be done when there is no question."""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from assistant.explanation.view.words import replied, yes_no
from assistant.interview.state import to_revise
from assistant.interview.turn import left_for_later
from assistant.interview.typed_answer import is_typed
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.ranges import OptionSet
from assistant.system.language import _
from assistant.system.message import Phrase, message
from assistant.tui.widgets.conversation import Conversation

MAX_NUMBERED: Final = 9


class Choice(NamedTuple):
    """A line to choose: its key and text, and the reply that it gives, or the question or command that it opens.

    On a checklist, ``member`` is the question that it marks, and ``others`` the reply to all questions without a mark.
    """

    key: str
    text: Phrase
    reply: Reply | None = None
    question: str | None = None
    command: str = ""
    help: str = ""
    member: str = ""
    others: Reply | None = None

    @property
    def is_answer(self) -> bool:
        """Whether it replies to a question that is asked, so that it has to be visible."""
        return self.reply is not None or self.others is not None or bool(self.member)


def offers(conversation: Conversation, question: Question | None, marked: Collection[str] = ()) -> Iterator[Choice]:
    """Yield everything that can be chosen at this turn; ``marked`` are options of which one is right."""
    if question is None:
        yield from _instead(conversation)
        return
    if question.type is QuestionType.YES_NO:
        yield Choice("1", yes_no(True), True)
        yield Choice("2", yes_no(False), False)
    for number, option in enumerate(question.options, start=1):
        mark = f"[{'×' if option.id in marked else ' '}] " if marked else ""
        key = str(number) if number <= MAX_NUMBERED else ""
        yield Choice(key, mark + option.text, option.id, help=option.help or "")
    yield Choice("d", _("I don't know"), Unknown.DONT_KNOW)
    yield Choice("s", _("Skip this question"), Unknown.SKIPPED)


def one_of_marked(question: Question, marked: Collection[str], at_cursor: Choice | None) -> Reply:
    """Return the marked options as one answer; if it is only one, with the option under the cursor."""
    chosen = {*marked}
    if len(chosen) == 1 and at_cursor is not None:
        chosen.add(str(at_cursor.reply))
    options = tuple(option.id for option in question.options if option.id in chosen)
    return options[0] if len(options) == 1 else OptionSet(options=options)


def how_to_choose(question: Question | None) -> str:
    """Return how to give an answer; None is a checklist."""
    if question is None:
        return _("Mark what is true with a digit. 0: none of these. d: I don't know about these.")
    if is_typed(question):
        return _("Nothing is chosen yet. Esc goes back to what you type, ↓ goes to the choices.")
    return _("Type the number of an answer, or move to it with ↑ ↓ and press Enter.")


def _instead(conversation: Conversation) -> Iterator[Choice]:
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    for number, name in enumerate(to_revise(rulebook, interview), start=1):
        question = rulebook.question[name]
        revise = message("Revise: {reply}", reply=replied(question, interview.answers[name]))
        yield Choice(str(number) if number <= MAX_NUMBERED else "", revise, question=name)
    if left_for_later(rulebook, conversation.turn):
        yield Choice("n", _("Go on with the questions"), command="on")
    if not interview.assessment.contradictions:
        yield Choice("g", _("The answer, with the findings behind it"), command="outcome")
        yield Choice("f", _("Look at the findings"), command="findings")
        yield Choice("o", _("Look through my answers and change them"), command="overview")
        yield Choice("i", _("See what would follow from other answers"), command="what_if")
        yield Choice("c", _("See the same answers on other days"), command="timeline")
        yield Choice("p", _("Take a summary along"), command="summary")
        yield Choice("k", _("Save the answers, encrypted"), command="save")
        yield Choice("r", _("Forget everything, for the next case"), command="next_case")
