"""Text of a rulebook, and what is typed, is shown character for character: Textual's markup in it means nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.events import Paste
from textual.markup import MarkupError

from assistant.documents.yaml_reader import Document, read_yaml
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from tests.support.screen_user import NOT_KNOWN, TO_THE_END, Person, person_at
from tests.support.small_rulebook import small_rulebook

MARK = "[@click=app.bell]x[/]"
MARKS = f"[sic] {MARK} [/ [bold]"
TEXTS = {
    *("title", "summary", "disclaimer", "review", "text", "help", "reason", "reference", "effect", "contested"),
    *("description", "date_shown", "name", "role"),
}
WHOLE = (220, 70)

PAGES: dict[str, tuple[str, ...]] = {
    "question": (),
    "typing": ("1", "2"),
    "number": ("1", *NOT_KNOWN, "d"),
    "contradiction": ("1", *TO_THE_END[1:-2], "1", "b", "b", "escape", "b", "b", "escape", "b", "3"),
    "end": TO_THE_END,
    "findings": ("1", "escape", "f", "enter"),
    "overview": ("1", "escape", "o"),
    "finding": ("1", "escape", "f", "enter", "down", "enter"),
    "article": (*TO_THE_END[:4], "escape", "f", "end", "enter", "end", "enter", *["down"] * 4, "enter"),
    "why": ("w",),
    "what if": ("1", "escape", "i"),
    "comparison": ("1", "escape", "i", "enter"),
    "supposed finding": ("1", "escape", "i", "enter", "enter"),
    "what if of a question": ("1", "escape", "o", "home", "i"),
    "timeline": ("1", "escape", "c"),
    "summary": ("1", "escape", "p"),
}


def marked(value: Any) -> Any:
    """The data with marks at the end of every text that is shown."""
    if isinstance(value, dict):
        return {
            key: f"{inner} {MARKS}" if key in TEXTS and isinstance(inner, str) else marked(inner)
            for key, inner in value.items()
        }
    return [marked(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture
def full_of_marks(tmp_path: Path) -> Rulebook:
    small_rulebook(tmp_path)
    for path in (tmp_path / "rules" / "ru").iterdir():
        path.unlink()
    (tmp_path / "rules" / "ru").rmdir()
    for name in ("rules/small.yaml", "seeds/catalogue.yaml"):
        document = read_yaml(tmp_path / name)
        assert isinstance(document, Document)
        (tmp_path / name).write_text(json.dumps(marked(document.data)), "utf-8")
    loaded = load_rulebook(tmp_path)
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded


def actions(person: Person) -> set[str]:
    """What a click anywhere on the screen would do."""
    strips = person.app.screen._compositor.render_strips()
    return {str(segment.style.meta) for strip in strips for segment in strip if segment.style and segment.style.meta}


def test_markup_that_is_taken_for_markup_is_found_by_these_tests() -> None:
    assert MARK not in Content.from_markup(MARK).plain
    with pytest.raises(MarkupError):
        Content.from_markup("[/]")


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_shows_marks_as_they_are(full_of_marks: Rulebook, page: str) -> None:
    async with person_at(full_of_marks, WHOLE) as person:
        screen = await person.presses(*PAGES[page])
        assert MARK in screen
        assert not [action for action in actions(person) if "bell" in action]
        assert person.app.is_running


async def test_a_name_that_is_typed_is_shown_as_it_is(full_of_marks: Rulebook) -> None:
    async with person_at(full_of_marks, WHOLE) as person:
        await person.presses("1", "escape", "p", "p")
        person.app.screen.post_message(Paste(f"/{MARKS}"))
        assert f"/{MARKS}" in await person.reads()
        await person.presses("enter")
        assert person.app.is_running
