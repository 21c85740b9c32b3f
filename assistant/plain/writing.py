"""Choosing the answers for a summary, and writing a text to a file."""

from collections.abc import Iterable
from pathlib import Path

from assistant.documents.atomic_file import path_named, would_replace, write_whole
from assistant.explanation.view.words import replied
from assistant.interview.state import Interview
from assistant.interview.typed_answer.unknown import words_of
from assistant.plain import words
from assistant.plain.fixed_words import number_said, yes_or_no
from assistant.plain.line_io import LineIO
from assistant.plain.typed import Unread
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.system.display_safe import unprintable
from assistant.system.language import _
from assistant.system.locale import words_of_all


def chosen_replies(rulebook: Rulebook, interview: Interview, io: LineIO) -> set[str] | None:
    """Return the questions whose replies the user wants in a summary; None if he cancels."""
    said = [question for question in rulebook.questions if question.id in interview.replies]
    if not said:
        return set()
    io.say(*words.numbered(replied(question, interview.replies[question.id]) for question in said))
    asks = _("Which of these answers do you want in it? Type all, none, or their numbers. Enter or q cancels.")
    return io.asked(asks, lambda line: _chosen(said, line))


def _chosen(said: list[Question], line: str) -> set[str] | Unread:
    word = " ".join(words_of(line))
    if word in words_of_all(lambda locale: locale.all):
        return {question.id for question in said}
    if word in words_of_all(lambda locale: locale.none) or yes_or_no(line) is False:
        return set()
    numbers = [number_said(word) or 0 for word in line.replace(",", " ").split()]
    if numbers and all(0 < number <= len(said) for number in numbers):
        return {said[number - 1].id for number in numbers}
    told = _("Type all, none, or numbers from 1 to {most}, as in 1, 3. Enter or q cancels.")
    return Unread((told.format(most=len(said)),))


def path_wanted(name: str, io: LineIO, endings: Iterable[str] = ()) -> Path | None:
    """Return the path of a name, or of one that is asked for if there can be no such file; None if the user cancels."""
    found = _path(name, tuple(endings)) if name else Unread(())
    if isinstance(found, Path):
        return found
    io.say(*found.messages)
    asks = _("Type the name of the file to write. Enter or q cancels.")
    return io.asked(asks, lambda line: _path(line.strip(), tuple(endings)))


def _path(name: str, endings: tuple[str, ...]) -> Path | Unread:
    if any(map(unprintable, name)):
        return Unread((_("The name has characters that cannot be shown. Type another, or Enter to cancel."),))
    path = path_named(name)
    if path is None or yes_or_no(name) is not None:
        return Unread((_("There can be no file of this name. Type another, or Enter to cancel."),))
    if endings and path.suffix.lower() not in endings:
        told = _("The name has to end in one of: {ends}. Type it with such an ending, or Enter to cancel.")
        return Unread((told.format(ends=", ".join(endings)),))
    return path


def overwrite_wanted(path: Path, io: LineIO) -> bool | None:
    """Return whether a file is to be replaced, False if there is none, and None if the user wants to keep it."""
    if not would_replace(path):
        return False
    return io.agreed(_("There is a file of this name. Type yes to write over it.")) or None


def write_text(path: Path, text: str, io: LineIO) -> None:
    """Write a text to a file; over another only on a yes."""
    io.say(_("The file will not be encrypted: whoever finds it can read it."))
    overwrite = overwrite_wanted(path, io)
    if overwrite is None:
        io.say(_("Nothing was written."))
        return
    problem = write_whole(path, text, overwrite)
    io.say(_("Written.") if problem is None else str(problem))
