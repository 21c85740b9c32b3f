"""Line by line: what is taken along, a summary or a receipt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.assessment.assessor import Assessor
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from tests.support.line_by_line import continued
from tests.support.project import ROOT


def test_a_summary_has_the_answers_that_are_wanted(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    said = continued(assessor, rulebook, ["p", "2", "p", "none", "p", "", "p", "99", "q"], dmitri)
    begins = [at for at, line in enumerate(said) if line == "What was answered"]
    assert len(begins) == 2
    one, none = (said[at + 2 : said.index("What applies", at)] for at in begins)
    assert [line for line in one if " — " in line] == ["- How did he serve on that day? — Contract soldier"]
    assert [line for line in none if " — " in line] == []
    assert "Type all, none, or numbers from 1 to 17, as in 1, 3. Enter or q cancels." in said
    assert said.count("Nothing was written.") == 2


@pytest.mark.parametrize("name", ["summary.txt", "summary.md", "summary.html"])
def test_a_summary_is_written_only_under_the_name_that_was_typed(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    said = continued(assessor, rulebook, [f"p {path}", "all"], dmitri)
    assert "The file will not be encrypted: whoever finds it can read it." in said
    assert "Written." in said
    assert "Contract soldier" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_way_is_written_over_only_on_a_yes(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path
) -> None:
    path = tmp_path / "summary.txt"
    path.write_text("old", "utf-8")
    said = continued(assessor, rulebook, [f"p {path}", "all", "no"], dmitri)
    assert "Nothing was written." in said
    assert path.read_text("utf-8") == "old"
    continued(assessor, rulebook, [f"p {path}", "all", "yes"], dmitri)
    assert path.read_text("utf-8") != "old"


def test_a_summary_of_another_ending_is_not_written(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path
) -> None:
    said = continued(assessor, rulebook, [f"p {tmp_path / 'summary.pdf'}", "q"], dmitri)
    assert "The name has to end in one of: .txt, .md, .html. Type it with such an ending, or Enter to cancel." in said
    assert not any(line.startswith("Which of these answers") for line in said)
    assert "Nothing was written." in said
    assert list(tmp_path.iterdir()) == []


def test_a_receipt_that_is_written_verifies(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path
) -> None:
    path = tmp_path / "receipt.json"
    continued(assessor, rulebook, [f"r {path}"], dmitri)
    assert json.loads(path.read_text("utf-8"))["answers"]["act_date"] == "2022-04-10"
    outcome = subprocess.run(
        [sys.executable, "-m", "assistant", "verify", path], capture_output=True, check=False, cwd=ROOT
    )
    assert outcome.returncode == 0
