"""A promise that does not hold, and answers that show it."""

from assistant.assessment.assessment import Status
from assistant.documents.problem import Place
from assistant.documents.value import Value
from assistant.rulebook.question import Answer


class Example(Value):
    """As few answers as show a failure, and the statuses that they lead to."""

    answers: dict[str, Answer]
    expect: dict[str, Status] = {}


class Failure(Value):
    """A promise that does not hold. ``subject``: the id of its item; ``places``: those of the rules involved."""

    proof: str
    subject: str
    message: str
    places: tuple[Place, ...] = ()
    examples: tuple[Example, ...] = ()
