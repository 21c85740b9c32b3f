"""Many small scenario files, and the program that evaluates them by the sound rulebook."""

import sys
from pathlib import Path
from typing import Final

from tests.support.project import ABSENT, SOUND

PROGRAM: Final = (sys.executable, "-m", "assistant", "evaluate", "--rulebook", str(SOUND))


def write_cases(folder: Path, files: int) -> list[Path]:
    paths = [folder / f"{at:05}.yaml" for at in range(files)]
    for at, path in enumerate(paths):
        path.write_text(f"id: case {at}\n{ABSENT}\n")
    return paths


def write_case(path: Path, answers: str) -> None:
    path.write_text(f"id: case {path.stem}\nanswers: {{{answers}}}\n", "utf-8")
