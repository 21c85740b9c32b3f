"""Typed lines of the plain questionnaire: a command, or an answer as a number or in words."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from assistant.interview.typed_answer import is_typed, typed_answer
from assistant.interview.typed_answer.text import has_mixed_alphabets, hidden_character, layout_hint, normalized
from assistant.interview.typed_answer.unknown import unknown_reply, words_of
from assistant.plain.fixed_words import command_said, letter_of_yes_or_no, number_said, yes_or_no
from assistant.plain.options import in_own_words, in_part, offered, saying
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.ranges import OptionSet
from assistant.system.keyboard import ON_LATIN_LAYOUT
from assistant.system.language import _
from assistant.system.locale import pattern_of_all

COMMANDS: Final = "dsbogfewtprnqka?"
_COMMANDS_WITH_TEXT: Final = "ofewprk"
"""Those that may have more behind them; any other with more behind it is no command."""
_MIN_WORD_LETTERS: Final = 2
_NOT_ANSWERS: Final = {"d": Unknown.DONT_KNOW, "s": Unknown.SKIPPED}


_OR: Final = pattern_of_all(lambda locale: locale.or_)
_SEVERAL_NUMBERS: Final = re.compile(rf"\d{{1,3}}(?:(?: ?, ?|,? (?:{_OR}) )\d{{1,3}})+", re.ASCII)


class Command(NamedTuple):
    """A command and the text that follows it."""

    letter: str
    rest: str = ""


class Unread(NamedTuple):
    """The messages about a line that means nothing for certain. They never quote the line."""

    messages: tuple[str, ...]


def command(line: str) -> Command | None:
    """Return the command in a line, typed on a Latin or Russian keyboard or by its name; None if there is none."""
    word, _space, rest = line.strip().partition(" ")
    if len(word) > 1 and word[0].isalpha() and word[1:].isdigit():  # `e3` is as good as `e 3`
        word, rest = word[0], word[1:]
    letter = word.lower()
    letter = ON_LATIN_LAYOUT.get(letter, letter)
    if len(letter) == 1 and letter in (_COMMANDS_WITH_TEXT if rest.strip() else COMMANDS):
        return Command(letter, rest.strip())
    named = command_said(words_of(line))
    return Command(named) if named else None


def cancels(line: str) -> bool:
    """Return whether a line ends a request of the program for something else than an answer."""
    return not line.strip() or command(line) == Command("q")


def understood(question: Question, line: str) -> Reply | Command | Unread:
    """Return what a line means at a question. The whole text of an option comes before any command."""
    if is_typed(question):
        answer = typed_answer(question, line)
        return _other(line) or Unread((answer,)) if isinstance(answer, str) else answer
    several = _of_several_numbers(question, line)
    if several is not None:
        return several
    own = in_own_words(question, line)
    number = number_said(line)
    if len(own) == 1:
        return own[0]
    return _of_number(question, number) if number is not None else _in_words(question, line, own)


def _in_words(question: Question, line: str, own: Sequence[Reply]) -> Reply | Command | Unread:
    """Return what a line means at a question with options; it is the whole text of ``own``, none or several."""
    letter = letter_of_yes_or_no(line)
    if letter is not None and question.type is QuestionType.YES_NO:
        message = _(
            "One letter is not certain here. Type the whole word yes or no. For the next case, type the word next."
        )
        return Unread((message,))
    other, hidden = _other(line), hidden_character(line)
    if hidden:
        return other or Unread((hidden,))
    meant = in_part(question, line) if letter is None else saying(question, letter)
    if len(meant) == 1 and meant[0].certain and letter is None and other is None:
        return meant[0].answer
    if own or meant:
        return _to_choose_from(question, [*own, *(each.answer for each in meant)])
    return other or _unread(question, line)


def _other(line: str) -> Unknown | Command | None:
    """Return what a line means at every question: a kind of unknown or a command; None if neither."""
    given = command(line)
    if given is not None and not given.rest and given.letter in _NOT_ANSWERS:
        return _NOT_ANSWERS[given.letter]
    return given or unknown_reply(words_of(line))


def _of_number(question: Question, number: int) -> Reply | Unread:
    answers = offered(question)
    if 0 < number <= len(answers):
        return answers[number - 1][0]
    return Unread((_("There is no such number. It goes from 1 to {most}.").format(most=len(answers)),))


def _of_several_numbers(question: Question, line: str) -> Reply | None:
    """Return the options of a choice whose numbers a line names, as in "1 or 3"; None if it says something else."""
    answers = offered(question)
    numbers = re.findall(r"\d+", line) if _SEVERAL_NUMBERS.fullmatch(normalized(line)) else []
    chosen = [answer for number, (answer, _text) in enumerate(answers, start=1) if str(number) in numbers]
    if question.type is not QuestionType.CHOICE or len(chosen) < max(len(numbers), 2):
        return None
    return OptionSet(options=tuple(str(answer) for answer in chosen))


def _to_choose_from(question: Question, answers: Sequence[Reply]) -> Unread:
    listed = [
        f"  {number}  {text}" for number, (answer, text) in enumerate(offered(question), start=1) if answer in answers
    ]
    if len(listed) == 1:
        return Unread((_("Do you mean this answer? Then type its number:"), *listed))
    return Unread((_("Several answers fit. Type the number of the one that you mean:"), *listed))


def _unread(question: Question, line: str) -> Unread:
    if has_mixed_alphabets(line):
        return Unread((_("A word in it has Latin and Cyrillic letters. Type it with one keyboard layout."),))
    hint = layout_hint(line, lambda other: _says_something(question, other))
    if hint:
        return Unread((hint,))
    if question.type is QuestionType.YES_NO:
        return Unread((_("This is no answer to the question. Type yes or no, or ? for help."),))
    return Unread((_("This is no answer to the question. Type a number, or ? for help."),))


def _says_something(question: Question, line: str) -> bool:
    """Whether a line of several letters is an answer to a question, or a way of not answering it."""
    if len(line) < _MIN_WORD_LETTERS or unknown_reply(words_of(line)) is not None or yes_or_no(line) is not None:
        return len(line) >= _MIN_WORD_LETTERS
    return bool(in_own_words(question, line)) or any(meant.certain for meant in in_part(question, line))
