"""A file that the user asked for: whole or not there, readable by its owner alone, and in nobody's place."""

import contextlib
import os
import tempfile
from pathlib import Path

from assistant.language import _
from assistant.problem import Place, Problem


def write_whole(path: Path, content: str | bytes, overwrite: bool = False) -> Problem | None:
    """Writes a text, or bytes, under a name, or says why not.

    An existing file stays as it is unless it is to be overwritten.
    """
    place = Place(path=str(path))
    if are_forbidden():
        message = _("no file may be written from here.")
        return Problem(
            place=place,
            message=message,
            remedy=_("In a browser, this needs the option {option}.").format(option="--files"),
        )
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            message, remedy = _("this is not a regular file."), _("Name a regular file.")
            return Problem(place=place, message=message, remedy=remedy)
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            if overwrite:
                Path(beside).replace(path)
                return None
            _put(Path(beside), path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(beside).unlink()
    except FileExistsError:
        return _in_the_way(place)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        message = _("the file cannot be written: {reason}.").format(reason=reason)
        return Problem(place=place, message=message, remedy=_("Choose another name or folder."))
    return None


def forbid_files() -> None:
    """Takes from this process, for good, the power to put a byte into any file; pipes and terminals stay open to it.

    Raises:
        ImportError: The system has no limits for processes.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def are_forbidden() -> bool:
    """Whether files have been forbidden."""
    try:
        import resource
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 0


def _put(beside: Path, path: Path) -> None:
    """Gives a file its name, unless somebody else has taken the name meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of many memory sticks
        if path.exists():
            raise FileExistsError from None
        beside.replace(path)


def _in_the_way(place: Place) -> Problem:
    return Problem(place=place, message=_("there is a file of this name."), remedy=_("Choose another name."))
