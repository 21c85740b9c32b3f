"""Writes a site over an earlier one, killed before the first thing it does to the disk, before the second, and so on.

A script, so that it forks before any thread is started. Arguments: an empty folder, and ``plain`` for a system that
cannot let two folders change places. On standard output: JSON, a list of :class:`Killed`, the last of which was not.
"""

import itertools
import json
import os
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

from assistant.publish.site import write_site

DOES_SOMETHING: Final = {"os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "open"}
SITES: Final = {
    name: {"index.html": name, "en/index.html": name, "en/rule/one.html": name} for name in ("old", "new", "next")
}


class Killed(NamedTuple):
    """What stands in the folder of the site after a kill, after a next try that failed, and after one that did not."""

    left: str
    after_failure: str
    after_success: str
    beside: list[str]
    killed: bool


def found(folder: Path) -> str:
    """Which site it is, as a whole, or what else."""
    if not folder.exists():
        return "none"
    pages = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    return next((name for name, site in SITES.items() if site == pages), f"half: {sorted(pages)}")


def killed_at(step: int, folder: Path, plain: bool) -> bool:
    """Writes the new site in a process of its own, and says whether it has been killed before it was done."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) != 0
    steps = itertools.count()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in DOES_SOMETHING and str(folder.parent) in str(arguments[0]) and next(steps) == step:
            os._exit(9)
        if plain and event == "ctypes.dlsym":
            raise AttributeError(arguments)

    sys.addaudithook(watch)
    os._exit(0 if write_site(folder, SITES["new"]) is None else 1)


def main(parent: Path, plain: bool) -> None:
    told, folder = [], parent / "site"
    for step in itertools.count():
        assert write_site(folder, SITES["old"]) is None
        killed = killed_at(step, folder, plain)
        left = found(folder)
        assert write_site(folder, {"no\0name": ""}) is not None
        after_failure = found(folder)
        assert write_site(folder, SITES["next"]) is None
        beside = [path.name for path in parent.iterdir() if path != folder]
        told.append(Killed(left, after_failure, found(folder), beside, killed))
        if not killed:
            break
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["plain"])
