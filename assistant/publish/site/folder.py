"""The folder of a site: written completely or not at all, and replacing nothing but an earlier site."""

import contextlib
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from assistant.documents.problem import Place, Problem
from assistant.system.language import _
from assistant.system.os_error import reason_of

MARK_FILE: Final = "assistant-site.txt"
"""The file that marks a folder as a site of ours, which a new one may replace."""
_HIDDEN_SUFFIX: Final = ".assistant-site"
"""The end of the names of hidden folders in which a site is prepared."""
_HERE, _EXCHANGE = -100, 2
"""Linux's ``AT_FDCWD`` and ``RENAME_EXCHANGE``."""


def write_site(folder: Path, files: Mapping[str, str]) -> Problem | None:
    """Write the files of a site by their paths in it, or change nothing and return a problem.

    A folder that contains something other than a site is not touched. The new site is written next to the old one and
    exchanged with it in one step. On systems without such a step there are two. If the program is killed between them,
    the old site stays hidden, and the next call first restores it.
    """
    place = Place(path=str(folder))
    try:
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with _cleared(target):
            if refused := _refused(target, place):
                return refused
            hidden = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_HIDDEN_SUFFIX, dir=target.parent))
            try:
                _fill(hidden / "new", files)
                _put(hidden, target)
            finally:
                _remove(hidden, target)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle, before Python 3.13
        message = _("the folder cannot be written: {reason}.").format(reason=reason_of(error))
        return Problem(place=place, message=message, remedy=_("Choose another name or folder."))
    return None


@contextlib.contextmanager
def _cleared(target: Path) -> Iterator[None]:
    """Clear up what killed calls have left, unless another call is writing; no call does so within the block."""
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        if _locked(folder, exclusive=True):
            for hidden in target.parent.glob(f".{glob.escape(target.name)}.*{_HIDDEN_SUFFIX}"):
                _remove(hidden, target)
        _locked(folder, exclusive=False)
        yield
    finally:
        os.close(folder)


def _locked(folder: int, *, exclusive: bool) -> bool:
    """Lock an open folder; return False if another process has locked it, or if there are no such locks."""
    try:
        import fcntl

        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB if exclusive else fcntl.LOCK_SH)
    except (ImportError, OSError):
        return False
    return True


def _remove(hidden: Path, target: Path) -> None:
    """Remove a hidden folder, and first move the old site back from it if the target is missing."""
    if (hidden / "old").exists() and not target.exists():
        (hidden / "old").rename(target)
    shutil.rmtree(hidden, ignore_errors=True)


def _refused(target: Path, place: Place) -> Problem | None:
    if not target.exists():
        return None
    if not target.is_dir():
        return Problem(place=place, message=_("this is not a folder."), remedy=_("Name a folder."))
    if not any(target.iterdir()) or (target / MARK_FILE).is_file():
        return None
    message = _("there is something else than a site in this folder.")
    return Problem(place=place, message=message, remedy=_("Name an empty or a new folder."))


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for path in sorted({Path(name).parent for name in files}):
        (folder / path).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / MARK_FILE).write_text("A site made by `assistant site`; the next one may replace this folder.\n", "utf-8")


def _put(hidden: Path, target: Path) -> None:
    """Move the new site to the target; the old one is then in the hidden folder."""
    if not target.exists():
        (hidden / "new").rename(target)
    elif not _exchanged(hidden / "new", target):
        target.rename(hidden / "old")
        (hidden / "new").rename(target)


def _exchanged(one: Path, two: Path) -> bool:
    """Exchange two folders in one step; return False if the system or the file system cannot do that."""
    import ctypes

    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # TypeError: Windows, which has no library without a name
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(two), _EXCHANGE) == 0)
