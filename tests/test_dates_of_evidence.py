"""What is shown for today says from when it is: spring 2022, the Criminal Code's text, or reports."""

from datetime import date

import pytest

from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.source import Bearing
from assistant.rulebook.translation import in_language

SPRING_2022_ENDED = date(2022, 9, 20)
REPORTED = {"en": ("reported", "reports"), "ru": ("сообщени", "сообщает")}


def holds_after(rule: Rule, day: date) -> bool:
    return rule.in_force.until is None or rule.in_force.until > day


def rests_on_articles_only(rule: Rule) -> bool:
    return all(each.passage is not None for each in rule.cites if each.bearing is Bearing.SUPPORTS)


def texts_of_findings(rulebook: Rulebook, language: str, chosen: list[Rule]) -> dict[str, str]:
    heads = {head for rule in chosen for head in rule.heads}
    translated = in_language(rulebook, language)
    return {each.id: f"{each.title} {each.text}" for each in translated.findings if each.id in heads}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_only_the_articles_of_spring_2022_say_is_dated_where_it_is_shown_later(
    rulebook: Rulebook, language: str
) -> None:
    shown = [rule for rule in rulebook.rules if holds_after(rule, SPRING_2022_ENDED) and rests_on_articles_only(rule)]
    texts = texts_of_findings(rulebook, language, shown)
    assert {"stamp_possible", "leave_can_be_cancelled", "pressure_expected", "can_be_sent_again"} <= texts.keys()
    assert [finding for finding, text in texts.items() if "2022" not in text] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_reassures_after_the_text_that_was_read_says_that_the_rest_is_reported(
    rulebook: Rulebook, language: str
) -> None:
    text_of = rulebook.metadata.text_of
    assert text_of is not None
    reassuring = {each.id for each in rulebook.findings if each.tone is Tone.REASSURING}
    later = [rule for rule in rulebook.rules if holds_after(rule, text_of) and reassuring & set(rule.heads)]
    texts = texts_of_findings(rulebook, language, later)
    assert {"outside_chapter_33", "unfitness_is_a_ground"} <= texts.keys()
    assert [name for name, text in texts.items() if not any(word in text.lower() for word in REPORTED[language])] == []


def test_the_two_years_of_the_adviser_support_nothing_after_spring_2022(rulebook: Rulebook) -> None:
    supported = [
        rule.id
        for rule in rulebook.rules
        for each in rule.cites
        if each.passage == "bbc-leaving-read-as-desertion" and each.bearing is Bearing.SUPPORTS
    ]
    assert supported == []
