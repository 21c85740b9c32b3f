"""Groups of yes/no questions that are asked together, as a checklist, as frozen data."""

from assistant.documents.value import Value
from assistant.rulebook.vocabulary import Id, Stage, Text


class QuestionGroup(Value):
    """Yes/no questions that are asked on one screen. ``text`` is the question above them; ``stage`` is that of all."""

    id: Id
    stage: Stage
    text: Text
    questions: tuple[Id, ...]
