"""Each file of ``bad_rulebooks/broken_promises/`` breaks a promise: a proof says so, and its counterexample shows it.

The convention is that of ``bad_rulebooks/``: the file is put into a copy of the sound rulebook, and its first comment
has the lines that ``assistant check --prove`` prints about it.
"""

import datetime
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from assistant.analysis.proof import Failure, prove
from assistant.analysis.proof.promises import forbidden_findings
from assistant.analysis.proof.safety import misleading_findings
from assistant.analysis.proof.subject import Subject, subject_of
from assistant.analysis.proof.use import without_clause
from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.rulebook.computed import Formula
from assistant.rulebook.computing import completed
from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.model import Impossible, Rule, Rulebook
from assistant.rulebook.program import Clause, Program, SignedNode
from assistant.rulebook.promise import Never
from assistant.rulebook.question import QuestionType
from assistant.rulebook.vocabulary import Period
from tests.support.computed_rulebooks import any_book, any_complete_row
from tests.support.project import ROOT, SOUND, Run
from tests.support.random_rulebooks import CITES, any_rulebook, chances, question, thorough
from tests.support.random_rulebooks import rulebook as rulebook_of

WRONG = sorted((ROOT / "tests" / "bad_rulebooks" / "broken_promises").glob("*.yaml"))


def expected(file: Path) -> list[str]:
    return re.findall(r"^# (.*)$", file.read_text("utf-8"), re.MULTILINE)


def told(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if re.search(r": \[\w+\] ", line)]


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_broken_promise_is_told_with_its_rules_and_reproduced_by_its_counterexample(
    file: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "rulebook"
    shutil.copytree(SOUND, folder)
    shutil.copy(file, folder / "rules")
    proved = run("check", "--prove", "--rulebook", str(folder))
    assert (proved.code, told(proved.err)) == (1, expected(file))
    (tmp_path / "counterexamples.yaml").write_text(proved.out, "utf-8")
    shown = run("evaluate", "--rulebook", str(folder), str(tmp_path / "counterexamples.yaml"))
    assert (shown.code, shown.err) == (0, "")


def test_the_sound_rulebook_keeps_its_promises(run: Run) -> None:
    proved = run("check", "--prove", "--rulebook", str(SOUND))
    assert (proved.code, proved.out, told(proved.err)) == (0, "", [])


def test_where_all_answers_contradict_each_other_that_alone_is_told(tmp_path: Path, run: Run) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    combinations = {"he_left": "left: true", "far_away": "place: ukraine", "he_stayed": "left: false"}
    lines = [f"  - {{id: {name}, when: {{{when}}}, text: No.}}\n" for name, when in combinations.items()]
    (tmp_path / "rules" / "impossible.yaml").write_text("impossible:\n" + "".join(lines))
    proved = run("check", "--prove", "--rulebook", tmp_path)
    message = "[impossible] whatever is answered contradicts one of he_left, he_stayed."
    assert told(proved.err) == [f"rules/impossible.yaml:2:5: {message} See also rules/impossible.yaml:4:5."]
    assert (proved.code, proved.out) == (1, "")


def test_the_real_rulebook_keeps_its_promises(rulebook: Rulebook) -> None:
    assert prove(rulebook).failures == ()


def test_a_rulebook_too_large_for_diagrams_is_not_called_proved() -> None:
    with pytest.raises(MemoryError):
        prove(any_rulebook(random.Random(1), questions=60, facts=80, findings=120, rules=400))


# Mutations of the real rulebook that the proofs are there to notice


def changed(book: Rulebook, name: str, **changes: Any) -> Rulebook:
    rules = (rule.model_copy(update=changes) if rule.id == name else rule for rule in book.rules)
    return book.replacing(rules=tuple(rules))


def failing(book: Rulebook) -> set[tuple[str, str]]:
    return {(failure.proof, failure.subject) for failure in prove(book).failures}


def test_a_reassurance_of_the_articles_that_loses_its_end_is_noticed(rulebook: Rulebook) -> None:
    period = rulebook.rule["many-refused"].in_force.model_copy(update={"until": datetime.date(2022, 9, 21)})
    assert failing(changed(rulebook, "many-refused", in_force=period)) == {
        ("never", "articles_reassure_until_mobilisation")
    }


def test_a_reassurance_that_is_not_capped_at_the_last_review_is_noticed(rulebook: Rulebook) -> None:
    assert failing(changed(rulebook, "police-rank-outside", in_force=Period())) == {("reviewed", "outside_chapter_33")}


def test_a_reassurance_about_what_is_still_to_be_done_that_any_day_of_asking_allows_is_noticed(
    rulebook: Rulebook,
) -> None:
    name = "first-desertion-under-hardship"
    whenever = {asked: value for asked, value in rulebook.rule[name].when.items() if asked != "asked_on"}
    assert failing(changed(rulebook, name, when=whenever)) == {
        ("asked", "release_note_338"),
        ("never", "nothing_still_to_be_done_reassures_after_the_review"),
    }


def test_a_reassurance_that_follows_because_a_later_day_of_asking_is_impossible_is_noticed(rulebook: Rulebook) -> None:
    too_late = Impossible.model_validate(
        {"id": "too_late", "when": {"lawyer_consulted": False, "asked_on": {"from": "2022-09-21"}}, "text": "Too late."}
    )
    found = failing(rulebook.replacing(impossible=(*rulebook.impossible, too_late)))
    assert ("asked", "discharge_possible") in found
    assert all(proof == "asked" for proof, _subject in found)


def test_an_exposure_that_is_excluded_only_by_silence_is_noticed(rulebook: Rulebook) -> None:
    in_silence = changed(
        rulebook, "disobeyed-in-silence", contested="Nobody said a word.", when={"refusal": "considering"}
    )
    assert ("not_excluded_by", "silence") in failing(in_silence)


def test_a_length_of_absence_that_begins_a_day_later_leaves_a_gap(rulebook: Rulebook) -> None:
    when = {**rulebook.rule["absent-over-31-in-mobilisation"].when, "absence_days": {"over": 32}}
    rule = Rule.model_validate({**dict(rulebook.rule["absent-over-31-in-mobilisation"]), "when": when})
    failures = prove(changed(rulebook, rule.id, when=rule.when)).failures
    assert [(failure.proof, failure.subject) for failure in failures] == [
        ("exactly_one_of", "absence_by_length_since_law_365")
    ]
    assert failures[0].examples[0].answers["absence_days"] == 32


# The safety theorem


def safety_with(subject: Subject, shown: Program) -> list[Failure]:
    return list(misleading_findings(subject, shown))


TWO_GROUNDS = rulebook_of(
    [question("a"), question("b")],
    [
        Rule(id="one", concludes="z", when={"a": True}, cites=CITES),
        Rule(id="two", concludes="z", when={"b": True}, unless=("a",), cites=CITES),
    ],
)


def test_partial_answers_never_mislead_in_the_real_rulebook(rulebook: Rulebook) -> None:
    assert list(misleading_findings(subject_of(rulebook))) == []


def test_a_rule_that_partial_answers_do_not_know_of_hides_a_finding() -> None:
    subject = subject_of(TWO_GROUNDS)
    program = subject.diagram.program
    (failure,) = safety_with(subject, without_clause(program, program.clauses["z"][0]))
    assert failure.message == "'z' is excluded by partial answers, and a completion brings it about."
    assert failure.examples[1].expect == {"z": Status.ESTABLISHED}


def test_a_condition_that_partial_answers_do_not_know_of_comforts_too_early() -> None:
    subject = subject_of(TWO_GROUNDS)
    program = subject.diagram.program
    careless = Clause(id="two", head="z", body=(SignedNode("b", False),))
    shown = program.model_copy(update={"clauses": {**program.clauses, "z": (program.clauses["z"][0], careless)}})
    assert [failure.message for failure in safety_with(subject, shown)] == [
        "'z' is established by partial answers, and a completion takes it back.",
        "'z' is excluded by partial answers, and a completion brings it about.",
    ]


def test_a_contested_rule_that_partial_answers_take_for_certain_comforts_too_early() -> None:
    contested = changed(TWO_GROUNDS, "one", contested="disputed")
    subject = subject_of(contested)
    certain = subject_of(TWO_GROUNDS).diagram.program
    assert [failure.message for failure in safety_with(subject, certain)] == [
        "'z' is established by partial answers, and a completion takes it back."
    ]


# Computed answers

LENGTH = {"days_from": "start", "to": "end"}


def computing(*rules: Rule, never: str) -> Subject:
    """The proofs of a rulebook in which a length is computed, and a finding is never established."""
    asked = [question("start", QuestionType.DATE), question("end", QuestionType.DATE)]
    asked.append(question("days", QuestionType.NUMBER).replacing(computed=(Formula.model_validate(LENGTH),)))
    when: dict[str, ConditionValue] = {"days": Range.model_validate({"from": 0})}
    return subject_of(rulebook_of(asked, rules).replacing(never=(Never(id="promised", when=when, of=(never,)),)))


def on_days(name: str, **when: Any) -> Rule:
    return Rule.model_validate({"id": name, "concludes": "z", "when": when, "cites": CITES})


IN_JUNE = {"from": "2022-06-01", "until": "2022-06-30"}


def test_a_promise_that_only_days_that_do_not_fit_would_break_holds() -> None:
    """Within June nobody is away for 40 days, whatever the cells of the three questions are by themselves."""
    subject = computing(on_days("r", start=IN_JUNE, end=IN_JUNE, days={"from": 40}), never="z")
    assert list(forbidden_findings(subject)) == []
    assert subject.undecided == []


def test_a_counterexample_has_days_that_fit() -> None:
    subject = computing(on_days("r", start=IN_JUNE, end=IN_JUNE, days={"from": 20}), never="z")
    (failure,) = forbidden_findings(subject)
    (example,) = failure.examples
    assert completed(subject.rulebook, example.answers).contradicting == ()
    assert example.answers.keys() == {"start", "end", "days"}


def test_days_that_run_backwards_break_no_promise() -> None:
    """By cells they may, because a question without an answer has some cell too; but nobody can give both answers."""
    late = {"from": "2022-06-29", "until": "2022-06-30"}
    early = {"from": "2022-06-01", "until": "2022-06-02"}
    subject = computing(on_days("r", start=late, end=early, days={"from": 1}), never="z")
    assert list(forbidden_findings(subject)) == []
    assert subject.undecided == []


EXACTLY_23_DAYS = on_days("r", start=IN_JUNE, end=IN_JUNE, days={"from": 23, "up_to": 23})


def test_a_cell_is_split_until_days_are_found_that_fit() -> None:
    """Neither the first nor the last days of June are 23 days from each other."""
    subject = computing(EXACTLY_23_DAYS, never="z")
    (failure,) = forbidden_findings(subject)
    (example,) = failure.examples
    assert example.answers["days"] == 23
    assert completed(subject.rulebook, example.answers).contradicting == ()


def test_what_is_neither_shown_nor_refuted_after_so_many_splits_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.analysis.concrete.MAX_SPLITS", 2)
    subject = computing(EXACTLY_23_DAYS, never="z")
    assert list(forbidden_findings(subject)) == []
    assert subject.undecided == ["z"]


@thorough(30)
@given(chances)
def test_a_promise_is_broken_by_answers_that_fit_or_by_none(chance: random.Random) -> None:
    """What the proof shows can be answered; what it calls kept, no answers break."""
    book = any_book(chance)
    finding = chance.choice(book.findings).id
    asked = book.question["home"]
    book = book.replacing(never=(Never(id="promised", when={asked.id: True}, of=(finding,)),))
    subject, assessor = subject_of(book), Assessor(book)
    failures = list(forbidden_findings(subject))
    for failure in failures:
        for example in failure.examples:
            assessment = assessor.assess(example.answers)
            assert assessment.contradictions == ()
            assert assessment.status_of(finding).status is Status.ESTABLISHED
    for _row in range(20):
        answers = {**any_complete_row(chance, book), asked.id: True}
        assessment = assessor.assess(answers)
        if not assessment.contradictions and assessment.status_of(finding).status is Status.ESTABLISHED:
            assert failures or subject.undecided
