"""Why each question can matter at all: the findings that its answer can decide, before anything else is known."""

from collections import defaultdict
from collections.abc import Mapping

from assistant.assessment.assessment import STATUS_OF, Status
from assistant.assessment.diagram import Diagram
from assistant.assessment.supposition import answers_among
from assistant.explanation.relevance import Effect
from assistant.rulebook.model import Rulebook


def effects(rulebook: Rulebook, diagram: Diagram) -> Mapping[str, tuple[Effect, ...]]:
    """Return the effects of every question's answers on each finding that it can matter for, warnings first."""
    return {
        question: tuple(
            _effect(rulebook, diagram, question, finding.id)
            for finding in rulebook.findings_in_order
            if question in diagram.questions_of(finding.id) and diagram.can_matter(question, finding.id).satisfiable()
        )
        for question in rulebook.question
    }


def _effect(rulebook: Rulebook, diagram: Diagram, asked: str, finding: str) -> Effect:
    cells, leading = diagram.space.cells[asked], defaultdict[Status, list[int]](list)
    for at in range(len(cells.representatives)):
        given = diagram.space.among(asked, [at]) & diagram.possible
        if given.satisfiable():
            leading[STATUS_OF[diagram.truth(finding, given)]].append(at)
    question = rulebook.question[asked]
    return Effect(
        finding=finding,
        established=answers_among(question, cells, leading[Status.ESTABLISHED]),
        excluded=answers_among(question, cells, leading[Status.EXCLUDED]),
        possible=answers_among(question, cells, leading[Status.POSSIBLE]),
    )
