"""A problem in somebody's input: where it is, what is wrong, and what to do about it."""

from typing import TypeAlias

from assistant.value import Value


class Place(Value):
    """A position in a file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(Value):
    """One mistake, told so that its author can mend it without reading the code."""

    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")


Problems: TypeAlias = tuple[Problem, ...]
"""What a loader returns in place of a value: every problem that it found, never an empty tuple."""


class EngineError(Exception):
    """The rules engine cannot evaluate these answers. It says nothing of what they are, and can go on with others."""


def in_order(problems: list[Problem]) -> Problems:
    """The problems without repetitions, in the order of a reader going through the files."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place.path, problem.place.line, problem.place.column)))
