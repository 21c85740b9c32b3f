"""Many cases at once are assessed as each is by itself."""

import random

import pytest
from hypothesis import given

from assistant.assessment.assessor import MAX_CASES_PER_PASS, MIN_CASES_PER_PASS, Assessor
from assistant.assessment.bit_parallel import Box, MetByBoxes
from assistant.assessment.diagram import diagram_of
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from assistant.rulebook.question import QuestionType
from assistant.rulebook.ranges import NumberRange
from tests.support.random_rulebooks import any_answers, any_small_rulebook, chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of
from tests.support.random_scenarios import random_answers


@thorough(examples=200)
@given(chances)
def test_many_cases_are_assessed_as_one_by_one(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    ranges = chance.choice([True, False])
    count = chance.choice([0, 1, MIN_CASES_PER_PASS, 2 * MIN_CASES_PER_PASS])
    cases = [any_answers(chance, book, ranges) for _ in range(count)]
    assert list(Assessor(book).assess_many(cases)) == [Assessor(book).assess(answers) for answers in cases]


def test_many_cases_of_the_real_rulebook_are_assessed_as_one_by_one(assessor: Assessor, rulebook: Rulebook) -> None:
    chance = random.Random(11)
    cases = [random_answers(rulebook, chance) for _ in range(4 * MIN_CASES_PER_PASS)]
    found = list(assessor.assess_many(cases))
    assert found == [assessor.assess(answers) for answers in cases]
    assert any(assessment.contradictions for assessment in found)


def test_the_place_of_a_case_among_many_does_not_matter(small: Assessor) -> None:
    chance = random.Random(12)
    cases = [random_answers(small.rulebook, chance) for _ in range(MAX_CASES_PER_PASS + MIN_CASES_PER_PASS)]
    found = list(small.assess_many(cases))
    assert found == list(small.assess_many(cases[::-1]))[::-1]
    assert found[-MIN_CASES_PER_PASS:] == list(small.assess_many(cases[-MIN_CASES_PER_PASS:]))


def test_a_range_matters_only_if_a_narrower_one_can_settle_the_finding() -> None:
    grounds = [
        rule("low", "z", {"days": {"up_to": 4}, "ordered": True}),
        rule("middle", "z", {"days": {"from": 5, "up_to": 10}, "ordered": True}),
    ]
    assessor = Assessor(rulebook_of([question("days", QuestionType.NUMBER), question("ordered")], grounds))
    ranges = [{}, {"days": NumberRange(start=3, up_to=7)}, {"days": NumberRange(start=3, up_to=12)}]
    (nothing, within, across, *_others) = assessor.assess_many(ranges * MIN_CASES_PER_PASS)
    assert nothing.status_of("z").waits_for == ("days", "ordered")
    assert within.status_of("z").waits_for == ("ordered",)
    assert across.status_of("z").waits_for == ("days", "ordered")


@pytest.mark.parametrize("most_nodes", [0, 1])
def test_without_room_for_a_diagram_many_cases_are_assessed_as_one_by_one(sound: Rulebook, most_nodes: int) -> None:
    chance = random.Random(13)
    cases = [random_answers(sound, chance) for _ in range(MIN_CASES_PER_PASS)]
    found = list(Assessor(sound, most_nodes).assess_many(cases))
    assert found == [Assessor(sound, most_nodes).assess(answers) for answers in cases]
    assert not any(assessment.exact for assessment in found)


def test_whenever_the_room_for_diagrams_ends_every_case_is_assessed(sound: Rulebook) -> None:
    chance = random.Random(14)
    cases = [random_answers(sound, chance) for _ in range(2 * MIN_CASES_PER_PASS)]
    exact = [Assessor(sound).assess(answers) for answers in cases]
    by_rules_alone = [Assessor(sound, 0).assess(answers) for answers in cases]
    for most_nodes in (2**power for power in range(1, 12)):
        found = list(Assessor(sound, most_nodes).assess_many(cases))
        assert len(found) == len(cases)
        assert all(each in both for each, both in zip(found, zip(exact, by_rules_alone, strict=True), strict=True))


@thorough(examples=200)
@given(chances)
def test_the_pass_finds_the_sets_that_meet_any_box_of_cells(chance: random.Random) -> None:
    book = any_small_rulebook(chance)
    diagram = diagram_of(compile_rules(book))
    space = diagram.space
    sets = [points for finding in book.finding for points in diagram.outcomes(finding)]
    sets += [space.empty, space.universe, space.points, diagram.possible]
    boxes: list[Box] = []
    for _ in range(chance.randint(1, 5)):
        asked = chance.sample(list(space.cells), chance.randint(0, len(space.cells)))
        sizes = {question: len(space.cells[question].representatives) for question in asked}
        boxes.append({q: chance.sample(range(size), chance.randint(1, size)) for q, size in sizes.items()})
    met = MetByBoxes(space, sets).met_by(boxes)
    for case, box in enumerate(boxes):
        points = space.points
        for limited, cells in box.items():
            points &= space.among(limited, cells)
        assert [bool(each >> case & 1) for each in met] == [(each & points).satisfiable() for each in sets]
