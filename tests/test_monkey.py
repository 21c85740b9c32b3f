"""A monkey at the keys for a minute, in both languages at once; see :mod:`tests.monkey`. Three in ``.ci/run``."""

import random

from tests.monkey.run import play_in_every_language, told

SECONDS = 55


def test_no_key_does_harm() -> None:
    seed = str(random.randrange(10**6))
    outcomes = play_in_every_language(seed, SECONDS)
    report = "\n".join(told(outcomes))
    assert not any(outcome.faults for outcome in outcomes), report
    # It has come to the questions, and not only made noise.
    assert sum(outcome.replied for outcome in outcomes) >= 10, report
    assert len(frozenset[str]().union(*(outcome.pages for outcome in outcomes))) >= 6, report
