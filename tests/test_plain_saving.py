"""An interview that is saved and opened line by line: from a pipe, and on a terminal that shows no passphrase."""

import subprocess
from pathlib import Path

import pytest

from assistant.assessment.assessor import Assessor
from assistant.interview.saved import SavedInterview, decrypt, to_saved
from assistant.interview.saved.saved_interview import as_bytes
from assistant.interview.state import begin
from tests.support.age_by_hand import age_encrypted
from tests.support.line_by_line import piped
from tests.support.project import ROOT, SOUND
from tests.support.pseudo_terminal import program_on_a_terminal

PASSPHRASE = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing


def in_the_small_rulebook(*words: str, typed: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return piped("--rulebook", str(SOUND), *words, typed=typed, cwd=cwd)


@pytest.fixture
def file(small: Assessor, tmp_path: Path) -> Path:
    """A file as the program saves one, but cheap to open."""
    path = tmp_path / "x"
    interview = begin(small, {"left": True, "place": "russia"})
    path.write_bytes(age_encrypted(as_bytes(to_saved(small.rulebook, interview, "place")), PASSPHRASE))
    return path


def test_it_is_saved_and_opened_from_a_pipe(tmp_path: Path) -> None:
    typed = f"yes\n11\nk {tmp_path / 'x'}\n{PASSPHRASE}\n{PASSPHRASE}\nq\n"
    outcome = in_the_small_rulebook(typed=typed, cwd=tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert "Saved, encrypted: " in " ".join(outcome.stdout.decode().split())
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    found = decrypt((tmp_path / "x").read_bytes(), PASSPHRASE)
    assert isinstance(found, SavedInterview)
    assert [said.question for said in found.replies] == ["left", "days"]


def test_it_goes_on_where_it_was(file: Path) -> None:
    outcome = in_the_small_rulebook("--open", str(file), typed=f"{PASSPHRASE}\nq\n")
    text = outcome.stdout.decode()
    assert outcome.returncode == 0
    assert "Question: Where was he?" in text
    assert "Your reply so far: In Russia" in text


@pytest.mark.parametrize(
    ("typed", "code", "told"), [("wrong-one\n", 2, "his passphrase does not open the file"), ("", 0, "Passphrase:")]
)
def test_from_a_pipe_there_is_one_try(file: Path, typed: str, code: int, told: str) -> None:
    before = file.read_bytes()
    outcome = in_the_small_rulebook("--open", str(file), typed=typed)
    assert (outcome.returncode, outcome.stderr) == (code, b"")
    assert told in outcome.stdout.decode()
    assert "wrong-one" not in outcome.stdout.decode()
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("k\n", "Type the name of the file to write. Enter or q cancels."),
        ("k \x1b]x\n", "The name has characters that cannot be shown. Type another, or Enter to cancel."),
        ("k ~nobody-of-this-name/x\n", "There can be no file of this name."),
        ("k x\npassword\n", "This is too easy to guess"),
        ("k x\n\nq\n", "Here is one that nobody else has:"),
        (f"k x\n{PASSPHRASE}\nother\n", "These were not the same."),
    ],
)
def test_what_is_not_saved_is_told_and_the_conversation_goes_on(tmp_path: Path, typed: str, told: str) -> None:
    outcome = in_the_small_rulebook(typed="yes\n" + typed, cwd=tmp_path)
    assert outcome.returncode == 0
    assert told in " ".join(outcome.stdout.decode().split())
    assert list(tmp_path.iterdir()) == []


def test_the_next_case_is_never_saved_over_the_one_before(file: Path) -> None:
    before = file.read_bytes()
    outcome = in_the_small_rulebook(
        "--open", str(file), typed=f"{PASSPHRASE}\nnext\nyes\nno\nk\nyes\n{PASSPHRASE}\n{PASSPHRASE}\nq\n"
    )
    assert "Type the name of the file to write. Enter or q cancels." in outcome.stdout.decode()
    assert file.read_bytes() == before


def test_a_file_that_is_none_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("not encrypted", "utf-8")
    outcome = in_the_small_rulebook("--open", str(path), typed=f"{PASSPHRASE}\n")
    assert (outcome.returncode, outcome.stdout) == (2, b"")
    assert "x: this is not an interview that was saved encrypted." in outcome.stderr.decode()


def test_a_file_and_a_scenario_are_one_too_many(tmp_path: Path) -> None:
    outcome = in_the_small_rulebook("--open", "x", "--scenario", "y")
    assert outcome.returncode == 2
    assert "not allowed with argument" in outcome.stderr.decode()


def test_a_terminal_does_not_show_what_is_typed_and_takes_it_again(file: Path) -> None:
    with program_on_a_terminal("ask", "--plain", "--rulebook", str(SOUND), "--open", str(file)) as person:
        person.waits_for(b"Passphrase:")
        person.types(b"wrong-one\n")
        person.waits_for(b"his passphrase does not open")
        person.waits_for(b"Passphrase: ", times=2)
        person.types(PASSPHRASE.encode() + b"\n")
        person.waits_for(b"Question: Where was he?")
        assert b"wrong-one" not in person.received
        assert PASSPHRASE.encode() not in person.received
        person.types(b"q\nq\n")
        assert person.ends() == 0
        assert b"q\r\n" in person.received  # so that an answer is shown, and a passphrase would be
