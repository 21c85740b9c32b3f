"""How many questions a scenario is asked, beside the fewest that would do: ``python benchmarks/questions_asked.py``.

A scenario answers what it is asked, or says that it does not know. The fewest are found by search: questions are left
out of those that were asked, or of all, in several orders, as long as nothing that is then open can change a finding.
That search takes seconds for each scenario, so one in eight is measured.
"""

# ruff: noqa: INP001 - a script, and its random orders are no secrets

import sys
from typing import Final

from assistant.assessment.assessor import Assessor
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from tests.support.questions_asked import asked, real_scenarios

ONE_IN: Final = 8


def main() -> None:
    rulebook = load_rulebook(default_folder())
    if not isinstance(rulebook, Rulebook):
        raise SystemExit("\n".join(map(str, rulebook)))
    assessor = Assessor(rulebook)
    scenarios = real_scenarios(rulebook, default_folder() / "tests" / "scenarios")[::ONE_IN]
    found = [asked(assessor, each) for each in scenarios]
    for each in found:
        sys.stdout.write(f"{len(each.asked):3} {len(each.fewest):3} {each.scenario}\n")
    total, least = (sum(len(questions) for questions in column) for column in list(zip(*found, strict=True))[1:])
    sys.stdout.write(f"asked {total}, fewest found {least}: {total / least:.2f} times\n")


if __name__ == "__main__":
    main()
