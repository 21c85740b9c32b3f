"""The records of the languages: what people type is understood in each, and means the same in all."""

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import pytest

from assistant.interview.typed_answer import typed_answer
from assistant.interview.typed_answer.text import normalized
from assistant.interview.typed_answer.unknown import unknown_reply, words_of
from assistant.plain.fixed_words import command_said, yes_or_no
from assistant.rulebook.answer import Unknown
from assistant.rulebook.question import QuestionType, Unit
from assistant.system.keyboard import LATIN_KEYS, LAYOUTS
from assistant.system.language import use_language
from assistant.system.locale import LOCALES, Locale
from tests.support.random_rulebooks import question

EVERY_LANGUAGE = pytest.mark.parametrize("locale", LOCALES.values(), ids=list(LOCALES))
DAY = question("day", QuestionType.DATE)
DAYS = question("days", QuestionType.NUMBER).model_copy(update={"unit": Unit.DAYS})
EXCLUSIVE = {
    "answers": ("yes", "no", "dont_know", "skip"),
    "units": (),
    "seasons": (),
    "parts": (),
    "figures": (),
    "numbers": ("before_more", "before_least", "before_less", "before_most", "before_about", "before_vague"),
    "days": ("before_earlier", "before_later", "before_since", "before_until", "before_doubtful"),
}
"""Fields of which no two may have the same word, because a number, a day or an answer would be read as another."""


def words(locale: Locale, field: str) -> list[str]:
    return [word for word in str(getattr(locale, field)).split("|") if word]


def typed(locale: Locale) -> Iterator[str]:
    """Every word of a record that a person types."""
    for value in locale[locale._fields.index("months") :]:
        texts = value.values() if isinstance(value, dict) else [value] if isinstance(value, str) else value
        yield from (word for text in texts for word in text.split("|") if word)


@EVERY_LANGUAGE
def test_words_are_written_as_typed_lines_are_compared(locale: Locale) -> None:
    assert [word for word in typed(locale) if word not in {normalized(word), " ".join(words_of(word))}] == []
    assert [word for word in typed(locale) if "|" in word or word != word.strip() or "'" in word] == []


@EVERY_LANGUAGE
def test_every_name_of_a_month_is_read_as_that_month(locale: Locale) -> None:
    for number, names in enumerate(locale.months, 1):
        for name in names.split("|"):
            assert typed_answer(DAY, f"24 {name} 2022") == datetime.date(2022, number, 24)
    assert len(locale.months) == 12


@EVERY_LANGUAGE
def test_every_name_of_a_unit_is_read_as_that_unit(locale: Locale) -> None:
    for unit, size in {"days": 1, "weeks": 7}.items():
        assert {typed_answer(DAYS, f"2 {word}") for word in locale.units[unit].split("|")} == {2 * size}
    assert set(locale.units) == {"hours", "days", "weeks", "months", "years"}


@EVERY_LANGUAGE
def test_every_word_that_answers_or_commands_does_so(locale: Locale) -> None:
    use_language(locale.code)
    assert {yes_or_no(word) for word in (*words(locale, "yes"), locale.letters_of_yes[0])} == {True}
    assert {yes_or_no(word) for word in (*words(locale, "no"), locale.letters_of_no[0])} == {False}
    assert {unknown_reply(words_of(word)) for word in words(locale, "dont_know")} == {Unknown.DONT_KNOW}
    assert {unknown_reply(words_of(word)) for word in words(locale, "skip")} == {Unknown.SKIPPED}
    for letter, names in locale.commands.items():
        assert {command_said(words_of(name)) for name in names.split("|")} == {letter}
    assert set(locale.commands) == set(LOCALES["en"].commands)


def meanings(locale: Locale, kind: str) -> Iterator[tuple[str, str]]:
    """Every meaning of a kind, with its words."""
    yield from ((field, getattr(locale, field)) for field in EXCLUSIVE[kind])
    named = {"answers": locale.commands, "units": locale.units, "seasons": locale.seasons, "parts": locale.parts}
    yield from {**named, "figures": locale.numbers}.get(kind, {}).items()


@pytest.mark.parametrize("kind", EXCLUSIVE)
def test_no_word_means_two_things_in_whatever_language(kind: str) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for locale in LOCALES.values():
        for meaning, alternatives in meanings(locale, kind):
            for word in filter(None, alternatives.split("|")):
                found[word].add(meaning)
    assert {word: each for word, each in found.items() if len(each) > 1} == {}
    assert len(found) > 4


@EVERY_LANGUAGE
def test_a_generated_passphrase_has_sixteen_bits_in_each_group(locale: Locale) -> None:
    assert len(set(locale.consonants)) == 16
    assert len(set(locale.vowels)) == 4
    sounds = locale.consonants + locale.vowels
    assert sounds == unicodedata.normalize("NFD", sounds)


@EVERY_LANGUAGE
def test_a_keyboard_has_one_letter_for_each_latin_key(locale: Locale) -> None:
    assert len(set(locale.keyboard)) in {0, len(LATIN_KEYS)}
    assert all(layout.keys() == {*LATIN_KEYS} for layout in LAYOUTS.values())
