"""The fixtures of all tests."""

import gc
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.assessment.assessor import Assessor
from assistant.cli import main
from assistant.documents.problem import Problem
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.scenarios.evaluation import Evaluated, evaluate_files
from assistant.scenarios.replies import replies_of
from assistant.scenarios.scenario import Scenario, load_scenarios
from assistant.system.language import use_language
from tests.support.grouped_rulebook import grouped_rulebook
from tests.support.line_by_line import DMITRI
from tests.support.project import ROOT, SOUND, Desk, Outcome, Run, loaded
from tests.support.random_rulebooks import PROFILE

# A busy machine takes longer, which is no fault of what is tested.
settings.register_profile("few", deadline=None, max_examples=25)
settings.register_profile("many", deadline=None)
settings.register_profile("long", deadline=None)
settings.load_profile(PROFILE)

SLOW = ROOT / "tests" / "slow.txt"

# What a shell starts in the background ignores interruptions, and the programs that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ``tests/slow.txt`` lists, by file or one by one."""
    rows = [line.split(maxsplit=2) for line in SLOW.read_text("utf-8").splitlines() if line[:1] not in {"", "#"}]
    marks = {name: mark for mark, _seconds, name in rows}
    for item in items:
        path, _colons, test = item.nodeid.partition("::")
        names = {path, f"{path}::{test.partition('[')[0]}", item.nodeid}
        for mark in {marks[name] for name in names & marks.keys()}:
            item.add_marker(mark)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """The language is the process's own: what one test speaks, the next must not hear."""
    yield
    use_language("en")


@pytest.fixture(autouse=True)
def _collectable_again() -> Iterator[None]:
    """A conversation excludes all objects from garbage collection; with hundreds of them, memory would only grow."""
    yield
    if gc.get_freeze_count():
        gc.unfreeze()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)

    def run_here(*words: object) -> Outcome:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        finally:
            use_language("en")  # the language that a command sets must not outlive it
        return Outcome(code, *capsys.readouterr())

    return run_here


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that the program comes with."""
    return loaded(ROOT)


@pytest.fixture(scope="session")
def assessor(rulebook: Rulebook) -> Assessor:
    """The assessor of the rulebook that the program comes with."""
    return Assessor(rulebook)


@pytest.fixture(scope="session")
def evaluated(assessor: Assessor) -> tuple[Evaluated, ...]:
    """All scenarios of the rulebook that the program comes with, and what follows in each."""
    found = tuple(evaluate_files(assessor, [ROOT / "tests" / "scenarios"]))
    problems = [each for each in found if isinstance(each, Problem)]
    assert problems == []
    return tuple(each for each in found if isinstance(each, Evaluated))


@pytest.fixture(scope="session")
def sound() -> Rulebook:
    """The small rulebook of ``bad_rulebooks/``, before a mistake is made in it."""
    return loaded(SOUND)


@pytest.fixture(scope="session")
def small(sound: Rulebook) -> Assessor:
    """The assessor of the small rulebook."""
    return Assessor(sound)


@pytest.fixture(scope="session")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """A small rulebook with groups."""
    return grouped_rulebook(tmp_path_factory.mktemp("grouped"))


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path)


@pytest.fixture
def dmitri(rulebook: Rulebook) -> dict[str, Reply]:
    """The replies of a contract soldier who refused in April 2022."""
    (first, *_others) = load_scenarios(DMITRI, rulebook)
    assert isinstance(first, Scenario)
    return replies_of(first)


@pytest.fixture(params=["en", "ru"])
def spoken(request: pytest.FixtureRequest, rulebook: Rulebook) -> Rulebook:
    """The rulebook in one of its languages, which is the language in use."""
    use_language(request.param)
    return in_language(rulebook, request.param)
