"""Messages of the operating system about files and addresses, in the reader's language."""

import errno
from collections.abc import Callable, Mapping
from typing import Final

from assistant.system.language import _

# The English texts are those of the C library, so that they can be looked up.
_WORDS: Final[Mapping[int, Callable[[], str]]] = {
    errno.EPERM: lambda: _("Operation not permitted"),
    errno.ENOENT: lambda: _("No such file or directory"),
    errno.EIO: lambda: _("Input/output error"),
    errno.ENXIO: lambda: _("No such device or address"),
    errno.ENOMEM: lambda: _("Cannot allocate memory"),
    errno.EACCES: lambda: _("Permission denied"),
    errno.EBUSY: lambda: _("Device or resource busy"),
    errno.EEXIST: lambda: _("File exists"),
    errno.EXDEV: lambda: _("Invalid cross-device link"),
    errno.ENODEV: lambda: _("No such device"),
    errno.ENOTDIR: lambda: _("Not a directory"),
    errno.EISDIR: lambda: _("Is a directory"),
    errno.EINVAL: lambda: _("Invalid argument"),
    errno.EMFILE: lambda: _("Too many open files"),
    errno.ENFILE: lambda: _("Too many open files in system"),
    errno.EFBIG: lambda: _("File too large"),
    errno.ENOSPC: lambda: _("No space left on device"),
    errno.EROFS: lambda: _("Read-only file system"),
    errno.ENAMETOOLONG: lambda: _("File name too long"),
    errno.ENOTEMPTY: lambda: _("Directory not empty"),
    errno.ELOOP: lambda: _("Too many levels of symbolic links"),
    errno.EDQUOT: lambda: _("Disk quota exceeded"),
    errno.ENOTSUP: lambda: _("Operation not supported"),
    errno.EADDRINUSE: lambda: _("Address already in use"),
}


def reason_of(error: Exception) -> str:
    """Return the reason of an error: translated if it is common, else the system's text, else the class name."""
    known = _WORDS.get(error.errno or 0) if isinstance(error, OSError) else None
    return known() if known else getattr(error, "strerror", None) or type(error).__name__
