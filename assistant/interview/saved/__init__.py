"""An interview that the user keeps: an encrypted file, under the name that he gives, and back again.

The way there: :func:`kept` → :func:`sealed` → ``written_file.write_whole``. The way back: :func:`read_sealed` →
:func:`opened` → :func:`fitted`. :class:`AgeSubprocess` does the slow part without holding up the screen.
"""

from assistant.interview.saved.age_file import SealedFile, opened, read_sealed, refused, sealed
from assistant.interview.saved.age_subprocess import AgeSubprocess
from assistant.interview.saved.saved_interview import Fitted, SavedInterview, fitted, fitting_lines, kept

__all__ = [
    "AgeSubprocess",
    "Fitted",
    "SavedInterview",
    "SealedFile",
    "fitted",
    "fitting_lines",
    "kept",
    "opened",
    "read_sealed",
    "refused",
    "sealed",
]
