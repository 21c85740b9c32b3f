"""The texts of a checklist line by line."""

from collections.abc import Iterator

from assistant.interview.question_view import question_view, recorded_lines
from assistant.interview.state import Checklist, Interview
from assistant.plain.words import count_line, items, numbered
from assistant.rulebook.model import Rulebook
from assistant.system.keyboard import key_name
from assistant.system.language import _
from assistant.system.message import Phrase, message, series


def checklist_lines(rulebook: Rulebook, interview: Interview, checklist: Checklist, whole: bool) -> Iterator[Phrase]:
    """Yield the question of a checklist and its items; with everything that helps to answer it, if ``whole``."""
    if whole:
        yield from count_line(rulebook, interview)
    yield message("Question: {question}", question=checklist.group.text)
    if whole:
        how = _("Type the numbers of what is true, as in 1 3. Type 0 if none of them is, {d} if you don't know.")
        yield how.format(d=key_name("d", rulebook.language))
        beside = {question.id for question in checklist.questions}
        yield from (subject.text for subject in rulebook.out_of_scope if beside.intersection(subject.beside))
    views = (question_view(rulebook, interview, question) for question in checklist.questions)
    yield from numbered(series(" ", view.question.text, view.reply_so_far) for view in views)


def checked_off_lines(rulebook: Rulebook, interview: Interview, checklist: Checklist) -> Iterator[Phrase]:
    """Yield what was recorded, question by question."""
    yield _("Your answers:")
    questions = (question.id for question in checklist.questions)
    yield from items(recorded_lines(rulebook, interview, questions))


def help_lines(checklist: Checklist) -> Iterator[str]:
    """Yield the help of each item."""
    return (f"{number}: {question.help}" for number, question in enumerate(checklist.questions, start=1))
