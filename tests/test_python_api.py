"""The public Python API: every name documented and typed, every example true, nothing wrong passed over in silence."""

import ast
import doctest
import importlib
import inspect
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import assistant
from assistant import (
    Assessor,
    Failed,
    InputError,
    Loaded,
    Place,
    Problem,
    Rulebook,
    load_rulebook,
)
from assistant.system.language import LANGUAGES

ROOT: Final = Path(__file__).parents[1]
SOUND: Final = ROOT / "tests" / "bad_rulebooks" / "sound"
PAGE: Final = ROOT / "docs" / "python-api.md"
FLAGS: Final = doctest.ELLIPSIS
HEAVY: Final = ("pydantic", "polars", "textual", "rich", "oxidd", "durable_rules_engine", "yaml", "jinja2", "sqlglot")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the examples write their files."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def python(*words: str, where: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=where, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


def loaded_by(code: str) -> list[str]:
    """The heavy libraries that some code loads in a new process."""
    loaded = "{name.partition('.')[0] for name in sys.modules}"
    ran = python("-c", f"import sys\ntry:\n {code}\nfinally:\n print(sorted({loaded} & {set(HEAVY)}))")
    return list(ast.literal_eval(ran.stdout.splitlines()[-1]))


def test_importing_the_package_loads_no_library() -> None:
    assert loaded_by("import assistant; dir(assistant)") == []


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_command_says_its_version_and_its_help_without_loading_a_library(option: str) -> None:
    assert loaded_by(f"from assistant.cli import main; main([{option!r}])") == []


def test_a_rulebook_is_assessed_without_the_libraries_of_tables_and_screens() -> None:
    assert {"polars", "textual"}.isdisjoint(
        loaded_by("import assistant; assistant.Assessor(assistant.load_rulebook().or_raise()).assess({})")
    )


def test_every_public_name_can_be_imported_and_no_other() -> None:
    for name in assistant.__all__:
        assert getattr(assistant, name) is not None
        assert name in dir(assistant)
    with pytest.raises(AttributeError, match="has no attribute 'load_rulebok'"):
        assistant.load_rulebok  # type: ignore[attr-defined]  # noqa: B018


def test_the_names_that_a_type_checker_sees_are_those_that_python_finds() -> None:
    tree = ast.parse((ROOT / "assistant" / "__init__.py").read_text("utf-8"))
    (checked,) = (node for node in tree.body if isinstance(node, ast.If) and isinstance(node.test, ast.Name))
    seen = {
        name.name: getattr(importlib.import_module(str(node.module)), name.name)
        for node in checked.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert seen == {name: getattr(assistant, name) for name in assistant.__all__ if name != "__version__"}


def public() -> Iterator[tuple[str, Any]]:
    """Every public class and function, and every public method of the API's own classes."""
    for name in assistant.__all__:
        found = getattr(assistant, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            yield name, found
        if inspect.isclass(found) and found.__module__.startswith("assistant.api"):
            members = ((member, value) for member, value in vars(found).items() if not member.startswith("_"))
            yield from ((f"{name}.{m}", v) for m, v in members if inspect.isfunction(v) or isinstance(v, property))


def test_every_public_name_has_a_docstring_and_a_place_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    for name, found in public():
        assert inspect.getdoc(found), name
        assert re.search(rf"\b{name.rpartition('.')[2]}\b", page), name


def examples() -> Iterator[doctest.DocTest]:
    """The examples of the page and of the docstrings."""
    text = PAGE.read_text("utf-8")
    blocks = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    yield doctest.DocTestParser().get_doctest(blocks, {}, PAGE.name, str(PAGE), 0)
    modules = {module for module in assistant._NAMES_BY_MODULE if module.startswith("assistant.api")}
    for module in sorted(modules):
        yield from (test for test in doctest.DocTestFinder().find(importlib.import_module(module)) if test.examples)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_of_the_page_and_of_the_docstrings_is_true(example: doctest.DocTest, folder: Path) -> None:
    told: list[str] = []
    assert folder == Path.cwd()
    result = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=told.append)
    assert result.attempted > 1
    assert result.failed == 0, "".join(told)


def test_the_script_of_the_readme_works_when_it_is_copied(tmp_path: Path) -> None:
    (script,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len([line for line in script.splitlines() if line]) <= 15
    (tmp_path / "script.py").write_text(script, "utf-8")
    ran = python("-X", "utf8", "script.py", where=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Information, not legal advice" in ran.stdout
    assert "established · Not executing an order, or refusing hostilities, art. 332(2.1)" in ran.stdout
    assert "this is not an option of 'refusal'" in ran.stdout


def test_a_folder_with_mistakes_gives_all_of_them_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "bad.yaml").write_text("rulez: []\nfindigns: []\n")
    match load_rulebook(str(tmp_path)):
        case Failed((first, second)):
            assert first.place == Place(path="rules/bad.yaml", line=1, column=1)
            assert (first.message, first.remedy) == ("the key 'rulez' is not known here.", "Did you mean 'rules'?")
            assert second.place.line == 2
        case other:
            pytest.fail(str(other))


def test_a_language_that_nobody_speaks_is_a_problem() -> None:
    failed = load_rulebook(SOUND, language="xx")
    assert isinstance(failed, Failed)
    assert failed.problems[0].message == f'there is no language "xx". Available: {", ".join(sorted(LANGUAGES))}.'


def test_problems_are_told_in_the_language_that_is_asked_for_and_only_then(sound: Rulebook, tmp_path: Path) -> None:
    russian = load_rulebook(tmp_path / "nowhere", language="ru")
    assert isinstance(russian, Failed)
    assert russian.problems[0].message == "такой папки нет."
    loaded = load_rulebook(ROOT, language="ru")
    assert isinstance(loaded, Loaded)
    with pytest.raises(InputError, match="вопроса «age» нет"):
        Assessor(loaded.rulebook).assess({"age": 20})
    with pytest.raises(InputError, match="there is no question"):
        Assessor(sound).assess({"age": 20})


def test_an_error_keeps_its_problems_on_the_way_to_another_process() -> None:
    error = InputError([Problem(place=Place(path="answers"), message="wrong.")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert (again.problems, str(again)) == (error.problems, "answers: wrong.")
