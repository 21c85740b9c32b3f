"""Checks of promises: the facts, findings and steps in them exist, and their conditions suit the questions."""

from collections.abc import Iterator

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.condition_check import check_condition
from assistant.rulebook.finding import Kind
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source_check import check_citations, check_support
from assistant.system.language import _


def check_promises(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield all problems of the promises of a rulebook."""
    heads = {*rulebook.fact, *rulebook.finding}
    for section in ("incompatible", "exactly_one_of", "never", "not_excluded_by"):
        for promise in getattr(rulebook, section):
            key = f"{section}.{promise.id}"
            for index, name in enumerate(promise.of):
                if name not in heads:
                    message = _("'{id}' is neither a fact nor a finding.").format(id=name)
                    yield rulebook.problem_at(f"{key}.of.{index}", message, nearest(name, heads))
            for conditions in ("when", "answers", "in_place_of"):
                for name, value in getattr(promise, conditions, {}).items():
                    yield from check_condition(rulebook, f"{key}.{conditions}.{name}", name, value)
    yield from _dangerous(rulebook)


def _dangerous(rulebook: Rulebook) -> Iterator[Problem]:
    steps = [finding.id for finding in rulebook.findings if finding.kind is Kind.STEP]
    for promise in rulebook.dangerous:
        key = f"dangerous.{promise.id}"
        if promise.step not in steps:
            message = _("'{id}' is not a step.").format(id=promise.step)
            yield rulebook.problem_at(f"{key}.step", message, nearest(promise.step, steps) or _("Name a step."))
        if rulebook.metadata.date_question is None and rulebook.clock_question is None:
            message = _("a day needs a question to be compared with.")
            yield rulebook.problem_at(f"{key}.from", message, _("Name one as 'date_question' of the rulebook."))
        yield from check_citations(rulebook, key, promise.cites)
        yield from check_support(rulebook, key, promise.cites)
