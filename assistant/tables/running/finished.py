"""Record the finished results of a folder, so that a run that was killed can resume.

An entry is written before its result gets its final name. So a file without an entry is not a result of this program,
and is not touched; and a result is finished if it still matches its entry.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Final

from assistant.documents.atomic_file import refusal
from assistant.documents.problem import InputError, Problem
from assistant.documents.value import Value
from assistant.documents.yaml_reader import read_bytes
from assistant.tables.reading.file_types import FINISHED

MAX_BYTES: Final = 1 << 28
"""Bytes of the largest list that is read: half a million entries."""
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


class ResultInputs(Value):
    """The inputs of a result; while none of them changes, the result need not be computed again."""

    source: str
    source_digest: str
    rulebook: str
    explain: bool
    exact: bool
    program: str


class Finished(Value):
    """An entry: the inputs of a result, its name and SHA-256, and its numbers of rows, rejected and empty rows."""

    made: ResultInputs
    output: str
    digest: str
    rows: int
    rejected: int
    rejects_digest: str = ""
    empty: int = 0


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; an empty string if there is no regular file of that name.

    Raises:
        OSError: if the file cannot be read.
    """
    sha256 = hashlib.sha256()
    if not path.is_file():  # a pipe could block forever
        return ""
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                sha256.update(block)
    except FileNotFoundError:
        return ""
    return sha256.hexdigest()


def name_in_entries(path: Path) -> str:
    """Return the name of a file as written in entries: in UTF-8 on every file system."""
    return os.fsencode(path.name).decode("utf-8", errors="backslashreplace")


class FinishedTables:
    """The entries of a folder of results."""

    def __init__(self, folder: Path) -> None:
        """Read the entries; the file may come from somebody else.

        Raises:
            OSError: if the folder cannot be read.
            InputError: if the name belongs to something else, or the file is larger than ``MAX_BYTES``.
        """
        self._path = folder / FINISHED
        self._entries: dict[str, list[Finished]] = {}
        if problem := refusal(self._path, overwrite=True):
            raise InputError([problem])
        content = read_bytes(self._path, str(self._path), MAX_BYTES) if self._path.exists() else b""
        if isinstance(content, Problem):
            raise InputError([content])
        for entry in filter(None, map(_entry, content.decode("utf-8", errors="replace").splitlines())):
            self._entries.setdefault(entry.output, []).append(entry)

    def result(self, output: Path, made: ResultInputs, rejects: Path | None) -> Finished | None:
        """Return the entry of a result that exists unchanged and was made from the same inputs, else None."""
        current = digest(output)
        for entry in self._entries.get(name_in_entries(output), ()):
            whole = entry.digest == current and (rejects is None or entry.rejects_digest == digest(rejects))
            if current and whole and entry.made == made:
                return entry
        return None

    def are_own(self, output: Path, rejects: Path | None) -> bool:
        """Return whether existing files are results of earlier runs, and so may be replaced."""
        entries = self._entries.get(name_in_entries(output), ())
        digests = {"", *(entry.digest for entry in entries)}
        rejected = {"", *(entry.rejects_digest for entry in entries)}
        return digest(output) in digests and (rejects is None or digest(rejects) in rejected)

    def add(self, entry: Finished) -> None:
        """Append an entry, and wait until it is on the disk.

        Raises:
            OSError: if the entry cannot be written.
        """
        self._entries.setdefault(entry.output, []).append(entry)
        line = json.dumps(entry.model_dump(mode="json"), ensure_ascii=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, 0o600)
        with os.fdopen(handle, "wb") as file:
            # Begin with a line break: a killed process may have left half a line.
            file.write(f"\n{line}\n".encode())
            file.flush()
            os.fsync(handle)


def _entry(line: str) -> Finished | None:
    """Return the entry of a line; None if the line is invalid, as a killed process leaves it."""
    try:
        return Finished.model_validate_json(line)
    except ValueError:
        return None
