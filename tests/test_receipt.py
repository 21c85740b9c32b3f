"""A receipt: what was answered and what followed, to be run again by anybody."""

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assessment.assessor import Assessor
from assistant.interview.receipt import Receipt, load_receipt, receipt, receipt_text, verification_lines, verify
from assistant.rulebook.question import Answer
from tests.support.project import ROOT, SOUND, Run
from tests.support.random_rulebooks import any_answer, chances, thorough

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "receipt.schema.json").read_text("utf-8"))
ABSENT: dict[str, Answer] = {"left": True, "days": 11, "place": "russia"}
CANARY = "zzcanary"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def written(small: Assessor, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_text(receipt_text(receipt(small.rulebook, ABSENT, small.assess(ABSENT))), "utf-8")
    return path


def loaded(path: Path) -> Receipt:
    found = load_receipt(path)
    assert isinstance(found, Receipt), "\n".join(map(str, found))
    return found


def changed(path: Path, change: Change) -> Path:
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")
    return path


def verified(small: Assessor, path: Path) -> list[str]:
    found = verify(small, loaded(path))
    assert not found.same
    return list(verification_lines(small.rulebook, found))


@thorough(25)
@given(chances)
def test_a_receipt_comes_back_from_its_file_and_verifies(
    assessor: Assessor, tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    questions = chance.sample(assessor.rulebook.questions, chance.randint(0, 12))
    answers = {question.id: _suitable(chance, assessor, question.id) for question in questions}
    made = receipt(assessor.rulebook, answers, assessor.assess(answers))
    path = tmp_path_factory.mktemp("receipts") / "receipt.json"
    path.write_text(receipt_text(made), "utf-8")
    jsonschema.validate(json.loads(receipt_text(made)), SCHEMA)
    assert loaded(path) == made
    assert verify(assessor, made).same


def _suitable(chance: random.Random, assessor: Assessor, question: str) -> Answer:
    asked = assessor.rulebook.question[question]
    answer = any_answer(chance, asked)
    cells = assessor.cells[question]
    return chance.choice(cells.representatives) if cells.lower_bounds else answer


def test_a_receipt_does_not_depend_on_what_was_assessed_before(assessor: Assessor) -> None:
    answers: dict[str, Answer] = {"refusal": "oral", "service_category": "contract", "place": "russia_at_unit"}
    alone = receipt(assessor.rulebook, answers, Assessor(assessor.rulebook).assess(answers))
    for before in ({}, {"refusal": "none"}, {**answers, "regime": "declared_war"}, {"refusal": "oral"}):
        assessor.assess(before)
        assert receipt(assessor.rulebook, answers, assessor.assess(answers)) == alone


@given(st.data())
@thorough(60)
def test_a_flipped_byte_is_noticed(
    small: Assessor, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = receipt(small.rulebook, ABSENT, small.assess(ABSENT))
    content = bytearray(receipt_text(whole).encode())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("receipts") / "receipt.json"
    path.write_bytes(content)
    found = load_receipt(path)
    # White space and the like can change without any meaning changing with it.
    assert not isinstance(found, Receipt) or found == whole or not verify(small, found).same


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["answers"].update(left=False), "its checksum does not fit"),
        (lambda data: data["answers"].update(days=12), "its checksum does not fit"),
        (lambda data: data["answers"].update(days="many"), "The rulebook does not take the answers to: days."),
        (lambda data: data["answers"].update(nowhere=True), "The rulebook does not take the answers to: nowhere."),
        (lambda data: data.update(rulebook_hash="0" * 64), f"It was made with another rulebook: {'0' * 64} then, "),
        (lambda data: data["statuses"].update(prison="excluded"), "prison: excluded then, applies now."),
        (lambda data: data["statuses"].pop("prison"), "prison: unknown to the rulebook then, applies now."),
        (
            lambda data: data["statuses"].update(gone="possible"),
            "gone: possible, but not certain then, unknown to the rulebook now.",
        ),
        (lambda data: data["trace"].pop(), "The statuses are the same, and the way to them is another."),
        (
            lambda data: data.update(contradictions=["x"]),
            "Then, the answers contradicted each other, so nothing was assessed.",
        ),
    ],
)
def test_what_is_another_is_named(small: Assessor, written: Path, change: Change, told: str) -> None:
    lines = verified(small, changed(written, change))
    assert lines[0] == "The assessment is not the same."
    assert "The receipt has been changed since it was written: its checksum does not fit." in lines
    assert any(told in line for line in lines)


def test_another_version_of_the_program_is_told_and_changes_nothing(
    small: Assessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.interview.receipt.__version__", "0.0.9")
    older = receipt(small.rulebook, ABSENT, small.assess(ABSENT))
    monkeypatch.undo()
    found = verify(small, older)
    assert found.same
    assert list(verification_lines(small.rulebook, found))[1].startswith("It was made with version 0.0.9")


def test_the_command_says_whether_the_assessment_is_the_same(run: Run, written: Path) -> None:
    outcome = run("verify", "--rulebook", SOUND, written)
    assert (outcome.code, outcome.out, outcome.err) == (0, "The assessment is the same.\n", "")
    other = run("verify", written)
    assert other.code == 1
    assert other.out.startswith("The assessment is not the same.\nIt was made with another rulebook: ")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", ":1:1: the file is empty."),
        ("null", ":1:1: this is not a receipt."),
        ("[1, 2]", ":1:1: this is not a receipt."),
        ("{}", ":1:1: this is not a receipt."),
        ("[" * 100_000, ":1:33: this is nested more than 32 deep."),
        ('{"receipt": 1, "answers": ' + '{"a": ' * 100_000, "this is nested more than 32 deep."),
        ('{"receipt": 1,\n "receipt": 1}', ":2:2: the key 'receipt' is here a second time"),
        ('{"receipt": 1, "receipt_', "this is not YAML"),
        ('{"receipt": 1, "x": "\\ud800"}', "this is not YAML"),
        ('{"receipt": 1, "x": "\\u0000"}', "the invisible character U+0000 is not allowed."),
        (b"\xff\xfe", "byte 0 is not UTF-8."),
    ],
)
def test_what_is_no_receipt_is_told_once_and_where(run: Run, tmp_path: Path, content: str | bytes, told: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    outcome = run("verify", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    assert told in outcome.err


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(answers=CANARY),
        lambda data: data["answers"].update(left=[CANARY]),
        lambda data: data["answers"].update(left=None),
        lambda data: data["answers"].update(left=float("nan")) or data["answers"].update(days=[float("inf")]),
        lambda data: data["statuses"].update(prison=CANARY),
        lambda data: data.update(statuses=[CANARY]),
        lambda data: data.update(exact=CANARY),
        lambda data: data.update(trace={CANARY: 1}),
        lambda data: data.update(checksum=CANARY),
        lambda data: data.update(rulebook_hash="F" * 64),
        lambda data: data.update(**{CANARY[2:]: 1}),
        lambda data: data.pop("answers"),
    ],
)
def test_what_does_not_fit_is_told_once_with_its_place_and_never_repeated(
    run: Run, written: Path, change: Change
) -> None:
    outcome = run("verify", changed(written, change))
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    assert outcome.err.startswith(f"{written}:1:")
    assert CANARY not in outcome.err.replace(str(written), "")


NASTY: dict[str, Any] = {
    "nothing": None,
    "a list": [CANARY],
    "an object": {CANARY: CANARY},
    "an empty text": "",
    "a text": CANARY,
    "a path": f"../../{CANARY}",
    "a long text": CANARY * 100_000,
    "a control sequence": f"\x7f{CANARY}",
    "a huge number": 10**300,
    "less than nothing": -1,
    "a truth": True,
    "a fraction": 0.5,
}


@pytest.mark.parametrize("field", [*Receipt.model_fields, "answers.left", "statuses.prison", "trace.0", "trace.0.from"])
@pytest.mark.parametrize("signed", [False, True], ids=["as it was signed", "signed anew"])
def test_whatever_stands_in_a_field_there_is_a_clear_answer(run: Run, written: Path, field: str, signed: bool) -> None:
    """Anybody can compute the checksum, also of what he has made up."""
    text = written.read_text("utf-8")
    for name, nasty in NASTY.items():
        data = json.loads(text)
        *above, last = (int(step) if step.isdigit() else step for step in field.split("."))
        place: Any = data
        for step in above:
            place = place[step]
        if place[last] is nasty:
            continue
        place[last] = nasty
        if signed and field != "checksum":
            rest = {key: value for key, value in data.items() if key != "checksum"}
            data["checksum"] = hashlib.sha256(
                json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()
            ).hexdigest()
        written.write_text(json.dumps(data), "utf-8")
        outcome = run("verify", "--rulebook", SOUND, written)
        told = outcome.out + outcome.err
        harmless = field == "program_version" and signed and outcome.code == 0
        assert outcome.code in {1, 2} or harmless, (name, outcome)
        assert len(outcome.err.splitlines()) == (outcome.code == 2), (name, outcome)
        assert bool(outcome.out) is (outcome.code != 2), (name, outcome)
        assert len(told) < 2000, name
        assert "\x7f" not in told, name


def test_a_huge_number_is_no_answer(small: Assessor, written: Path) -> None:
    text = written.read_text("utf-8").replace('"days": 11', '"days": ' + "9" * 5000)
    written.write_text(text, "utf-8")
    assert "The rulebook does not take the answers to: days." in verified(small, written)


def test_a_missing_file_a_folder_and_a_device_are_told(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path, Path("/dev/zero")):
        outcome = run("verify", path)
        assert (outcome.code, outcome.out) == (2, "")
        assert len(outcome.err.splitlines()) == 1


def test_statuses_that_were_not_exact_then_and_are_now_are_no_same_assessment(small: Assessor) -> None:
    made = receipt(small.rulebook, ABSENT, Assessor(small.rulebook, most_nodes=0).assess(ABSENT))
    found = verify(small, made)
    assert (found.statuses, found.same) == ({}, False)


def test_answers_that_contradict_each_other_have_a_receipt_too(assessor: Assessor) -> None:
    answers: dict[str, Answer] = {"refusal": "none", "letter_filed": True}
    made = receipt(assessor.rulebook, answers, assessor.assess(answers))
    assert made.contradictions == ("no_refusal_but_a_letter",)
    assert made.statuses == {}
    assert verify(assessor, made).same


def test_answers_that_contradict_each_other_only_now_are_named(run: Run, written: Path, tmp_path: Path) -> None:
    """The findings have no status then, but they are not unknown to the rulebook."""
    shutil.copytree(SOUND, tmp_path / "later")
    (tmp_path / "later" / "rules" / "more.yaml").write_text(
        "impossible: [{id: at_home, text: Nobody leaves at home., when: {left: true, place: russia}}]\n", "utf-8"
    )
    outcome = run("verify", "--rulebook", tmp_path / "later", written)
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.splitlines()[2:] == [
        "Then, the answers did not contradict each other. Now they do, so nothing is assessed:",
        "- Nobody leaves at home.",
    ]


def test_other_answers_that_contradict_each_other_now_are_named(assessor: Assessor) -> None:
    answers: dict[str, Answer] = {"refusal": "none", "letter_filed": True}
    made = receipt(assessor.rulebook, answers, assessor.assess(answers)).model_copy(update={"contradictions": ("old",)})
    *_, heading, named = verification_lines(assessor.rulebook, verify(assessor, made))
    assert heading == "Then, other answers contradicted each other. Now it is these:"
    assert named.startswith("- ")
