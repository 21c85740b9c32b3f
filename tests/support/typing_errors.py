"""What people mistype, and what a reader sees of it."""

import random
import re
from typing import Final

from assistant.rulebook.question import Unit

COUNTED: Final = {
    **dict.fromkeys(["d", "day", "days", "д", "дн", "день", "дня", "дней", "сут", "сутки", "суток"], (Unit.DAYS, 1)),
    **dict.fromkeys(["w", "wk", "wks", "week", "weeks", "нед", "неделя", "неделю", "недели", "недель"], (Unit.DAYS, 7)),
    **dict.fromkeys(["mo", "mos", "month", "months", "мес", "месяц", "месяца", "месяцев"], (Unit.MONTHS, 1)),
    **dict.fromkeys(["y", "yr", "yrs", "year", "years", "г", "год", "года", "лет"], (Unit.MONTHS, 12)),
}
MISTYPED: Final = "0123456789 .,-/'abdeghostäагдеостч\u00a0\u200b\u200fОо٢½"


def mistyped(text: str, chance: random.Random) -> str:
    for _times in range(chance.randint(1, 2)):
        at = chance.randrange(len(text) + 1)
        text = chance.choice(
            (
                text[:at] + chance.choice(MISTYPED) + text[at:],
                text[:at] + text[at + 1 :],
                text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
                text[:at] + chance.choice(MISTYPED) + text[at + 1 :],
            )
        )
    return text


def seen_letters(text: str) -> str:
    """What a reader sees of a text, to whom some letters of both alphabets are the same."""
    seen = text.strip("\ufeff\u200b\u200f \u00a0\t").casefold().replace("\u00a0", " ")
    latin_of, cyrillic_of = str.maketrans("аеосрух", "aeocpyx"), str.maketrans("aeocpyx", "аеосрух")
    latin = re.sub("[а-яёa-z]*[a-z][а-яёa-z]*", lambda word: word[0].translate(latin_of), seen)
    return re.sub("[а-яёa-z]*[а-яё][а-яёa-z]*", lambda word: word[0].translate(cyrillic_of), latin)
