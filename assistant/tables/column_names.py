"""The names of the columns that every table of scenarios has, or every table of results."""

from typing import Final

from assistant.documents.problem import InputError
from assistant.rulebook.model import Rulebook
from assistant.system.language import _

ID: Final = "id"
"""The id of a row: any text. It is copied to the result, because not every engine keeps the order of rows."""
CONTRADICTIONS: Final = "contradictions"
"""The ids of the impossible combinations in the answers, separated by spaces; null if there are none."""
RULES: Final = "rules"
"""The ids of the rules that hold, separated by spaces; null if the answers contradict each other."""
OPEN_RULES: Final = "open_rules"
"""The ids of the rules that may hold, in the same form. A contested rule is never more than open."""
CITATIONS: Final = "citations"
"""The passages and statutes that the rules in ``rules`` cite: ids separated by spaces, each once.

A citation that only qualifies or contradicts is marked: ``uk332_1(qualifies)``.
"""


def check_ids(rulebook: Rulebook) -> None:
    """Check that no question and no finding has the name of another column.

    Raises:
        InputError: with a problem for each one that has.
    """
    message, remedy = _("the id '{id}' is the name of another column in tables of scenarios."), _("Rename it.")
    keys = [f"questions.{name}" for name in rulebook.question] + [f"findings.{name}" for name in rulebook.finding]
    problems = [
        rulebook.problem_at(key, message.format(id=name), remedy)
        for key in keys
        if (name := key.partition(".")[2]) in {ID, CONTRADICTIONS, RULES, OPEN_RULES, CITATIONS}
    ]
    if problems:
        raise InputError(problems)
