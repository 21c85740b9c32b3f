"""No scenario in a folder is left out without a word."""

import os
from pathlib import Path

import pytest

from assistant.cli import main

SCENARIO = "id: a\ntitle: Nothing is known\nanswers: {}\n"


def test_a_linked_folder_is_named_and_the_exit_code_says_that_it_was_not_evaluated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "b.yaml").write_text(SCENARIO)
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "a.yaml").write_text(SCENARIO)
    (folder / "link").symlink_to(tmp_path / "real")
    assert main(["evaluate", str(folder)]) == 2
    assert str(folder / "link") in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "a.yaml").write_text(SCENARIO)
    closed.chmod(0)
    assert main(["evaluate", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"{closed}: the file cannot be read: Permission denied.")
    closed.chmod(0o700)
