"""The words for "I don't know" and "skip", in any language."""

import re
from typing import Final

from assistant.interview.typed_answer.text import normalized
from assistant.rulebook.answer import Unknown
from assistant.system.locale import words_of_all

_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`")
_WORD: Final = re.compile(r"(?<!\w)-\d+|\w+|[^\w\s.,;:!()…\"«»“”„‘—–-]")
_DONT_KNOW: Final = words_of_all(lambda locale: locale.dont_know)
_SKIP: Final = words_of_all(lambda locale: locale.skip)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation that means nothing."""
    return tuple(_WORD.findall(normalized(text).translate(_APOSTROPHES)))


def unknown_reply(words: tuple[str, ...]) -> Unknown | None:
    """Return the kind of unknown that these words mean; None if they mean none."""
    phrase = " ".join(words)
    if phrase in _DONT_KNOW:
        return Unknown.DONT_KNOW
    return Unknown.SKIPPED if phrase in _SKIP else None
