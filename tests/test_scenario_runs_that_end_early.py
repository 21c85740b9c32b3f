"""Scenario files by the thousand, when something happens in the middle: nothing is lost, and nothing seems whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.assessment.assessor import MAX_CASES_PER_PASS
from assistant.system.progress import BAR_CHARACTERS
from tests.support.many_files import PROGRAM, write_case, write_cases
from tests.support.project import ROOT
from tests.support.pseudo_terminal import on_a_terminal


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
    write_cases(tmp_path, 6 * MAX_CASES_PER_PASS)
    with subprocess.Popen([*PROGRAM, *form, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.read(100)
        process.send_signal(signal.SIGINT)
        written = first + process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGINT
    assert written.count(b"case ") < 6 * MAX_CASES_PER_PASS
    if form == ["--json"]:
        with pytest.raises(json.JSONDecodeError):
            json.loads(written)


INTERRUPTED_AGAIN_AND_AGAIN = """
import signal
from assistant.analysis.comparison import Change, Comparison
from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.scenarios.json_report import JsonReports, json_lines
from assistant.scenarios.scenario import Scenario
rulebook = load_rulebook(default_folder())
report = JsonReports(rulebook).report(Scenario(id="case", answers={}), Assessor(rulebook).assess({}))
change = Change(finding="f", before=Status.POSSIBLE, after=Status.EXCLUDED, answers={}, share=0.5)
comparison = Comparison(before="a", after="b", changes=(change,) * 1000)
signal.signal(signal.SIGALRM, signal.default_int_handler)
for serialize in (lambda: next(json_lines([report])), lambda: comparison.as_json(indent=2)):
    for at in range(100):
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.001 + at / 100_000)
            while True:
                serialize()
        except KeyboardInterrupt:
            continue
print("interrupted every time")
"""


def test_an_interruption_during_the_writing_of_a_report_is_no_other_error() -> None:
    # In a process of its own: an interruption a moment late would end the tests.
    command = [sys.executable, "-c", INTERRUPTED_AGAIN_AND_AGAIN]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (finished.stdout, finished.stderr) == ("interrupted every time\n", "")


SELF = "import sys; sys.argv = ['assistant', *sys.argv[1:]]; from assistant.cli import main; sys.exit(main())"
KILLED_AT_A_FILE = """
import os, signal, sys
def kill(event, given):
    if event == "open" and str(given[0]).endswith("00200.yaml"):
        os.kill(os.getpid(), signal.SIGSEGV)
sys.addaudithook(kill)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no child process")
def test_a_crash_while_a_chunk_is_read_names_the_file_that_was_read(tmp_path: Path) -> None:
    paths = write_cases(tmp_path, MAX_CASES_PER_PASS)
    words = [sys.executable, "-c", KILLED_AT_A_FILE + SELF, *PROGRAM[3:], "--json", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{paths[200]}: the evaluation crashed (SIGSEGV)")


ENGINE_THAT_FAILS = """
import durable_rules_engine as rete
assert_fact, told = rete.assert_fact, []
def fail_late(*given):
    told.append(given)
    if len(told) > 100:
        raise ValueError("zzcanary")
    return assert_fact(*given)
rete.assert_fact = fail_late
"""


@pytest.mark.parametrize("form", ["--json", "--format=jsonl"])
def test_a_failure_of_the_rules_engine_names_the_scenario(tmp_path: Path, form: str) -> None:
    paths = [tmp_path / f"{at:03}.yaml" for at in range(100)]
    for at, path in enumerate(paths):
        write_case(path, f"left: {str(at % 2 == 0).lower()}")
    words = [sys.executable, "-c", ENGINE_THAT_FAILS + SELF, *PROGRAM[3:], form, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 4
    reason = "the rules engine failed (ValueError) and will be started again"
    failed = done.stderr.removeprefix("The rules engine failed: ").removesuffix(f":1:1: {reason}\n")
    assert Path(failed) in paths[1:-1]
    if form == "--json":
        assert not done.stdout.endswith("]\n")
    else:
        assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [
            f"case {path.stem}" for path in paths if path < Path(failed)
        ]


LITTLE_MEMORY = """
import contextlib, io, resource, sys
from assistant.cli import main
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):  # so that the program itself is in the memory
    main([*sys.argv[1:-1], sys.argv[-1] + "/00000.yaml"])
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + 100_000_000, resource.RLIM_INFINITY))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_a_file_that_is_too_large_for_the_memory_is_named_and_all_others_are_evaluated(tmp_path: Path) -> None:
    paths = write_cases(tmp_path, 40)
    paths[20].write_text("id: large\nanswers: {}\nmore: " + "[" * 28 + "1, " * 480_000 + "]" * 28 + "\n", "utf-8")
    words = [sys.executable, "-c", LITTLE_MEMORY + SELF, *PROGRAM[3:], "--json", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    # CPython gives up if there is not even enough memory for the MemoryError; then the file is at least named.
    if f"{paths[20]}: the evaluation crashed (SIGABRT)" not in done.stderr:
        reason = "there is not enough memory to read this file. Split it into smaller files."
        assert done.stderr == f"{paths[20]}: {reason}\n"
        assert len(json.loads(done.stdout)) == 39


@pytest.mark.parametrize(("number", "mode"), [(signal.SIGINT, "wb"), (signal.SIGKILL, "wb"), (signal.SIGKILL, "ab")])
def test_a_list_in_a_file_is_taken_back_when_the_run_ends_early(
    tmp_path: Path, number: signal.Signals, mode: str
) -> None:
    (tmp_path / "cases").mkdir()
    write_cases(tmp_path / "cases", 12 * MAX_CASES_PER_PASS)
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
    told = f"\r\x1b[Kcases/{paths[-1].name}:1:1: the key 'answers' is missing. Add it.\r\n"
    assert told.encode() in terminal.received
    whole = f"{'█' * BAR_CHARACTERS} {len(paths)} files · "
    assert whole.encode() in terminal.received
    assert terminal.received.endswith(b"\r\x1b[K")
