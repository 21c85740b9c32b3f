"""What the person of a scenario says."""

from assistant.rulebook.answer import Reply, Unknown
from assistant.scenarios.scenario import Scenario


def replies_of(scenario: Scenario) -> dict[str, Reply]:
    """What the person of a scenario says: his answers, then what he does not know."""
    return {**scenario.answers, **dict.fromkeys(scenario.unknown, Unknown.DONT_KNOW)}
