"""What the questionnaire costs a person, on the screen and line by line: ``python benchmarks/person.py``.

A person answers what his scenario says, and "I don't know" otherwise, until the outcome is that of all questions. A key
is anything that is pressed: each character of a typed answer, and Enter. Words are what is said line by line, from the
welcome to the end of the questions, as somebody hears it who has it read aloud. Nothing depends on the clock.
"""

# ruff: noqa: INP001 - a script

import sys
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from assistant.assessment.assessor import Assessor
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.system.language import LANGUAGES
from tests.support.questions_asked import real_scenarios
from tests.support.simulated_person import RELATIVE, Measures, measured

CASES: Final = (
    "bokov-refuses-under-threat",
    "broke-their-tank",
    "case-requested",
    "guardsman-serviceman",
    "sergey-ordered-back",
    "leave-rescinded-and-stamped",
)
"""One of each of six articles."""
HEADING: Final = (
    "| case | questions | screens | “I don't know” | keys, screen | keys, lines | words, English | words, Russian |",
    "|---|---:|---:|---:|---:|---:|---:|---:|",
)


def row(name: str, cases: Sequence[Measures]) -> str:
    """Return a row of the table with the means of some cases."""
    questions, screens, unknown, screen, lines = (fmean(each) for each in list(zip(*cases, strict=True))[:5])
    words = [f"{fmean(each.words[language] for each in cases):,.0f}" for language in LANGUAGES]
    cells = (
        f"{questions:.3g}",
        f"{screens:.3g}",
        f"{unknown / questions:.0%}",
        f"{screen:.3g}",
        f"{lines:.3g}",
        *words,
    )
    return f"| {' | '.join((name, *cells))} |"


def main() -> None:
    """Print the table."""
    rulebook = load_rulebook(default_folder())
    if not isinstance(rulebook, Rulebook):
        raise SystemExit("\n".join(map(str, rulebook)))
    assessor = Assessor(rulebook).ready_for_conversation()
    articles = {
        each.id: each for each in real_scenarios(rulebook, default_folder() / "tests" / "scenarios" / "articles")
    }
    six = [measured(assessor, articles[name]) for name in CASES]
    lines = [row(name, [each]) for name, each in zip(CASES, six, strict=True)]
    relatives = [row(each.id, [measured(assessor, each)]) for each in real_scenarios(rulebook, RELATIVE)]
    sys.stdout.write("\n".join([*HEADING, *lines, row("mean of the six", six), *relatives]) + "\n")


if __name__ == "__main__":
    main()
