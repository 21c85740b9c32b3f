"""Which answers of a question a line can mean: by their whole text, or by a part of it."""

import re
from typing import Final, NamedTuple

from assistant.explanation.view.words import answer_words
from assistant.interview.typed_answer.unknown import words_of
from assistant.plain.fixed_words import NO, YES, yes_or_no
from assistant.rulebook.answer import Reply
from assistant.rulebook.question import Option, Question, QuestionType
from assistant.system.locale import words_of_all
from assistant.system.message import text

_MIN_PART_LETTERS: Final = 3
_MIN_STEM_LETTERS: Final = 4
_MAX_ENDING_LETTERS: Final = 3
_CLAUSE_ENDS: Final = re.compile("[.,;:!()…—–]")
_NEGATING: Final = words_of_all(lambda locale: locale.negating)
_EXCLUDING: Final = words_of_all(lambda locale: locale.excluding)
_LIMITING: Final = words_of_all(lambda locale: locale.limiting)
_REFUSING: Final = words_of_all(lambda locale: locale.refusing)
_SMALL: Final = words_of_all(lambda locale: locale.small)


class Meant(NamedTuple):
    """An answer that a line can mean, and whether that is certain."""

    answer: Reply
    certain: bool


def offered(question: Question) -> list[tuple[Reply, str]]:
    """Return the answers that can be chosen, in order, each with its text."""
    answers = (True, False) if question.type is QuestionType.YES_NO else (option.id for option in question.options)
    return [(answer, text(answer_words(question, answer))) for answer in answers]


def in_own_words(question: Question, line: str) -> list[Reply]:
    """Return the answers whose whole text, or whose id, is the line."""
    if question.type is QuestionType.YES_NO:
        said = yes_or_no(line)
        return [] if said is None else [said]
    words = words_of(line)
    return [option.id for option in question.options if words and words in {words_of(option.text), words_of(option.id)}]


def in_part(question: Question, line: str) -> list[Meant]:
    """Return the options that have the words of a line in a row; the last may be the beginning of a word.

    Not certain are options that negate or limit these words, and lines of only small words. If no option has the words
    in a row, the options with kindred words are returned, none of them certain.
    """
    words = words_of(line)
    said = yes_or_no(line)
    if said is not None:
        return saying(question, said)
    if len("".join(words)) < _MIN_PART_LETTERS:
        return []
    matches = ((option, _places(option, words)) for option in question.options)
    meant = [
        Meant(option.id, not any(_is_doubtful(option, place, len(words)) for place in places))
        for option, places in matches
        if places
    ]
    return meant or [Meant(option.id, False) for option in question.options if _has_kindred(option, words)]


def saying(question: Question, said: bool) -> list[Meant]:
    """Return the options that contain a yes, or a no if ``said`` is false; certain are those that begin with it."""
    forms = YES if said else NO | _REFUSING
    texts = [(option.id, words_of(option.text)) for option in question.options]
    return [Meant(answer, words[0] in forms) for answer, words in texts if forms & set(words)]


def _places(option: Option, words: tuple[str, ...]) -> list[int]:
    """Return the positions, counted in words, at which the words begin in an option."""
    own = words_of(option.text)
    last = len(words) - 1
    return [
        start
        for start in range(len(own) - last)
        if own[start : start + last] == words[:last] and own[start + last].startswith(words[last])
    ]


def _has_kindred(option: Option, words: tuple[str, ...]) -> bool:
    """Return whether an option has a word with the same beginning as each longer word, as "России" and "Россия"."""
    beginnings = {
        word[: max(_MIN_STEM_LETTERS, len(word) - _MAX_ENDING_LETTERS)]
        for word in words
        if len(word) > _MIN_STEM_LETTERS
    }
    own = words_of(option.text)
    return bool(beginnings) and all(any(word.startswith(begins) for word in own) for begins in beginnings)


def _is_doubtful(option: Option, start: int, count: int) -> bool:
    """Return whether the ``count`` words of an option from ``start`` on are small words, or negated."""
    return _SMALL.issuperset(words_of(option.text)[start : start + count]) or _is_negated(option, start, count)


def _is_negated(option: Option, start: int, count: int) -> bool:
    """Return whether the ``count`` words of an option from ``start`` on are negated or limited by its other words."""
    clauses = [
        (word, number) for number, clause in enumerate(_CLAUSE_ENDS.split(option.text)) for word in words_of(clause)
    ]
    touched = {number for _word, number in clauses[start : start + count]}
    before, after = clauses[:start], clauses[start + count :]
    return (
        any(word in _NEGATING or (word in _EXCLUDING and number in touched) for word, number in before)
        or any(word in _NEGATING and number in touched for word, number in after)
        or any(word in _LIMITING for word, _number in before + after)
    )
