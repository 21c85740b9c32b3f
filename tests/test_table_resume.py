"""Long work on tables: whole results or none, whatever stops it, and a run that was stopped goes on where it was."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars
import pytest

from assistant.documents.problem import InputError
from assistant.rulebook.model import Rulebook
from assistant.tables.evaluation.evaluator import Listener, Progress, Task
from assistant.tables.reading import delimited
from assistant.tables.reading.errors import TableError
from assistant.tables.running.run import Files, run_to_file
from tests.support.project import ROOT, SOUND, Desk

TABLES = 8
ROWS = 20_000
KILLS = int(os.environ.get("KILLS", "4"))
"""How often the run is killed; `.ci/run` has it killed fifty times."""


def table(rows: int, first: int = 0) -> str:
    return "id,left,days\n" + "".join(f"case-{row},true,{row % 20}\n" for row in range(first, first + rows))


def listener(progress: Callable[[Progress], None] = lambda _progress: None) -> Listener:
    return Listener(lambda _rejects: None, progress)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def told_once(desk: Desk, *words: object) -> tuple[int, str]:
    outcome = desk.evaluate(*words)
    assert outcome.out == ""
    return outcome.code, outcome.err


def test_every_table_of_a_folder_has_a_result_and_rejects_of_its_name(desk: Desk) -> None:
    desk.write(table(3), "in/a.csv")
    desk.write('{"left": 1}\n', "in/b.ndjson")
    out, rejects = desk.folder / "out", desk.folder / "rejects"
    code, _told = told_once(desk, desk.folder / "in", "--output", out, "--rejects", rejects, "--format", "parquet")
    assert code == 3
    assert names(out) == ["a.parquet", "b.parquet", "finished.ndjson"]
    assert [len(polars.read_parquet(out / name)) for name in ("a.parquet", "b.parquet")] == [3, 0]
    assert names(rejects) == ["a.csv", "b.csv"]
    assert {path.stat().st_mode & 0o777 for path in (*out.iterdir(), *rejects.iterdir())} == {0o600}


def test_tables_whose_results_would_have_one_name_are_not_begun(desk: Desk) -> None:
    paths = [desk.write(table(1), "in/a.csv"), desk.write(table(1), "in/A.tsv")]
    outcome = desk.evaluate(*paths, "--output", desk.folder / "out")
    message = f"the result would have the same name as that of {paths[0]}. Rename one of them."
    assert outcome == (2, "", f"{paths[1]}: {message}\n")
    assert names(desk.folder) == ["in"]


def test_empty_rows_are_told_again_of_a_table_that_is_finished(desk: Desk) -> None:
    path = desk.write("id,left\ncase,true\n,\n,\n", "in/a.csv")
    words = (path.parent, "--output", desk.folder / "out", "--resume")
    told = (0, f"{path}: rows with nothing in any cell, which are no cases: 2.\n")
    assert told_once(desk, *words) == told
    before = (desk.folder / "out" / "a.csv").stat().st_ino
    assert told_once(desk, *words) == told
    assert (desk.folder / "out" / "a.csv").stat().st_ino == before


def test_what_is_finished_is_not_made_again_and_what_changed_is(desk: Desk) -> None:
    same, changed = desk.write(table(3), "in/same.csv"), desk.write(table(3), "in/changed.csv")
    out = desk.folder / "out"
    words = (same, changed, "--output", out, "--resume")
    assert told_once(desk, *words) == (0, "")
    before = {name: (out / name).stat().st_ino for name in ("same.csv", "changed.csv")}
    changed.write_text(table(4))
    assert told_once(desk, *words) == (0, "")
    after = {name: (out / name).stat().st_ino for name in before}
    assert [name for name in before if before[name] != after[name]] == ["changed.csv"]
    assert len(polars.read_csv(out / "changed.csv")) == 4
    assert told_once(desk, *words, "--explain") == (0, "")
    assert polars.read_csv(out / "same.csv").columns == [
        *("id", "prison", "no_case", "rules", "open_rules", "citations")
    ]


def test_a_run_goes_on_where_names_are_not_utf_8(desk: Desk) -> None:
    path = desk.write(table(3), os.fsdecode(b"caf\xe9.csv"))
    out = desk.folder / "out"
    words = (path, "--output", out, "--resume")
    assert desk.evaluate(*words).code == 0
    before = (out / path.name).stat().st_ino
    assert desk.evaluate(*words) == (0, "", "")
    assert (out / path.name).stat().st_ino == before
    path.write_text(table(4))
    assert desk.evaluate(*words) == (0, "", "")
    assert (out / path.name).stat().st_ino != before


@pytest.mark.parametrize("words", [(), ("--resume",)])
def test_a_file_that_is_no_result_is_left_alone(desk: Desk, words: tuple[str, ...]) -> None:
    source, foreign = desk.write(table(3), "in/a.csv"), desk.write("mine", "out/a.csv")
    outcome = desk.evaluate(source, "--output", desk.folder / "out", *words)
    assert outcome == (
        2,
        "",
        f"{foreign}: there is a file of this name. Choose another name, or say --overwrite.\n",
    )
    assert foreign.read_text() == "mine"
    assert desk.evaluate(source, "--output", desk.folder / "out", *words, "--overwrite").code == 0
    assert len(polars.read_csv(foreign)) == 3


def test_a_list_of_finished_tables_that_is_something_else_is_neither_read_nor_written(desk: Desk) -> None:
    source, victim = desk.write(table(1), "in/a.csv"), desk.write("kept", "victim")
    out = desk.folder / "out"
    for plant in (os.mkfifo, os.mkdir, lambda name: name.symlink_to(victim), lambda name: name.symlink_to("/dev/zero")):
        out.mkdir()
        plant(out / "finished.ndjson")
        outcome = desk.evaluate(source, "--output", out, "--resume")
        told = f"{out}/finished.ndjson: this is not a regular file. Name a regular file.\n"
        assert outcome == (2, "", told)
        assert victim.read_text() == "kept"
        assert names(out) == ["finished.ndjson"]
        out.rename(desk.folder / f"planted{len(names(desk.folder))}")


def test_a_pipe_of_the_name_of_a_result_is_refused_without_waiting(desk: Desk) -> None:
    source, out = desk.write(table(1), "in/a.csv"), desk.folder / "out"
    out.mkdir()
    os.mkfifo(out / "a.csv")
    outcome = desk.evaluate(source, "--output", out, "--resume")
    assert outcome == (2, "", f"{out}/a.csv: this is not a regular file. Name a regular file.\n")


def test_whatever_a_list_of_finished_tables_says_leads_to_no_other_file(desk: Desk) -> None:
    source, mine = desk.write(table(1), "in/a.csv"), desk.write("mine", "mine.csv")
    out = desk.folder / "out"
    assert told_once(desk, source, "--output", out) == (0, "")
    true_entry = json.loads((out / "finished.ndjson").read_text())
    (out / "a.csv").unlink()
    hostile = [
        {**true_entry, "output": "../mine.csv", "digest": hashlib.sha256(b"mine").hexdigest()},
        {**true_entry, "output": str(mine)},
        {**true_entry, "digest": ""},
        {**true_entry, "rows": "9" * 6000},
        {**true_entry, "rejected": -(10**30)},
        {**true_entry, "made": [true_entry]},
        {**true_entry, "more": 1},
    ]
    lines = [*map(json.dumps, hostile), "[" * 100_000, '{"made":' * 100_000, "null", "\0", "\udc80"]
    (out / "finished.ndjson").write_text("\n".join(lines), "utf-8", errors="surrogateescape")
    assert told_once(desk, source, "--output", out, "--resume") == (0, "")
    assert len(polars.read_csv(out / "a.csv")) == 1
    assert mine.read_text() == "mine"


def test_rejected_rows_count_also_when_the_result_was_finished_before(desk: Desk) -> None:
    source = desk.write("left\n1\n", "in/a.csv")
    words = (source, "--output", desk.folder / "out", "--rejects", desk.folder / "rejects", "--resume")
    assert told_once(desk, *words) == told_once(desk, *words)
    assert told_once(desk, *words)[0] == 3


def started(*words: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "assistant", "evaluate", "--rulebook", str(SOUND), *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_a_run_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(desk: Desk) -> None:
    for number in range(TABLES):
        desk.write(table(ROWS, number * ROWS), f"in/{number}.csv")
    chance = random.Random(KILLS)
    out = desk.folder / "out"
    words = (desk.folder / "in", "--output", out, "--resume", "--format", "parquet")
    killed, halfway, round_of = 0, set(), 0
    while killed < KILLS:
        round_of += 1
        running = started(*words)
        time.sleep(chance.uniform(0.3, 2.5))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        killed += running.returncode == -signal.SIGKILL
        there = set(names(out)) - {"finished.ndjson"} if out.exists() else set()
        halfway.add(len(there))
        assert there <= {f"{number}.parquet" for number in range(TABLES)}
        assert all(len(polars.read_parquet(out / name)) == ROWS for name in there)
        if len(there) == TABLES and killed < KILLS:
            for path in out.iterdir():
                path.unlink()
    running = started(*words)
    assert (running.communicate()[1], running.returncode) == (b"", 0)
    found = polars.concat(polars.read_parquet(out / f"{number}.parquet") for number in range(TABLES))
    assert found["id"].to_list() == [f"case-{row}" for row in range(TABLES * ROWS)]
    assert found["prison"].to_list() == ["established" if row % 20 > 10 else "possible" for row in range(TABLES * ROWS)]


def test_whoever_presses_control_c_has_the_files_of_before(
    desk: Desk, sound: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 1000)
    source, output = desk.write(table(10_000), "a.csv"), desk.write("before", "out.parquet")
    reached: list[int] = []

    def press(progress: Progress) -> None:
        reached.append(progress.rows)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)

    files = Files(output, desk.folder / "rejects.csv", overwrite=True)
    with pytest.raises(KeyboardInterrupt):
        run_to_file(Task(source, sound), listener(press), files)
    assert reached[-1] < 10_000
    assert output.read_text() == "before"
    assert names(desk.folder) == ["a.csv", "out.parquet"]


def test_a_table_that_grows_while_it_is_read_is_told_and_nothing_written(
    desk: Desk, sound: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 1000)
    source, output = desk.write(table(1000), "a.csv"), desk.write("before", "out.csv")

    def grow(_progress: Progress) -> None:
        with source.open("a") as file:
            file.write("late,true,1\n")

    with pytest.raises(TableError, match="the file changed while it was read"):
        run_to_file(Task(source, sound), listener(grow), Files(output, overwrite=True))
    assert output.read_text() == "before"
    assert names(desk.folder) == ["a.csv", "out.csv"]


@pytest.mark.parametrize("ending", ["csv", "ndjson", "parquet", "arrow"])
def test_a_full_disk_leaves_what_was_there(desk: Desk, ending: str) -> None:
    source, output = desk.write(table(50_000), "a.csv"), desk.write("before", f"out.{ending}")
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000));"
    program = f"{limited} from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    words = ["evaluate", "--rulebook", SOUND, source, "--output", output, "--overwrite"]
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == f"{output}: the file cannot be written: File too large. Choose another name or folder.\n"
    assert output.read_text() == "before"
    assert names(desk.folder) == ["a.csv", f"out.{ending}"]


def test_a_folder_that_is_not_there_is_told_before_anything_is_read(desk: Desk, sound: Rulebook) -> None:
    source = desk.write(table(10), "a.csv")
    with pytest.raises(InputError, match="No such file or directory"):
        run_to_file(Task(source, sound), listener(), Files(desk.folder / "nowhere" / "out.csv"))


@pytest.mark.parametrize("cell", ["true", "maybe"])
def test_a_disk_that_is_full_is_told_by_the_file_that_did_not_fit(desk: Desk, cell: str) -> None:
    path = desk.write("id,left\n" + "".join(f"case-{row},{cell}\n" for row in range(5_000)), "cases.csv")
    out, rejects = desk.folder / "out.csv", desk.folder / "rejects.csv"
    # A limit for files is the fullest disk that can be had without being the administrator.
    program = (
        "import resource, signal, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ["evaluate", "--lang", "en", "--rulebook", SOUND, path, "--output", out, "--rejects", rejects]
    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    did_not_fit = out if cell == "true" else rejects
    assert ran.stderr.startswith(f"{did_not_fit}: the file cannot be written: ")
    assert names(desk.folder) == ["cases.csv"]
