"""Two rulebooks, or two days in one, differ in what their findings are for some answers, and in texts and citations."""

import json
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given

from assistant.analysis.comparison import compare_days, compare_rulebooks
from assistant.analysis.comparison_report import comparison_report
from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.rulebook.computed import Formula
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import QuestionType
from tests.support.computed_rulebooks import any_book
from tests.support.project import SOUND, Run
from tests.support.random_rulebooks import any_rulebook, chances, question, rule, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of

Edit = Callable[[str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Makes a copy of the sound rulebook in which one text is replaced by another."""

    def edit(old: str, new: str) -> Path:
        folder = tmp_path / "edited"
        shutil.copytree(SOUND, folder)
        file = folder / "rules" / "_sound.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        return folder

    return edit


def test_a_moved_boundary_changes_a_finding_for_the_answers_between(edited: Edit, run: Run) -> None:
    compared = run("diff", "--json", SOUND, edited("over: 10", "over: 11"))
    comparison = json.loads(compared.out)
    assert (compared.code, comparison["differences"]) == (1, [])
    # One of three lengths, one of two answers to each of the others: whether he left, and where.
    expected = {"finding": "prison", "before": "established", "after": "excluded", "share": 1 / 12}
    (change,) = comparison["changes"]
    assert {key: change[key] for key in expected} == expected
    assert change["answers"] == {"left": True, "days": 11, "place": "russia"}


def test_a_changed_text_and_a_changed_citation_are_shown_with_both_readings(edited: Edit, run: Run) -> None:
    compared = run("diff", SOUND, edited("text: Up to 5 years", "text: Long. Up to 5 years"))
    assert compared.code == 1
    assert compared.out.endswith(
        "findings.text: prison\n  - Up to 5 years in prison.\n  + Long. Up to 5 years in prison.\n"
    )


def test_an_option_that_only_one_side_has_is_left_out_of_the_comparison(edited: Edit, run: Run) -> None:
    folder = edited("{id: ukraine, text: In Ukraine}]", "{id: ukraine, text: In Ukraine}, {id: moon, text: Away}]")
    compared = json.loads(run("diff", "--json", SOUND, folder).out)
    assert (compared["changes"], [each["what"] for each in compared["differences"]]) == (
        [],
        ["questions.options.moon.text"],
    )


@pytest.mark.parametrize("wider_first", [True, False])
def test_a_number_that_only_one_side_takes_is_left_out_of_the_comparison(wider_first: bool) -> None:
    asked = question("days", QuestionType.NUMBER)
    wide = rulebook_of([asked], [rule("long", "z", {"days": {"from": 3}})])
    narrow = wide.replacing(
        questions=(asked.model_copy(update={"highest": 5}),),
        rules=(rule("long", "z", {"days": {"from": 3, "under": 7}}),),
    )
    assert compare_rulebooks(*((wide, narrow) if wider_first else (narrow, wide))).changes == ()


def test_choices_without_an_option_in_common_have_nothing_to_compare() -> None:
    books = [
        rulebook_of([question("place", QuestionType.CHOICE, options)], [rule("here", "z", {"place": options[0]})])
        for options in (("home", "unit"), ("town", "road"))
    ]
    assert compare_rulebooks(*books).changes == ()


def test_the_same_rulebook_does_not_differ_from_itself(run: Run) -> None:
    assert run("diff", SOUND, SOUND) == (0, "Nothing differs.\n", "")


def test_between_two_days_the_law_that_changed_shows_with_an_example(run: Run) -> None:
    compared = run("diff", "--rulebook", SOUND, "--dates", "2022-09-20", "2022-09-21")
    assert compared.code == 1
    assert (
        "  applies → excluded, for 50.0000 % of the answers; for instance:\n    answers: {left: false}" in compared.out
    )


def test_shares_are_written_as_the_language_writes_fractions(run: Run) -> None:
    compared = run("diff", "--lang", "ru", "--rulebook", SOUND, "--dates", "2022-09-20", "2022-09-21")
    assert "50,0000 %" in compared.out


def test_between_two_days_of_one_law_nothing_differs(run: Run) -> None:
    assert run("diff", "--rulebook", SOUND, "--dates", "2022-09-18", "2022-09-20").code == 0


@pytest.mark.parametrize("words", [[SOUND], [], [SOUND, SOUND, "--dates", "2022-09-20", "2022-09-21"]])
def test_anything_but_two_folders_or_two_days_is_bad_input(words: list[object], run: Run) -> None:
    assert run("diff", *words).code == 2


def test_a_day_that_the_question_does_not_take_is_bad_input(run: Run) -> None:
    assert run("diff", "--dates", "1950-01-01", "2022-09-20") == (
        2,
        "",
        "These cannot be compared: 1950-01-01: this is too early for 'act_date'. Not before 2022-01-01.\n",
    )


def test_days_of_a_rulebook_that_asks_for_none_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="do not depend on a day"):
        compare_days(
            rulebook_of([question("a")], [rule("one", "z", {"a": True})]), date(2022, 9, 20), date(2022, 9, 24)
        )


def test_a_folder_that_is_no_rulebook_is_bad_input(tmp_path: Path, run: Run) -> None:
    compared = run("diff", SOUND, tmp_path)
    assert (compared.code, "there is no rulebook here" in compared.err) == (2, True)


def test_a_problem_is_told_with_the_folder_that_it_is_in(edited: Edit, tmp_path: Path, run: Run) -> None:
    wrong = edited("lowest: 0", "lowest: some")
    compared = run("diff", wrong, tmp_path / "nowhere")
    first, second = compared.err.splitlines()
    assert first.startswith(f"{wrong}/rules/_sound.yaml:14:83: ")
    assert second.startswith(f"{tmp_path / 'nowhere'}: there is no such folder.")


def test_a_question_of_another_type_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="q0"):
        compare_rulebooks(*_of_two_types())


def _of_two_types() -> tuple[Rulebook, Rulebook]:
    books = (any_rulebook(random.Random(seed), 2, 0, 1, 2) for seed in range(50))
    found = {book.questions[1].type: book for book in books}
    one, two, *_rest = found.values()
    return one, two


@thorough(60)
@given(chances)
def test_the_example_of_a_change_shows_it_on_both_sides(chance: random.Random) -> None:
    book = any_rulebook(chance, 4, 1, 2, 6)
    assume(book.rules)
    left_out = chance.choice(book.rules)
    other = book.replacing(rules=tuple(rule for rule in book.rules if rule is not left_out))
    assume(all(any(rule.concludes == finding for rule in other.rules) for finding in book.rules_for))
    before, after = Assessor(book), Assessor(other)
    for change in compare_rulebooks(book, other).changes:
        assert change.answers is not None
        assert before.assess(change.answers).status_of(change.finding).status is change.before
        assert after.assess(change.answers).status_of(change.finding).status is change.after


def test_the_days_around_the_change_of_law_differ_as_the_domain_says(rulebook: Rulebook) -> None:
    changes = compare_days(rulebook, date(2022, 9, 20), date(2022, 9, 24)).changes
    gone = {change.finding for change in changes if change.after.value == "excluded"}
    assert {"refusal_not_prosecuted_then", "discharge_possible", "file_written_letter"} <= gone
    come = {change.finding for change in changes if change.before.value == "excluded"}
    assert {"uk332_2_1", "uk332_2_2", "written_refusal_is_evidence", "contract_runs_on"} <= come


# Answers that are computed from others


def absent_for(days: object) -> Rulebook:
    """A rulebook in which the length of an absence is computed, and one of so many days of June is punished."""
    length = Formula.model_validate({"days_from": "start", "to": "end"})
    june = {"from": "2022-06-01", "until": "2022-06-30"}
    return rulebook_of(
        [
            question("start", QuestionType.DATE),
            question("end", QuestionType.DATE),
            question("days", QuestionType.NUMBER).replacing(computed=(length,)),
        ],
        [rule("long", "z", {"start": june, "end": june, "days": days})],
    )


def test_a_change_for_days_that_do_not_fit_is_none() -> None:
    """Nobody is absent for 40 days within June, or for 31."""
    assert compare_rulebooks(absent_for({"over": 31}), absent_for({"over": 39})).changes == ()


def test_an_example_of_a_change_has_days_that_fit() -> None:
    before, after = absent_for({"from": 23}), absent_for({"from": 24})
    (change,) = compare_rulebooks(before, after).changes
    assert change.answers is not None
    assert change.answers["days"] == 23
    for book, status in ((before, Status.ESTABLISHED), (after, Status.EXCLUDED)):
        assessment = Assessor(book).assess(change.answers)
        assert (assessment.contradictions, assessment.status_of("z").status) == ((), status)


def test_a_change_without_an_example_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.analysis.concrete.MAX_SPLITS", 2)
    after = absent_for({"from": 24})
    comparison = compare_rulebooks(absent_for({"from": 23}), after)
    assert [change.answers for change in comparison.changes] == [None]
    assert "perhaps; no example was found." in comparison_report(comparison, after)


@thorough(20)
@given(chances)
def test_what_changes_where_answers_are_computed_is_shown_with_answers_that_fit(chance: random.Random) -> None:
    book = any_book(chance)
    after = any_book(chance).replacing(questions=book.questions)
    for change in compare_rulebooks(book, after).changes:
        if change.answers is None:
            continue
        for side, status in ((book, change.before), (after, change.after)):
            assessment = Assessor(side).assess(change.answers)
            assert assessment.contradictions == ()
            # One rulebook alone has wider cells, and may leave open what both decide.
            assert assessment.status_of(change.finding).status in {status, Status.POSSIBLE}
