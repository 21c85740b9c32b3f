"""Which answers of a question a line can mean: by number, by their own words, or by a part of these."""

import re
from typing import Final, NamedTuple

from assistant.explanation.wording import yes_no
from assistant.interview.typed_answer.unknown import words_of
from assistant.plain.said import NO, YES, yes_or_no
from assistant.rulebook.answer import Reply
from assistant.rulebook.question import Option, Question, QuestionType

_MIN_PART_LETTERS: Final = 3
_MIN_STEM_LETTERS: Final = 4
_MAX_ENDING_LETTERS: Final = 3
_CLAUSE_ENDS: Final = re.compile("[.,;:!()…—–]")
_DENYING: Final = {
    *("no", "not", "none", "never", "nobody", "nothing", "neither", "nor", "cannot", "dont", "doesnt", "didnt"),
    *("isnt", "wasnt", "hasnt", "declined", "не", "нет", "ни", "никто", "никогда", "ничего", "отказано"),
}
"""They deny what comes after them, and all of their own clause."""
_EXCLUDING: Final = {
    *("without", "away", "outside", "except", "another", "other"),
    *("без", "вне", "кроме", "другой", "другая", "другое", "другие", "других", "другом"),
}
"""They deny what comes after them in their clause."""
_LIMITING: Final = {"but", "но", "однако"}
"""They can take back all the rest."""
_SAYING_NO: Final = {"not", "none", "не"}
_SAYING_NOTHING: Final = {
    *("and", "been", "by", "for", "has", "he", "him", "his", "in", "is", "it", "not", "of", "on", "one", "only", "or"),
    *("other", "others", "out", "since", "so", "that", "the", "there", "this", "to", "up", "was", "with", "without"),
    *("без", "был", "в", "включая", "вне", "года", "другие", "другими", "и", "или", "на", "но", "об", "он", "по"),
    *("под", "при", "для", "с", "только", "это", "этом", "этот"),
}
"""They fit an option by chance: "not" is no answer because one option has it."""


class Meant(NamedTuple):
    """An answer that a line can mean, and whether the line says so for certain."""

    answer: Reply
    certain: bool


def offered(question: Question) -> list[tuple[Reply, str]]:
    """Return the answers that can be chosen, in order, each with its text."""
    if question.type is QuestionType.YES_NO:
        return [(True, yes_no(True)), (False, yes_no(False))]
    return [(option.id, option.text) for option in question.options]


def in_own_words(question: Question, line: str) -> list[Reply]:
    """Return the answers of which a line has all the words, or the id."""
    if question.type is QuestionType.YES_NO:
        said = yes_or_no(line)
        return [] if said is None else [said]
    words = words_of(line)
    return [option.id for option in question.options if words and words in {words_of(option.text), words_of(option.id)}]


def in_part(question: Question, line: str) -> list[Meant]:
    """Return the options that have the words of a line in a row; the last of these may be the beginning of one.

    Not certain are those that deny these words, or take them back, or have only small words in that row; and if there
    is none, those with kindred words.
    """
    words = words_of(line)
    said = yes_or_no(line)
    if said is not None:
        return saying(question, said)
    if len("".join(words)) < _MIN_PART_LETTERS:
        return []
    found = ((option, _places(option, words)) for option in question.options)
    meant = [
        Meant(option.id, not any(_is_doubtful(option, place, len(words)) for place in places))
        for option, places in found
        if places
    ]
    return meant or [Meant(option.id, False) for option in question.options if _has_kindred(option, words)]


def saying(question: Question, said: bool) -> list[Meant]:
    """Return the options that have a yes, or a no, in them; certain is one that begins with it."""
    forms = YES if said else NO | _SAYING_NO
    found = [(option.id, words_of(option.text)) for option in question.options]
    return [Meant(answer, words[0] in forms) for answer, words in found if forms & set(words)]


def _places(option: Option, words: tuple[str, ...]) -> list[int]:
    """Return where the words begin in an option."""
    own = words_of(option.text)
    last = len(words) - 1
    return [
        start
        for start in range(len(own) - last)
        if own[start : start + last] == words[:last] and own[start + last].startswith(words[last])
    ]


def _has_kindred(option: Option, words: tuple[str, ...]) -> bool:
    """Whether an option has words that begin like all the longer ones, as "России" begins like "Россия"."""
    beginnings = {
        word[: max(_MIN_STEM_LETTERS, len(word) - _MAX_ENDING_LETTERS)]
        for word in words
        if len(word) > _MIN_STEM_LETTERS
    }
    own = words_of(option.text)
    return bool(beginnings) and all(any(word.startswith(begins) for word in own) for begins in beginnings)


def _is_doubtful(option: Option, start: int, count: int) -> bool:
    """Whether ``count`` words of an option, from ``start`` on, say nothing by themselves, or the option denies them."""
    return _SAYING_NOTHING.issuperset(words_of(option.text)[start : start + count]) or _denied(option, start, count)


def _denied(option: Option, start: int, count: int) -> bool:
    """Whether an option denies ``count`` words of it, from ``start`` on."""
    clauses = [
        (word, number) for number, clause in enumerate(_CLAUSE_ENDS.split(option.text)) for word in words_of(clause)
    ]
    touched = {number for _word, number in clauses[start : start + count]}
    before, after = clauses[:start], clauses[start + count :]
    return (
        any(word in _DENYING or (word in _EXCLUDING and number in touched) for word, number in before)
        or any(word in _DENYING and number in touched for word, number in after)
        or any(word in _LIMITING for word, _number in before + after)
    )
