"""The completions of answers, by a diagram: of one case, or of many cases at once."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, partial
from typing import NamedTuple, Protocol

from assistant.assessment.bit_parallel import Box, CaseBits, MetByBoxes
from assistant.assessment.diagram import Diagram
from assistant.rulebook.program import Truth
from assistant.rulebook.question import Answers


class Completions(Protocol):
    """What all completions of the answers of one case say."""

    def contradictions(self) -> tuple[str, ...]:
        """Return a minimal set of impossible combinations that leave no completion; empty if there is one."""

    def truth(self, head: str) -> Truth:
        """Return True if a head holds for all completions, False if it fails for all, else None."""

    def relevant(self, head: str, questions: Iterable[str]) -> tuple[str, ...]:
        """Return the questions whose answer can rule out that the head holds, or that it fails."""


class CompletionsOfOne:
    """The completions of one case."""

    def __init__(self, diagram: Diagram, answers: Answers) -> None:
        self._diagram = diagram
        self._answers = answers
        self._points = diagram.space.answering(answers)
        # Many findings wait for the same question.
        self._is_open = cache(partial(diagram.is_open, given=self._points))

    def contradictions(self) -> tuple[str, ...]:
        """See :class:`Completions`."""
        return self._diagram.contradicting(self._points)

    def truth(self, head: str) -> Truth:
        """See :class:`Completions`."""
        return self._diagram.truth(head, self._points)

    def relevant(self, head: str, questions: Iterable[str]) -> tuple[str, ...]:
        """See :class:`Completions`."""
        self._diagram.space.make_room()  # the findings of one case can leave a million nodes of garbage
        return tuple(
            question
            for question in questions
            if self._is_open(question)
            and self._diagram.matters(question, head, self._points, self._answers.get(question))
        )


class CompletionsOfMany:
    """The completions of many cases, computed in one pass over the diagram."""

    def __init__(self, diagram: Diagram, heads: Sequence[str]) -> None:
        """Prepare the pass for some heads.

        Raises:
            MemoryError: if the diagram is too large.
        """
        self._diagram = diagram
        self._heads = heads
        self._cells = {question: range(len(each.representatives)) for question, each in diagram.space.cells.items()}
        self._influences = [(question, head) for head in heads for question in diagram.questions_of(head)]
        space, possible = diagram.space, diagram.possible
        self._sets = MetByBoxes(
            space,
            [
                possible,
                *(points for head in heads for points in diagram.outcomes(head)),
                *(possible & space.among(name, [cell]) for name, cells in self._cells.items() for cell in cells),
                *(diagram.can_matter(question, head) for question, head in self._influences),
            ],
        )

    def of(self, cases: Sequence[Answers]) -> list[Callable[[], Completions]]:
        """Return for each case a function that returns its completions.

        Raises:
            MemoryError: if there is not enough memory for so many at once.
        """
        met = iter(self._sets.met_by([self._box(answers) for answers in cases]))
        chunk = _Chunk(possible=next(met), may_hold={}, may_fail={}, relevant={})
        for head in self._heads:
            chunk.may_hold[head], chunk.may_fail[head] = next(met), next(met)
        is_open = {question: _in_several(next(met) for _cell in cells) for question, cells in self._cells.items()}
        for question, head in self._influences:
            chunk.relevant[question, head] = next(met) & is_open[question]
        return [partial(_CompletionsInChunk, self._diagram, answers, chunk, at) for at, answers in enumerate(cases)]

    def _box(self, answers: Answers) -> Box:
        touched = ((question, self._diagram.space.cells[question].touched(answers[question])) for question in answers)
        return {question: cells for question, cells in touched if cells}


class _Chunk(NamedTuple):
    """The cases of a chunk by what their completions say.

    ``possible``: there is a completion; ``may_hold`` and ``may_fail``: the head does in one of them; ``relevant``: the
    answer to the question can matter for the head.
    """

    possible: CaseBits
    may_hold: dict[str, CaseBits]
    may_fail: dict[str, CaseBits]
    relevant: dict[tuple[str, str], CaseBits]


def _in_several(sets: Iterable[CaseBits]) -> CaseBits:
    """Return the cases that are in more than one of the sets."""
    once = twice = 0
    for cases in sets:
        twice |= once & cases
        once |= cases
    return twice


class _CompletionsInChunk:
    """The completions of the case number ``at`` of a chunk."""

    def __init__(self, diagram: Diagram, answers: Answers, chunk: _Chunk, at: int) -> None:
        self._diagram = diagram
        self._answers = answers
        self._chunk = chunk
        self._at = at

    @cached_property
    def _by_itself(self) -> CompletionsOfOne:
        return CompletionsOfOne(self._diagram, self._answers)

    def contradictions(self) -> tuple[str, ...]:
        return () if self._chunk.possible >> self._at & 1 else self._by_itself.contradictions()

    def truth(self, head: str) -> Truth:
        if not self._chunk.may_fail[head] >> self._at & 1:
            return True
        return None if self._chunk.may_hold[head] >> self._at & 1 else False

    def relevant(self, head: str, questions: Iterable[str]) -> tuple[str, ...]:
        return tuple(question for question in questions if self._is_relevant(head, question))

    def _is_relevant(self, head: str, question: str) -> bool:
        if question in self._answers:  # it is a range, and the pass knows nothing of changes within it
            return bool(self._by_itself.relevant(head, [question]))
        return bool(self._chunk.relevant[question, head] >> self._at & 1)
