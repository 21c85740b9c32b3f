"""Random keys for the questionnaire in both languages at once, so that the machine is busy: ``run.py SECONDS [SEED]``.

With ``run.py SECONDS SEED LANGUAGE SESSION``, the keys of one session again.
"""

import random
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.monkey.play import Outcome, play, replay

LANGUAGES = ("en", "ru")


def play_in_every_language(seed: str, seconds: float) -> list[Outcome]:
    """Return what every session of every language came to."""
    with ThreadPoolExecutor(len(LANGUAGES)) as players:
        played = list(players.map(lambda language: list(play(seed, language, seconds)), LANGUAGES))
    return [outcome for outcomes in played for outcome in outcomes]


def told(outcomes: Sequence[Outcome]) -> Iterable[str]:
    """Return what was found: each session with a fault, and the sum of all."""
    bad = [str(outcome) for outcome in outcomes if outcome.faults]
    pages = frozenset[str]().union(*(outcome.pages for outcome in outcomes))
    replied = sum(outcome.replied for outcome in outcomes)
    return [*bad, f"{len(outcomes)} sessions, {len(bad)} with faults; {replied} replies, {len(pages)} pages"]


def main() -> int:
    """Play, tell, and return whether there were faults."""
    seconds = float(sys.argv[1])
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(10**6))
    sys.stdout.write(f"seed {seed}\n")
    sys.stdout.flush()
    if len(sys.argv) > 4:
        outcomes = [replay(seed, sys.argv[3], int(sys.argv[4]), seconds)]
    else:
        outcomes = play_in_every_language(seed, seconds)
    sys.stdout.write("\n".join(told(outcomes)) + "\n")
    return 1 if not outcomes or any(outcome.faults for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
