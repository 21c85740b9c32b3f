"""A promise that does not hold, and answers that show it."""

from assistant.assessment import Status
from assistant.problem import Place
from assistant.rulebook import Answer
from assistant.value import Value


class Example(Value):
    """Answers as few as show a failure, and the statuses that they lead to."""

    answers: dict[str, Answer]
    expect: dict[str, Status] = {}


class Failure(Value):
    """A promise that does not hold. ``subject``: what it is about, by id; ``places``: the rules involved."""

    proof: str
    subject: str
    message: str
    places: tuple[Place, ...] = ()
    examples: tuple[Example, ...] = ()
