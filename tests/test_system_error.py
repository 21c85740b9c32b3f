"""What the system refuses is told in the reader's language."""

import errno
import os
import sys
from pathlib import Path

import pytest

from assistant.documents.atomic_file import write_whole
from assistant.system.language import use_language
from assistant.system.os_error import reason_of
from tests.support.project import SOUND, Run

COMMON = ("ENOENT", "EACCES", "EISDIR", "ENOTDIR", "ENOSPC", "EROFS", "ENAMETOOLONG", "ELOOP", "EEXIST", "EBUSY", "EIO")


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of each system has words of its own")
def test_in_english_it_is_what_the_system_says() -> None:
    said = {name: os.strerror(number) for number, name in errno.errorcode.items()}
    told = {name: reason_of(OSError(number, said[name])) for number, name in errno.errorcode.items()}
    assert told == said


@pytest.mark.parametrize("name", COMMON)
def test_what_happens_often_is_told_in_russian(name: str) -> None:
    use_language("ru")
    number = getattr(errno, name)
    told = reason_of(OSError(number, os.strerror(number)))
    assert any("а" <= letter <= "я" for letter in told)
    assert os.strerror(number) not in told


def test_what_nobody_has_translated_is_told_as_the_system_says_it() -> None:
    use_language("ru")
    assert reason_of(OSError(errno.EL2HLT, "Level 2 halted")) == "Level 2 halted"
    assert reason_of(OSError()) == "OSError"
    assert reason_of(ValueError("zzcanary")) == "ValueError"


def test_a_message_is_in_one_language(run: Run, tmp_path: Path) -> None:
    missing = run("evaluate", "--lang", "ru", "--rulebook", SOUND, tmp_path / "nowhere.yaml").err
    assert missing.partition("nowhere.yaml: ")[2].startswith("файл не читается: нет такого файла или папки.")
    use_language("ru")
    problem = write_whole(tmp_path / "no folder" / "summary.txt", "text")
    assert problem is not None
    assert "нет такого файла или папки" in problem.message
