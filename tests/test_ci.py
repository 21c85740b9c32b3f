"""The steps of .ci/run have a budget, and the tests that are not quick are named as they are."""

import re
from typing import Final

from tests.support.project import ROOT

RUN: Final = (ROOT / ".ci" / "run").read_text("utf-8").replace("\\\n", "")
STEPS: Final = re.findall(r'^step "(.+)" +(\w+) (\d+)$', RUN, re.MULTILINE)
MAX_MINUTES: Final = 90


def test_every_step_has_a_budget_and_all_together_are_not_too_long() -> None:
    assert len(STEPS) == len(re.findall(r"^step ", RUN, re.MULTILINE))
    assert sum(int(minutes) for _title, _function, minutes in STEPS) <= MAX_MINUTES


def test_the_command_of_the_readme_comes_first() -> None:
    assert STEPS[0][1] == "readme_test_command"
    assert re.search(r"^readme_test_command\(\) \{\n    make test\n\}", RUN, re.MULTILINE)
    assert re.search(r"^    make test ", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)


def test_the_list_of_slow_tests_names_tests_that_are_there() -> None:
    listed = (ROOT / "tests" / "slow.txt").read_text("utf-8").splitlines()
    lines = [line for line in listed if line[:1] not in {"", "#"}]
    for line in lines:
        mark, seconds, name = line.split(maxsplit=2)
        path, _colons, test = name.partition("::")
        assert mark in {"slow", "long"}
        assert float(seconds) > 0
        assert f"def {test.partition('[')[0]}(" in (ROOT / path).read_text("utf-8") or not test, name
    assert len(lines) == len({line.split(maxsplit=2)[2] for line in lines})
