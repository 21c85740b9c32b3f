"""The encrypted file: format age v1 with a passphrase (https://age-encryption.org/v1), which any age program reads.

Faults that show without the passphrase are reported before the slow work: another kind of file, a truncated one, one
that asks for too much work.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from assistant.documents.problem import Place, Problem
from assistant.documents.yaml_reader import AGE_MARK, read_bytes
from assistant.interview.passphrase import normal_form, weakness
from assistant.interview.saved.age_process import DECRYPT, DONE, ENCRYPT, answer_to, request
from assistant.interview.saved.saved_interview import PADDED_BYTES, SavedInterview, as_bytes, from_bytes
from assistant.system.language import _

MAX_FILE_BYTES: Final = 2 * PADDED_BYTES[-1]
MAX_WORK_FACTOR: Final = 22
"""The largest scrypt work factor (log₂ of N) that is tried, as in the age command: some ten seconds and 4 GiB."""

_HEADER: Final = re.compile(
    re.escape(AGE_MARK) + rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n"
)
_WRONG_PASSPHRASE: Final = b"Decryption failed"
"""The message of pyrage when the passphrase does not decrypt the file's key. For damage it has other messages."""
_NONCE, _TAG, _CHUNK = 16, 16, 64 * 1024

Age: TypeAlias = Callable[[bytes], bytes]
"""A function that answers a request of :mod:`assistant.interview.saved.age_process`, in this process or another."""


class EncryptedFile(NamedTuple):
    """An encrypted file that has the right form: its name as the user gave it, and its bytes."""

    name: str
    content: bytes


def encrypt(saved: SavedInterview, passphrase: str, age: Age = answer_to) -> bytes:
    """Encrypt an interview with a passphrase, and return the bytes of the file.

    It takes a second or more on purpose, because every guess at the passphrase then takes as long.

    Raises:
        ValueError: if the passphrase is too easy to guess, or the interview exceeds the last of :data:`PADDED_BYTES`.
        OSError: if encryption failed, for example because there is too little memory.
    """
    if weakness(passphrase):
        raise ValueError
    answer = age(request(ENCRYPT, normal_form(passphrase), as_bytes(saved)))
    if not answer.startswith(DONE):
        raise OSError
    return answer[len(DONE) :]


def read_encrypted(path: Path) -> EncryptedFile | Problem:
    """Read an encrypted file; return a problem if it cannot be read or has not the right form."""
    content = read_bytes(path, str(path), MAX_FILE_BYTES)
    if isinstance(content, Problem):
        return content
    return find_fault(content, str(path)) or EncryptedFile(str(path), content)


def find_fault(content: bytes, shown: str = "") -> Problem | None:
    """Return the problem with these bytes that shows without the passphrase, or None.

    ``shown`` is the name of the file for messages.
    """
    place = Place(path=shown)
    header = _HEADER.match(content)
    if header is None and not content.startswith(AGE_MARK):
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


def decrypt(content: bytes, passphrase: str, shown: str = "", age: Age = answer_to) -> SavedInterview | Problem:
    """Decrypt a file, and return the interview in it, or the problem. It takes about as long as encrypting did.

    ``shown`` is the name of the file for messages. They contain nothing of its contents, and not the passphrase.
    """
    problem = find_fault(content, shown)
    if problem is not None:
        return problem
    place = Place(path=shown)
    answer = age(request(DECRYPT, normal_form(passphrase), content))
    if answer.startswith(DONE):
        saved = from_bytes(answer[len(DONE) :])
        return saved if isinstance(saved, SavedInterview) else Problem(place=place, message=saved)
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


_BODIES: Final = frozenset(_NONCE + step + _TAG * -(-step // _CHUNK) for step in PADDED_BYTES)
"""The numbers of bytes that can follow the header: a nonce, and chunks with a tag each."""
