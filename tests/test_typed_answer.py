"""Days and numbers as people type them: read for certain, or refused with what to type."""

import calendar
import datetime
import itertools
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.explanation.view.question import format_hint
from assistant.interview.typed_answer import MAX_ANSWER_CHARACTERS, is_typed, typed_answer
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange
from assistant.rulebook.translation import in_language
from assistant.system.language import use_language
from assistant.system.message import text as say
from tests.support.random_rulebooks import LONG, thorough
from tests.support.random_rulebooks import question as asked
from tests.support.typing_errors import mistyped, seen_letters

# Written down once more, by hand: what reads must not be its own judge.
MONTHS: Final = (
    ("January Jan", "январь января янв"),
    ("February Feb", "февраль февраля фев февр"),
    ("March Mar", "март марта мар"),
    ("April Apr", "апрель апреля апр"),
    ("May May", "май мая"),
    ("June Jun", "июнь июня июн"),
    ("July Jul", "июль июля июл"),
    ("August Aug", "август августа авг"),
    ("September Sep Sept", "сентябрь сентября сен сент"),
    ("October Oct", "октябрь октября окт"),
    ("November Nov", "ноябрь ноября ноя нояб"),
    ("December Dec", "декабрь декабря дек"),
)
STEMS: Final[dict[int, tuple[str, ...]]] = {
    number: tuple(name.casefold()[:3] for names in both for name in names.split())
    for number, both in enumerate(MONTHS, start=1)
}
STEMS[5] += ("мае", "mae")  # the second with Latin letters
ABOUT_A_DAY: Final = {
    *("st", "nd", "rd", "th", "the", "of", "го", "ого", "е", "ое", "г", "год", "года", "году"),
    *("e", "oe"),  # with Latin letters
}


@pytest.fixture(scope="module")
def day() -> Question:
    return asked("day", QuestionType.DATE)


def spellings(day: datetime.date) -> Iterator[str]:
    """Ways in which people write a day that leave no doubt."""
    d, m, y = day.day, day.month, day.year
    english, russian = (names.split() for names in MONTHS[m - 1])
    yield from (f"{d:02}.{m:02}.{y}", f"{d}.{m}.{y}", f"{y}-{m:02}-{d:02}", f"{d:02}. {m:02}. {y}", f"{d}.{m}.{y} г.")
    for name in english:
        yield from (f"{d} {name} {y}", f"{name} {d}, {y}", f"{d}-{name}-{y}", f"{d}th of {name} {y}", f"{d}{name}{y}")
        yield from (f"{name}. {d:02} {y}", f"{y} {name} {d}")
    for name in russian:
        yield from (f"{d} {name} {y}", f"{d} {name} {y} года", f"{d} {name}. {y} г.", f"{d}-го {name} {y} г")
    if d > 12 or d == m:
        yield from (f"{d}/{m}/{y}", f"{d:02}-{m:02}-{y}", f"{d} {m} {y}", f"{y}/{m}/{d}")


def in_doubt(day: datetime.date) -> Iterator[str]:
    """Ways of writing a day that can be read as another one, or as no whole day."""
    d, m, y = day.day, day.month, day.year
    english, russian = (names.split() for names in MONTHS[m - 1])
    if d != m:
        yield from (f"{m}/{d}/{y}", f"{m:02}-{d:02}-{y}", f"{m} {d} {y}", f"{y}/{d}/{m}")
        yield from (f"{d}/{m}/{y}", f"{d:02}-{m:02}-{y}", f"{d} {m} {y}") if d <= 12 else ()
    yield from (f"{d:02}.{m:02}.{y % 100:02}", f"{d} {english[0]} {y % 100:02}", f"{d} {russian[1]}", f"{d}.{m}")
    yield from (f"{m:02} {y}", f"{y} {m:02}", f"{russian[0]}", f"до {d:02}.{m:02}.{y}", f"until {d} {english[0]} {y}")


def month_spellings(day: datetime.date) -> Iterator[str]:
    """Ways in which people write a month."""
    m, y = day.month, day.year
    english, russian = (names.split() for names in MONTHS[m - 1])
    yield from (f"{m:02}.{y}", f"{m}.{y}", f"{y}-{m:02}", f"{m:02}/{y}", f"{y}.{m}")
    yield from (f"{name} {y}" for name in (*english, *russian))
    yield from (
        f"{russian[1]} {y} г.",
        f"в {russian[1][:-1]}е {y}",
        f"in {english[0]} {y}",
        f"{y} {english[0]}",
    )


def disguises(text: str) -> Iterator[str]:
    """The same to a reader: another case, other spaces, what nobody sees."""
    yield from (text, text.upper(), text.lower(), f"  {text}\t", text.replace(" ", "\u00a0"), f"\ufeff{text}\u200f")
    yield unicodedata.normalize("NFD", text)
    yield text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})


def days(step: int) -> Iterator[datetime.date]:
    first = datetime.date(2021, 12, 28)
    return (first + datetime.timedelta(days=ahead) for ahead in range(0, 365 * 6, 1 if LONG else step))


def test_every_day_in_every_usual_spelling_is_that_day(day: Question) -> None:
    for which in days(31):
        for text in itertools.chain.from_iterable(map(disguises, spellings(which))):
            assert typed_answer(day, text) == which, ascii(text)
            assert len(text) <= MAX_ANSWER_CHARACTERS


def test_a_day_in_a_spelling_that_can_mean_another_one_is_asked_again(day: Question) -> None:
    for which in days(13):
        for text in itertools.chain.from_iterable(map(disguises, in_doubt(which))):
            assert isinstance(typed_answer(day, text), str), ascii(text)


def test_a_month_in_every_usual_spelling_is_all_of_its_days(day: Question) -> None:
    for which in days(31):
        last = calendar.monthrange(which.year, which.month)[1]
        month = DateRange(start=which.replace(day=1), until=which.replace(day=last))
        for text in itertools.chain.from_iterable(map(disguises, month_spellings(which))):
            assert typed_answer(day, text) == month, ascii(text)


def range_meanings(text: str) -> set[DateRange]:
    """The month or the year that the figures and words of a text mean."""
    years, others = re.findall(r"(?<!\d)\d{4}(?!\d)", text), re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    named = [m for word in re.findall("[a-zа-яё]+", text) for m in STEMS if word[:3] in STEMS[m]]
    months = [*map(int, others), *named]
    if len(years) != 1 or len(months) > 1 or not all(1 <= month <= 12 for month in months):
        return set()
    first, last = (months[0], months[0]) if months else (1, 12)
    end = calendar.monthrange(int(years[0]), last)[1]
    return {DateRange(start=datetime.date(int(years[0]), first, 1), until=datetime.date(int(years[0]), last, end))}


def meanings(text: str) -> set[datetime.date]:
    """Every day that the figures and words of a text could mean; none if any are left over."""
    seen = unicodedata.normalize("NFC", text).translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    seen = re.sub(r"^(\d+) ?- ?\1(?![\d-])", r"\1", seen_letters(seen))  # from a day to itself is that day
    if not re.fullmatch(r"[0-9a-zа-яё .,/\-]*", seen):
        return set()
    figures, words = re.findall("[0-9]+", seen), re.findall("[a-zа-яё]+", seen)
    years = [int(each) for each in figures if len(each) == 4]
    others = [int(each) for each in figures if len(each) <= 2]
    named = [m for word in words if word not in ABOUT_A_DAY for m in STEMS if word[:3] in STEMS[m]]
    left_over = [word for word in words if word not in ABOUT_A_DAY and not any(word[:3] in s for s in STEMS.values())]
    if len(years) != 1 or len(years) + len(others) != len(figures) or left_over or len(others) + len(named) != 2:
        return set()
    if named:
        pairs = {(others[0], named[0])} if others else set()
    elif (
        seen.startswith(f"{years[0]:04}")
        or not re.fullmatch(r"[^,/\- ]*[. ]+[^,/\- ]*[. ]+.*", seen)
        or "." not in seen
    ):
        pairs = {(others[0], others[1]), (others[1], others[0])}
        if re.match("[0-9]{4} ?- ?", seen):
            pairs = {(others[1], others[0])}
    else:
        pairs = {(others[0], others[1])}
    return {found for d, m in pairs for found in [_calendar_day(years[0], m, d)] if found}


def _calendar_day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


@thorough(300)
@given(st.randoms(use_true_random=False))
def test_a_mistyped_day_is_read_only_as_the_one_day_that_it_can_mean(chance: random.Random) -> None:
    which = datetime.date(chance.randint(2021, 2027), chance.randint(1, 12), chance.randint(1, 28))
    text = mistyped(chance.choice([*spellings(which), *in_doubt(which)]), chance)
    answer = typed_answer(asked("day", QuestionType.DATE), text)
    if isinstance(answer, DateRange):
        assert re.search("-|до|^с ", seen_letters(text)) or range_meanings(seen_letters(text)) == {answer}, ascii(text)
    else:
        assert isinstance(answer, str) or meanings(text) == {answer}, ascii(text)


@thorough(200)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_answer_or_a_message_that_does_not_repeat_it(text: str) -> None:
    for kind in (QuestionType.DATE, QuestionType.NUMBER):
        answer = typed_answer(asked("x", kind), f"zzcanary{text}")
        assert isinstance(answer, str)
        assert "zzcanary" not in answer
        assert isinstance(typed_answer(asked("x", kind), text), int | datetime.date | DateRange | NumberRange | str)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Nothing is typed yet."),
        ("октябрь", "The year is missing. Write it too, as in 10.2025."),
        ("в октябре", "The year is missing. Write it too, as in 10.2025."),
        ("конец октября", "The year is missing. Write it too, as in 10.2025."),
        ("early March", "The year is missing. Write it too, as in 10.2025."),
        ("осенью", "The year is missing. Write it too, as in 10.2025."),
        ("зимой 2022", "A winter lies in two years. Write both, as in 2022/23."),
        ("winter 22-24", "A winter lies in two years. Write both, as in 2022/23."),
        ("около 10 октября 2025", "It is not clear how much earlier or later."),
        ("примерно в октябре 2025", "It is not clear how much earlier or later."),
        ("до осени 2022", "It is not clear whether that day counts."),
        ("начало 5 октября 2025", "This cannot be read."),
        ("прошлой осенью", "This cannot be read."),
        ("осень 1999", "This cannot be read."),
        ("окт 25", "The year has to be written with four digits."),
        ("24", "The year is missing, or the month."),
        ("13.2025", "The year is missing, or the month."),
        ("2409", "The year is missing, or the month."),
        ("до 21.09.2022", "It is not clear whether that day counts. Write “before” it, or “not after” it."),
        ("until October 2022", "It is not clear whether that day counts."),
        ("31.10.2022 - 21.09.2022", "The first day has to be before the last."),
        ("раньше 01.01.0001", "There is no such day in the calendar."),
        ("21.09-24.09.2022", "This cannot be read."),
        ("before mobilisation", "This cannot be read. If you do not know the answer"),
        ("24 s 2022", "This cannot be read."),
        ("2022-09-24 d", "This cannot be read."),
        ("24.09.2022 10:00", "This cannot be read."),
        ("yesterday", "This cannot be read."),
        ("вчера", "This cannot be read."),
        ("24.09.22", "The year has to be written with four digits."),
        ("24 сентября", "The year is missing."),
        ("01/02/2024", "It is not clear which of the numbers is the day."),
        ("09.24.2022", "There is no such day in the calendar. The day comes first, then the month."),
        ("31 апреля 2022", "There is no such day in the calendar."),
        ("29.02.2023", "There is no such day in the calendar."),
        ("24.О9.2022", "There is a letter where a digit should be, such as O for 0."),
        ("24.0\u200b9.2022", "There is a character in it that cannot be seen, U+200B."),
        ("24.09.2022\x1b[D1", "There is a character in it that cannot be seen, U+001B."),
        ("24.09\ufffd.2022", "A character in it could not be read."),
        ("٢٤.٠٩.٢٠٢٢", "Only the digits 0 to 9 are read."),
        ("24 sепфbря 2022", "A word in it has Latin and Cyrillic letters."),
        ("2" * 5000, "This cannot be read."),
        ("24.09.2022" + "\u0301" * 500, "This cannot be read."),
    ],
)
def test_what_is_no_day_is_told_with_what_to_type(day: Question, text: str, told: str) -> None:
    answer = typed_answer(day, text)
    assert isinstance(answer, str)
    assert answer.startswith(told)
    assert "seen" in told or "could not" in told or answer.endswith(say(format_hint(day)))


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("before 21.09.2022", None, "2022-09-20"),
        ("раньше 21 сентября 2022", None, "2022-09-20"),
        ("до 21.09.2022 включительно", None, "2022-09-21"),
        ("раньше 21.09.2022 включительно", None, "2022-09-21"),
        ("after 21.09.2022 inclusive", "2022-09-21", None),
        ("после октября 2022 включительно", "2022-10-01", None),
        ("не позже 24.09.2022", None, "2022-09-24"),
        ("after October 2022", "2022-11-01", None),
        ("после октября 2022", "2022-11-01", None),
        ("с октября 2022", "2022-10-01", None),
        ("с 21 по 24 сентября 2022", "2022-09-21", "2022-09-24"),
        ("21-24 сентября 2022", "2022-09-21", "2022-09-24"),
        ("с 21 сентября 2022 года по 31 октября 2022 года", "2022-09-21", "2022-10-31"),
        ("с сентября по октябрь 2022", "2022-09-01", "2022-10-31"),
        ("September to October 2022", "2022-09-01", "2022-10-31"),
        ("21.09.2022 – 31.10.2022", "2022-09-21", "2022-10-31"),
        ("2022-09-21 - 2022-10-31", "2022-09-21", "2022-10-31"),
        ("между 21.09.2022 и 24.09.2022", "2022-09-21", "2022-09-24"),
        ("2022-2023", "2022-01-01", "2023-12-31"),
        ("в 2022 году", "2022-01-01", "2022-12-31"),
        ("осенью 2022", "2022-09-01", "2022-11-30"),
        ("the autumn of 2022", "2022-09-01", "2022-11-30"),
        ("Fall 2022", "2022-09-01", "2022-11-30"),
        ("лето 22", "2022-06-01", "2022-08-31"),
        ("летом '22 года", "2022-06-01", "2022-08-31"),
        ("зимой 2022/23", "2022-12-01", "2023-02-28"),
        ("winter 2023-2024", "2023-12-01", "2024-02-29"),
        ("с весны по осень 2022", "2022-03-01", "2022-11-30"),
        ("после лета 2022", "2022-09-01", None),
        ("начало марта 2022", "2022-03-01", "2022-03-16"),
        ("in early March 2022", "2022-03-01", "2022-03-16"),
        ("в середине октября 2025 года", "2025-10-08", "2025-10-24"),
        ("mid-October 2025", "2025-10-08", "2025-10-24"),
        ("в конце октября 2025", "2025-10-16", "2025-10-31"),
        ("the end of October 2025", "2025-10-16", "2025-10-31"),
        ("вторая половина февраля 2022", "2022-02-15", "2022-02-28"),
        ("начало 2023", "2023-01-01", "2023-06-30"),
        ("late 2022", "2022-07-01", "2022-12-31"),
        ("до конца октября 2025", None, "2025-10-31"),
        ("after late October 2025", "2025-10-16", None),
        ("раньше начала марта 2022", None, "2022-03-16"),
        ("с начала марта по конец апреля 2022", "2022-03-01", "2022-04-30"),
        ("21.09.2022 включительно", None, "2022-09-21"),
        ("октябрь 2025 включительно", None, "2025-10-31"),
    ],
)
def test_days_that_are_only_partly_known_are_a_range(
    day: Question, text: str, start: str | None, until: str | None
) -> None:
    assert typed_answer(day, text) == DateRange.model_validate({"from": start, "until": until})


@pytest.mark.parametrize("language", ["en", "ru"])
def test_days_that_the_rulebook_names_are_understood(rulebook: Rulebook, language: str) -> None:
    use_language(language)
    question = in_language(rulebook, language).question["act_date"]
    (named,) = question.named
    assert set(named.spellings) >= {{"en": "before the mobilisation", "ru": "до мобилизации"}[language]}
    for spelling in named.spellings:
        assert typed_answer(question, f" {spelling.upper()}") == DateRange(until=datetime.date(2022, 9, 20))
    assert named.spellings[0] in say(format_hint(question))
    assert isinstance(typed_answer(question, "после мобилизации"), str)


def test_a_range_that_leaves_the_bounds_of_its_question_is_told(rulebook: Rulebook) -> None:
    answer = typed_answer(rulebook.question["act_date"], "декабрь 2021")
    assert str(answer).startswith("Not before 01.01.2022.")


def test_a_word_whose_letters_only_look_like_those_of_another_alphabet_is_read(day: Question) -> None:
    assert typed_answer(day, "24 ceнтябpя 2022") == datetime.date(2022, 9, 24)
    assert typed_answer(day, "24 Мaрта 2022") == datetime.date(2022, 3, 24)
    assert typed_answer(day, "24 Осtоber 2022") == datetime.date(2022, 10, 24)


def test_the_language_in_use_changes_the_messages_and_not_what_is_read(rulebook: Rulebook) -> None:
    texts = [
        *itertools.chain.from_iterable(map(spellings, days(400))),
        "10 дней",
        "2 weeks",
        "1 5",
        "октябрь",
        "октябрь 2025",
    ]
    typed = [question for question in rulebook.questions if is_typed(question)]
    read = [values(typed_answer(question, text) for text in texts) for question in typed]
    use_language("ru")
    assert [values(typed_answer(question, text) for text in texts) for question in typed] == read
    assert str(typed_answer(typed[0], "октябрь")).startswith("Не хватает года.")


def values(answers: Iterable[object]) -> list[object]:
    return [None if isinstance(answer, str) else answer for answer in answers]
