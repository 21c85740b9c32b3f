"""The order in which facts and findings depend on each other, and the cycles that forbid one."""

from graphlib import CycleError, TopologicalSorter

from assistant.rulebook.model import Rulebook


def in_order(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the facts and findings, each after the facts on which its rules depend.

    Raises:
        CycleError: if facts depend on each other.
    """
    return tuple(_sorter(rulebook).static_order())


def cycle(rulebook: Rulebook) -> tuple[str, ...]:
    """Return a cycle of facts that depend on each other, with equal first and last; empty if there is none."""
    try:
        _sorter(rulebook).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def _sorter(rulebook: Rulebook) -> TopologicalSorter[str]:
    mentioned: dict[str, set[str]] = {head: set() for head in (*rulebook.fact, *rulebook.finding)}
    for rule in rulebook.rules:
        # The loader also searches for cycles in rulebooks where a rule concludes something that does not exist.
        facts = {node for node in (*rule.when, *rule.unless) if node in rulebook.fact}
        for head in rule.heads:
            mentioned.setdefault(head, set()).update(facts)
    # The order of a set of strings differs between processes and would determine the order of the heads.
    return TopologicalSorter({head: sorted(facts) for head, facts in mentioned.items()})
