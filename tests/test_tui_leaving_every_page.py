"""Leaving at once from every page: in a moment, with screen and scrollback cleared, and nothing after."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.tui import pages as page_modules
from assistant.tui.pages.page import BarePage
from tests.support.every_page import WAYS, Left
from tests.support.project import ROOT

AT_ONCE = 1.0
"""Seconds: a page that stays takes three, and on a calm machine it is 0.2. Another test compares it with a bare app."""


SHARES = 4
"""Terminals at a time: most of it is waiting."""


def left(folder: Path, plant: str = "") -> list[Left]:
    """What happened on each page; with something planted, on the first."""
    script = str(ROOT / "tests" / "support" / "every_page.py")
    shares = 1 if plant else SHARES
    folders = [folder / str(share) for share in range(shares)]
    for each in folders:
        each.mkdir()
    running = [
        subprocess.Popen(
            [sys.executable, script, each, str(share), str(shares), plant],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for share, each in enumerate(folders)
    ]
    found: list[Left] = []
    for process in running:
        told, wrong = process.communicate(timeout=200)
        assert process.returncode == 0, wrong.decode()
        found += [Left(**each) for each in json.loads(told)]
    assert {path.name for each in folders for path in each.iterdir()} == {"rules", "seeds"}
    return found


def pages(kind: type[BarePage] = BarePage) -> set[str]:
    """The names of all pages that can be opened: those of which no other is a kind."""
    kinds = [each for each in kind.__subclasses__() if each.__module__.startswith("assistant.tui.")]
    return set[str]().union(*map(pages, kinds)) if kinds else {kind.__name__}


def test_there_is_a_way_to_every_page() -> None:
    for module in pkgutil.iter_modules(page_modules.__path__):
        importlib.import_module(f"assistant.tui.pages.{module.name}")
    assert len(pages()) > 15
    assert {way.page for way in WAYS} == pages()  # a new page needs a way in tests/support/every_page.py


def test_every_page_is_left_at_once_and_nothing_stays(tmp_path: Path) -> None:
    found = left(tmp_path)
    assert len(found) > len(WAYS)
    assert [each for each in found if each.page != each.way] == []
    assert [each for each in found if each.code != 0] == []
    assert [each for each in found if not each.cleared_last or each.shown_after] == []
    assert [each for each in found if each.seconds > AT_ONCE] == []


@pytest.mark.parametrize("plant", ["deaf", "dirty"])
def test_the_test_sees_a_page_that_stays_and_a_screen_that_is_not_cleared(tmp_path: Path, plant: str) -> None:
    (found,) = left(tmp_path, plant)
    assert found.page == "MainPage"
    assert not found.cleared_last
    assert (found.seconds > AT_ONCE and found.code != 0) if plant == "deaf" else "act: done" in found.shown_after
