"""Saved interviews: an encrypted file under a name that the user gives, and back to replies.

Saving: :func:`to_saved` → :func:`sealed` → ``atomic_file.write_whole``. Opening: :func:`read_sealed` → :func:`opened` →
:func:`restore`. :class:`AgeSubprocess` does the slow part in another process, so that the screen goes on.
"""

from assistant.interview.saved.age_file import SealedFile, opened, read_sealed, refused, sealed
from assistant.interview.saved.age_subprocess import AgeSubprocess
from assistant.interview.saved.saved_interview import Restored, SavedInterview, fitting_lines, restore, to_saved

__all__ = [
    "AgeSubprocess",
    "Restored",
    "SavedInterview",
    "SealedFile",
    "fitting_lines",
    "opened",
    "read_sealed",
    "refused",
    "restore",
    "sealed",
    "to_saved",
]
