"""Line by line: what the program asks for beside the questions is asked again, or cancelled, and is never an answer."""

import signal
from pathlib import Path
from typing import Final

import pytest

from assistant.assessment.assessor import Assessor
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from tests.support.line_by_line import continued, piped
from tests.support.pseudo_terminal import program_on_a_terminal

PASSPHRASE = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing


KNOWN: Final[dict[str, Reply]] = {"service_category": "contract", "refusal": "oral"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the program works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("cancel", ["q", "й", "Й", ""])
@pytest.mark.parametrize("asking", ["p", "p x.txt", "p x.pdf", "r", "r x", "k"])
def test_q_or_enter_cancels_and_says_so(
    assessor: Assessor,
    rulebook: Rulebook,
    folder: Path,
    asking: str,
    cancel: str,
) -> None:
    said = continued(assessor, rulebook, [asking, cancel, "contract"], KNOWN)
    assert "Nothing was written." in said
    assert "Your answers will be forgotten." not in " ".join(said)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("asking", "lines", "told"),
    [
        ("p", ["99", "1"], "Type all, none, or numbers from 1 to 2, as in 1, 3. Enter or q cancels."),
        ("p", ["1 maybe", "all"], "Type all, none, or numbers from 1 to 2, as in 1, 3. Enter or q cancels."),
        ("r", ["2", "x.json"], "The name has to end in one of: .json."),
        ("r", ["x.txt", "x.json"], "The name has to end in one of: .json."),
        ("next", ["contract", "yes"], "Type the whole word yes or no."),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_not_understood_is_asked_again(
    assessor: Assessor,
    rulebook: Rulebook,
    asking: str,
    lines: list[str],
    told: str,
) -> None:
    said = continued(assessor, rulebook, [asking, *lines], KNOWN)
    assert any(line.startswith(told) for line in said)
    assert not any(line.startswith(("Your answer:", "This is no answer")) for line in said)
    done = {"p": "What was answered", "r": "Written.", "next": rulebook.metadata.title}[asking]
    assert done in said[said.index(next(line for line in said if line.startswith(told))) :]


@pytest.mark.parametrize("first", ["password", "2", "yes", "24.09.2022"])
def test_no_passphrase_is_taken_as_an_answer(tmp_path: Path, first: str) -> None:
    typed = f"10.04.2022\nk {tmp_path / 'x'}\n{first}\n{first}\nq\no\n"
    outcome = piped(typed=typed, cwd=tmp_path)
    said = " ".join(outcome.stdout.decode().split())
    assert said.count("This is too easy to guess") == 2
    assert "Nothing was written." in said
    assert said.count("Your answer: ") == 1
    assert "How did he serve on that day? — still open" in said
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_that_was_mistyped_can_be_typed_again(tmp_path: Path) -> None:
    typed = f"10.04.2022\nk {tmp_path / 'x'}\n{PASSPHRASE}\nother\n{PASSPHRASE}\n{PASSPHRASE}\n"
    said = " ".join(piped(typed=typed, cwd=tmp_path).stdout.decode().split())
    assert "These were not the same. Type both again, or q to cancel." in said
    assert "Saved, encrypted: " in said


def test_leaving_asks_again_instead_of_taking_an_answer(assessor: Assessor, rulebook: Rulebook) -> None:
    said = continued(assessor, rulebook, ["q", "24.09.2022", "no", "o"], KNOWN)
    assert sum(line.startswith("Your answers will be forgotten.") for line in said) == 2
    assert not any(line.endswith("— 24.09.2022") for line in said)


def test_ctrl_c_ends_the_line_at_a_request_too() -> None:
    with program_on_a_terminal("ask", "--plain") as person:
        person.waits_for(b"Question: ")
        person.types(b"k x\n")
        person.waits_for(b"Passphrase:")
        person.process.send_signal(signal.SIGINT)
        assert person.ends() == 130
        assert person.received.endswith(b"\n")
