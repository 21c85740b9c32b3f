"""A supposed answer in words."""

from assistant.explanation.wording import answer_text
from assistant.rulebook.question import Answer
from assistant.system.language import _
from assistant.tui.widgets.conversation import Conversation


def supposed_text(conversation: Conversation, question: str, answer: Answer) -> str:
    """The question, the supposed answer, and what was said instead, if anything was."""
    asked = conversation.rulebook.question[question]
    said = conversation.turn.interview.answers.get(question)
    told = answer_text(asked, answer)
    if said is None:
        return _("{question} — {answer}").format(question=asked.text, answer=told)
    message = _("{question} — {answer} (you said: {said})")
    return message.format(question=asked.text, answer=told, said=answer_text(asked, said))
