"""Scenario files by the thousand: the same results as one by one, written while they are found."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from assistant.assessment.assessor import MAX_CASES_PER_PASS, Assessor
from tests.support.one_by_one import evaluated_one_by_one
from tests.support.project import ABSENT, ROOT, SOUND, Desk, Run
from tests.support.pseudo_terminal import on_a_terminal
from tests.support.random_scenarios import write_random_scenarios

PROGRAM = (sys.executable, "-m", "assistant", "evaluate", "--rulebook", str(SOUND))
REPORT_SCHEMA = json.loads((ROOT / "docs" / "schemas" / "report.schema.json").read_text("utf-8"))


def write_cases(folder: Path, files: int) -> list[Path]:
    paths = [folder / f"{at:05}.yaml" for at in range(files)]
    for at, path in enumerate(paths):
        path.write_text(f"id: case {at}\n{ABSENT}\n")
    return paths


@pytest.mark.parametrize(("files", "seed"), [(600, 1), (4000, 2)])
def test_random_files_are_reported_to_the_byte_as_one_by_one(
    run: Run, small: Assessor, tmp_path: Path, files: int, seed: int
) -> None:
    write_random_scenarios(small.rulebook, tmp_path, files, seed)
    expected = evaluated_one_by_one(small, [tmp_path], with_text=True)
    for words, out in ((["--json"], expected.json), (["--format", "jsonl"], expected.lines), ([], expected.text)):
        outcome = run("evaluate", "--rulebook", SOUND, *words, tmp_path)
        assert outcome.out == out
        assert outcome.err == expected.messages
        assert outcome.code == expected.code == 2


@pytest.mark.parametrize("files", [60, 1500])
def test_random_files_by_the_real_rulebook_are_reported_to_the_byte_as_one_by_one(
    run: Run, assessor: Assessor, tmp_path: Path, files: int
) -> None:
    write_random_scenarios(assessor.rulebook, tmp_path, files, seed=5)
    expected = evaluated_one_by_one(assessor, [tmp_path])
    outcome = run("evaluate", "--json", tmp_path)
    assert (outcome.out, outcome.err, outcome.code) == (expected.json, expected.messages, expected.code)


def test_several_paths_are_reported_in_their_order(run: Run, small: Assessor, tmp_path: Path) -> None:
    for seed, name in enumerate(("b", "a")):
        write_random_scenarios(small.rulebook, tmp_path / name, 40, seed)
    paths = [tmp_path / "b", tmp_path / "a" / "north", tmp_path / "b"]
    expected = evaluated_one_by_one(small, paths)
    outcome = run("evaluate", "--rulebook", SOUND, "--json", *paths)
    assert (outcome.out, outcome.err, outcome.code) == (expected.json, expected.messages, expected.code)


def test_every_line_is_a_report_of_its_own(desk: Desk) -> None:
    write_cases(desk.folder, 3)
    lines = desk.evaluate("--format", "jsonl", desk.folder).out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["case 0", "case 1", "case 2"]
    jsonschema.validate([json.loads(line) for line in lines], REPORT_SCHEMA)


def test_a_list_and_lines_cannot_be_had_at_once(desk: Desk) -> None:
    outcome = desk.evaluate("--json", "--format", "jsonl", *write_cases(desk.folder, 1))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "--json is one list, and --format jsonl is lines: choose one.\n"


def test_a_problem_of_many_files_is_listed_ten_times_and_then_counted(desk: Desk) -> None:
    good = desk.write(f"id: good\n{ABSENT}\n", "a.yaml")
    bad = [desk.write("id: bad\nanswers: {left: 1}\n", f"bad{at:04}.yaml") for at in range(2 * MAX_CASES_PER_PASS)]
    vague = desk.write("id: vague\n", "vague.yaml")
    outcome = desk.evaluate("--json", desk.folder)
    message = "true or false is needed here. Write true or false: in small letters, without quotes or spaces."
    assert outcome.code == 2
    assert [report["id"] for report in json.loads(outcome.out)] == ["good"], good
    assert outcome.err.splitlines() == [
        *(f"{path}:2:17: {message}" for path in bad[:10]),
        f"{vague}:1:1: the key 'answers' is missing. Add it.",
        f"{message} The same in 1014 more places. The last one is {bad[-1]}:2:17.",
    ]


def test_problems_of_more_kinds_than_anybody_reads_are_counted(desk: Desk) -> None:
    cases = [desk.write(f"id: case {at}\nanswers: {{}}\n", f"{at:03}.yaml") for at in range(105)]
    again = shutil.copytree(desk.folder, desk.folder.parent / "again")
    outcome = desk.evaluate("--json", desk.folder, again)
    lines = outcome.err.splitlines()
    assert (outcome.code, len(lines)) == (2, 102)
    assert lines[0] == (
        f"{again / '000.yaml'}:1:1: the id 'case 0' is here a second time; the first is at {cases[0]}:1:1. "
        "Rename one of them."
    )
    assert lines[-1] == "4 more problems of other kinds."


def test_a_file_that_is_named_twice_is_evaluated_once_and_not_to_be_renamed(desk: Desk) -> None:
    (path,) = write_cases(desk.folder, 1)
    (desk.folder.parent / "link.yaml").symlink_to(path)
    for again in (path, desk.folder / ".." / desk.folder.name, desk.folder.parent / "link.yaml"):
        outcome = desk.evaluate("--json", path, again)
        assert (outcome.code, len(json.loads(outcome.out))) == (2, 1)
        shown = again / path.name if again.is_dir() else again
        assert outcome.err == f"{shown}:1:1: this file was evaluated already. Name each file once.\n"


@pytest.mark.parametrize("folder", [True, False])
def test_reports_on_scenarios_are_not_written_to_an_output_and_the_message_says_so(desk: Desk, folder: bool) -> None:
    (path,) = write_cases(desk.folder, 1)
    output = desk.folder.parent / "reports.csv"
    for target in (output, path):
        outcome = desk.evaluate(desk.folder if folder else path, "--output", target, *["--overwrite"][: target == path])
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("For tables only: --output")
        assert "Reports on scenario files go to standard output." in outcome.err
    assert not output.exists()
    assert "case 0" in path.read_text("utf-8")


def test_a_file_that_vanishes_during_the_run_is_reported(tmp_path: Path) -> None:
    paths = write_cases(tmp_path, MAX_CASES_PER_PASS + 2)
    with subprocess.Popen([*PROGRAM, "--json", tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.read(100)
        # The pipe is full before the first chunk is written, and the files of the second are read after that.
        paths[-1].unlink()
        reports = json.loads(first + process.stdout.read())
        message = process.stderr.read().decode()
    assert process.returncode == 2
    assert len(reports) == MAX_CASES_PER_PASS + 1
    reason = "the file cannot be read: No such file or directory. Check its name and its permissions."
    assert message == f"{paths[-1]}: {reason}\n"


@pytest.mark.parametrize("form", [["--json"], ["--format", "jsonl"], []], ids=["list", "lines", "text"])
def test_an_interruption_leaves_no_list_that_seems_whole(tmp_path: Path, form: list[str]) -> None:
    write_cases(tmp_path, 3 * MAX_CASES_PER_PASS)
    with subprocess.Popen([*PROGRAM, *form, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.read(100)
        process.send_signal(signal.SIGINT)
        written = first + process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGINT
    assert written.count(b"case ") < 3 * MAX_CASES_PER_PASS
    if form == ["--json"]:
        with pytest.raises(json.JSONDecodeError):
            json.loads(written)


INTERRUPTED_AGAIN_AND_AGAIN = """
import itertools, signal
from assistant.assessment.assessor import Assessor
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.scenarios.json_report import JsonReports, json_lines
from assistant.scenarios.scenario import Scenario
rulebook = load_rulebook(default_folder())
report = JsonReports(rulebook).report(Scenario(id="case", answers={}), Assessor(rulebook).assess({}))
signal.signal(signal.SIGALRM, signal.default_int_handler)
for at in range(100):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.001 + at / 100_000)
        for _line in json_lines(itertools.repeat(report)):
            pass
    except KeyboardInterrupt:
        continue
print("interrupted every time")
"""


def test_an_interruption_during_the_writing_of_a_report_is_no_other_error() -> None:
    # In a process of its own: an interruption a moment late would end the tests.
    command = [sys.executable, "-c", INTERRUPTED_AGAIN_AND_AGAIN]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (finished.stdout, finished.stderr) == ("interrupted every time\n", "")


@pytest.mark.parametrize(("number", "mode"), [(signal.SIGINT, "wb"), (signal.SIGKILL, "wb"), (signal.SIGKILL, "ab")])
def test_a_list_in_a_file_is_taken_back_when_the_run_ends_early(
    tmp_path: Path, number: signal.Signals, mode: str
) -> None:
    (tmp_path / "cases").mkdir()
    write_cases(tmp_path / "cases", 6 * MAX_CASES_PER_PASS)
    result = tmp_path / "result.json"
    with (
        result.open(mode, buffering=0) as file,
        subprocess.Popen([*PROGRAM, "--json", tmp_path / "cases"], stdout=file, stderr=subprocess.PIPE) as process,
    ):
        file.write(b"what was there before\n")
        while process.poll() is None and result.stat().st_size < 1000:
            time.sleep(0.01)
        (worker,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(worker), number)
        process.communicate()
    assert process.returncode in {128 + number, 2}
    assert result.read_bytes() == b"what was there before\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk at hand")
@pytest.mark.parametrize("form", [["--json"], ["--format", "jsonl"], []])
def test_a_reader_that_goes_away_does_not_hide_that_a_file_is_bad(tmp_path: Path, form: list[str]) -> None:
    """`evaluate … | head` ends with the code of the whole run."""
    (tmp_path / "bad.yaml").write_text("{id: bad, answers: {nosuch: true}}", "utf-8")
    (tmp_path / "good.yaml").write_text("".join(f"- {{id: case-{at}, answers: {{}}}}\n" for at in range(200)), "utf-8")
    with subprocess.Popen([*PROGRAM, *form, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(60), b"nosuch" in said) == (2, True)


def test_a_full_disk_is_one_message(tmp_path: Path) -> None:
    write_cases(tmp_path, 40)
    for form in (["--json"], ["--format", "jsonl"], []):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*PROGRAM, *form, tmp_path], stdout=full, stderr=subprocess.PIPE, check=False)
        assert (done.returncode, done.stderr) == (2, b"The output cannot be written: No space left on device.\n")


def test_progress_is_shown_on_a_terminal_while_the_reports_go_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    paths = write_cases(tmp_path / "cases", MAX_CASES_PER_PASS)
    paths[-1].write_text("id: bad\n")
    elsewhere = "import os, sys; os.dup2(os.open(os.devnull, os.O_WRONLY), 1); os.execv(sys.argv[1], sys.argv[1:])"
    words = ["-c", elsewhere, *PROGRAM, "--json", "cases"]
    with on_a_terminal(words, tmp_path, LC_ALL="C.UTF-8", PYTHONPATH=str(ROOT)) as terminal:
        assert terminal.ends(60) == 2
    assert b" files \xc2\xb7 " in terminal.received
    message = b"cases/00511.yaml:1:1: the key 'answers' is missing. Add it.\r\n"
    assert terminal.received.endswith(b"\r\x1b[K" + message)
