"""Every command that prints, and its output in a process of its own."""

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.support.project import ROOT, SOUND

PROGRAM = [sys.executable, "-m", "assistant"]
PRINTING: dict[str, list[str]] = {
    "a report": ["evaluate", "cases.yaml"],
    "a report in JSON": ["evaluate", "--json", "cases.yaml"],
    "a table": ["evaluate", "in.csv"],
    "a table in NDJSON": ["evaluate", "in.csv", "--format", "ndjson"],
    "figures": ["evaluate", "in.csv", "--format", "html"],
    "a table with rejected rows": ["evaluate", "bad.csv", "--rejects", "rejects.csv"],
    "an empty table": ["template"],
    "an empty Parquet table": ["template", "--format", "parquet"],
    "a dictionary": ["template", "--dictionary"],
    "SQL": ["export", "sql", "--dialect", "duckdb"],
    "provenance": ["export", "provenance"],
    "a schema": ["schema", "rules"],
    "coverage": ["check", "--coverage", "--scenarios", "cases.yaml"],
    "a comparison": ["diff", "--dates", "2022-09-20", "2022-09-24"],
    "a comparison in JSON": ["diff", "--json", "--dates", "2022-09-20", "2022-09-24"],
    "what to review": ["review"],
    "what to review in JSON": ["review", "--json"],
    "what would change without a statute": ["review", "--without", "art_1"],
    "safety": ["safety"],
    "help": ["--help"],
    "help of a command": ["evaluate", "--help"],
    "the version": ["--version"],
    "a conversation": ["ask", "--plain"],
}


def fill_desk(folder: Path) -> Path:
    """Write the files that the commands read into a folder, and return it."""
    cases = "".join(f"- {{id: case-{at}, answers: {{left: true, days: {at}}}}}\n" for at in range(300))
    (folder / "cases.yaml").write_text(cases)
    rows = [f"case-{at},true,{at}\n" for at in range(6_000)]
    (folder / "in.csv").write_text("id,left,days\n" + "".join(rows))
    (folder / "bad.csv").write_text("id,left,days\nnobody,perhaps,1\n" + "".join(rows))
    return folder


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def printed(desk: Path, words: list[str], out: int, **more: str) -> tuple[int, str]:
    """Run a command whose standard output is an open file, and return its exit code and its messages."""
    limit = more.pop("limit", None)
    limiting = f"ulimit -f {limit}; " if limit else ""
    ran = subprocess.run(
        ["/bin/sh", "-c", f'{limiting}exec "$@"', "sh", *PROGRAM, *with_rulebook(words)],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
        cwd=desk,
        env=environment(**more),
        timeout=120,
    )
    return ran.returncode, ran.stderr.decode()


def with_rulebook(words: list[str]) -> list[str]:
    return words if words[0] in {"schema", "--help", "--version"} else [*words, "--rulebook", str(SOUND)]


@cache
def whole(*words: str) -> tuple[int, bytes]:
    """What a command returns and writes where nothing is in its way."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        code, _messages = printed(fill_desk(Path(folder)), list(words), file.fileno())
        file.seek(0)
        return code, file.read()
