"""Consistency checks of groups: members exist, are yes/no questions for a person, and are in one group only."""

from collections.abc import Iterator
from typing import Final

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import GivenBy, QuestionType
from assistant.system.language import _

MIN_QUESTIONS: Final = 2


def check_groups(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield all problems of the groups of a rulebook."""
    groups: dict[str, str] = {}
    for group in rulebook.groups:
        if len(group.questions) < MIN_QUESTIONS:
            message = _("a group needs two questions or more.")
            yield rulebook.problem_at(f"groups.{group.id}.questions", message, _("Add one, or delete the group."))
        for index, name in enumerate(group.questions):
            key = f"groups.{group.id}.questions.{index}"
            question = rulebook.question.get(name)
            if question is None:
                message = _("'{id}' is not a question.").format(id=name)
                members = (each.id for each in rulebook.questions if each.type is QuestionType.YES_NO)
                yield rulebook.problem_at(key, message, nearest(name, members))
            elif question.type is not QuestionType.YES_NO:
                message = _("a group has only yes/no questions, and '{id}' is none.").format(id=name)
                yield rulebook.problem_at(key, message, _("Take it out of the group."))
            elif name in groups:
                message = _("'{id}' is already in the group '{group}'.").format(id=name, group=groups[name])
                yield rulebook.problem_at(key, message, _("Keep it in one group, once."))
            elif question.stage is not None:
                message = _("'{id}' is in the group '{group}', which has the stage.").format(id=name, group=group.id)
                yield rulebook.problem_at(f"questions.{name}.stage", message, _("Delete the stage of the question."))
            groups.setdefault(name, group.id)
    for question in rulebook.questions:
        if question.given_by is GivenBy.CLOCK and question.stage is not None:
            message = _("nobody is asked this question, so it has no stage.")
            yield rulebook.problem_at(f"questions.{question.id}.stage", message, _("Delete it."))
