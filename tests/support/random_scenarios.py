"""Folders of random scenario files: right and wrong, contradictory, with expectations, one or several in a file."""

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.assessment.assessment import Status
from assistant.assessment.cells import cells_of
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from assistant.rulebook.question import Answer, Question, QuestionType

SUBFOLDERS: Final = ("", "", "north", "south/further", ".hidden")
TITLES: Final = ("", "", "A man who left", "Он ушёл из части — «сам»", 'quoted " and \\ back', "emoji 🪖 and more")
IDS: Final = ("case-{}", "дело {}", 'a "quoted" id {}', "back\\slash {}", "{}", "  spaced {} ", "🪖{}")
MISTAKES: Final[tuple[bytes, ...]] = (
    b"",
    b"\n\n# only a comment\n",
    b"id: [unclosed\n",
    b"id: a\n\tanswers: {}\n",
    b"id: a\nanswers: {}\n---\nid: b\nanswers: {}\n",
    b"id: a\nid: b\nanswers: {}\n",
    b"answers: {}\n",
    b"id: a\n",
    b"id: 7\nanswers: {}\n",
    b"id: ''\nanswers: {}\n",
    b"id: a\nanswers: []\n",
    b"id: a\nanswers: {nowhere: true}\nexpect: {nothing: likely}\n",
    b"id: a\nanswers: {}\nmore: 1\n",
    b"id: a\nanswers: &anchor {}\n",
    b"id: !tag a\nanswers: {}\n",
    b"[]\n",
    b"- id: a\n  answers: {}\n- 7\n",
    b"just text\n",
    b"id: \xff\xfe\n",
    b"id: a\x00b\nanswers: {}\n",
    b"age-encryption.org/v1\nxyz\n",
)


def write_random_scenarios(rulebook: Rulebook, folder: Path, files: int, seed: int) -> None:
    """Write so many files into a folder and its subfolders; the same seed gives the same files."""
    chance, maker = random.Random(seed), _Maker(rulebook, random.Random(seed))
    for at in range(files):
        path = folder / chance.choice(SUBFOLDERS) / f"{at:05}{chance.choice(['.yaml', '.yaml', '.yml', '.txt'])}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(maker.file())


def random_answers(rulebook: Rulebook, chance: random.Random) -> dict[str, Answer]:
    """Return answers to some questions; they may contradict each other."""
    return _Maker(rulebook, chance).answers()


class _Maker:
    def __init__(self, rulebook: Rulebook, chance: random.Random) -> None:
        self._rulebook = rulebook
        self._chance = chance
        self._cells = cells_of([compile_rules(rulebook)])
        self._number = 0

    def file(self) -> bytes:
        kinds: dict[Callable[[], bytes], int] = {self._one: 80, self._several: 8, self._mistake: 4, self._damaged: 8}
        (make,) = self._chance.choices(list(kinds), list(kinds.values()))
        return make()

    def answers(self) -> dict[str, Answer]:
        questions = self._rulebook.questions
        most = len(questions)
        many = self._chance.choice([0, 1, 2, 4, 8, 12, 20, most]) % (most + 1)
        asked = self._chance.sample(questions, many)
        return {question.id: self._answer(question) for question in asked}

    def _answer(self, question: Question) -> Answer:
        if question.type is QuestionType.YES_NO:
            return self._chance.random() < 1 / 3  # mostly no, so that fewer answers contradict each other
        return self._chance.choice(self._cells[question.id].representatives)

    def _entry(self) -> dict[str, Any]:
        self._number += self._chance.random() > 1 / 50  # some ids come twice
        written: dict[str, Any] = {"id": self._chance.choice(IDS).format(self._number)}
        if title := self._chance.choice(TITLES):
            written["title"] = title
        answers: Mapping[str, Any] = self.answers()
        unknown = [question.id for question in self._some(self._rulebook.questions, [0, 0, 1, 3])]
        written["answers"] = {**answers, **{name: self._chance.choice(["unknown", None]) for name in unknown}}
        expected = self._some(self._rulebook.findings, [0, 0, 0, 1, 2])
        if expected:
            written["expect"] = {finding.id: self._expectation() for finding in expected}
        return written

    def _expectation(self) -> str | list[str]:
        statuses = [status.value for status in self._some(list(Status), [1, 1, 2])]
        return statuses[0] if len(statuses) == 1 and self._chance.random() < 1 / 2 else statuses

    def _one(self) -> bytes:
        return self._written(self._entry())

    def _several(self) -> bytes:
        return self._written([self._entry() for _ in range(self._chance.randint(2, 5))])

    def _mistake(self) -> bytes:
        return self._chance.choice(MISTAKES)

    def _damaged(self) -> bytes:
        """Return a file of which one answer or one byte is wrong."""
        entry = self._entry()
        if entry["answers"] and self._chance.random() < 1 / 2:
            name = self._chance.choice(list(entry["answers"]))
            entry["answers"][name] = self._chance.choice(["no", "True", 10**17, "2022-02-30", 1.5, [], {"a": 1}])
            return self._written(entry)
        content = bytearray(self._one())
        content[self._chance.randrange(len(content))] = self._chance.choice(b"\x00\t{[:-#'\"\xff ")
        return bytes(content)

    def _written(self, data: Any) -> bytes:
        flow = self._chance.choice([None, None, True])
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=flow).encode()

    def _some(self, items: Sequence[Any], sizes: Sequence[int]) -> list[Any]:
        return self._chance.sample(items, min(len(items), self._chance.choice(sizes)))
