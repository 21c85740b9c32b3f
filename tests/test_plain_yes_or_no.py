"""Line by line: yes, no and "I don't know" in all their usual forms, and nothing else."""

import re
from typing import Final

import pytest

from assistant.plain.typed import Command, Unread, understood
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import QuestionType
from tests.support.line_by_line import ENDS, choices

YES: Final = ("yes", "Yes", "YES", "yeah", "yep", "true", "да", "Да", "ДА", "ага", "угу", "конечно", "так точно")


NO: Final = ("no", "No", "NO", "nope", "nah", "false", "нет", "Нет", "НЕТ", "неа", "никак нет")


DONT_KNOW: Final = (
    *("I don't know", "I don’t know", "i dont know", "don't know", "Unknown", "unknown.", "not sure", "no idea"),
    *("не знаю", "Не знаю.", "я не знаю", "неизвестно", "не помню", "хз"),
)


@pytest.mark.parametrize("typed", ["не", "Не.", "не з", "я не", "not", "i", "i do not", "don't", "dont", "n/a", "н/д"])
def test_the_beginning_of_i_dont_know_is_no_answer(spoken: Rulebook, typed: str) -> None:
    for question in spoken.questions:
        assert isinstance(understood(question, typed), Unread), question.id


def test_yes_and_no_are_understood_in_all_their_usual_forms(spoken: Rulebook) -> None:
    for question in spoken.questions:
        if question.type is QuestionType.YES_NO:
            for forms, answer in ((YES, True), (NO, False)):
                for form in forms:
                    for end in ENDS:
                        assert understood(question, form + end) is answer, form
            assert (understood(question, "1."), understood(question, "2)")) == (True, False)


def test_that_one_does_not_know_is_understood_at_every_question(spoken: Rulebook) -> None:
    for question in spoken.questions:
        for form in DONT_KNOW:
            assert understood(question, form) is Unknown.DONT_KNOW, (question.id, form)
        assert understood(question, "пропустить") is understood(question, "Skip.") is Unknown.SKIPPED


def test_one_letter_is_yes_or_no_only_where_it_is_certain_and_never_the_next_case(spoken: Rulebook) -> None:
    certain = {"en": {"y": True, "n": False}, "ru": {"д": True, "н": False}}[spoken.language]
    for question in spoken.questions:
        if question.type is QuestionType.YES_NO:
            for letter in "yYnNдДнНтТ":
                said = understood(question, letter)
                expected = certain.get(letter.lower())
                assert said is expected if expected is not None else isinstance(said, Unread), (letter, said)


def test_the_letter_for_the_next_case_is_asked_about_where_an_option_begins_with_no(spoken: Rulebook) -> None:
    for question in choices(spoken):
        for letter in "nт":
            said = understood(question, letter)
            has_no = any(re.match(r"(?:no|not|none|нет)\b", option.text, re.IGNORECASE) for option in question.options)
            assert not (has_no and isinstance(said, Command)), question.id


@pytest.mark.parametrize(
    "typed",
    ["d 3", "в Африке", "s it", "b 2", "q now", "n 1", "? x", "t x", "yes?", "да?", "yes or no", "да нет", "-1", "1 2"],
)
def test_what_is_not_certain_at_a_question_of_yes_or_no_is_asked_again(rulebook: Rulebook, typed: str) -> None:
    assert isinstance(understood(rulebook.question["left_without_leave"], typed), Unread)
