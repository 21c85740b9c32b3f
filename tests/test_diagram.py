"""Exact statuses are what all completions of the answers say, and a question matters if one of them says so."""

import datetime
import random
import subprocess
import sys

import pytest
from hypothesis import assume, given

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.assessment.diagram import Diagram, diagram_of
from assistant.assessment.space import Space
from assistant.assessment.variable_order import force_order
from assistant.explanation.view.finding import FindingView
from assistant.interview.state import begin, open_questions, reply_to
from assistant.rulebook.answer import Unknown
from assistant.rulebook.model import Impossible, Rulebook
from assistant.rulebook.program import compile_rules
from assistant.rulebook.question import Answers, QuestionType
from assistant.system.message import message, series
from tests.support.completions import MAX_COMPLETIONS, STATUS, VALUES, answers_with_few_completions, completions, size
from tests.support.interviews import next_question
from tests.support.oracle import statuses
from tests.support.project import ROOT, SOUND
from tests.support.random_rulebooks import (
    FIRST,
    any_answer,
    any_answers,
    any_small_rulebook,
    chances,
    question,
    rule,
    rulebook,
    thorough,
)

EITHER_WAY = rulebook(
    [question("a"), question("b"), question("c")],
    [
        rule("if", "z", {"a": True, "b": True}),
        rule("if-not", "z", {"a": False, "b": True}),
        rule("other", "y", {"c": True}),
    ],
)


def test_what_no_rule_alone_decides_is_told_with_what_it_does_not_depend_on() -> None:
    assessor = Assessor(EITHER_WAY)
    found = assessor.assess({"b": True}).status_of("z")
    assert (found.status, found.exact) == (Status.ESTABLISHED, True)
    whatever = message("This is so whatever the answer to: {questions}", questions=series(" ", "a"))
    assert FindingView(EITHER_WAY, found).exactness == whatever


# What is true of every rulebook


@thorough(150)
@given(chances)
def test_every_status_is_what_all_completions_of_the_answers_say(chance: random.Random) -> None:
    book = any_small_rulebook(chance, facts=3)
    answers = answers_with_few_completions(chance, book)
    assessment, all_ways = Assessor(book).assess(answers), completions(book, answers)
    assert bool(assessment.contradictions) == (not all_ways.verdicts)
    for found in assessment.findings:
        assert found.status == STATUS.get(all_ways.statuses(found.finding), Status.POSSIBLE)


@thorough(150)
@given(chances)
def test_a_finding_waits_for_the_questions_of_its_rules_whose_answer_can_rule_something_out(
    chance: random.Random,
) -> None:
    book = any_small_rulebook(chance, facts=3)
    answers = answers_with_few_completions(chance, book)
    assessment, all_ways = Assessor(book).assess(answers), completions(book, answers)
    assessor_without_diagrams = Assessor(book, most_nodes=0)
    for found in assessment.findings:
        kleene = assessor_without_diagrams.assess(answers).status_of(found.finding).waits_for
        if found.status is Status.POSSIBLE:
            assert set(found.waits_for) == {asked for asked in kleene if all_ways.matters(asked, found.finding)}


@thorough(150)
@given(chances)
def test_kleene_is_sound_and_exact_is_said_only_of_what_kleene_left_open(chance: random.Random) -> None:
    book = any_small_rulebook(chance, facts=3)
    answers = any_answers(chance, book, ranges=True)
    kleene = statuses(book, answers).heads
    for found in Assessor(book).assess(answers).findings:
        expected = {True: Status.ESTABLISHED, False: Status.EXCLUDED, None: found.status}[kleene[found.finding]]
        assert found.status == expected
        assert found.exact == (kleene[found.finding] is None and found.status is not Status.POSSIBLE)


@thorough(150)
@given(chances)
def test_the_contradictions_told_are_as_few_as_leave_no_completion(chance: random.Random) -> None:
    book = any_small_rulebook(chance, facts=3)
    answers = answers_with_few_completions(chance, book)
    told = frozenset(Assessor(book).assess(answers).contradictions)
    if told:
        wrong = [end for ends in completions(book, answers).impossible.values() for end in ends]
        assert all(end & told for end in wrong)
        given_outright = {name for name, holds in statuses(book, answers).impossible.items() if holds}
        assert given_outright == told or all(any(not end & (told - {one}) for end in wrong) for one in told)


@thorough(100)
@given(chances)
def test_the_share_of_a_finding_counts_complete_answers_by_cell(chance: random.Random) -> None:
    book = any_small_rulebook(chance, facts=3)
    assume(all(q.type in {QuestionType.YES_NO, QuestionType.CHOICE} for q in book.questions[1:]))
    assume(size(book, {}) <= MAX_COMPLETIONS)
    diagram = diagram_of(compile_rules(book))
    days = diagram.space.cells[book.questions[0].id].representatives
    verdicts = {p: v for p, v in completions(book, {}).verdicts.items() if dict(p)[book.questions[0].id] in days}
    assume(all(FIRST + datetime.timedelta(days=VALUES[0]) <= day for day in days if isinstance(day, datetime.date)))
    assert diagram.space.count(diagram.possible) == len(verdicts)
    for finding in book.finding:
        may_hold, may_fail = diagram.outcomes(finding)
        assert diagram.space.count(may_hold) == sum(True in verdict[finding] for verdict in verdicts.values())
        assert diagram.space.count(may_fail) == sum(False in verdict[finding] for verdict in verdicts.values())


@thorough(100)
@given(chances)
def test_the_smallest_answers_establish_a_finding_and_none_of_them_can_be_left_out(chance: random.Random) -> None:
    book = any_small_rulebook(chance, facts=3)
    assessor = Assessor(book)
    diagram = diagram_of(assessor.program)
    for finding in book.finding:
        answers = diagram.space.smallest(diagram.possible & ~diagram.outcomes(finding).may_fail, diagram.possible)
        if answers is None:
            continue
        assert assessor.assess(answers).status_of(finding).status is Status.ESTABLISHED
        for left_out in answers:
            fewer = {asked: answer for asked, answer in answers.items() if asked != left_out}
            assert assessor.assess(fewer).status_of(finding).status is not Status.ESTABLISHED


# Single cases


def assess(book: Rulebook, answers: Answers) -> Assessment:
    return Assessor(book).assess(answers)


def test_a_finding_that_follows_either_way_is_established_whatever_the_answer() -> None:
    found = assess(EITHER_WAY, {"b": True}).status_of("z")
    assert (found.status, found.exact, found.whatever, found.waits_for) == (Status.ESTABLISHED, True, ("a",), ())
    assert [ground.rule for ground in found.supporting] == ["if", "if-not"]


def test_a_question_that_no_completion_can_make_matter_is_not_asked() -> None:
    interview = reply_to(assessor := Assessor(EITHER_WAY), begin(assessor), "b", True)
    assert [asked.id for asked in open_questions(EITHER_WAY, interview)] == ["c"]
    interview = reply_to(assessor, interview, "c", Unknown.DONT_KNOW)
    assert next_question(EITHER_WAY, interview) is None


@thorough(150)
@given(chances)
def test_who_has_answered_all_that_is_asked_knows_every_status_that_complete_answers_can_have(
    chance: random.Random,
) -> None:
    book = any_small_rulebook(chance, facts=3)
    assessor = Assessor(book)
    truth = {asked.id: any_answer(chance, asked) for asked in book.questions}
    interview = begin(assessor)
    while asked := next_question(book, interview):
        interview = reply_to(assessor, interview, asked.id, truth[asked.id])
    complete = assessor.assess(truth)
    if not complete.contradictions:
        assert [(f.finding, f.status) for f in interview.assessment.findings] == [
            (f.finding, f.status) for f in complete.findings
        ]


def test_two_answers_of_which_each_gives_away_the_other_are_not_both_taken_for_needless() -> None:
    book = rulebook(
        [question("a"), question("b")],
        [rule("r", "z", {"a": True, "b": True})],
        impossible=[
            Impossible(id="only-a", when={"a": True, "b": False}, text="t"),
            Impossible(id="only-b", when={"a": False, "b": True}, text="t"),
        ],
    )
    assert assess(book, {}).status_of("z").waits_for == ("a", "b")
    assert assess(book, {"a": True}).status_of("z").status is Status.ESTABLISHED


def test_however_two_disputes_end_one_ground_of_a_contested_fact_stays_possible() -> None:
    book = rulebook(
        [question("a")],
        [
            rule("disputed", "f", {"a": True}, contested="d"),
            rule("with", "z", {"f": True}),
            rule("without", "z", {"f": False}),
            rule("alone", "y", {"f": True}),
        ],
        facts=["f"],
    )
    assessment = assess(book, {"a": True})
    assert assessment.status_of("z").status is Status.ESTABLISHED
    assert assessment.status_of("z").exact
    assert assessment.status_of("z").whatever == ()
    assert assessment.status_of("y").status is Status.POSSIBLE


def test_answers_that_cannot_be_completed_contradict_each_other() -> None:
    book = rulebook(
        [question("a"), question("b"), question("c")],
        [rule("r", "z", {"a": True, "b": True, "c": True})],
        impossible=[
            Impossible(id="yes", when={"a": True, "b": True}, text="t"),
            Impossible(id="no", when={"a": True, "b": False}, text="t"),
            Impossible(id="idle", when={"c": True}, text="t"),
        ],
    )
    assert assess(book, {"a": True}).contradictions == ("yes", "no")
    assert assess(book, {"a": False}).contradictions == ()


def test_a_rulebook_too_large_for_diagrams_keeps_its_kleene_statuses_and_says_so() -> None:
    answers: Answers = {"b": True}
    assessment = Assessor(EITHER_WAY, most_nodes=1).assess(answers)
    assert not assessment.exact
    assert assessment.status_of("z").status is Status.POSSIBLE
    assert assessment.status_of("z").waits_for == ("a",)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of addresses are kept on Linux alone")
def test_where_the_system_gives_diagrams_no_room_statuses_are_those_of_kleene_and_it_says_so() -> None:
    """By itself the library would end the process with a backtrace."""
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (900 << 20, 900 << 20))\n"
    words = ["ask", "--plain", "--rulebook", str(SOUND)]
    ran = subprocess.run(
        [sys.executable, "-c", f"{limited}from assistant.cli import main; sys.exit(main({words!r}))"],
        capture_output=True,
        check=False,
        input=b"yes\n",
        cwd=ROOT,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "There is no room here for exact statuses" in " ".join(ran.stdout.decode().split())
    assert "Question: For how many days?" in ran.stdout.decode()


def test_what_is_needed_no_more_makes_room_however_long_it_goes_on(assessor: Assessor) -> None:
    cells = assessor.cells
    space, chance = Space(cells.values(), most_nodes=20_000), random.Random(1)
    for _ in range(60):
        points = space.empty
        for _case in range(6):
            said = {
                question: chance.choice(each.representatives)
                for question, each in cells.items()
                if chance.random() < 0.5
            }
            points |= space.answering(said)
        assert points.satisfiable()


def test_a_bound_of_a_question_leaves_out_the_cell_beyond_it() -> None:
    asked = question("n", QuestionType.NUMBER).model_copy(update={"lowest": 0, "highest": 9})
    book = rulebook([asked], [rule("r", "z", {"n": {"up_to": 0}}), rule("s", "y", {"n": {"from": 10}})])
    assert diagram_of(compile_rules(book)).space.cells["n"].representatives == (0, 1)


def test_a_day_before_a_boundary_stands_for_all_days_before_it() -> None:
    book = rulebook([question("d", QuestionType.DATE)], [rule("r", "z", {"d": {"from": "2022-09-24"}})])
    expected = (datetime.date(2022, 9, 23), datetime.date(2022, 9, 24))
    assert diagram_of(compile_rules(book)).space.cells["d"].representatives == expected


@pytest.mark.parametrize("goal", ["universe", "empty"])
def test_the_smallest_answers_to_everything_are_none_and_to_nothing_do_not_exist(goal: str) -> None:
    space = Space(diagram_of(compile_rules(EITHER_WAY)).space.cells.values())
    smallest = space.smallest(getattr(space, goal), space.points)
    assert smallest == ({} if goal == "universe" else None)


def test_two_programs_can_be_read_in_one_space() -> None:
    program = compile_rules(EITHER_WAY)
    diagram = diagram_of(program)
    assert Diagram(program, diagram.space).outcomes("z") == diagram.outcomes("z")


def test_questions_that_constrain_each_other_are_neighbours_which_keeps_the_diagrams_small(assessor: Assessor) -> None:
    diagram = assessor.diagram
    assert diagram
    far_apart = Diagram(assessor.program, Space(diagram.space.cells.values()))
    assert 4 * diagram.valid.node_count() < far_apart.valid.node_count()
    assert diagram.space.count(diagram.possible) == far_apart.space.count(far_apart.possible)


def test_an_order_of_variables_keeps_each_name_and_those_of_no_group_where_they_are() -> None:
    names = [f"q{number}" for number in range(40)]
    groups = [[f"q{number}", f"q{number + 20}"] for number in range(20)]
    order = force_order(names, groups)
    assert sorted(order) == sorted(names)
    assert all(abs(order.index(one) - order.index(other)) < 3 for one, other in groups)
    assert force_order(names, []) == names
