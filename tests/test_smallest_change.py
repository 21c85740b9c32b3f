"""What would change a finding: the smallest changes of the answers, against trying them all."""

import itertools
import random
from collections.abc import Iterator
from datetime import date

from hypothesis import given

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.supposition import nearest_answer
from assistant.explanation.smallest_change import MAX_NARROWED, MAX_NEW, MAX_REVISED, Change, smallest_changes
from assistant.rulebook.question import Answer, Answers, QuestionType
from assistant.scenarios.scenario import load_scenarios
from tests.support.project import ROOT
from tests.support.random_rulebooks import any_answers, any_rulebook, chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of

SPRING: Answers = {
    "refusal": "oral",
    "service_category": "contract",
    "regime": "declared_war",
    "place": "russia_at_unit",
}


def every_change(
    assessor: Assessor, answers: Answers, own: tuple[str, ...]
) -> Iterator[tuple[tuple[int, int, int], Answers]]:
    """Every change of given answers, narrowing of ranges, and new answers to a finding's own questions, by size."""
    touched = {question: assessor.cells[question].touched(answer) for question, answer in answers.items()}
    ranges = [question for question, cells in touched.items() if len(cells) > 1]
    open_ = [question for question in own if question not in answers]
    sizes = itertools.product(range(MAX_REVISED + 1), range(MAX_NARROWED + 1), range(MAX_NEW + 1))
    for size in sizes:
        several = (
            itertools.combinations(each, count) for each, count in zip((answers, ranges, open_), size, strict=True)
        )
        for revised, narrowed, new in itertools.product(*several):
            if set(revised) & set(narrowed):
                continue
            choices: list[list[Answer]] = []
            for name in (*revised, *narrowed, *new):
                every = range(len(assessor.cells[name].representatives))
                cells = [at for at in every if (at in touched.get(name, every)) is (name not in revised)]
                choices.append([nearest_answer(assessor.cells[name], at, answers.get(name)) for at in cells])
            for chosen in itertools.product(*choices):
                yield size, dict(zip((*revised, *narrowed, *new), chosen, strict=True))


def _size(change: Change) -> tuple[int, int, int]:
    given_ = len(change.revised) + len(change.narrowed)
    return len(change.revised), len(change.narrowed), len(change.answers) - given_


@thorough(60)
@given(chances)
def test_a_smallest_change_gives_the_status_it_names_and_no_smaller_one_does(chance: random.Random) -> None:
    book = any_rulebook(chance, questions=4, facts=2, findings=2, rules=6)
    assessor = Assessor(book)
    answers = any_answers(chance, book, ranges=True)
    before = assessor.assess(answers)
    assert assessor.diagram is not None
    for found in before.findings:
        least: dict[Status, tuple[int, int, int]] = {}
        for size, change in every_change(assessor, answers, assessor.diagram.questions_of(found.finding)):
            after = assessor.assess({**answers, **change})
            if not after.contradictions:
                least.setdefault(after.status_of(found.finding).status, size)
        least.pop(found.status)
        changes = smallest_changes(assessor, answers, found.finding, most_trials=10**6)
        assert changes.complete
        assert least == {each.status: _size(each) for each in changes.found}
        for each in changes.found:
            after = assessor.assess({**answers, **each.answers})
            assert not after.contradictions
            assert after.status_of(found.finding).status is each.status
            assert {*each.revised, *each.narrowed} == each.answers.keys() & answers.keys()
            touched = {q: assessor.cells[q].touched(answer) for q, answer in answers.items()}
            assert all(assessor.cells[q].touched(each.answers[q])[0] in touched[q] for q in each.narrowed)
            assert all(each.answers[question] != answers[question] for question in each.revised)


def test_what_contradicts_a_revised_answer_is_revised_with_it(assessor: Assessor) -> None:
    answers: dict[str, Answer] = {"left_without_leave": True, "still_absent": True, "service_category": "contract"}
    for change in smallest_changes(assessor, answers, "absence_read_as_desertion").found:
        assert not assessor.assess({**answers, **change.answers}).contradictions
        if change.status is Status.EXCLUDED and "left_without_leave" in change.answers:
            assert change.answers["still_absent"] is False


def test_a_day_is_moved_no_further_than_to_the_next_bound(assessor: Assessor) -> None:
    (dmitri, *_others) = load_scenarios(ROOT / "tests" / "scenarios" / "articles" / "dmitri.yaml", assessor.rulebook)
    changes = smallest_changes(assessor, dmitri.answers, "uk332_2_1")  # type: ignore[union-attr]  # it loads
    established = next(change for change in changes.found if change.status is Status.ESTABLISHED)
    assert {question: str(answer) for question, answer in established.answers.items()} == {"act_date": "2022-09-24"}


def test_of_changes_of_one_size_the_nearest_answer_is_offered() -> None:
    far = [rule("short", "z", {"days": {"under": 3}}), rule("long", "z", {"days": {"from": 10}})]
    between = [rule(f"some-{at}", "other", {"days": {"from": at, "under": at + 2}}) for at in (4, 6)]
    assessor = Assessor(rulebook_of([question("days", QuestionType.NUMBER)], [*far, *between]))
    for said, nearest in ((3, 2), (9, 10)):
        (change,) = smallest_changes(assessor, {"days": said}, "z").found
        assert change.answers == {"days": nearest}


def test_answers_that_contradict_each_other_have_no_changes(assessor: Assessor) -> None:
    changes = smallest_changes(assessor, {"refusal": "none", "letter_filed": True}, "uk332_1")
    assert (changes.found, changes.complete) == ((), True)


def test_without_diagrams_nothing_is_claimed_to_be_smallest(assessor: Assessor) -> None:
    changes = smallest_changes(Assessor(assessor.rulebook, most_nodes=0), SPRING, "uk332_1")
    assert (changes.found, changes.complete) == ((), False)


def test_a_search_that_stops_early_says_so(assessor: Assessor) -> None:
    assert not smallest_changes(assessor, SPRING, "discharge_possible", most_trials=3).complete


def test_a_day_that_was_never_given_is_not_put_years_before_the_act(assessor: Assessor) -> None:
    answers: dict[str, Answer] = {
        "act_date": date(2022, 9, 24),
        "service_category": "contract",
        "refusal": "considering",
        "left_without_leave": True,
    }
    found = smallest_changes(assessor, answers, "law_changed_after_articles").found
    ended = [change.answers for change in found if "absence_end" in change.answers]
    assert ended
    assert all(answers["absence_end"] == answers["act_date"] for answers in ended)
