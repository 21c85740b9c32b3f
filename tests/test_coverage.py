"""What scenarios leave untried and what articles say in vain: every gap is named, and fails the check."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.analysis.coverage import Case, Coverage, coverage, paragraph_coverage
from assistant.analysis.coverage_report import coverage_report
from assistant.assessment.assessor import Assessor
from assistant.publish.provenance.annotation import paragraph_nodes
from assistant.publish.site.marking import marked_paragraphs
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.scenarios.evaluation import Evaluated, evaluate_files
from assistant.tui.widgets.marked_article import marked_article
from tests.support.project import SOUND, Run

COMPLETE = """
- {id: long, answers: {left: true, days: 11, place: russia, day: 2022-09-21}}
- {id: short, answers: {left: true, days: 10, place: ukraine}}
- {id: stayed, answers: {left: false, day: 2022-09-20}}
"""


def cases(text: str, assessor: Assessor, tmp_path: Path) -> list[Case]:
    (tmp_path / "cases.yaml").write_text(text)
    found = list(evaluate_files(assessor, [tmp_path / "cases.yaml"]))
    evaluated = [(each.scenario, each.assessment) for each in found if isinstance(each, Evaluated)]
    assert len(evaluated) == len(found)
    return evaluated


def covered_by(text: str, rulebook: Rulebook, tmp_path: Path) -> Coverage:
    """What scenarios cover of a rulebook."""
    assessor = Assessor(rulebook)
    return coverage(assessor, cases(text, assessor, tmp_path))


@pytest.fixture
def covered(small: Assessor, tmp_path: Path) -> Callable[[str], Coverage]:
    """What scenarios cover of the small rulebook."""
    return lambda text: coverage(small, cases(text, small, tmp_path))


def gaps(found: Coverage) -> list[str]:
    """What the report says is missing: the lines after the counts."""
    lines = coverage_report(found).splitlines()
    return lines[max(at for at, line in enumerate(lines) if line.endswith(" %)")) + 1 :]


def test_scenarios_that_try_everything_leave_no_gap(covered: Callable[[str], Coverage]) -> None:
    found = covered(COMPLETE)
    assert gaps(found) == []
    assert found.complete
    rule = next(rule for rule in found.rules if rule.rule == "long-absence")
    assert (rule.holds_in, rule.fails_in) == (("long",), ("short", "stayed"))


def test_the_report_gives_every_paragraph_its_disposition_and_counts_everything(
    covered: Callable[[str], Coverage],
) -> None:
    assert coverage_report(covered(COMPLETE)).splitlines() == [
        "article:1\tbackground: It says nothing about the law.",
        "article:3\tnobody-punished",
        "article:5\tbackground: It says nothing about the law.",
        "",
        "rules exercised both ways: 4 of 4 (100.0 %)",
        "boundaries exercised on both sides: 2 of 2 (100.0 %)",
        "paragraphs with a disposition: 3 of 3 (100.0 %)",
    ]


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ("days: 11", "days: 12", "no scenario answers 'days' with 11"),
        ("days: 10", "days: 9", "no scenario answers 'days' with 10"),
        ("2022-09-21", "2022-09-22", "no scenario answers 'day' with 21.09.2022"),
        ("2022-09-20", "2022-09-19", "no scenario answers 'day' with 20.09.2022"),
        ("place: ukraine", "place: unknown", "no scenario makes the rule 'absence-in-ukraine' hold"),
    ],
)
def test_a_gap_that_one_changed_answer_opens_is_named(
    covered: Callable[[str], Coverage], old: str, new: str, gap: str
) -> None:
    found = covered(COMPLETE.replace(old, new))
    assert gap in gaps(found)
    assert not found.complete


def test_without_scenarios_every_rule_and_boundary_is_a_gap(covered: Callable[[str], Coverage]) -> None:
    rules = ["leaving", "long-absence", "absence-in-ukraine", "nobody-was"]
    found = gaps(covered("[{id: nothing, answers: {}}]"))
    assert found[:8] == [f"no scenario makes the rule '{rule}' {does}" for rule in rules for does in ("hold", "fail")]
    assert len(found) == 12


@pytest.mark.parametrize(
    ("bounds", "period"),
    [
        ("", "{from: 0001-01-01, until: 9999-12-31}"),
        (", lowest: 2022-02-24, highest: 2022-12-31", "{from: 2022-02-24, until: 2022-12-31}"),
    ],
    ids=["of the calendar", "of the question"],
)
def test_a_period_to_the_first_and_last_day_that_can_be_answered_has_no_other_side(
    tmp_path: Path, bounds: str, period: str
) -> None:
    always = f"rules:\n  - {{id: always, concludes: prison, in_force: {period}, cites: [{{statute: art_1}}]}}\n"
    rulebook = changed(tmp_path, "rules/_sound.yaml", "type: date", f"type: date{bounds}", more=always)
    found = covered_by(COMPLETE, rulebook, tmp_path)
    assert [step.below for step in found.boundaries if step.question == "day"] == ["20.09.2022"]


def changed(tmp_path: Path, file: str, old: str, new: str, more: str = "") -> Rulebook:
    """The small rulebook with something changed, and perhaps one file more."""
    shutil.copytree(SOUND, tmp_path / "book")
    if more:
        (tmp_path / "book" / "rules" / "more.yaml").write_text(more)
    path = tmp_path / "book" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    loaded = load_rulebook(tmp_path / "book")
    assert isinstance(loaded, Rulebook), loaded
    return loaded


@pytest.mark.parametrize(
    ("file", "old", "new", "gap"),
    [
        ("seeds/catalogue.yaml", "lines: [1, 5]", "lines: [1]", "article:5 is neither cited nor listed as background"),
        (
            "seeds/catalogue.yaml",
            "lines: [1, 5]",
            "lines: [1, 3, 5]",
            "article:3 is cited, and listed as background too",
        ),
        (
            "rules/_sound.yaml",
            "{passage: nobody-punished}",
            "{statute: art_1}",
            "no rule cites the passage 'nobody-punished'",
        ),
    ],
)
def test_a_paragraph_or_passage_without_a_use_is_named(tmp_path: Path, file: str, old: str, new: str, gap: str) -> None:
    rulebook = changed(tmp_path, file, old, new)
    found = covered_by(COMPLETE, rulebook, tmp_path)
    assert gap in gaps(found)
    assert not found.complete


def test_a_passage_without_a_use_is_named_even_where_its_paragraph_has_one(tmp_path: Path) -> None:
    another = "{id: others, source: article, exact: Others were, prefix: 'said. ', speaker: lawyer, origin: interview"
    rulebook = changed(
        tmp_path, "seeds/catalogue.yaml", "background:\n", f"  - {another}, force: practice}}\nbackground:\n"
    )
    found = covered_by(COMPLETE, rulebook, tmp_path)
    assert gaps(found) == ["no rule cites the passage 'others'"]
    assert not found.complete


@pytest.mark.parametrize("odd", ["\u2028", "\x0c", "\x85", "\r", "\x1c"], ids=ascii)
def test_what_only_looks_like_the_end_of_a_line_moves_no_paragraph_anywhere(sound: Rulebook, odd: str) -> None:
    texts = {name: text.replace("A heading", f"A{odd}heading{odd}") for name, text in sound.sources.texts.items()}
    book = sound.replacing(sources=sound.sources.replacing(texts=texts))
    lines = [(part.line, part.passages) for part in paragraph_coverage(book)]
    assert lines == [(part.line, part.passages) for part in paragraph_coverage(sound)]
    assert lines == [(part.line, part.passages) for part in marked_paragraphs(book, "article")]
    exported = [node["line"] for node in paragraph_nodes(book, book.sources.article["article"])]
    assert exported == [line for line, _passages in lines]
    around = marked_article(book.sources, "article").around("nobody-punished")
    assert [len(paragraphs) for paragraphs in around] == [1, 1, 1]


def test_a_contested_rule_is_tried_when_all_its_conditions_hold(tmp_path: Path) -> None:
    rulebook = changed(
        tmp_path, "rules/_sound.yaml", "place: ukraine}, cites", "place: ukraine}, contested: Courts differ., cites"
    )
    found = covered_by(COMPLETE, rulebook, tmp_path)
    assert next(rule for rule in found.rules if rule.rule == "absence-in-ukraine").holds_in == ("short",)


def test_the_check_ends_well_only_without_gaps(run: Run, tmp_path: Path) -> None:
    words = ["check", "--coverage", "--rulebook", SOUND, "--scenarios", tmp_path]
    (tmp_path / "cases.yaml").write_text(COMPLETE)
    assert run(*words).code == 0
    (tmp_path / "cases.yaml").write_text(COMPLETE.replace("days: 10", "days: 9"))
    outcome = run(*words)
    assert outcome.code == 1
    assert outcome.out.endswith("no scenario answers 'days' with 10\n")


def test_scenarios_that_cannot_be_read_are_bad_input_for_the_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("id: case\n")
    outcome = run("check", "--coverage", "--rulebook", SOUND, "--scenarios", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")


@pytest.mark.parametrize("command", ["check", "site"])
def test_a_problem_of_many_scenarios_is_summed_up_wherever_they_are_counted(
    run: Run, tmp_path: Path, command: str
) -> None:
    for at in range(30):
        (tmp_path / f"{at:02}.yaml").write_text(f"id: case {at}\nanswers: {{left: 1}}\n")
    output = ["--coverage"] if command == "check" else ["--output", tmp_path / "site"]
    outcome = run(command, "--rulebook", SOUND, *output, "--scenarios", tmp_path)
    *listed, last = [line for line in outcome.err.splitlines() if "true or false" in line]
    assert (outcome.code, outcome.out, len(listed)) == (2, "", 10)
    assert last.endswith(
        f"The same in 20 more places. The first: {tmp_path}/10.yaml:2:17; the last: {tmp_path}/29.yaml:2:17."
    )
    assert not (tmp_path / "site").exists()


def test_scenarios_without_the_coverage_that_counts_them_are_bad_input(run: Run, tmp_path: Path) -> None:
    outcome = run("check", "--rulebook", SOUND, "--scenarios", tmp_path)
    assert (outcome.code, outcome.out, outcome.err[:38]) == (2, "", "Scenarios are counted with --coverage:")


def test_the_scenarios_beside_a_rulebook_are_counted_unless_others_are_named(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "book")
    (tmp_path / "book" / "tests" / "scenarios").mkdir(parents=True)
    (tmp_path / "book" / "tests" / "scenarios" / "cases.yaml").write_text(COMPLETE)
    assert run("check", "--coverage", "--rulebook", tmp_path / "book").code == 0


def test_the_real_scenarios_and_articles_leave_no_gap(assessor: Assessor, evaluated: tuple[Evaluated, ...]) -> None:
    found = coverage(assessor, [(each.scenario, each.assessment) for each in evaluated])
    assert gaps(found) == []
    assert found.complete


def test_in_every_real_scenario_follows_what_it_expects(evaluated: tuple[Evaluated, ...]) -> None:
    assert len(evaluated) > 400
    failed = {each.scenario.id: each.failed_expectations for each in evaluated if each.failed_expectations}
    assert failed == {}
