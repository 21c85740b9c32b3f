"""A damaged Parquet or Arrow file never loses a row in silence, and never ends the program without a message."""

import os
import sys
from io import BytesIO
from pathlib import Path

import polars
import pytest

from assistant.tables.reading.arrow_file import rows_of_arrow_file
from tests.support.damaged_tables import ROWS, by_the_program_of, faults, samples
from tests.support.project import Desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no child process")

FIRST, DAMAGED = int(os.environ.get("FIRST", "0")), int(os.environ.get("DAMAGED", "300"))
"""The first seed, and how many damaged files; `.ci/run` takes six thousand, others each time."""
HALVES = 2
"""The work is divided for two processors."""


@pytest.mark.parametrize("half", range(HALVES))
def test_of_a_damaged_table_every_row_is_accounted_for_or_it_is_refused(tmp_path: Path, half: int) -> None:
    assert list(faults(tmp_path, range(FIRST + half, FIRST + DAMAGED, HALVES))) == []


@pytest.mark.parametrize("half", range(HALVES))
def test_the_program_itself_does_so_too(tmp_path: Path, half: int) -> None:
    assert list(by_the_program_of(tmp_path, range(FIRST + half, FIRST + DAMAGED, HALVES * 30))) == []


@pytest.mark.parametrize("name", samples())
def test_a_sound_table_is_evaluated_whatever_wrote_it(desk: Desk, name: str) -> None:
    outcome = desk.evaluate(desk.write(samples()[name], name))
    assert (outcome.code, outcome.err) == (0, "")
    assert len(outcome.out.splitlines()) == 1 + ROWS


def arrow(frame: polars.DataFrame) -> bytes:
    frame.write_ipc(file := BytesIO(), record_batch_size=2)
    return file.getvalue()


FRAME = polars.DataFrame({"id": ["a", "b", "c", "d"], "left": [True, False, True, None], "days": [11, 2, 3, 4]})


def every_flip(content: bytes) -> list[bytes]:
    """The content with each of its bits flipped in turn."""
    return [
        content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
        for at in range(len(content))
        for bit in range(8)
    ]


def rows_told(content: bytes) -> int | None:
    try:
        return rows_of_arrow_file(BytesIO(content))
    except ValueError:
        return None


def test_no_flipped_bit_makes_an_arrow_file_shorter() -> None:
    told = [rows_told(content) for content in every_flip(arrow(FRAME))]
    assert set(told) == {4, None}
    assert told.count(None) > 500


def test_no_zeroed_run_and_no_cut_makes_an_arrow_file_shorter() -> None:
    sound = arrow(FRAME)
    zeroed = [
        sound[:at] + bytes(length) + sound[at + length :]
        for length in (8, 16, 64, 128)
        for at in range(len(sound) - length)
    ]
    assert {rows_told(content) for content in zeroed} == {4, None}
    assert {rows_told(sound[:length]) for length in range(len(sound))} == {None}


def test_a_batch_that_the_footer_does_not_list_is_noticed(desk: Desk) -> None:
    sound = arrow(FRAME)
    first = sound.index(b"\xff\xff\xff\xff")
    listed = sound.rindex(first.to_bytes(8, "little")) - 4  # how many batches the footer lists, and then the first
    assert sound[listed : listed + 4] == (2).to_bytes(4, "little")
    fewer = sound[:listed] + (1).to_bytes(4, "little") + sound[listed + 4 :]
    assert polars.read_ipc(fewer).height == 2
    path = desk.write(fewer, "a.arrow")
    assert desk.evaluate(path) == (2, "", f"{path}:1:1: this is a damaged file. Save it again.\n")


def test_a_parquet_file_says_the_same_number_of_rows_everywhere_or_is_refused(desk: Desk) -> None:
    polars.DataFrame({"left": [True] * 37, "days": [11] * 37}).write_parquet(file := BytesIO(), statistics=False)
    sound, said, other = file.getvalue(), b"\x16\x4a", b"\x16\x48"  # 37 and 36, as numbers of 64 bits in the footer
    refused = 0
    for place in range(len(sound)):
        if sound.startswith(said, place):
            path = desk.write(sound[:place] + other + sound[place + 2 :], "a.parquet")
            outcome = desk.evaluate(path)
            assert outcome.code == 2 or len(outcome.out.splitlines()) == 38
            refused += outcome.code == 2
    assert refused >= 2  # of the file, and of its row group
