"""Output is whole, or the exit code says so: every command, on full disks, under limits, and through closed streams."""

import contextlib
import os
import re
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.printing import PRINTING, PROGRAM, environment, fill_desk, printed, whole, with_rulebook
from tests.support.project import ROOT

UNBUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
EVERY_WRITER = {"a report", "a table", "an empty Parquet table", "help", "a conversation"}
"""One command for each way in which output is written; the others are tried in `make long`."""
LARGE = ["a report", "a report in JSON", "a table", "a table in NDJSON", "provenance", "a schema"]
"""Commands that write more than 16 KiB."""
COMMANDS = pytest.mark.parametrize(
    "command",
    [pytest.param(each, marks=() if each in EVERY_WRITER else pytest.mark.long, id=each) for each in PRINTING],
)
NO_FULL_DISK = pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not on every system")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return fill_desk(tmp_path)


@NO_FULL_DISK
@pytest.mark.parametrize("command", PRINTING)
def test_on_a_full_disk_every_command_fails_with_one_message(desk: Path, command: str) -> None:
    fails_on_a_full_disk(desk, command, unbuffered="")


@NO_FULL_DISK
@COMMANDS
def test_on_a_full_disk_every_command_fails_also_without_a_buffer(desk: Path, command: str) -> None:
    fails_on_a_full_disk(desk, command, unbuffered="1")


def fails_on_a_full_disk(desk: Path, command: str, unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, told = printed(desk, PRINTING[command], full.fileno(), PYTHONUNBUFFERED=unbuffered)
    assert code == 2
    assert told.splitlines()[-1] == "The output cannot be written: No space left on device."
    assert "Traceback" not in told
    assert not (desk / "rejects.csv").exists()


@COMMANDS
def test_into_a_closed_output_every_command_fails_with_one_message(desk: Path, command: str) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM, *with_rulebook(PRINTING[command])],
        input=b"",
        stderr=subprocess.PIPE,
        check=False,
        cwd=desk,
        env=environment(),
        timeout=120,
    )
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines()[-1] == "The output cannot be written: Bad file descriptor."


@pytest.mark.parametrize(
    "command",
    [
        *LARGE,
        "help",
        "a conversation",
        *(
            pytest.param(each, marks=pytest.mark.long)
            for each in PRINTING
            if each not in {*LARGE, "help", "a conversation"}
        ),
    ],
)
def test_under_a_limit_of_the_file_size_the_output_is_whole_or_the_command_fails(desk: Path, command: str) -> None:
    code, expected = whole(*PRINTING[command])
    with (desk / "limited").open("wb") as file:
        # 16 blocks: 8 KiB in sh, 16 KiB in others.
        found, told = printed(desk, PRINTING[command], file.fileno(), limit="16", PYTHONUNBUFFERED="1")
    content = (desk / "limited").read_bytes()
    if content == expected:
        assert found == code
        assert command not in LARGE
    else:
        assert (found, told.splitlines()[-1]) == (2, "The output cannot be written: File too large.")
        assert expected.startswith(content)
        assert len(content) < len(expected)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
@UNBUFFERED
@pytest.mark.parametrize("command", ["a table", "a report", "a schema"])
def test_on_a_disk_that_becomes_full_half_way_the_command_fails(desk: Path, command: str, unbuffered: str) -> None:
    with _small_disk(desk / "disk") as disk, (disk / "out").open("wb") as file:
        code, told = printed(desk, PRINTING[command], file.fileno(), PYTHONUNBUFFERED=unbuffered)
        assert (code, told) == (2, "The output cannot be written: No space left on device.\n")


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder],  # noqa: S607
        check=False,
        capture_output=True,
    )
    if mount.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)  # noqa: S607


@pytest.mark.parametrize("command", ["a table", "a report in JSON"])
@UNBUFFERED
def test_a_pipe_that_never_waits_gets_everything(desk: Path, command: str, unbuffered: str) -> None:
    _code, expected = whole(*PRINTING[command])
    reading, writing = os.pipe()
    os.set_blocking(writing, False)  # as some programs leave the pipes of the programs that they start
    with subprocess.Popen(
        [*PROGRAM, *with_rulebook(PRINTING[command])],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=desk,
        env=environment(PYTHONUNBUFFERED=unbuffered),
    ) as process:
        os.close(writing)
        content = b""
        while select.select([reading], [], [], 60)[0] and (some := os.read(reading, 1_000)):
            content += some
        os.close(reading)
        assert process.stderr is not None
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    assert content == expected


@pytest.mark.parametrize(
    "words", [["diff", "--json", "--dates", "2022-09-20", "2022-09-24"], ["evaluate", "failing.yaml"]]
)
def test_who_reads_only_the_beginning_still_gets_the_exit_code_of_the_command(desk: Path, words: list[str]) -> None:
    (desk / "failing.yaml").write_text("{id: case, answers: {left: true}, expect: {prison: excluded}}\n")
    reading, writing = os.pipe()
    os.close(reading)
    assert printed(desk, words, writing)[0] == 1
    os.close(writing)


@NO_FULL_DISK
@UNBUFFERED
@pytest.mark.parametrize(("closing", "code"), [("2>/dev/full", 2), ("2>&-", 3)])
def test_messages_that_cannot_be_written_cut_no_data_off(desk: Path, closing: str, code: int, unbuffered: str) -> None:
    words = ["evaluate", "bad.csv"]
    _code, expected = whole(*words)
    ran = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closing}', "sh", *PROGRAM, *with_rulebook(words)],
        stdout=subprocess.PIPE,
        check=False,
        cwd=desk,
        env=environment(PYTHONUNBUFFERED=unbuffered),
        timeout=120,
    )
    assert (ran.returncode, ran.stdout == expected) == (code, True)


@NO_FULL_DISK
def test_a_command_whose_message_is_lost_does_not_say_that_all_is_well(desk: Path) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" 2>/dev/full', "sh", *PROGRAM, *with_rulebook(["check"])],
        check=False,
        cwd=desk,
        env=environment(),
        timeout=120,
    )
    assert ran.returncode == 2


def test_a_letter_that_the_encoding_lacks_is_told(desk: Path) -> None:
    (desk / "cases.yaml").write_text("{id: Пётр, answers: {left: true}}", encoding="utf-8")
    with (desk / "out").open("wb") as file:
        code, told = printed(desk, PRINTING["a report"], file.fileno(), PYTHONIOENCODING="ascii")
    assert code == 2
    assert told == "The output's encoding lacks some letters; set one that has them, as in LANG=C.UTF-8.\n"


def test_only_one_module_writes_to_standard_output() -> None:
    # The process that encrypts has a pipe of its own: it speaks to this program, not to a person.
    own = {"system/output.py", "interview/saved/age_process.py"}
    package = ROOT / "assistant"
    writing = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if re.search(r"sys\.stdout\.(write|buffer)|^[ ]*print\(", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert set(writing) <= own


def test_an_interruption_does_not_wait_for_whoever_should_read(desk: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, *with_rulebook(PRINTING["a report"])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=desk,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], 60)[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
