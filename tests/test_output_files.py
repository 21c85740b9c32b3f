"""Files are whole or not there, and what is written depends on nothing in the environment."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.printing import PRINTING, environment, fill_desk, printed, whole


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return fill_desk(tmp_path)


WITHOUT_UTF_8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
ENVIRONMENTS = [
    WITHOUT_UTF_8,
    {"PYTHONOPTIMIZE": "1"},
    {"LC_ALL": "C"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "koi8-r"},
]
DATA = ["a table", "a dictionary", "a report in JSON", "SQL", "provenance", "a schema", "a comparison in JSON"]


@pytest.mark.parametrize(
    ("command", "variables"),
    # Every command in one environment, and one command in all of them; the rest in `make long`.
    [
        pytest.param(
            command,
            variables,
            id=f"{command}-{variables}",
            marks=() if variables is WITHOUT_UTF_8 or command == "a table" else pytest.mark.long,
        )
        for command in DATA
        for variables in ENVIRONMENTS
    ],
)
def test_data_is_the_same_whatever_the_environment_says(desk: Path, command: str, variables: dict[str, str]) -> None:
    with (desk / "out").open("wb") as file:
        code, told = printed(desk, PRINTING[command], file.fileno(), **variables)
    assert told == ""
    assert (code, (desk / "out").read_bytes()) == whole(*PRINTING[command])


def test_where_python_has_dropped_the_descriptions_no_schema_is_printed_without_them(desk: Path) -> None:
    with (desk / "out").open("wb") as file:
        code, told = printed(desk, PRINTING["a schema"], file.fileno(), PYTHONOPTIMIZE="2")
    assert (code, (desk / "out").read_bytes()) == (2, b"")
    assert told == "Python runs without descriptions here: unset PYTHONOPTIMIZE, or leave -OO out.\n"


@pytest.mark.parametrize("command", ["a table", "a report", "SQL", "safety"])
def test_everything_else_is_the_same_without_descriptions(desk: Path, command: str) -> None:
    with (desk / "out").open("wb") as file:
        code, _told = printed(desk, PRINTING[command], file.fileno(), PYTHONOPTIMIZE="2")
    assert (code, (desk / "out").read_bytes()) == whole(*PRINTING[command])


WRITERS: dict[str, tuple[list[str], str]] = {
    "a table": (["evaluate", "in.csv", "--output", "new.csv"], "new.csv"),
    "a table in columns": (["evaluate", "in.csv", "--output", "new.parquet"], "new.parquet"),
    "many tables": (["evaluate", "in.csv", "bad.csv", "--output", "new"], "new/in.csv"),
    "rejected rows": (["evaluate", "all_bad.csv", "--output", "new.csv", "--rejects", "rejects.csv"], "rejects.csv"),
    "SQL": (["export", "sql", "--dialect", "duckdb", "--output", "new.sql"], "new.sql"),
    "provenance": (["export", "provenance", "--output", "new.jsonld"], "new.jsonld"),
    "a site": (["site", "--output", "new"], "new"),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_under_a_limit_of_the_file_size_every_file_is_whole_or_not_there(desk: Path, writer: str) -> None:
    (desk / "all_bad.csv").write_text("id,left,days\n" + "x,perhaps,1\n" * 6_000)
    words, name = WRITERS[writer]
    with (desk / "out").open("wb") as file:
        code, told = printed(desk, words, file.fileno(), PYTHONUNBUFFERED="1", limit="1")
    assert code == 2
    assert re.search(r": the (file|folder) cannot be written: File too large\.", told)
    assert not (desk / name).exists()
    assert [path.name for path in desk.iterdir() if path.name.startswith(".")] == []


def test_a_limit_of_the_file_size_leaves_no_compiled_module_cut_off(desk: Path) -> None:
    compiled = str(desk / "compiled")
    # What Python itself needs before it comes to our modules is none of our business.
    first = [sys.executable, "-c", "import runpy"]
    subprocess.run(first, check=True, env=environment(PYTHONPYCACHEPREFIX=compiled), timeout=60)
    with (desk / "out").open("wb") as file:
        under_limit = printed(desk, ["safety"], file.fileno(), limit="128", PYTHONPYCACHEPREFIX=compiled)
        later = printed(desk, ["safety"], file.fileno(), PYTHONPYCACHEPREFIX=compiled)
    assert (under_limit, later) == ((0, ""), (0, ""))
