"""Which files of a folder are scenario files."""

from pathlib import Path

import pytest

from tests.support.project import ABSENT, SOUND, Run


@pytest.mark.parametrize("name", ["b.YAML", "b.Yml", "inside/b.YML"])
def test_an_ending_in_capital_letters_leaves_no_file_out(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "a.yaml").write_text(f"id: first\n{ABSENT}\n")
    (tmp_path / name).write_text(f"id: second\n{ABSENT}\n")
    done = run("--rulebook", str(SOUND), "evaluate", str(tmp_path))
    assert done.code == 0, done.err
    assert "first" in done.out
    assert "second" in done.out
