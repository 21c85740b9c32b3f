"""Rulebooks and answers for Hypothesis: small and knotty ones, and one larger than any that people will write.

How many examples a property tries is set by ``HYPOTHESIS_PROFILE``: ``few`` (the default), ``many`` or ``long``.
"""

import datetime
import os
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.finding import Finding, Kind, Tone
from assistant.rulebook.model import Fact, Impossible, Metadata, Rule, Rulebook
from assistant.rulebook.question import Answer, Option, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, Point
from assistant.rulebook.source import Citation
from assistant.rulebook.vocabulary import Period

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "few")
EXAMPLES = {"few": 1 / 10, "many": 1, "long": 30}
"""The share of its examples that a property tries, by profile."""
FEWEST = 10
LONG = PROFILE == "long"
CITES = (Citation(statute="law"),)
FIRST = datetime.date(2022, 2, 24)
DAY_OF_ACT = "act_date"
NUMBERS = (*range(-1, 8), *range(-1, 8), 2**53 + 1, 10**30, -(10**30))
Item = TypeVar("Item")

# Hypothesis stands behind this `random.Random`, and so can shrink what was made with it.
chances = st.randoms(use_true_random=False)


def thorough(examples: int) -> settings:
    """Return the settings of a property that tries so many examples in the profile ``many``."""
    return settings(
        max_examples=max(FEWEST, int(examples * EXAMPLES[PROFILE])),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def question(name: str, kind: QuestionType = QuestionType.YES_NO, options: Iterable[str] = ()) -> Question:
    given = tuple(Option(id=option, text=option) for option in options)
    return Question(id=name, type=kind, text=name, help=name, options=given)


def rule(name: str, concludes: str, when: Mapping[str, Any], **rest: Any) -> Rule:
    """A rule as YAML would write it."""
    return Rule.model_validate({"id": name, "concludes": concludes, "when": when, "cites": CITES, **rest})


def rulebook(
    questions: Iterable[Question],
    rules: Iterable[Rule],
    facts: Iterable[str] = (),
    impossible: Iterable[Impossible] = (),
) -> Rulebook:
    """A rulebook of nothing but its logic. What its rules conclude and is no fact is a finding."""
    asked, grounds, derived = tuple(questions), tuple(rules), tuple(facts)
    found = dict.fromkeys(head for rule in grounds for head in rule.heads if head not in derived)
    return Rulebook(
        metadata=Metadata(
            id="random",
            title="t",
            summary="s",
            disclaimer="d",
            reviewed_until=FIRST,
            review="r",
            date_question=DAY_OF_ACT if any(each.id == DAY_OF_ACT for each in asked) else None,
        ),
        questions=asked,
        facts=tuple(Fact(id=name, text=name) for name in derived),
        findings=tuple(Finding(id=name, kind=Kind.NOTE, tone=Tone.CAUTIONARY, title=name, text=name) for name in found),
        rules=grounds,
        impossible=tuple(impossible),
    )


def any_rulebook(chance: random.Random, questions: int, facts: int, findings: int, rules: int) -> Rulebook:
    """A rulebook of this size: each fact depends on earlier facts only, and a rule concludes everything."""
    asked = [question(DAY_OF_ACT, QuestionType.DATE), *(_any_question(chance, f"q{at}") for at in range(questions - 1))]
    derived = [f"f{at}" for at in range(facts)]
    heads = derived + [f"z{at}" for at in range(findings)]
    heads += [chance.choice(heads) for _ in range(rules - len(heads))]
    return rulebook(
        asked,
        # A rule's name may be a fact's.
        [_any_rule(chance, f"f{at}", head, asked, derived) for at, head in enumerate(heads)],
        derived,
        [
            Impossible(id=f"f{at}", when=_conditions(chance, asked, [1, 2]), text="t")
            for at in range(chance.randint(0, 2))
        ],
    )


def any_small_rulebook(
    chance: random.Random, questions: int = 5, facts: int = 4, findings: int = 3, more_rules: int = 6
) -> Rulebook:
    """A rulebook of up to this size, with up to so many rules more than the one that everything needs."""
    derived, found = chance.randint(0, facts), chance.randint(1, findings)
    asked = chance.randint(1, questions)
    return any_rulebook(chance, asked, derived, found, derived + found + chance.randint(0, more_rules))


def any_answers(chance: random.Random, book: Rulebook, ranges: bool = False) -> dict[str, Answer]:
    """Answers to some of the questions, in any order."""
    answer = any_answer_or_range if ranges else any_answer
    return {each.id: answer(chance, each) for each in _some(chance, book.questions, range(len(book.questions) + 1))}


def any_answer_or_range(chance: random.Random, asked: Question) -> Answer:
    """An exact answer, or one that is only partly known."""
    if asked.type is QuestionType.YES_NO or chance.choice([True, False]):
        return any_answer(chance, asked)
    if asked.type is QuestionType.CHOICE:
        options = [option.id for option in asked.options]
        chosen = chance.sample(options, chance.randint(2, len(options)))
        return OptionSet(options=tuple(option for option in options if option in chosen))
    if asked.type is QuestionType.DATE:
        start, until = (_day(number) for number in sorted(chance.sample(range(-1, 8), 2)))
        return DateRange.model_validate(
            chance.choice([{"from": start, "until": until}, {"from": start}, {"until": until}])
        )
    low, high = sorted(chance.sample(sorted(set(NUMBERS)), 2))
    return NumberRange.model_validate(chance.choice([{"from": low, "up_to": high}, {"from": low}, {"up_to": high}]))


def any_answer(chance: random.Random, asked: Question) -> Point:
    """An exact answer; most numbers and days lie so close together that they meet the bounds."""
    if asked.type is QuestionType.YES_NO:
        return chance.choice([True, False])
    if asked.type is QuestionType.CHOICE:
        return chance.choice(asked.options).id
    return _day(chance.randint(-1, 7)) if asked.type is QuestionType.DATE else chance.choice(NUMBERS)


def _any_question(chance: random.Random, name: str) -> Question:
    kind = chance.choice([QuestionType.YES_NO, QuestionType.YES_NO, *QuestionType])
    options = range(chance.randint(2, 5)) if kind is QuestionType.CHOICE else ()
    return question(name, kind, (f"o{option}" for option in options))


def _any_rule(
    chance: random.Random, name: str, concludes: str, asked: Sequence[Question], facts: Sequence[str]
) -> Rule:
    earlier = facts[: facts.index(concludes)] if concludes in facts else facts
    exceptions = [*earlier, *(each.id for each in asked if each.type is QuestionType.YES_NO)]
    when = _conditions(chance, asked, [0, 1, 1, 2, 3])
    when |= {fact: chance.choice([True, True, False]) for fact in _some(chance, earlier, [0, 1, 2, 3])}
    return Rule(
        id=name,
        concludes=concludes,
        when=when,
        unless=tuple(_some(chance, exceptions, [0, 0, 1, 2])),
        in_force=_any_period(chance) if chance.choice([True, False]) else Period(),
        contested="disputed" if chance.randint(1, 10) == 1 else None,
        cites=CITES,
    )


def _conditions(chance: random.Random, asked: Sequence[Question], sizes: Sequence[int]) -> dict[str, ConditionValue]:
    return {each.id: _any_condition(chance, each) for each in _some(chance, asked, sizes)}


def _any_condition(chance: random.Random, asked: Question) -> ConditionValue:
    if asked.type is QuestionType.YES_NO:
        return chance.choice([True, False])
    if asked.type is QuestionType.CHOICE:
        options = tuple(option.id for option in _some(chance, asked.options, range(1, len(asked.options) + 1)))
        return options[0] if len(options) == 1 else options
    if asked.type is QuestionType.DATE:
        period = _any_period(chance)
        return Range(start=period.start, until=period.until)
    low, high = sorted((chance.randint(0, 6), chance.randint(0, 6)))
    floors: list[dict[str, int]] = [{}, {"from": low}, {"over": low}]
    ceilings: list[dict[str, int]] = [{"under": high + 2}, {"up_to": high + 1}]
    floor = chance.choice(floors)
    return Range.model_validate(floor | chance.choice([*ceilings, {}] if floor else ceilings))


def _any_period(chance: random.Random) -> Period:
    start, until = (_day(number) for number in sorted((chance.randint(0, 6), chance.randint(0, 6))))
    return chance.choice([Period(start=start), Period(until=until), Period(start=start, until=until)])


def _some(chance: random.Random, items: Sequence[Item], sizes: Sequence[int]) -> list[Item]:
    return chance.sample(items, min(len(items), chance.choice(sizes)))


def _day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number)
