"""Nothing reassures after the last review: the law of later days was not read."""

from assistant.rulebook.condition import Range
from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.vocabulary import Period


def limit_reassurance(rulebook: Rulebook) -> Rulebook:
    """Return the rulebook with all rules for reassuring findings limited to the day of its last review.

    Rules for reassuring findings about something still to be done also require that the day of asking is not later.
    """
    last, clock = rulebook.metadata.reviewed_until, rulebook.clock_question

    def cap(rule: Rule) -> Rule:
        # The check lets a rule conclude only findings that are limited alike.
        finding = rulebook.finding.get(rule.heads[0])
        if finding is None or finding.tone is not Tone.REASSURING:
            return rule
        changes: dict[str, object] = {}
        if rulebook.metadata.date_question is not None:
            until = min(rule.in_force.until or last, last)
            changes["in_force"] = Period(start=rule.in_force.start, until=until)
        if finding.reassures_ahead and clock is not None:
            asked = rule.when.get(clock.id, Range())
            assert isinstance(asked, Range)  # noqa: S101  # check_rulebook accepts only ranges for a date
            asked = asked.model_copy(update={"until": min(asked.until or last, last)})
            changes["when"] = {**rule.when, clock.id: asked}
        return rule.model_copy(update=changes)

    return rulebook.replacing(rules=tuple(cap(rule) for rule in rulebook.rules))
