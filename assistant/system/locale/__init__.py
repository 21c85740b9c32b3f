"""The languages of the program: for each a folder with its record, its texts, and the page about safety."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

CATALOGUES: Final = Path(__file__).parent


class Locale(NamedTuple):
    """The marks, the keyboard and the typed words of a language.

    Words are plain: in lower case, without apostrophes, "е" for "ё", "ss" for "ß". Alternatives are separated by
    ``|``. A field is empty if the language has nothing of the kind.
    """

    code: str
    name: str
    """The name of the language in itself."""
    decimal_mark: str
    group_mark: str
    """The thousands separator; no line may be broken at it."""
    safety_page_of: str
    """The SHA-256 of the English ``safety.md`` that the page of this language translates; empty for English."""
    keyboard: str
    """The letters on ``LATIN_KEYS``, in their order; empty if the keyboard has Latin letters."""
    consonants: str
    """Sixteen for generated passphrases, with four vowels. Each has only one encoding in Unicode."""
    vowels: str

    months: tuple[str, ...]
    """The names of the months, in every case of the grammar."""
    before_day: str
    """As in "the 24th of September" and "in September"."""
    before_month: str
    before_time: str
    after_day: str
    after_year: str
    seasons: dict[str, str]
    """The names of the four seasons, in every case of the grammar."""
    parts: dict[str, str]
    """The words before a month or a year for its first half, its middle and its last half."""
    numbers: dict[str, str]
    """The words for the numbers to 20 and the tens below 100, in every case of the grammar."""
    units: dict[str, str]
    """The names of hours, days, weeks, months and years."""
    after_figures: str
    """The endings of a number in a case of the grammar, as in "2-х"."""
    between_units: str
    or_: str
    one: str
    """As in "a month"."""
    one_unit: str
    """As in "month" and, if it has another form, "more than a month"."""
    of_one_unit: str
    before_range: str
    """As in "from 10 to 12" and "10 or 12"."""
    between_range: str
    before_between: str
    """As in "between 10 and 12"."""
    inside_between: str
    before_more: str
    """As in "more than 10", and so on."""
    before_least: str
    before_less: str
    before_most: str
    before_about: str
    before_vague: str
    """As in "almost 10"."""
    after_least: str
    before_earlier: str
    """As in "before 24.09.2022": without that day."""
    before_later: str
    before_since: str
    """As in "since 24.09.2022": that day included."""
    before_until: str
    before_doubtful: str
    """As in "until 24.09.2022", which may or may not include that day."""
    after_included: str

    dont_know: str
    skip: str
    yes: str
    no: str
    letters_of_yes: str
    """Letters that could mean yes. The first is certain while this language is in use."""
    letters_of_no: str
    all: str
    none: str
    commands: dict[str, str]
    """The names of commands, by their letter."""

    negating: str
    """Words that negate everything after them, and all of their own clause."""
    excluding: str
    """Words that negate what comes after them in their clause."""
    limiting: str
    """Words that can take back everything else."""
    refusing: str
    """Words by which an option says no, besides those of ``no``."""
    small: str
    """Words that fit an option by chance: a typed "not" does not choose the only option that contains it."""


LOCALES: Final = {
    file.parent.name: Locale(code=file.parent.name, **json.loads(file.read_text("utf-8")))
    for file in sorted(CATALOGUES.glob("*/locale.json"), key=lambda file: (file.parent.name != "en", file))
}
"""The record of each language, by its code; first English, the language of the texts in the code."""


def words_of_all(field: Callable[[Locale], str]) -> frozenset[str]:
    """Return the words of a field in all languages: what is typed may be in any of them."""
    return frozenset(word for locale in LOCALES.values() for word in field(locale).split("|") if word)


def pattern_of_all(field: Callable[[Locale], str]) -> str:
    """Return the words of a field in all languages as alternatives of a regular expression."""
    return "|".join(sorted(words_of_all(field)))
