"""A rulebook tells everything in each of its languages, and its quotations always in the article's words."""

import re
from collections.abc import Mapping

import pytest

from assistant.explanation.view.words import answer_words
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language, texts_of
from assistant.system.message import text

CYRILLIC = re.compile("[А-Яа-яЁё]")
RUSSIAN_WORD = re.compile("[А-Яа-яЁё]{4}")
"""Not the letter of a paragraph, nor the number of a law such as 1-ФКЗ."""


@pytest.fixture(scope="module")
def russian(rulebook: Rulebook) -> Rulebook:
    return in_language(rulebook, "ru")


@pytest.fixture(scope="module")
def texts(rulebook: Rulebook, russian: Rulebook) -> Mapping[str, tuple[str, str]]:
    """Every text that a reader sees, in English and in Russian."""
    english, translated = texts_of(rulebook), texts_of(russian)
    assert english.keys() == translated.keys()
    return {key: (english[key], translated[key]) for key in english}


def test_no_english_is_left_in_russian(texts: Mapping[str, tuple[str, str]]) -> None:
    assert len(texts) > 500
    left = {key for key, (_english, russian) in texts.items() if not CYRILLIC.search(russian)}
    assert {key for key in left if not key.endswith(".name")} == set()  # some who speak have no Russian name


def test_no_russian_has_strayed_into_english(texts: Mapping[str, tuple[str, str]]) -> None:
    assert {key for key, (english, _russian) in texts.items() if RUSSIAN_WORD.search(english)} == set()


@pytest.mark.parametrize(
    "key",
    [
        "metadata.disclaimer",
        "questions.place.options.ukraine.text",
        "questions.regime.suggest.reason",
        "findings.uk332_2_1.title",
        "sources.statutes.uk332_1.effect",
        "sources.speakers.benyash.role",
        "sources.articles.rferl.caution",
        "impossible.agreed_but_alone.text",
        "out_of_scope.draft_evasion.text",
    ],
)
def test_texts_of_every_kind_are_told_in_russian(texts: Mapping[str, tuple[str, str]], key: str) -> None:
    assert texts[key][0] != texts[key][1]


def test_ids_rules_and_hash_are_the_same_in_every_language(rulebook: Rulebook, russian: Rulebook) -> None:
    assert [rule.model_copy(update={"contested": None}) for rule in russian.rules] == [
        rule.model_copy(update={"contested": None}) for rule in rulebook.rules
    ]
    assert (russian.language, russian.hash) == ("ru", rulebook.hash)
    assert list(russian.question) == list(rulebook.question)


def test_a_quotation_stays_in_the_words_of_its_article_with_a_rendering_beside_it(
    rulebook: Rulebook, russian: Rulebook
) -> None:
    pairs = list(zip(rulebook.sources.passages, russian.sources.passages, strict=True))
    assert pairs
    assert all(english.exact == translated.exact for english, translated in pairs)
    assert all(CYRILLIC.search(translated.rendering["ru"]) for _english, translated in pairs)
    assert rulebook.sources.texts == russian.sources.texts


def test_lookups_by_id_speak_the_language_too_whatever_was_looked_up_before(rulebook: Rulebook) -> None:
    assert rulebook.question["place"].text.isascii()
    assert rulebook.sources.speaker["benyash"].role.isascii()
    assert rulebook.sources.statute["uk332_1"].effect.isascii()
    russian = in_language(rulebook, "ru")
    assert CYRILLIC.search(text(answer_words(russian.question["place"], "ukraine")))
    assert CYRILLIC.search(russian.sources.speaker["benyash"].role)
    assert CYRILLIC.search(russian.sources.statute["uk332_1"].effect)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_language_that_a_rulebook_has_not_leaves_it_as_it_is_written(rulebook: Rulebook, language: str) -> None:
    assert in_language(rulebook, language) is rulebook


def test_asking_for_the_language_that_it_speaks_changes_nothing(russian: Rulebook) -> None:
    assert in_language(russian, "ru") is russian
