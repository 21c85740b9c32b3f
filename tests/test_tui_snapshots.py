"""What the questionnaire looks like, on a small rulebook that does not change; ``--snapshot-update`` draws it anew."""

import shutil
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App

from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.system.language import use_language
from assistant.tui.app import Questionnaire
from tests.support.project import SOUND

NARROW, WIDE = (80, 24), (120, 36)
PRESENT = ["2", *"20.3", "enter"]
"""He has not left; the day cannot be read."""
ABSENT = ["1", "1", "1", "enter"]
"""He left, for eleven days."""


class SnapCompare(Protocol):
    """Compares the screen after some keys with the picture of this test."""

    def __call__(self, app: App[None], press: list[str], terminal_size: tuple[int, int]) -> bool: ...


def questionnaire(folder: Path, language: str) -> Questionnaire:
    for part in (SOUND, SOUND.with_name("sound_in_two_languages")):
        shutil.copytree(part, folder, dirs_exist_ok=True)
    loaded = load_rulebook(folder)
    assert isinstance(loaded, Rulebook)
    use_language(language)
    return Questionnaire(loaded, language)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
def test_the_question_and_the_findings(
    snap_compare: SnapCompare, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    assert snap_compare(questionnaire(tmp_path, language), press=PRESENT, terminal_size=size)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_findings_alone_in_a_narrow_window(snap_compare: SnapCompare, tmp_path: Path, language: str) -> None:
    assert snap_compare(questionnaire(tmp_path, language), press=[*ABSENT, "f"], terminal_size=NARROW)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_findings_where_there_is_no_room_for_exact_statuses(
    snap_compare: SnapCompare, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.assessment.space.MAX_NODES", 1)
    assert snap_compare(questionnaire(tmp_path, language), press=[*ABSENT, "f"], terminal_size=NARROW)


def test_a_finding_without_colour(snap_compare: SnapCompare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(questionnaire(tmp_path, "en"), press=[*ABSENT, "f", "down", "enter"], terminal_size=WIDE)
