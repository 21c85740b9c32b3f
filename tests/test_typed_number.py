"""Numbers as people type them: read for certain, or refused with what to type."""

import itertools
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.interview.typed_answer import typed_answer
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType, Unit
from assistant.rulebook.ranges import NumberRange
from assistant.system.locale import LOCALES, Locale
from tests.support.random_rulebooks import question as asked
from tests.support.random_rulebooks import thorough
from tests.support.typing_errors import COUNTED, mistyped, seen_letters

EVERY_LANGUAGE = pytest.mark.parametrize("locale", LOCALES.values(), ids=list(LOCALES))


@pytest.fixture(scope="module")
def number() -> Question:
    return asked("number", QuestionType.NUMBER)


@thorough(300)
@given(st.randoms(use_true_random=False), st.sampled_from([None, *Unit]))
def test_a_mistyped_number_is_read_only_as_the_one_number_that_it_can_mean(
    chance: random.Random, unit: Unit | None
) -> None:
    written = f"{chance.randint(0, 400)} {chance.choice([*COUNTED, '', '', 'h', 'часов'])}"
    if chance.random() < 0.3:
        written += f" {chance.choice(['', 'and ', 'и '])}{chance.randint(0, 60)} {chance.choice([*COUNTED])}"
    text = mistyped(written.strip(), chance) if chance.random() < 0.8 else written
    answer = typed_answer(asked("number", QuestionType.NUMBER).model_copy(update={"unit": unit}), text)
    if unit is Unit.DAYS and re.fullmatch(ONE_UNIT, text.strip(), re.IGNORECASE):
        assert answer in {1, 7, NumberRange(start=28, up_to=31), NumberRange(start=365, up_to=366)}
    elif unit is Unit.DAYS and (parts := months_and_days(text)) is not None and not isinstance(answer, str):
        months, days = parts
        ends = [answer.start, answer.up_to] if isinstance(answer, NumberRange) else [answer]
        assert all(28 * months + days <= int(str(end)) <= 31 * months + days for end in ends), ascii(text)
    elif isinstance(answer, NumberRange):  # what a reader sees has two numbers, or names months, years or a side
        assert re.search(r"-|\.\.|^до |^d|[мm]|[гy]|лет|^о", seen_letters(text)), ascii(text)
    else:
        assert isinstance(answer, str) or answer == counted(text, unit), ascii(text)


PAIRS = re.compile(r"([0-9]+) *([a-zа-я]+)")
ONE_UNIT = "day|week|month|year|день|сутки|неделя|неделю|месяц|год"


def months_and_days(text: str) -> tuple[int, int] | None:
    """How many months and days a text names; None if it names no months, or a first and a last number."""
    seen = seen_letters(text)
    pairs = [] if "-" in seen else PAIRS.findall(seen)
    sizes = [(int(count), COUNTED[word]) for count, word in pairs if word in COUNTED]
    months = sum(count * size for count, (unit, size) in sizes if unit is Unit.MONTHS)
    days = sum(count * size for count, (unit, size) in sizes if unit is Unit.DAYS)
    return (months, days) if months else None


def counted(text: str, unit: Unit | None) -> int | None:
    """What the figures of a text count in a unit; none if anything is left over."""
    if re.fullmatch(ONE_UNIT, text.strip(), re.IGNORECASE):
        text = f"1 {text.strip()}"
    seen = re.sub(r"\b([0-9]+) ?[-–—] ?\1\b", r"\1", seen_letters(text))  # from a number to itself is that number
    if re.fullmatch(r"-?[0-9]+\.?", seen):
        return int(seen.rstrip("."))
    pairs = PAIRS.findall(seen)
    rest = re.sub(r"[0-9]+ *[a-zа-я]+\.?|\band\b|\bи\b|[ ,]", "", seen)
    if rest or not pairs or any(word not in COUNTED for _count, word in pairs):
        return None
    sizes = [COUNTED[word] for _count, word in pairs]
    per = {Unit.DAYS: 1, Unit.MONTHS: 1, Unit.YEARS: 12}
    base = Unit.MONTHS if unit is Unit.YEARS else unit
    others = [int(count) for (count, _word), (of, _size) in zip(pairs, sizes, strict=True) if of is not base]
    if unit is None or any(others):  # none of another unit is none of this one
        return None
    return sum(int(count) * size for (count, _word), (_of, size) in zip(pairs, sizes, strict=True)) // per[unit]


@pytest.mark.parametrize(
    ("unit", "text", "answer"),
    [
        (None, "12", 12),
        (None, "12.", 12),
        (None, "-3", -3),
        (None, "１２", 12),
        (Unit.DAYS, "10 дней", 10),
        (Unit.DAYS, "3 дня", 3),
        (Unit.DAYS, "3 суток", 3),
        (Unit.DAYS, "10 days", 10),
        (Unit.DAYS, "1 day", 1),
        (Unit.DAYS, "10дн.", 10),
        (Unit.DAYS, "2 недели", 14),
        (Unit.DAYS, "2 WEEKS", 14),
        (Unit.DAYS, "1 неделя и 3 дня", 10),
        (Unit.DAYS, "1 week, 3 days", 10),
        (Unit.MONTHS, "7 месяцев", 7),
        (Unit.MONTHS, "1 year 2 months", 14),
        (Unit.MONTHS, "1 год", 12),
        (Unit.YEARS, "2 года", 2),
        (Unit.DAYS, "две недели", 14),
        (Unit.DAYS, "two weeks", 14),
        (Unit.DAYS, "Двое суток", 2),
        (Unit.DAYS, "10-ти дней", 10),
        (Unit.DAYS, "одну неделю и три дня", 10),
        (Unit.DAYS, "двадцать один день", 21),
        (Unit.DAYS, "twenty-one days", 21),
        (Unit.MONTHS, "восемнадцать лет", 216),
        (None, "сорок", 40),
    ],
)
def test_a_number_is_read_with_its_unit(number: Question, unit: Unit | None, text: str, answer: int) -> None:
    assert typed_answer(number.model_copy(update={"unit": unit}), text) == answer


@pytest.mark.parametrize(
    ("unit", "text", "told"),
    [
        (Unit.DAYS, "1 5", "There is a space between the digits."),
        (Unit.DAYS, "1 000", "There is a space between the digits."),
        (Unit.DAYS, "1,5", "Only a whole number can be taken."),
        (Unit.DAYS, "1.5", "Only a whole number can be taken."),
        (Unit.DAYS, "2 days 5 h", "Only days are counted here; a week is seven. Help."),
        (Unit.DAYS, "5 часов", "Only days are counted here; a week is seven. Help."),
        (Unit.DAYS, "10-12 h", "Only days are counted here; a week is seven. Help."),
        (Unit.DAYS, "больше 5 часов", "Only days are counted here; a week is seven. Help."),
        (Unit.DAYS, "10 and 12", "This cannot be read."),
        (Unit.MONTHS, "3 days", "Only months are counted here; a year is twelve. Help."),
        (Unit.MONTHS, "10 недель", "Only months are counted here; a year is twelve. Help."),
        (Unit.YEARS, "2 months", "Only years are counted here. Help."),
        (None, "3 days", "Only the number can be taken, without a word."),
        (Unit.DAYS, "полтора месяца", "The number has to be written in figures, as in 12."),
        (Unit.DAYS, "пара недель", "The number has to be written in figures, as in 12."),
        (Unit.DAYS, "недели две", "It is not clear how much more or less. Type two numbers, as in 8-12."),
        (Unit.DAYS, "дней десять", "It is not clear how much more or less. Type two numbers, as in 8-12."),
        (Unit.DAYS, "two hundred", "This cannot be read."),
        (Unit.DAYS, "сто десять", "This cannot be read."),
        (Unit.DAYS, "one and a half months", "This cannot be read."),
        (Unit.DAYS, "не один день", "This cannot be read."),
        (Unit.DAYS, "пять десять", "There is a space between the digits."),
        (Unit.DAYS, "десять-пять", "The first number has to be smaller than the last."),
        (Unit.DAYS, "1e3", "This cannot be read."),
        (Unit.DAYS, "0x10", "This cannot be read."),
        (Unit.DAYS, "12-10", "The first number has to be smaller than the last."),
        (Unit.DAYS, "10/12", "It is not clear how much more or less. Type two numbers, as in 8-12."),
        (Unit.DAYS, "about 10", "It is not clear how much more or less. Type two numbers, as in 8-12."),
        (Unit.DAYS, "почти месяц", "It is not clear how much more or less."),
        (Unit.DAYS, "1 3 дня", "This cannot be read."),
        (Unit.DAYS, "3 дня 3 дня", "This cannot be read."),
        (Unit.DAYS, "9" * 10, "This number is too large."),
        (Unit.DAYS, "١٢", "Only the digits 0 to 9 are read."),
        (Unit.DAYS, "1О", "There is a letter where a digit should be, such as O for 0."),
        (Unit.DAYS, "1\u200b5", "There is a character in it that cannot be seen, U+200B."),
    ],
)
def test_what_is_no_number_is_told_with_what_to_type(number: Question, unit: Unit | None, text: str, told: str) -> None:
    answer = typed_answer(number.model_copy(update={"unit": unit, "help": "Help."}), text)
    assert isinstance(answer, str)
    assert answer.startswith(told)


@pytest.mark.parametrize(
    ("text", "start", "up_to"),
    [
        ("28-31", 28, 31),
        ("28 – 31 дней", 28, 31),
        ("от 28 до 31", 28, 31),
        ("between 28 and 31 days", 28, 31),
        ("28 или 29", 28, 29),
        ("2-3 недели", 14, 21),
        ("от 2 до 3 недель", 14, 21),
        ("2-3-х недель", 14, 21),
        ("более 2-х суток", 3, None),
        ("10 дней или больше", 10, None),
        ("2 weeks or more", 14, None),
        ("месяц", 28, 31),
        ("about a month", 28, 31),
        ("около месяца", 28, 31),
        ("2 месяца", 59, 62),
        ("1-2 months", 28, 62),
        ("год", 365, 366),
        ("1 месяц и 3 дня", 31, 34),
        ("more than 10", 11, None),
        ("больше 10 суток", 11, None),
        ("> 10", 11, None),
        ("10+", 10, None),
        ("10 или больше дней", 10, None),
        ("не меньше 10", 10, None),
        ("больше месяца", 29, None),
        ("больше десяти", 11, None),
        ("more than ten days", 11, None),
        ("больше двух недель", 15, None),
        ("от трёх до пяти", 3, 5),
        ("three to five", 3, 5),
        ("3-5 дней", 3, 5),
        ("два-три дня", 2, 3),
        ("двадцать-тридцать дней", 20, 30),
        ("не больше десяти", None, 10),
        ("меньше 10", None, 10),
        ("до 10 дней", None, 10),
        ("at most 2 weeks", None, 14),
        ("меньше месяца", None, 31),
    ],
)
def test_a_number_that_is_only_partly_known_is_a_range(
    number: Question, text: str, start: int | None, up_to: int | None
) -> None:
    days = number.model_copy(update={"unit": Unit.DAYS})
    assert typed_answer(days, text) == NumberRange(start=start, up_to=up_to)


@pytest.mark.parametrize(
    ("unit", "text", "least", "most"),
    [
        (Unit.DAYS, "меньше 3 дней", None, 3),
        (Unit.DAYS, "< 3", None, 3),
        (Unit.DAYS, "меньше суток", None, 1),
        (Unit.MONTHS, "больше 3 месяцев", 3, None),
        (Unit.MONTHS, "more than 3", 3, None),
        (Unit.MONTHS, "меньше 4 месяцев", None, 3),
        (Unit.YEARS, "more than 17", 17, None),
        (None, "less than 3", None, 2),
        (None, "more than 3", 4, None),
    ],
)
def test_part_of_a_day_is_a_day_and_part_of_a_month_or_year_is_none(
    number: Question, unit: Unit | None, text: str, least: int | None, most: int | None
) -> None:
    """Two days and 5 hours are less than 3 days, and count as 3. Three months and a week count as 3."""
    found = typed_answer(number.replacing(unit=unit), text)
    assert isinstance(found, NumberRange)
    assert (found.start, found.up_to) == (least, most)


@EVERY_LANGUAGE
def test_every_number_below_100_is_read_in_words(number: Question, locale: Locale) -> None:
    words = {int(figure): alternatives.split("|") for figure, alternatives in locale.numbers.items()}
    assert sorted(words) == [*range(20), *range(20, 100, 10)]
    for figure in range(100):
        tens, units = divmod(figure, 10)
        parts = [words[figure]] if figure in words else [words[tens * 10], words[units]]
        for spelling in itertools.product(*parts):
            assert typed_answer(number, " ".join(spelling)) == figure


def test_the_questions_of_the_rulebook_say_what_they_count(rulebook: Rulebook) -> None:
    units = {question.id: question.unit for question in rulebook.questions if question.type is QuestionType.NUMBER}
    assert units == {"absence_days": Unit.DAYS, "conscript_months": Unit.MONTHS}
    assert typed_answer(rulebook.question["absence_days"], "2 недели") == 14
    assert typed_answer(rulebook.question["conscript_months"], "1 год") == 12
