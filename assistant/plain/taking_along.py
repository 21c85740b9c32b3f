"""What is taken along from the plain questionnaire: which answers, and into which file."""

from assistant.interview import Interview
from assistant.language import _
from assistant.plain import words
from assistant.plain.said import yes_or_no
from assistant.plain.talk import Talk
from assistant.printable import unprintable
from assistant.rulebook import Rulebook
from assistant.typed_answer.unknown import words_of
from assistant.written_file import path_named, write_whole


def chosen_replies(rulebook: Rulebook, interview: Interview, talk: Talk) -> set[str] | None:
    """Return the questions whose replies the user wants in a summary; none if he changes his mind."""
    said = [question for question in rulebook.questions if question.id in interview.replies]
    if not said:
        return set()
    talk.say(*words.numbered(words.replied_line(interview, question) for question in said))
    talk.say(_("Which of these answers shall be in it? Type all, none, or their numbers; Enter leaves it."))
    line = talk.read()
    word = " ".join(words_of(line))
    if word in {"all", "все"}:
        return {question.id for question in said}
    if word == "none" or yes_or_no(line) is False:
        return set()
    numbers = [talk.numbered(word, len(said)) for word in line.replace(",", " ").split()]
    if not numbers or None in numbers:
        return None
    return {said[number].id for number in numbers if number is not None}


def put(name: str, text: str, talk: Talk) -> None:
    """Write a text to a file of this name; over another only on a yes."""
    if any(map(unprintable, name)):
        talk.say(_("The name has characters that cannot be shown. Nothing was written."))
        return
    path = path_named(name)
    if path is None:
        talk.say(_("There can be no file of this name."))
        return
    talk.say(_("The file will not be encrypted: whoever finds it can read it."))
    overwrite = False
    if path.is_file():
        overwrite = talk.agreed(_("There is a file of this name. Type yes to write over it."))
        if not overwrite:
            talk.say(_("Nothing was written."))
            return
    problem = write_whole(path, text, overwrite)
    talk.say(_("Written.") if problem is None else str(problem))
