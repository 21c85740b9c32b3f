"""The words for "I don't know" and "skip", in either language."""

import re
from typing import Final

from assistant.interview.typed_answer.text import plain
from assistant.rulebook.answer import Unknown

_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`")
_WORD: Final = re.compile(r"(?<!\w)-\d+|\w+|[^\w\s.,;:!()…\"«»“”„‘—–-]")
_DONT_KNOW: Final = {
    *("i dont know", "dont know", "i do not know", "do not know", "unknown", "not known", "not sure", "im not sure"),
    *("i am not sure", "no idea", "i have no idea", "idk", "dunno", "i dont remember", "dont remember"),
    *("не знаю", "я не знаю", "незнаю", "неизвестно", "не известно", "не уверен", "не уверена", "я не уверен"),
    *("я не уверена", "не помню", "я не помню", "понятия не имею", "без понятия", "хз"),
}
_SKIP: Final = {"skip", "skip it", "skip this question", "skipped", "пропустить", "пропусти", "пропускаю", "пропуск"}


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation that means nothing."""
    return tuple(_WORD.findall(plain(text).translate(_APOSTROPHES)))


def unknown_said(words: tuple[str, ...]) -> Unknown | None:
    """Return the kind of unknown that these words mean; None if they mean none."""
    said = " ".join(words)
    if said in _DONT_KNOW:
        return Unknown.DONT_KNOW
    return Unknown.SKIPPED if said in _SKIP else None
