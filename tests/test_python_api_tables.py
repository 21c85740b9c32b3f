"""Tables through the Python API: every case is evaluated or rejected with its reasons, as data or as files."""

from pathlib import Path
from typing import Final

import pytest

from assistant import (
    Assessor,
    EvaluatedRow,
    Failed,
    InputError,
    RejectedRow,
    RowProblem,
    Rulebook,
    Status,
    evaluate_table,
    load_rulebook,
)

ROOT: Final = Path(__file__).parents[1]
SOUND: Final = ROOT / "tests" / "bad_rulebooks" / "sound"
FINDINGS: Final = ("prison", "no_case")


@pytest.fixture
def assessor(sound: Rulebook) -> Assessor:
    return Assessor(sound)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the examples write their files."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


CASES: Final = "id,left,days,place\nA,true,11,russia\nB,true,-1,\nC,false,,\n"


@pytest.fixture
def cases(folder: Path) -> Path:
    (folder / "cases.csv").write_text(CASES)
    return folder / "cases.csv"


def test_a_table_gives_every_case_either_its_statuses_or_why_not(sound: Rulebook, cases: Path) -> None:
    rows = list(evaluate_table(cases, sound))
    assert [row.row for row in rows if isinstance(row, RejectedRow)] == [3]
    assert {row.id: row.statuses for row in rows if isinstance(row, EvaluatedRow)} == {
        "A": {"prison": Status.ESTABLISHED, "no_case": Status.EXCLUDED},
        "C": {"prison": Status.EXCLUDED, "no_case": Status.POSSIBLE},
    }
    (rejected,) = (row for row in rows if isinstance(row, RejectedRow))
    assert rejected.problems == (RowProblem("days", "this is too little for 'days'.", "Not less than 0."),)
    assert str(rejected.problems[0]) == "days: this is too little for 'days'. Not less than 0."
    assert rejected.original == "B,true,-1,"
    assert "B,true" not in repr(rejected)


def test_a_table_can_say_which_rules_hold_and_what_they_cite(sound: Rulebook, cases: Path) -> None:
    (first, _second) = (row for row in evaluate_table(cases, sound, explain=True) if isinstance(row, EvaluatedRow))
    assert first.rules == ("leaving", "long-absence")
    assert first.citations == ("art_1",)
    assert list(first.statuses) == list(FINDINGS)


@pytest.mark.parametrize("exact", [False, True])
def test_a_table_and_a_single_case_agree(assessor: Assessor, cases: Path, exact: bool) -> None:
    alone = assessor.assess({"left": True, "days": 11, "place": "russia"})
    rows = (row for row in evaluate_table(cases, assessor.rulebook, exact=exact) if isinstance(row, EvaluatedRow))
    assert next(rows).statuses == {finding: found.status for finding, found in alone.findings.items()}


def test_a_table_without_a_row_gives_none(sound: Rulebook, folder: Path) -> None:
    (folder / "empty.csv").write_text("id,left\n")
    assert list(evaluate_table("empty.csv", sound)) == []


def test_a_table_is_written_with_its_rejects_as_data_or_as_a_file(sound: Rulebook, cases: Path) -> None:
    table = evaluate_table(cases, sound)
    summary = table.write("statuses.csv")
    assert (summary.rows, summary.rejected, summary.empty) == (3, 1, 0)
    assert [reject.row for reject in summary.rejects] == [3]
    assert Path("statuses.csv").read_text() == "id,prison,no_case\nA,established,excluded\nC,excluded,possible\n"
    assert table.write("statuses.csv", rejects="bad.csv", overwrite=True).rejects == ()
    assert "this is too little for 'days'" in Path("bad.csv").read_text()


@pytest.mark.parametrize(
    ("output", "rejects", "told"),
    [
        ("cases.csv", None, "cases.csv: this is the table itself."),
        ("there.csv", None, "there.csv: there is a file of this name."),
        ("statuses.zip", None, "statuses.zip: no format is known by this name."),
        ("statuses", None, "statuses: no format is known by this name."),
        ("statuses.csv", "bad.txt", "bad.txt: no format is known by this name."),
        ("statuses.csv", "statuses.csv", "statuses.csv: the result goes into this file."),
        ("figures.md", None, "figures.md: figures have no place for explanations."),
        ("nowhere/statuses.csv", None, "nowhere/statuses.csv: the file cannot be written: "),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is(
    sound: Rulebook, cases: Path, output: str, rejects: str | None, told: str
) -> None:
    Path("there.csv").write_text("kept")
    with pytest.raises(InputError) as raised:
        evaluate_table("cases.csv", sound, explain=True).write(output, rejects=rejects)
    assert str(raised.value).startswith(told)
    assert sorted(path.name for path in cases.parent.iterdir()) == ["cases.csv", "there.csv"]
    assert (cases.read_text(), Path("there.csv").read_text()) == (CASES, "kept")


@pytest.mark.parametrize("name", ["absent.csv", "folder", "notes.txt", "strange.csv", "spreadsheet.csv"])
def test_a_file_that_is_no_table_is_told(sound: Rulebook, folder: Path, name: str) -> None:
    (folder / "folder").mkdir()
    (folder / "notes.txt").write_text("left\ntrue\n")
    (folder / "strange.csv").write_text("id,lft\nA,true\n")
    (folder / "spreadsheet.csv").write_bytes(b"PK\x03\x04")
    table = evaluate_table(name, sound)
    for use in (list, lambda it: it.write("statuses.csv")):
        with pytest.raises(InputError) as raised:
            use(table)
        assert raised.value.problems[0].place.path == name
    assert not Path("statuses.csv").exists()


def test_a_loop_over_a_table_leaves_the_language_of_its_caller_alone(cases: Path) -> None:
    russian, english = load_rulebook(ROOT, language="ru").or_raise(), load_rulebook(SOUND).or_raise()
    cases.write_text("id,refusal\nA,perhaps\nB,oral\n")
    rows = iter(evaluate_table(cases, russian))
    first = next(rows)
    assert isinstance(first, RejectedRow)
    assert "такого варианта" in first.problems[0].message
    with pytest.raises(InputError, match="there is no question"):
        Assessor(english).assess({"age": 1})
    assert isinstance(load_rulebook("nowhere"), Failed)
    assert str(load_rulebook("nowhere").problems[0]).startswith("nowhere: there is no such folder.")  # type: ignore[union-attr]
