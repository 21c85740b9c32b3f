"""A file that the user asked for: whole or not there, readable by its owner alone, and in nobody's place."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.documents.problem import Place, Problem
from assistant.system.language import _
from assistant.system.os_error import reason_of


def path_named(name: str) -> Path | None:
    """The path of a name that somebody has typed, ``~`` being his home; none if there can be no file of that name."""
    try:
        path = Path(name).expanduser()
        path.is_file()  # which a name that is too long does not survive
    except (OSError, RuntimeError, ValueError):
        return None
    return path


def write_whole(path: Path, content: str | bytes, overwrite: bool = False) -> Problem | None:
    """Writes a text, or bytes, under a name, or says why not.

    An existing file stays as it is unless it is to be overwritten.
    """
    try:
        if refused := refusal(path, overwrite=True):
            return refused
        with whole_file(path, overwrite) as beside:
            beside.write_bytes(content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        return unwritable(path, error)
    return None


def refusal(path: Path, overwrite: bool = False) -> Problem | None:
    """Why nothing can be written under a name, as far as that can be known before; none if it can.

    Raises:
        OSError: if the folder cannot be looked into.
        ValueError: if no file can have this name.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        message, remedy = _("this is not a regular file."), _("Name a regular file.")
        return Problem(place=Place(path=str(path)), message=message, remedy=remedy)
    if path.exists() and not overwrite:
        return unwritable(path, FileExistsError())
    return None


def unwritable(path: Path, error: Exception) -> Problem:
    """The problem behind an error while a file was written."""
    place = Place(path=str(path))
    if isinstance(error, FileExistsError):
        return Problem(place=place, message=_("there is a file of this name."), remedy=_("Choose another name."))
    message = _("the file cannot be written: {reason}.").format(reason=reason_of(error))
    return Problem(place=place, message=message, remedy=_("Choose another name or folder."))


@contextlib.contextmanager
def whole_file(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """A new file under another name, to be written by that; it gets its own name only when all went well.

    Where the system can do it, the file has no name until then, so that nothing is left even if the power fails.

    Raises:
        FileExistsError: if there is a file of this name by now, and it is not to be overwritten.
        OSError: if the file cannot be written.
    """
    handle, beside, named = _opened(path.parent)
    try:
        yield beside
        os.fsync(handle)
        if not named:
            beside = _named(handle, path, overwrite)
        if beside != path:
            _put(beside, path, overwrite)
        with contextlib.suppress(OSError):  # not every file system knows what it means for a folder
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    finally:
        os.close(handle)
        if beside != path and not beside.is_relative_to("/proc"):
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()


def remove_unfinished(folder: Path, process: int) -> None:
    """Remove the temporary files that a process left in a folder when it crashed."""
    for path in folder.glob(f"{_prefix(process)}*.tmp"):
        with contextlib.suppress(OSError):
            path.unlink()


def _prefix(process: int) -> str:
    """How the names of the temporary files of a process begin."""
    return f".{process}-"


def _opened(folder: Path) -> tuple[int, Path, bool]:
    """A new file: its descriptor, a name to write it by, and whether others can see that name."""
    with contextlib.suppress(AttributeError, OSError):  # Linux has it, on most file systems
        handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
        beside = Path(f"/proc/self/fd/{handle}")
        if beside.exists():
            return handle, beside, False
        os.close(handle)
    handle, name = tempfile.mkstemp(prefix=_prefix(os.getpid()), suffix=".tmp", dir=folder)
    return handle, Path(name), True


def _named(handle: int, path: Path, overwrite: bool) -> Path:
    """Gives a file without a name its own, or another if there is one in its place; returns which."""
    try:
        return _linked(handle, path)
    except FileExistsError:
        if not overwrite:
            raise
    with tempfile.NamedTemporaryFile(prefix=_prefix(os.getpid()), suffix=".tmp", dir=path.parent) as free:
        name = Path(free.name)
    return _linked(handle, name)


def _linked(handle: int, name: Path) -> Path:
    # With a folder's descriptor, even an unused one, the link is followed to the file.
    os.link(f"/proc/self/fd/{handle}", name, src_dir_fd=handle, follow_symlinks=True)
    return name


def _put(beside: Path, path: Path, overwrite: bool) -> None:
    """Gives a file its name, unless somebody else has taken the name meanwhile."""
    if overwrite:
        beside.replace(path)
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of many memory sticks
        if path.exists():
            raise FileExistsError from None
        beside.replace(path)
