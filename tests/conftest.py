"""What several tests share."""

import contextvars
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from assistant.assessment import Assessor
from assistant.cli import main
from assistant.rulebook import Rulebook
from assistant.rulebook_loader import load_rulebook

ROOT = Path(__file__).parents[1]


class Outcome(NamedTuple):
    """What a command did: its exit code and the texts on its two streams."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Outcome]
"""Runs the program with arguments, as a shell would, but in this process."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)

    def run_here(*words: object) -> Outcome:
        capsys.readouterr()
        try:
            # The language that a command sets must not outlive it.
            code = contextvars.copy_context().run(main, [str(word) for word in words])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return Outcome(code, *capsys.readouterr())

    return run_here


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that the program comes with."""
    loaded = load_rulebook(ROOT)
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded


@pytest.fixture(scope="session")
def assessor(rulebook: Rulebook) -> Assessor:
    """The assessor of the rulebook that the program comes with."""
    return Assessor(rulebook)


@pytest.fixture(scope="session")
def sound() -> Rulebook:
    """The small rulebook of ``bad_rulebooks/``, before a mistake is made in it."""
    loaded = load_rulebook(ROOT / "tests" / "bad_rulebooks" / "sound")
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded


@pytest.fixture(scope="session")
def small(sound: Rulebook) -> Assessor:
    """The assessor of the small rulebook."""
    return Assessor(sound)
