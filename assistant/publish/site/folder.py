"""The folder of a site: written completely or not at all, and replacing nothing but an earlier site."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from assistant.documents.problem import Place, Problem
from assistant.system.language import _
from assistant.system.os_error import reason_of

MARK: Final = "assistant-site.txt"
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
        _bring_back(target)
        refused = _refused(target, place)
        if refused is not None:
            return refused
        target.parent.mkdir(parents=True, exist_ok=True)
        with _hidden_folder(target) as hidden:
            _fill(hidden / "new", files)
            _put(hidden, target)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle, before Python 3.13
        message = _("the folder cannot be written: {reason}.").format(reason=reason_of(error))
        return Problem(place=place, message=message, remedy=_("Choose another name or folder."))
    return None


def _refused(target: Path, place: Place) -> Problem | None:
    if not target.exists():
        return None
    if not target.is_dir():
        return Problem(place=place, message=_("this is not a folder."), remedy=_("Name a folder."))
    if not any(target.iterdir()) or (target / MARK).is_file():
        return None
    message = _("there is something else than a site in this folder.")
    return Problem(place=place, message=message, remedy=_("Name an empty or a new folder."))


@contextlib.contextmanager
def _hidden_folder(target: Path) -> Iterator[Path]:
    """Create a hidden folder next to the target, locked while it is in use.

    It is removed at the end. If the target is missing then, the old site is first moved back from it.
    """
    hidden = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_HIDDEN_SUFFIX, dir=target.parent))
    try:
        hidden.chmod(0o755)  # a temporary folder is readable by its owner only, a site by everybody
        with _locked(hidden):
            yield hidden
    finally:
        if (hidden / "old").exists() and not target.exists():
            (hidden / "old").rename(target)
        shutil.rmtree(hidden, ignore_errors=True)


def _bring_back(target: Path) -> None:
    """Restore the old site and remove the hidden folders that killed calls have left."""
    if not target.parent.is_dir():
        return
    for hidden in sorted(target.parent.glob(f".{_literally(target.name)}.*{_HIDDEN_SUFFIX}")):
        with _locked(hidden) as abandoned:
            if not abandoned:
                continue
            if (hidden / "old" / MARK).is_file() and not target.exists():
                (hidden / "old").rename(target)
            shutil.rmtree(hidden, ignore_errors=True)


def _literally(name: str) -> str:
    """Return a glob pattern that matches only this name."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder, so that a concurrent call does not take it for abandoned; yield False if it cannot be locked."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _hold(handle)
    finally:
        os.close(handle)


def _hold(handle: int) -> bool:
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):  # another process holds the lock, or the system or the file system has no such locks
        return False
    return True


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for path in sorted({Path(name).parent for name in files}):
        (folder / path).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / MARK).write_text("A site made by `assistant site`; the next one may replace this folder.\n", "utf-8")


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
