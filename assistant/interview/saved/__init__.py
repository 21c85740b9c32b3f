"""Saved interviews: an encrypted file under a name that the user gives, and back to replies.

Saving: :func:`to_saved` → :func:`encrypt` → ``atomic_file.write_whole``. Opening: :func:`read_encrypted` →
:func:`decrypt` → :func:`restore`. :class:`AgeSubprocess` does the slow part in another process, so that the screen goes
on.
"""

from assistant.interview.saved.age_file import EncryptedFile, decrypt, encrypt, find_fault, read_encrypted
from assistant.interview.saved.age_subprocess import AgeSubprocess
from assistant.interview.saved.saved_interview import Restored, SavedInterview, restore, restored_lines, to_saved

__all__ = [
    "AgeSubprocess",
    "EncryptedFile",
    "Restored",
    "SavedInterview",
    "decrypt",
    "encrypt",
    "find_fault",
    "read_encrypted",
    "restore",
    "restored_lines",
    "to_saved",
]
