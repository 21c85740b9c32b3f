"""Texts about checklists, the same on the screen and line by line."""

from collections.abc import Iterable, Iterator

from assistant.interview.state import Interview, reply_text
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.system.language import _


def recorded_lines(rulebook: Rulebook, interview: Interview, questions: Iterable[str]) -> Iterator[str]:
    """Yield each question of a checklist that has a reply, with the reply."""
    for question in (rulebook.question[name] for name in questions if name in interview.replies):
        yield f"{reply_state(interview, question)} — {question.text}"


def reply_state(interview: Interview, question: Question) -> str:
    """Return the reply to a question in words, and whether it is asked once more by itself."""
    text = reply_text(question, interview.replies[question.id])
    return _("{reply} (asked once more by itself)").format(reply=text) if question.id in interview.alone else text


def asked_alone_text() -> str:
    """Return why a question is asked again by itself."""
    return _("You said no to the others. Because of this no, something would reassure. So it is asked by itself.")
