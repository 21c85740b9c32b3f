"""The files of ``bad_rulebooks/``, each with the problems that it expects."""

import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "bad_rulebooks"
FILES = sorted(FOLDER.glob("*.yaml"))
PLACEMENT = re.compile(r"as (\S+)( in two languages)?")


class Mistake(NamedTuple):
    """A file of this folder: the problems that it expects, and where it goes."""

    expected: str
    target: str
    in_two_languages: bool


def read(file: Path) -> Mistake:
    comment = []
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith("# "):
            break
        comment.append(line.removeprefix("# "))
    placement = PLACEMENT.fullmatch(comment[0])
    if placement is None:
        return Mistake("\n".join(comment) + "\n", f"rules/{file.name}", False)
    return Mistake("\n".join(comment[1:]) + "\n", placement[1], placement[2] is not None)
