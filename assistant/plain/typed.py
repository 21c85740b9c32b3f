"""What somebody types in the plain questionnaire: a command, or an answer in a number or a word."""

import datetime
from typing import Final, NamedTuple

from assistant.interview import Reply, Unknown
from assistant.keyboard import ON_LATIN_LAYOUT
from assistant.language import _
from assistant.rulebook import Question, QuestionType
from assistant.typed_answer import is_typed, typed_answer
from assistant.wording import yes_no

COMMANDS: Final = "dsbofewtprnqka?"
_LEAST_PART: Final = 3


class Command(NamedTuple):
    """A command and what stands behind it."""

    letter: str
    rest: str


def command(line: str) -> Command | None:
    """The command in a line, typed on a Latin or a Russian keyboard; none if it is something else."""
    word, _space, rest = line.strip().partition(" ")
    if len(word) > 1 and word[0].isalpha() and word[1:].isdigit():  # `e3` is as good as `e 3`
        word, rest = word[0], word[1:]
    letter = word.lower()
    letter = ON_LATIN_LAYOUT.get(letter, letter)
    return Command(letter, rest.strip()) if len(letter) == 1 and letter in COMMANDS else None


class Unread(NamedTuple):
    """A line that says nothing in reply, and what to tell its author. It never repeats the line."""

    message: str


def reply(question: Question, line: str) -> Reply | Unread:
    """What the line says in reply to a question: the number of an answer, its words, or some of them."""
    word = line.strip()
    if is_typed(question):
        typed = typed_answer(question, word)
        return typed if isinstance(typed, int | datetime.date) else Unread(typed)
    options = dict(offered(question))
    if word.isascii() and word.isdigit():
        answers = list(options)
        number = int(word[:9])
        if 0 < number <= len(answers):
            return answers[number - 1]
        return Unread(_("There is no such number. It goes from 1 to {most}.").format(most=len(answers)))
    folded = word.casefold()
    named = [answer for answer, texts in options.items() if folded in [text.casefold() for text in texts]]
    if not named and len(folded) >= _LEAST_PART:
        named = [a for a, texts in options.items() if any(folded in text.casefold() for text in texts)]
    if len(named) == 1:
        return named[0]
    return Unread(_("This is no answer to the question. Type a number, or ? for help."))


def offered(question: Question) -> list[tuple[Reply, tuple[str, ...]]]:
    """The answers that can be chosen, in order, each with the words that stand for it, the text to show first."""
    if question.type is QuestionType.YES_NO:
        return [(True, (yes_no(True), "yes", "да", "true")), (False, (yes_no(False), "no", "нет", "false"))]
    if question.type is QuestionType.CHOICE:
        return [(option.id, (option.text, option.id)) for option in question.options]
    return []


def unknown(letter: str) -> Unknown | None:
    """The way of not answering that a letter stands for."""
    return {"d": Unknown.DONT_KNOW, "s": Unknown.SKIPPED}.get(letter)
