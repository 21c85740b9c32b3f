"""What tests share is in tests/support/, so that a test can be changed without a look at the others."""

import ast
from collections.abc import Iterator

import pytest

from tests.support.project import ROOT

TESTS = ROOT / "tests"
FILES = [path for path in sorted(TESTS.rglob("*.py")) if "node_modules" not in path.parts]


def imported(source: str) -> Iterator[str]:
    """Return the names of all modules that a source imports, and of all that may be modules."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_test_or_benchmark(module: str) -> bool:
    """Return whether a module is a benchmark, a test, or the fixtures that pytest finds by itself."""
    package, last = module.partition(".")[0], module.rpartition(".")[2]
    return package == "benchmarks" or (package == "tests" and (last.startswith("test_") or last == "conftest"))


def test_no_test_imports_a_test_or_a_benchmark() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {module}"
        for path in FILES
        for module in imported(path.read_text("utf-8"))
        if is_test_or_benchmark(module)
    }
    assert wrong == set()


@pytest.mark.parametrize(
    "source",
    [
        "import benchmarks.person",
        "from tests.test_tui import Person",
        "from tests import test_tui",
        "import tests.conftest",
    ],
)
def test_such_an_import_is_noticed(source: str) -> None:
    assert any(map(is_test_or_benchmark, imported(source)))
