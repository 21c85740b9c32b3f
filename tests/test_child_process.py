"""Tables are evaluated in a child process: whatever ends it is told, and nothing half done is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.support.project import ROOT, SOUND, Desk
from tests.support.pseudo_terminal import on_a_terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no child process")

GOOD_ROWS = 1_500_000
BAD = "id,left\ncase,maybe\n" + "".join(f"case-{row},true\n" for row in range(GOOD_ROWS))
"""A table that takes some time after its first message."""
NO_NAMELESS_FILES = "import os; del os.O_TMPFILE; "
RUN = "import sys; from assistant.cli import main; sys.exit(main())"


def child_of(process: int) -> int:
    children = Path(f"/proc/{process}/task/{process}/children")
    deadline = time.monotonic() + 60
    while not (found := children.read_text().split()):
        assert time.monotonic() < deadline, "there is no child process"
        time.sleep(0.01)
    return int(found[0])


class Halfway:
    """An evaluation that waits in the middle of its work, and its child process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stderr is not None
        self.first = process.stderr.readline()
        self.child = child_of(process.pid)

    def ends(self) -> tuple[int, list[str]]:
        """The exit code, and what is told besides the rejected rows, once parent and child have ended."""
        _out, told = self.process.communicate()  # at the end of the pipe, which both hold
        lines = [line for line in told.splitlines() if "true or false" not in line]
        return self.process.returncode, lines


@contextmanager
def halfway(desk: Desk, *words: object, first: str = "", source: str = "in/cases.csv") -> Iterator[Halfway]:
    if not (desk.folder / "in" / "cases.csv").exists():
        desk.write(BAD, "in/cases.csv")
    words = ("evaluate", "--lang", "en", "--rulebook", SOUND, desk.folder / source, *words)
    command = [sys.executable, "-c", first + RUN, *words]
    with subprocess.Popen(
        [*map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        yield Halfway(process)


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGSEGV,
        signal.SIGKILL,
        pytest.param(signal.SIGABRT, marks=pytest.mark.long),
        pytest.param(signal.SIGBUS, marks=pytest.mark.long),
    ],
)
def test_a_crash_is_told_with_the_table_and_leaves_nothing(desk: Desk, number: signal.Signals) -> None:
    with halfway(desk, "--output", desk.folder / "out.parquet", first=NO_NAMELESS_FILES) as run:
        assert any(path.name.endswith(".tmp") for path in desk.folder.iterdir())
        os.kill(run.child, number)
        code, told = run.ends()
    assert code == 2
    assert told[-1] == (
        f"{desk.folder}/in/cases.csv: the evaluation crashed ({number.name}): there is no complete result. "
        "If the file is damaged, write it again. If memory was short, split it into smaller files."
    )
    assert [path.name for path in desk.folder.iterdir()] == ["in"]


def test_after_a_crash_the_results_before_it_are_kept_and_a_later_run_continues(desk: Desk) -> None:
    desk.write("id,left\ncase,true\n", "in/a.csv")
    out = desk.folder / "out"
    with halfway(desk, "--output", out, source="in") as run:
        os.kill(run.child, signal.SIGSEGV)
        code, told = run.ends()
    assert code == 2
    assert told[-1].startswith(f"{desk.folder}/in/cases.csv: the evaluation crashed (SIGSEGV)")
    assert told[-1].endswith("Results in the folder are complete: then continue with --resume.")
    assert sorted(path.name for path in out.iterdir()) == ["a.csv", "finished.ndjson"]
    before = (out / "a.csv").stat().st_ino
    assert desk.evaluate(desk.folder / "in", "--output", out, "--resume").code == 3
    assert (out / "a.csv").stat().st_ino == before
    assert len((out / "cases.csv").read_text().splitlines()) == 1 + GOOD_ROWS


def test_after_a_crash_at_the_first_table_no_folder_is_left(desk: Desk) -> None:
    with halfway(desk, "--output", desk.folder / "out", source="in") as run:
        os.kill(run.child, signal.SIGSEGV)
        assert run.ends()[0] == 2
    assert [path.name for path in desk.folder.iterdir()] == ["in"]


def test_an_interruption_is_no_crash_however_busy_the_machine_is(desk: Desk) -> None:
    """A library's threads must not abort a process that is about to end."""
    with ExitStack() as stack:
        for _other in range(4):
            busy = stack.enter_context(subprocess.Popen([sys.executable, "-c", "while True: pass"]))
            stack.callback(busy.kill)
        for _time in range(3):
            with halfway(desk, "--output", desk.folder / "out.csv") as run:
                run.process.send_signal(signal.SIGINT)
                assert run.ends() == (130, [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_the_program_ends_the_evaluation_as_if_it_were_one_process(
    desk: Desk, number: signal.Signals
) -> None:
    output = desk.write("before", "out.csv")
    with halfway(desk, "--output", output, "--overwrite", first=NO_NAMELESS_FILES) as run:
        run.process.send_signal(number)
        code, told = run.ends()
    assert code == (130 if number == signal.SIGINT else -number)
    assert told == []
    assert output.read_text() == "before"
    assert sorted(path.name for path in desk.folder.iterdir()) == ["in", "out.csv"]


def test_a_signal_that_the_program_was_started_to_ignore_does_not_end_it(desk: Desk) -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    with halfway(desk, "--output", desk.folder / "out.csv", first=ignoring) as run:
        run.process.send_signal(signal.SIGHUP)
        code, _told = run.ends()
    assert code == 3


def test_whoever_kills_the_program_kills_the_evaluation_too(desk: Desk) -> None:
    with halfway(desk, "--output", desk.folder / "out.csv") as run:
        run.process.kill()
        code, _told = run.ends()
        assert code == -signal.SIGKILL
        assert not Path(f"/proc/{run.child}/exe").exists()
    assert [path.name for path in desk.folder.iterdir()] == ["in"]


def test_no_core_is_left_of_the_evaluation_either(desk: Desk) -> None:
    with halfway(desk) as run:
        for process in (run.process.pid, run.child):
            limits = Path(f"/proc/{process}/limits").read_text().splitlines()
            assert next(line for line in limits if line.startswith("Max core")).split()[4:6] == ["0", "0"]
            # What is not dumpable belongs to root, whoever runs it.
            assert Path(f"/proc/{process}/environ").stat().st_uid == 0
        run.ends()


def test_control_c_on_a_terminal_ends_the_evaluation_once(desk: Desk) -> None:
    desk.write(BAD, "cases.csv")
    words = ["evaluate", "--lang", "en", f"--rulebook={SOUND}", "cases.csv", "--output", "out.csv"]
    controlled = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "  # without it, no key is a signal
    with on_a_terminal(["-c", controlled + RUN, *words], desk.folder, LC_ALL="C.UTF-8", PYTHONPATH=str(ROOT)) as person:
        person.waits_for(b"true or false")
        person.types(b"\x03")
        assert person.ends(30) == 130
        assert b"Traceback" not in person.received
        assert b"crashed" not in person.received
    assert [path.name for path in desk.folder.iterdir()] == ["cases.csv"]
