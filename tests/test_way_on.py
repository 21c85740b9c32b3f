"""What is typed in another way than it can be read gets a message that says what to type."""

import pytest

from assistant.assessment.assessor import Assessor
from assistant.interview.typed_answer import typed_answer
from assistant.plain.typed import Unread, understood
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import QuestionType
from assistant.rulebook.translation import in_language
from assistant.system.keyboard import ON_LATIN_LAYOUT
from assistant.system.language import use_language
from tests.support.line_by_line import continued
from tests.support.random_rulebooks import question as asked

OTHER_LAYOUT = "The keyboard seems to be switched to another language."


@pytest.mark.parametrize(
    "typed",
    ["24 сентября", "24.09", "24 september", "24th of September", "September 24th", "24/9", "24-го сентября", "5.6."],
)
def test_a_day_without_its_year_is_told_that_the_year_is_missing(typed: str) -> None:
    assert str(typed_answer(asked("day", QuestionType.DATE), typed)).startswith("The year is missing.")


@pytest.mark.parametrize("typed", ["24.09.22", "24 sep 22", "24 сентября 22"])
def test_a_short_year_is_told_to_be_written_in_full(typed: str) -> None:
    told = typed_answer(asked("day", QuestionType.DATE), typed)
    assert str(told).startswith("The year has to be written with four digits.")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        *((each, "It is not clear how much more or less.") for each in ("~10", "около 10 дней", "almost 10", "10/12")),
        *((each, "Only the number can be taken, without a word.") for each in ("10 - 12 дней", "more than 10 days")),
        *((each, "Type the figures alone, as in 12.") for each in ("№10", "#10", "10!", "10?", "(10)")),
        ("1 000", "There is a space between the digits. Type them together."),
        ("1O", "There is a letter where a digit should be, such as O for 0."),
    ],
)
def test_a_number_in_another_form_gets_a_way_on(typed: str, told: str) -> None:
    assert str(typed_answer(asked("number", QuestionType.NUMBER), typed)).startswith(told)


@pytest.mark.parametrize(
    ("question", "typed", "told"),
    [
        ("act_date", "01.01.1999", "Not before 01.01.2022. Check the day and type it again."),
        ("absence_days", "-1", "Not less than 0. Check the number and type it again."),
        ("act_date", "24 ctynz,hz 2022", OTHER_LAYOUT),
        ("act_date", "24 ЫУЗ 2022", OTHER_LAYOUT),
        ("absence_days", "10 lytq", OTHER_LAYOUT),
        ("left_without_leave", "lf", OTHER_LAYOUT),
        ("left_without_leave", "LF", OTHER_LAYOUT),
        ("left_without_leave", "ytn", OTHER_LAYOUT),
        ("left_without_leave", "yt pyf.", OTHER_LAYOUT),
        ("left_without_leave", "нуы", OTHER_LAYOUT),
        ("left_without_leave", "тщ", OTHER_LAYOUT),
        ("service_category", "сщтекфсе", OTHER_LAYOUT),
    ],
)
def test_the_message_says_what_to_do(rulebook: Rulebook, question: str, typed: str, told: str) -> None:
    said = understood(rulebook.question[question], typed)
    assert isinstance(said, Unread)
    assert said.messages[0].startswith(told)


def test_an_option_typed_on_the_other_layout_gets_a_hint(rulebook: Rulebook) -> None:
    use_language("ru")
    question = in_language(rulebook, "ru").question["service_category"]
    (option,) = (option for option in question.options if option.id == "contract")
    typed = "".join(ON_LATIN_LAYOUT.get(letter, letter) for letter in option.text.lower())
    use_language("en")
    said = understood(question, typed)
    assert isinstance(said, Unread)
    assert said.messages[0].startswith(OTHER_LAYOUT)


def test_a_yes_typed_on_the_other_layout_gets_a_hint_at_a_request_too(assessor: Assessor, rulebook: Rulebook) -> None:
    said = continued(assessor, rulebook, ["next", "lf", "no"], {"service_category": "contract"})
    assert any(line.startswith(OTHER_LAYOUT) for line in said)
