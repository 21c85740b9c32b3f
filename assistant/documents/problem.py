"""A problem in a user's input: where it is, what is wrong, and what to do about it."""

from collections.abc import Iterable
from itertools import islice
from typing import Final, TypeAlias

from pydantic import Field

from assistant.documents.value import Value
from assistant.system.language import _
from assistant.system.message import Message, text


class Place(Value):
    """A position in a file; line and column count from 1.

    If neither is given, it is the file or folder as a whole, because it is missing or could not be read.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        is_whole = self.model_fields_set.isdisjoint({"line", "column"})
        return self.path if is_whole else f"{self.path}:{self.line}:{self.column}"


class Problem(Value):
    """One mistake, described so that its author can correct it without reading the code.

    Problems with the same template and field are alike; ``template`` is the untranslated message with its placeholders,
    or empty if the message is the same in every file. ``field`` is the field of a model, or the question.
    """

    place: Place
    message: str
    remedy: str = ""
    template: str = Field(default="", repr=False)
    field: str = Field(default="", repr=False)

    @classmethod
    def saying(cls, place: Place, said: Message, remedy: str = "") -> "Problem":
        """Return a problem whose message contains something that differs from file to file."""
        return cls(place=place, message=text(said), remedy=remedy, template=str(said.key))

    @classmethod
    def of_path(cls, path: object, message: str, remedy: str = "") -> "Problem":
        """Return a problem of a file or folder as a whole."""
        return cls(place=Place(path=str(path)), message=message, remedy=remedy)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")


Problems: TypeAlias = tuple[Problem, ...]
"""What a loader returns in place of a value: all problems that it found, never an empty tuple."""


class InputError(ValueError):
    """Input that cannot be used: a rulebook, answers, the name of a finding, a table, or the name of a file to write.

    ``problems`` has every problem that was found: each has a place, a message that says what is wrong, and a remedy
    where one is known. The place of an answer is as in ``answers['age']``. The text of the error has a problem in each
    line. No problem repeats an answer.
    """

    __module__ = "assistant"  # where callers import it from; tracebacks name it so

    problems: Problems

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry the problems."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["InputError"], tuple[Problems]]:
        """Return what a copy, perhaps in another process, is made of."""
        return type(self), (self.problems,)


class EngineError(Exception):
    """The rules engine cannot evaluate the answers. The message contains no answer; the engine can be used again."""


MAX_PROBLEMS: Final = 100
"""How many problems of one file are reported; after correcting these, the author can check again."""


def first_problems(problems: Iterable[Problem], most: int = MAX_PROBLEMS) -> list[Problem]:
    """Return the first ``most`` problems; one more, at the place of the next, if there are further ones."""
    first = list(islice(problems, most + 1))
    if len(first) > most:
        more = _("there are more problems from here on.")
        first[most] = first[most].replacing(
            message=more, remedy=_("Correct the ones above first."), template="", field=""
        )
    return first


def in_order(problems: list[Problem]) -> Problems:
    """Return the problems without duplicates, sorted by path, line and column."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place.path, problem.place.line, problem.place.column)))
