"""New texts keep to docs/style.md; older ones are listed, and the list may only shrink."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.support.project import ROOT

STYLE: Final = ROOT / "docs" / "style.md"
BANNED: Final = tuple(
    re.findall(r"^- `(.+)`$", STYLE.read_text("utf-8").partition("## Banned phrases")[2], re.MULTILINE)
)
PHRASE: Final = re.compile(r"\b(" + "|".join(map(re.escape, BANNED)) + r")\b", re.IGNORECASE)
PAGES: Final = tuple(
    path for path in sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))) if path.parent.name != "decisions"
)
PACKAGES: Final = tuple(path for path in sorted((ROOT / "assistant").iterdir()) if (path / "__init__.py").exists())
STILL_TO_BE_REWRITTEN: Final = frozenset(
    {
        "README.md",
        "assistant/assessment",
        "assistant/plain",
        "assistant/publish",
        "assistant/rulebook",
        "assistant/scenarios",
        "assistant/tui",
        "docs/benchmarks.md",
        "docs/glossary.md",
        "docs/python-api.md",
        "docs/site.md",
        "docs/tables.md",
        "docs/threat-model.md",
        "docs/using.md",
        "docs/verification.md",
        "docs/writing-rules.md",
    }
)
"""Pages and packages that were written before docs/style.md. Take a line out when you rewrite one; add none."""


def prose(page: Path) -> str:
    """Return a page without the pairs and the banned phrases of docs/style.md, which have to name them."""
    text = page.read_text("utf-8")
    return text.partition("## Pairs")[0] if page == STYLE else text


def docstrings(package: Path) -> Iterator[str]:
    """Return the docstrings of a package, and the texts under its constants."""
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield f"{file.relative_to(ROOT)}:{node.lineno}: {node.value.value}"


def banned_in(path: Path) -> list[str]:
    """Return the lines of a page, or the docstrings of a package, that have a banned phrase."""
    texts = docstrings(path) if path.is_dir() else prose(path).splitlines()
    return [text for text in texts if PHRASE.search(text)]


def name(path: Path) -> str:
    """Return the path of a text as it is listed."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "path", [path for path in (*PAGES, *PACKAGES) if name(path) not in STILL_TO_BE_REWRITTEN], ids=name
)
def test_a_new_text_has_no_banned_phrase(path: Path) -> None:
    assert banned_in(path) == []


@pytest.mark.parametrize("listed", sorted(STILL_TO_BE_REWRITTEN))
def test_a_text_that_was_rewritten_is_taken_off_the_list(listed: str) -> None:
    assert banned_in(ROOT / listed), f"take {listed} off the list: it has no banned phrase any more"


def test_the_style_has_thirty_pairs_and_a_list_of_phrases() -> None:
    pairs = re.findall(r"^\| (?!now |---)(.+) \| (.+) \|$", STYLE.read_text("utf-8"), re.MULTILINE)
    assert len(pairs) >= 30
    assert len(BANNED) >= 10
