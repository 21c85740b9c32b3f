"""Which tables of a folder of results are finished, so that a run that was killed can go on.

An entry is written before its result gets its name. So a file without an entry is nobody's result, and is left alone;
and a result is finished if it still is what its entry says.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from assistant.documents.atomic_file import refusal
from assistant.documents.problem import Problem
from assistant.documents.value import Value
from assistant.documents.yaml_reader import read_bytes
from assistant.tables.reading.errors import UnwritableError
from assistant.tables.reading.file_types import FINISHED

LARGEST: Final = 1 << 28
"""Bytes of it that are read: half a million entries."""
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


class Made(Value):
    """What a result was made of; if nothing of it changed, it need not be made again."""

    source: str
    source_digest: str
    rulebook: str
    explain: bool
    exact: bool
    program: str


class Finished(Value):
    """A result: what it was made of, what came out, how many rows were rejected, and how many empty."""

    made: Made
    output: str
    digest: str
    rows: int
    rejected: int
    rejects_digest: str = ""
    empty: int = 0


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; empty if there is none, or anything else of that name.

    Raises:
        OSError: if it cannot be read.
    """
    found = hashlib.sha256()
    if not path.is_file():  # nobody may ever write into a pipe
        return ""
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    except FileNotFoundError:
        return ""
    return found.hexdigest()


def name_in_entries(path: Path) -> str:
    """The name of a file as entries have it: in UTF-8, also where the file system does without."""
    return os.fsencode(path.name).decode("utf-8", errors="backslashreplace")


class FinishedTables:
    """The entries of a folder of results."""

    def __init__(self, folder: Path) -> None:
        """Reads the entries, which somebody else may have written.

        Raises:
            OSError: if the folder cannot be looked into.
            UnwritableError: if there is something else of the name, or more than any run writes.
        """
        self._path = folder / FINISHED
        self._entries: dict[str, list[Finished]] = {}
        if problem := refusal(self._path, overwrite=True):
            raise UnwritableError(problem)
        content = read_bytes(self._path, str(self._path), LARGEST) if self._path.exists() else b""
        if isinstance(content, Problem):
            raise UnwritableError(content)
        for entry in filter(None, map(_entry, content.decode("utf-8", errors="replace").splitlines())):
            self._entries.setdefault(entry.output, []).append(entry)

    def result(self, output: Path, made: Made, rejects: Path | None) -> Finished | None:
        """The entry of a result that is there, made of the same, whole and unchanged; none if there is no such."""
        there = digest(output)
        for entry in self._entries.get(name_in_entries(output), ()):
            whole = entry.digest == there and (rejects is None or entry.rejects_digest == digest(rejects))
            if there and whole and entry.made == made:
                return entry
        return None

    def are_own(self, output: Path, rejects: Path | None) -> bool:
        """Whether files are results of earlier runs, as far as they are there, and so may be replaced by newer ones."""
        entries = self._entries.get(name_in_entries(output), ())
        digests = {"", *(entry.digest for entry in entries)}
        rejected = {"", *(entry.rejects_digest for entry in entries)}
        return digest(output) in digests and (rejects is None or digest(rejects) in rejected)

    def add(self, entry: Finished) -> None:
        """Writes an entry, for good.

        Raises:
            OSError: if it cannot be written.
        """
        self._entries.setdefault(entry.output, []).append(entry)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, 0o600)
        try:
            line: Any = json.dumps(entry.model_dump(mode="json"), ensure_ascii=True)
            # A line that a killed process left half-written must not swallow this one.
            with os.fdopen(handle, "wb", closefd=False) as file:
                file.write(f"\n{line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def _entry(line: str) -> Finished | None:
    """An entry; none if the process was killed while it wrote the line."""
    try:
        return Finished.model_validate_json(line)
    except ValueError:
        return None
