"""The exception of the public API for input that cannot be used."""

from collections.abc import Iterable

from assistant.documents.problem import Problem


class InputError(ValueError):
    """Input that cannot be used: a rulebook, answers, the name of a finding, or a table.

    ``problems`` has every problem that was found: each has a place, a message that says what is wrong, and a remedy
    where one is known. The place of an answer is as in ``answers['age']``. The text of the error has a problem in each
    line. No problem repeats an answer.
    """

    __module__ = "assistant"  # where callers import it from; tracebacks name it so

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry the problems."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        """Return what a copy, perhaps in another process, is made of."""
        return type(self), (self.problems,)
