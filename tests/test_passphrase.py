"""Which passphrases are taken, and which only look strong."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.interview.passphrase import (
    MAX_PASSPHRASE_CHARACTERS,
    generate_passphrase,
    normal_form,
    strength_text,
    weakness,
)
from assistant.interview.passphrase.guesses import guesses


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "   ",
        "password",
        "correct horse battery staple",  # everybody knows it
        "Natasha1985",
        "Наташа1985",
        "пароль",
        "gfhjkm",  # пароль with the Latin layout on
        "зфыыцщкв",  # password with the Russian layout on
        "lbvf yfnfif cfif rfnz",  # four first names on the wrong layout
        "parol natasha",
        "йцукенгшщзхъфывапролджэ",
        "электрификация",
        "достопримечательность",
        "мама мыла раму",
        "мамамылараму",
        "Ночь, улица, фонарь, аптека",
        "ЛЮБОВЬ любовь Любовь любовь",
        "любовь1 любовь2 любовь3",
        "собака облако тетрадь",
        "11111111111111111111111111",
        "24.02.2022 21.09.2022",
        "ё" * 40,
    ],
)
def test_what_is_easy_to_guess_is_refused(passphrase: str) -> None:
    told = weakness(passphrase)
    assert told
    assert not passphrase.strip() or passphrase not in told


def test_two_dots_over_a_letter_make_a_word_no_harder_to_guess() -> None:
    assert guesses("звёзда") == guesses("звезда") < guesses("звбзда")


@pytest.mark.parametrize(
    "passphrase",
    [
        "purple monkey lantern tuesday drift",
        "собака облако тетрадь вилка паровоз",
        "вилка under дуба 7 оврагов шепчет",
        "x7Kd93jfLq0sPw2m",
    ],
)
def test_four_words_that_have_nothing_to_do_with_each_other_are_enough(passphrase: str) -> None:
    assert weakness(passphrase) is None
    assert "hard to guess" in strength_text(passphrase)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_generated_passphrase_is_strong_another_each_time_and_the_same_in_every_form(language: str) -> None:
    offers = {generate_passphrase(language) for _time in range(100)}
    assert len(offers) == 100
    for offer in offers:
        assert weakness(offer) is None
        assert {unicodedata.normalize(form, offer) for form in ("NFC", "NFD", "NFKC", "NFKD")} == {offer}


def test_what_is_long_is_judged_in_a_moment_or_refused() -> None:
    assert weakness("Я1$" * 166) is not None  # a repetition
    assert weakness("x7Kd93jfLq0sPw2m" * 31) is None
    assert "at most 500" in str(weakness("x" * (MAX_PASSPHRASE_CHARACTERS + 1)))


def test_a_letter_is_the_same_in_one_part_or_two_and_a_space_is_a_space() -> None:
    assert normal_form("и\u0306\u00a0е\u0308") == "й ё"
    assert normal_form("Пароль ") == "Пароль "  # nothing else changes


@given(some.text(max_size=80))
def test_every_text_is_judged_and_its_spelling_settles(text: str) -> None:
    assert guesses(text) >= 1
    assert normal_form(normal_form(text)) == normal_form(text)


@given(some.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя ", max_size=30), some.sampled_from("абв xyz1"))
def test_one_letter_more_makes_hardly_any_difference(text: str, letter: str) -> None:
    assert guesses(text + letter) <= max(guesses(text), 1) * 10**6
