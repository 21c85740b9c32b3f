"""The replies that a scenario contains."""

from assistant.rulebook.answer import Reply, Unknown
from assistant.scenarios.scenario import Scenario


def replies_of(scenario: Scenario) -> dict[str, Reply]:
    """Return the replies of a scenario by question: its answers, then *don't know* for what is not known."""
    return {**scenario.answers, **dict.fromkeys(scenario.unknown, Unknown.DONT_KNOW)}
