"""What several tests share."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import settings

from assistant.assessment.assessor import Assessor
from assistant.cli import main
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer
from assistant.system.language import use_language

# A busy machine takes longer, which says nothing of what is tested.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

ROOT = Path(__file__).parents[1]
SOUND = ROOT / "tests" / "bad_rulebooks" / "sound"
IN_SPRING: dict[str, Answer] = {
    "act_date": date(2022, 4, 10),
    "service_category": "contract",
    "regime": "special_operation",
    "place": "russia_at_unit",
    "refusal": "oral",
    "order_to_fight": True,
    "left_without_leave": False,
    "harm_established": False,
    "criminal_case": "none",
}
"""A contract soldier who said in April 2022, in Russia, that he would not go back."""
ABSENT = "answers: {left: true, days: 11, place: russia, day: 2022-03-01}"
"""A scenario's answers to every question of the sound rulebook."""


class Outcome(NamedTuple):
    """What a command did: its exit code and the texts on its two streams."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Outcome]
"""Runs the program with arguments, as a shell would, but in this process."""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """The language is the process's own: what one test speaks, the next must not hear."""
    yield
    use_language("en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)

    def run_here(*words: object) -> Outcome:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        finally:
            use_language("en")  # the language that a command sets must not outlive it
        return Outcome(code, *capsys.readouterr())

    return run_here


def loaded(folder: Path) -> Rulebook:
    """The rulebook of a folder in which there is no mistake."""
    found = load_rulebook(folder)
    assert isinstance(found, Rulebook), "\n".join(map(str, found))
    return found


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that the program comes with."""
    return loaded(ROOT)


@pytest.fixture(scope="session")
def assessor(rulebook: Rulebook) -> Assessor:
    """The assessor of the rulebook that the program comes with."""
    return Assessor(rulebook)


@pytest.fixture(scope="session")
def sound() -> Rulebook:
    """The small rulebook of ``bad_rulebooks/``, before a mistake is made in it."""
    return loaded(SOUND)


@pytest.fixture(scope="session")
def small(sound: Rulebook) -> Assessor:
    """The assessor of the small rulebook."""
    return Assessor(sound)


class Desk:
    """A folder for scenario files, and the program that evaluates them by the sound rulebook."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run = run
        self.folder = folder

    def write(self, text: str | bytes, name: str = "case.yaml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def evaluate(self, *words: object) -> Outcome:
        return self.run("evaluate", "--rulebook", SOUND, *words)

    def told(self, text: str | bytes) -> list[str]:
        """The problems of a file, without its name; nothing else is told and no status given."""
        path = self.write(text)
        outcome = self.evaluate(path)
        assert outcome.code == 2
        assert outcome.out == ""
        return [line.removeprefix(f"{path}:") for line in outcome.err.splitlines()]

    def statuses(self, answers: str) -> dict[str, str]:
        outcome = self.evaluate("--json", self.write(f"{{id: case, answers: {answers}}}"))
        assert (outcome.code, outcome.err) == (0, "")
        (report,) = json.loads(outcome.out)
        return {finding: found["status"] for finding, found in report["findings"].items()}


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path)
