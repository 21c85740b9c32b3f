"""What is said of the questions of an interview, and of a checklist that was answered."""

from collections.abc import Iterable, Iterator

from assistant.explanation.view.question import QuestionView
from assistant.interview.state import Interview, computed_answers
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.system.message import Phrase, series


def question_view(rulebook: Rulebook, interview: Interview, question: Question) -> QuestionView:
    """Return what is said of a question, with its reply if there is one."""
    reply = interview.replies.get(question.id)
    computed = computed_answers(rulebook, interview).get(question.id) if reply is None else None
    return QuestionView(rulebook, question, reply, question.id in interview.alone, computed)


def recorded_lines(rulebook: Rulebook, interview: Interview, questions: Iterable[str]) -> Iterator[Phrase]:
    """Yield each question of a checklist that has a reply, with the reply."""
    for question in (rulebook.question[name] for name in questions if name in interview.replies):
        yield series(" — ", question_view(rulebook, interview, question).state(matters=True), question.text)
