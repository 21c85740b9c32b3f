"""The folder of a site: there as a whole or not at all, and in the place of nothing but an earlier site."""

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
"""A folder with this file in it is a site of ours, which a new one may replace."""
_BESIDE: Final = ".assistant-site"
"""How the names of hidden folders end in which a site is prepared."""
_HERE, _EXCHANGE = -100, 2
"""Linux's ``AT_FDCWD`` and ``RENAME_EXCHANGE``."""


def write_site(folder: Path, files: Mapping[str, str]) -> Problem | None:
    """Writes the files of a site, by their paths in it, or says why not; then nothing has changed.

    A folder that has something else in it stays as it is. The new site is written beside the old one and changes places
    with it in one step. Where the system has no such step there are two; who is killed between them leaves the old site
    hidden, and the next call brings it back before anything else.
    """
    place = Place(path=str(folder))
    try:
        target = folder.resolve()
        _bring_back(target)
        refused = _refused(target, place)
        if refused is not None:
            return refused
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target) as beside:
            _fill(beside / "new", files)
            _put(beside, target)
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
def _beside(target: Path) -> Iterator[Path]:
    """A hidden folder beside the target, locked as long as it is in use; what it holds at the end is removed."""
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_BESIDE, dir=target.parent))
    try:
        beside.chmod(0o755)  # a temporary folder is for its owner alone, a site for whoever is shown it
        with _locked(beside):
            yield beside
    finally:
        if (beside / "old").exists() and not target.exists():
            (beside / "old").rename(target)
        shutil.rmtree(beside, ignore_errors=True)


def _bring_back(target: Path) -> None:
    """Takes up what earlier calls have left that were killed: an old site that has no place any more, and the rest."""
    if not target.parent.is_dir():
        return
    for beside in sorted(target.parent.glob(f".{_literally(target.name)}.*{_BESIDE}")):
        with _locked(beside) as abandoned:
            if not abandoned:
                continue
            if (beside / "old" / MARK).is_file() and not target.exists():
                (beside / "old").rename(target)
            shutil.rmtree(beside, ignore_errors=True)


def _literally(name: str) -> str:
    """A name as a pattern that fits it alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Holds a folder, so that nobody who runs at the same time takes it for abandoned; false if it cannot be held."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _hold(handle)
    finally:
        os.close(handle)


def _hold(handle: int) -> bool:
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):  # somebody else holds it, or the system or the file system has no such locks
        return False
    return True


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for path in sorted({Path(name).parent for name in files}):
        (folder / path).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / MARK).write_text("A site made by `assistant site`; the next one may replace this folder.\n", "utf-8")


def _put(beside: Path, target: Path) -> None:
    """Gives the new site its place; the old one is then in the folder beside."""
    if not target.exists():
        (beside / "new").rename(target)
    elif not _exchanged(beside / "new", target):
        target.rename(beside / "old")
        (beside / "new").rename(target)


def _exchanged(one: Path, two: Path) -> bool:
    """Lets two folders change places in one step, and says whether the system and the file system could do that."""
    import ctypes

    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # TypeError: Windows, which has no library without a name
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(two), _EXCHANGE) == 0)
