"""The encrypted file: format age v1 with a passphrase (https://age-encryption.org/v1), which any age program reads.

Whatever can be told without the passphrase is told before the slow work: another kind of file, one cut short, one that
asks for more work than is reasonable.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from assistant.documents.problem import Place, Problem
from assistant.documents.yaml_reader import ENCRYPTED, read_bytes
from assistant.interview.passphrase import normal_form, weakness
from assistant.interview.saved.age_process import DECRYPT, DONE, ENCRYPT, answer_to, request
from assistant.interview.saved.saved_interview import STEPS, SavedInterview, as_bytes, from_bytes
from assistant.system.language import _

MAX_FILE_BYTES: Final = 2 * STEPS[-1]
MAX_WORK_FACTOR: Final = 22
"""The largest log₂ of scrypt's N that is tried, as in the age command: some ten seconds and 4 GiB."""

_HEADER: Final = re.compile(
    re.escape(ENCRYPTED) + rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n"
)
_WRONG_PASSPHRASE: Final = b"Decryption failed"
"""What pyrage says when the passphrase does not open the file's key. What it says of damage is something else."""
_NONCE, _TAG, _CHUNK = 16, 16, 64 * 1024

Age: TypeAlias = Callable[[bytes], bytes]
"""Answers a request of :mod:`assistant.interview.saved.age_process`: in this process, or apart."""


class SealedFile(NamedTuple):
    """A file that a passphrase may open: its name as the user gave it, and its bytes."""

    name: str
    content: bytes


def sealed(saved: SavedInterview, passphrase: str, age: Age = answer_to) -> bytes:
    """The encrypted file. It takes a second or more, on purpose: as long as every guess at the passphrase.

    Raises:
        ValueError: if the passphrase is too easy to guess, or the interview larger than any questionnaire makes one.
        OSError: if the work could not be done, as when there is too little memory.
    """
    if weakness(passphrase):
        raise ValueError
    answer = age(request(ENCRYPT, normal_form(passphrase), as_bytes(saved)))
    if not answer.startswith(DONE):
        raise OSError
    return answer[len(DONE) :]


def read_sealed(path: Path) -> SealedFile | Problem:
    """A file that a passphrase may open, or why it cannot be one."""
    content = read_bytes(path, str(path), MAX_FILE_BYTES)
    if isinstance(content, Problem):
        return content
    return refused(content, str(path)) or SealedFile(str(path), content)


def refused(content: bytes, shown: str = "") -> Problem | None:
    """Why these bytes cannot be a saved interview, as far as it shows without the passphrase."""
    place = Place(path=shown)
    header = _HEADER.match(content)
    if header is None and not content.startswith(ENCRYPTED):
        message = _("this is not an interview that was saved encrypted.")
        return Problem(place=place, message=message, remedy=_("Name a file that this program saved."))
    if header is None:
        message = _("the file is encrypted, but not with a passphrase alone; or its beginning is damaged.")
        return Problem(place=place, message=message, remedy=_("Take another copy of it, if there is one."))
    if len(content) - header.end() not in _BODIES:
        message = _("the file is damaged: it is shorter or longer than it was when it was saved.")
        return Problem(place=place, message=message, remedy=_("Take another copy of it, if there is one."))
    if int(header[1]) > MAX_WORK_FACTOR:
        message = _("the file asks for more work and memory than is reasonable; it may have been made to do harm.")
        return Problem(place=place, message=message, remedy=_("Do not open it."))
    return None


def opened(content: bytes, passphrase: str, shown: str = "", age: Age = answer_to) -> SavedInterview | Problem:
    """The interview in an encrypted file, or why it cannot be had. It takes about as long as saving it did.

    ``shown`` is the name of the file for messages; they repeat nothing of its contents, and not the passphrase.
    """
    problem = refused(content, shown)
    if problem is not None:
        return problem
    place = Place(path=shown)
    answer = age(request(DECRYPT, normal_form(passphrase), content))
    if answer.startswith(DONE):
        found = from_bytes(answer[len(DONE) :])
        return found if isinstance(found, SavedInterview) else Problem(place=place, message=found)
    if not answer:
        message = _("the file could not be decrypted here.")
        remedy = _("It needs up to a gigabyte of free memory: close other programs, and try again.")
    elif answer.endswith(_WRONG_PASSPHRASE):
        message = _("this passphrase does not open the file.")
        remedy = _("Check the keyboard layout and Caps Lock. If it is right, the file's beginning is damaged.")
    elif b"work" in answer:
        message = _("the file was saved on a much faster machine; this one would need many minutes.")
        remedy = _("Open it on a faster machine.")
    else:
        message = _("the passphrase is right, but the file is damaged, and nothing of it can be trusted.")
        remedy = _("Take another copy of it, if there is one.")
    return Problem(place=place, message=message, remedy=remedy)


_BODIES: Final = frozenset(_NONCE + step + _TAG * -(-step // _CHUNK) for step in STEPS)
"""How many bytes can follow the header: a nonce, and chunks with a tag each."""
