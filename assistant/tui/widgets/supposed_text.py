"""The text of a supposed answer."""

from assistant.explanation.wording import answer_text
from assistant.rulebook.question import Answer
from assistant.system.language import _
from assistant.tui.widgets.conversation import Conversation


def supposed_text(conversation: Conversation, question: str, answer: Answer) -> str:
    """Return the question, the supposed answer, and the given answer if there is one."""
    asked = conversation.rulebook.question[question]
    given = conversation.turn.interview.answers.get(question)
    supposed = answer_text(asked, answer)
    if given is None:
        return _("{question} — {answer}").format(question=asked.text, answer=supposed)
    message = _("{question} — {answer} (you said: {said})")
    return message.format(question=asked.text, answer=supposed, said=answer_text(asked, given))
