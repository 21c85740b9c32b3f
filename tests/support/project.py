"""The project's folders, its rulebooks, and commands run as a shell would run them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer

ROOT = Path(__file__).parents[2]
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


def loaded(folder: Path) -> Rulebook:
    """The rulebook of a folder in which there is no mistake."""
    found = load_rulebook(folder)
    assert isinstance(found, Rulebook), "\n".join(map(str, found))
    return found


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
