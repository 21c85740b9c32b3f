"""A ruleset in the C engine, called directly and in the caller's thread."""

import contextlib
import json
import os
import sys

from assistant.assessment.durable.network import Network, place_of

if sys.platform != "win32":
    # The C engine refers to a function that Python 3.13 lacks; it is never called here and must not be resolved.
    _flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
# Not the package `durable` that wraps it: its Host starts two timer threads, which race with the caller and crash.
import durable_rules_engine as rete  # type: ignore[import-not-found,import-untyped,unused-ignore]  # C, without types

if sys.platform != "win32":
    sys.setdlopenflags(_flags)


class EndlessError(Exception):
    """The rules fire without end."""


class Session:
    """A ruleset in the C engine with at most one state. ``known``: the facts that have been derived."""

    def __init__(self, network: Network) -> None:
        self.known: set[int] = set()
        self._fired = 0
        self._network = network
        self._has_state = False
        self._content = {fact: json.dumps({"id": str(fact), "sid": "0", **place_of(fact)}) for fact in network.readers}
        self._ruleset: int = rete.create_ruleset("rulebook", json.dumps(dict(enumerate(network.rules))))

    def restart(self) -> None:
        """Replace the state by an empty one."""
        self._delete_state()
        self.known.clear()
        self._fired = 0
        self.tell(self._network.beginning)
        self._has_state = self._fired > 0  # deleting a state in which no rule has fired would crash

    def tell(self, fact: int) -> None:
        """Add a fact and everything that follows from it.

        Raises:
            EndlessError: if rules fire more often than they can.
        """
        self.known.add(fact)
        if fact not in self._network.readers:
            return
        state = self._assert(fact)
        _, action = rete.start_action_for_state(self._ruleset, state) or (None, None)
        while action:
            self._fired += 1
            if self._fired > len(self._network.conclusions):  # facts are asserted once, so each rule fires once
                raise EndlessError
            (rule,) = json.loads(action)
            for conclusion in self._network.conclusions[int(rule)]:
                if conclusion not in self.known:
                    self.known.add(conclusion)
                    if conclusion in self._network.readers:
                        self._assert(conclusion)
            action = rete.complete_and_start_action(self._ruleset, state)

    def close(self) -> None:
        """Free the memory of the C engine as far as possible; errors are ignored."""
        with contextlib.suppress(Exception):
            self._delete_state()
        with contextlib.suppress(Exception):
            rete.delete_ruleset(self._ruleset)

    def _assert(self, fact: int) -> int:
        return int(rete.assert_fact(self._ruleset, self._content[fact])[1])

    def _delete_state(self) -> None:
        if self._has_state:
            self._has_state = False
            rete.delete_state(self._ruleset, "0")
