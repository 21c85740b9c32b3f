"""The program as somebody installs it: everything that it reads at run time comes with it."""

import ast
import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

from tests.support.project import ROOT, SOUND


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program and nothing else, installed as by ``pip install .``."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    alone = ["--no-index", "--no-deps", "--no-build-isolation", "--no-compile", "--target", str(folder)]
    subprocess.run([*pip, *alone, str(ROOT)], check=True, timeout=120, cwd=folder)
    return folder


def said(installed: Path, elsewhere: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """What the installed program says where nothing of the checkout is at hand."""
    command = (
        [sys.executable, "-P", "-m", "assistant"]
        if sys.version_info >= (3, 11)
        else [sys.executable, "-m", "assistant"]
    )
    environment = {"PYTHONPATH": str(installed), "PATH": os.environ["PATH"]}
    return subprocess.run(
        [*command, *words], env=environment, cwd=elsewhere, capture_output=True, text=True, check=False, timeout=60
    )


def test_every_file_of_the_program_and_its_rulebook_is_installed(installed: Path) -> None:
    rulebook = Path("assistant", "rulebook_folder")
    for source, target in (
        ("assistant", Path("assistant")),
        ("rules", rulebook / "rules"),
        ("seeds", rulebook / "seeds"),
    ):
        files = {path.relative_to(ROOT / source) for path in (ROOT / source).rglob("*") if path.is_file()}
        wanted = {path for path in files if "__pycache__" not in path.parts and path.suffix != ".pot"}
        assert len(wanted) > 4
        assert sorted(path for path in wanted if not (installed / target / path).is_file()) == []


def test_the_installed_program_knows_its_rulebook_and_writes_its_site(installed: Path, tmp_path: Path) -> None:
    checked = said(installed, tmp_path, "check")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "'refusal-to-fight-russia' is in order" in checked.stderr
    written = said(installed, tmp_path, "site", "--rulebook", SOUND, "--output", "site", "--lang", "ru")
    assert (written.returncode, written.stdout) == (0, "")
    assert "Сайт" in written.stderr
    assert (tmp_path / "site" / "style.css").is_file()
    assert "Rules" in (tmp_path / "site" / "en" / "index.html").read_text("utf-8")


def test_it_is_the_installed_program_that_was_asked(installed: Path, tmp_path: Path) -> None:
    (installed / "assistant" / "publish" / "site" / "templates" / "base.html").rename(tmp_path / "base.html")
    try:
        assert said(installed, tmp_path, "site", "--rulebook", SOUND, "--output", "site").returncode != 0
    finally:
        (tmp_path / "base.html").rename(installed / "assistant" / "publish" / "site" / "templates" / "base.html")


def test_every_library_that_the_program_imports_is_named_as_its_own() -> None:
    """And not only by another library, which might do without it one day."""
    declared = set(re.findall(r"^([\w-]+)", "\n".join(requires("legal-status-assistant") or ()), re.MULTILINE))
    brought_by = packages_distributions()
    imported = set[str]()
    for path in (ROOT / "assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    ours = imported - sys.stdlib_module_names - {"assistant"}
    brought = {name: {found.lower().replace("_", "-") for found in brought_by.get(name, ())} for name in ours}
    # Spark brings its bridge to Java and is there only where somebody wants it; pydantic is in two parts.
    elsewhere = {"pyspark", "py4j", "pydantic_core"}
    assert {name for name, found in brought.items() if not found & declared} == elsewhere


def test_what_the_tests_read_comes_with_the_sources(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(build, check=True, timeout=120, cwd=ROOT, capture_output=True)
    (archive,) = tmp_path.iterdir()
    with tarfile.open(archive) as opened:
        brought = {name.split("/")[1] for name in opened.getnames()}
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    wanted = {*re.findall(r'ROOT / "([\w.]+)"', tests)}
    assert {"assistant", "babel.cfg"} <= wanted
    assert wanted - brought == set()
