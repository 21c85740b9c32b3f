"""Atomic writing of files: complete or absent, readable only by the owner, never over another file unasked."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.documents.problem import Problem
from assistant.system.language import _
from assistant.system.os_error import reason_of


def path_named(name: str) -> Path | None:
    """Return the path of a typed name, with ``~`` expanded, or None if no file can have this name."""
    try:
        path = Path(name).expanduser()
        path.is_file()  # raises an OSError if the name is too long
    except (OSError, RuntimeError, ValueError):
        return None
    return path


def would_replace(path: Path) -> bool:
    """Return whether writing would replace a file, so that the user has to be asked first.

    Raises:
        OSError: if the folder cannot be read.
    """
    return path.is_file() and not path.is_symlink()


def write_whole(path: Path, content: str | bytes, overwrite: bool = False) -> Problem | None:
    """Write a text (as UTF-8) or bytes to a file; return None, or a problem if this failed.

    An existing file is not changed unless ``overwrite`` is true.
    """
    try:
        if problem := refusal(path, overwrite=True):
            return problem
        with whole_file(path, overwrite) as temporary:
            temporary.write_bytes(content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        return unwritable(path, error)
    return None


def refusal(path: Path, overwrite: bool = False) -> Problem | None:
    """Return a problem if it is clear beforehand that the file cannot be written, else None.

    Raises:
        OSError: if the folder cannot be read.
        ValueError: if no file can have this name.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return Problem.of_path(path, _("this is not a regular file."), _("Name a regular file."))
    if path.exists() and not overwrite:
        return unwritable(path, FileExistsError())
    return None


def unwritable(path: Path, error: Exception) -> Problem:
    """Return the problem for an error that occurred while a file was written."""
    if isinstance(error, FileExistsError):
        return Problem.of_path(path, _("there is a file of this name."), _("Choose another name."))
    message = _("the file cannot be written: {reason}.").format(reason=reason_of(error))
    return Problem.of_path(path, message, _("Choose another name or folder."))


def unknown_format(path: object, suffixes: Iterable[str]) -> Problem:
    """Return the problem of a file to write whose name has none of the suffixes."""
    remedy = _("Its name ends in one of {endings}.").format(endings=", ".join(suffixes))
    return Problem.of_path(path, _("no format is known by this name."), remedy)


@contextlib.contextmanager
def whole_file(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """Yield the path of a temporary file; after the block, without an error, rename it to ``path``.

    If the system supports it, the temporary file has no name, so that nothing is left even after a power failure.

    Raises:
        FileExistsError: if a file of this name exists by then and ``overwrite`` is false.
        OSError: if the file cannot be written.
    """
    handle, temporary, has_name = _open_temporary(path.parent)
    try:
        yield temporary
        os.fsync(handle)
        if not has_name:
            temporary = _give_name(handle, path, overwrite)
        if temporary != path:
            _rename(temporary, path, overwrite)
        with contextlib.suppress(OSError):  # not every file system can sync a folder
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    finally:
        os.close(handle)
        if temporary != path and not temporary.is_relative_to("/proc"):
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()


def remove_unfinished(folder: Path, process: int) -> None:
    """Remove the temporary files that a crashed process left in a folder; ``process`` is its id."""
    for path in folder.glob(f"{_prefix(process)}*.tmp"):
        with contextlib.suppress(OSError):
            path.unlink()


def _prefix(process: int) -> str:
    """Return the prefix of the names of a process's temporary files."""
    return f".{process}-"


def _open_temporary(folder: Path) -> tuple[int, Path, bool]:
    """Create a temporary file; return its descriptor, a path to write to, and whether it has a name in the folder."""
    with contextlib.suppress(AttributeError, OSError):  # Linux supports it on most file systems
        handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
        temporary = Path(f"/proc/self/fd/{handle}")
        if temporary.exists():
            return handle, temporary, False
        os.close(handle)
    handle, name = tempfile.mkstemp(prefix=_prefix(os.getpid()), suffix=".tmp", dir=folder)
    return handle, Path(name), True


def _give_name(handle: int, path: Path, overwrite: bool) -> Path:
    """Give an unnamed file the name ``path``, or a temporary name if that one is taken; return the name.

    Raises:
        FileExistsError: if the name is taken and ``overwrite`` is false.
    """
    try:
        return _link(handle, path)
    except FileExistsError:
        if not overwrite:
            raise
    with tempfile.NamedTemporaryFile(prefix=_prefix(os.getpid()), suffix=".tmp", dir=path.parent) as free:
        name = Path(free.name)
    return _link(handle, name)


def _link(handle: int, name: Path) -> Path:
    # os.link follows the symbolic link to the file only if a folder's descriptor is given, even an unused one.
    os.link(f"/proc/self/fd/{handle}", name, src_dir_fd=handle, follow_symlinks=True)
    return name


def _rename(temporary: Path, path: Path, overwrite: bool) -> None:
    """Rename a temporary file to ``path``.

    Raises:
        FileExistsError: if the name has been taken meanwhile and ``overwrite`` is false.
    """
    if overwrite:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on many memory sticks
        if path.exists():
            raise FileExistsError from None
        temporary.replace(path)
