"""Pages and docstrings keep to docs/style.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po

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
CODE: Final = re.compile(r"`+[^`]+`+")
BLOCK_OF_CODE: Final = re.compile(r"^    .*$|^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    """Return a page without code, and without the pairs and the banned phrases of docs/style.md."""
    text = BLOCK_OF_CODE.sub("", page.read_text("utf-8"))
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
    """Return the lines of a page, or the docstrings of a package, that have a banned phrase outside of code."""
    texts = docstrings(path) if path.is_dir() else prose(path).splitlines()
    return [text for text in texts if PHRASE.search(CODE.sub("", text))]


def name(path: Path) -> str:
    """Return the path of a text as it is listed."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*PAGES, *PACKAGES], ids=name)
def test_a_text_has_no_banned_phrase(path: Path) -> None:
    assert banned_in(path) == []


def test_a_message_has_no_banned_phrase_but_those_that_screens_still_have() -> None:
    with (ROOT / "assistant" / "system" / "locale" / "ru" / "LC_MESSAGES" / "assistant.po").open("rb") as file:
        texts = [
            text for message in read_po(file) for text in ([message.id] if isinstance(message.id, str) else message.id)
        ]
    assert len(texts) > 1000
    found = {phrase.lower() for text in texts for phrase in PHRASE.findall(text)}
    assert found <= {"rests on", "whatever"}


def test_no_module_has_more_than_300_lines() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "assistant").rglob("*.py")}
    assert [str(path) for path, lines in lengths.items() if lines > 300] == []


def test_the_style_has_thirty_pairs_and_a_list_of_phrases() -> None:
    pairs = re.findall(r"^\| (?!now |---)(.+) \| (.+) \|$", STYLE.read_text("utf-8"), re.MULTILINE)
    assert len(pairs) >= 30
    assert len(BANNED) >= 10
