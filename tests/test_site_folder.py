"""The folder of a site: whole or as it was, whatever stands in its place and whenever the program is killed."""

import json
import os
import subprocess
import sys
from collections import UserDict
from collections.abc import ItemsView
from pathlib import Path

import pytest

from assistant.publish.site import write_site
from tests.support import killed_while_writing
from tests.support.killed_while_writing import Killed
from tests.support.project import ROOT, SOUND, Run


def test_the_command_writes_a_site_and_replaces_an_earlier_one(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert run("site", "--rulebook", SOUND, "--output", folder).code == 0
    (folder / "left-over.html").write_text("from an earlier rulebook", "utf-8")
    told = run("site", "--rulebook", SOUND, "--output", folder)
    assert (told.code, told.out) == (0, "")
    assert told.err.endswith(f" files. Open {folder / 'index.html'}.\n")
    assert not (folder / "left-over.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_something_else_in_it_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    told = run("site", "--rulebook", SOUND, "--output", tmp_path)
    assert told.code == 2
    assert told.err == (
        f"{tmp_path}: there is something else than a site in this folder. Name an empty or a new folder.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("", "utf-8")
    told = run("site", "--rulebook", SOUND, "--output", file)
    assert (told.code, told.err) == (2, f"{file}: this is not a folder. Name a folder.\n")


def test_a_folder_that_cannot_be_made_is_one_message(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    told = run("site", "--rulebook", SOUND, "--output", tmp_path / "file" / "site")
    assert told.code == 2
    assert told.err.count("\n") == 1
    assert "the folder cannot be written" in told.err


def killed_everywhere(folder: Path, *words: str) -> list[Killed]:
    """What is found after a kill at each step."""
    program = Path(killed_while_writing.__file__)
    told = subprocess.run(
        [sys.executable, program, folder, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    return [Killed(*each) for each in json.loads(told.stdout)]


def test_a_site_is_the_old_or_the_new_one_wherever_the_program_is_killed(tmp_path: Path) -> None:
    *killed, done = killed_everywhere(tmp_path)
    assert len(killed) > 10
    assert all(each.killed for each in killed)
    assert {each.left for each in killed} == {"old", "new"}
    assert [each for each in (*killed, done) if each.after_failure != each.left] == []
    assert [each for each in (*killed, done) if (each.after_success, each.beside) != ("next", [])] == []


def test_where_folders_cannot_change_places_the_next_call_brings_the_old_site_back(tmp_path: Path) -> None:
    *killed, done = killed_everywhere(tmp_path, "plain")
    assert [each.left for each in killed].count("none") == 1, "the one moment between two renames"
    assert {each.after_failure for each in killed} == {"old", "new"}
    assert [each for each in (*killed, done) if (each.after_success, each.beside) != ("next", [])] == []


class WritesAnother(UserDict[str, str]):
    """The files of a site. While they are written, another call writes another site to the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__({"index.html": "first"})
        self.folder = folder

    def items(self) -> ItemsView[str, str]:
        assert write_site(self.folder, {"index.html": "second"}) is None
        assert (self.folder / "index.html").read_text("utf-8") == "second"
        return super().items()


def test_a_call_leaves_the_unfinished_site_of_another_alone(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert write_site(folder, WritesAnother(folder)) is None
    assert (folder / "index.html").read_text("utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_is_written_through_a_link_and_the_link_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert run("site", "--rulebook", SOUND, "--output", tmp_path / "link").code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


@pytest.mark.parametrize(
    "name", ["/", "/proc/site", "/dev/null", ".", "..", "a\nb", "a\x1b[31m", "ä\udcff", "[x]*", "-", "a/../b"]
)
def test_any_name_of_a_folder_is_written_or_refused_in_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    (home / "thesis.txt").write_text("years of work", "utf-8")
    (tmp_path / "other.txt").write_text("more work", "utf-8")
    told = run("site", "--rulebook", SOUND, "--output", name)
    assert told.code in {0, 2}
    assert told.err.count("\n") == 1
    assert "\x1b" not in told.err
    assert (home / "thesis.txt").read_text("utf-8") == "years of work"
    assert (tmp_path / "other.txt").read_text("utf-8") == "more work"
