"""The page that the user reads before he begins: the same on the screen, line by line, printed, and in docs/."""

from hashlib import sha256
from pathlib import Path

import pytest

from assistant.interview import your_safety
from assistant.rulebook.model import Rulebook
from assistant.system.language import LANGUAGES, use_language
from assistant.system.locale import CATALOGUES, LOCALES, Locale
from tests.support.line_by_line import piped
from tests.support.project import ROOT, Run
from tests.support.screen_user import NARROW, WIDE, person_at
from tests.support.small_rulebook import small_rulebook


@pytest.fixture
def small(tmp_path: Path) -> Rulebook:
    return small_rulebook(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_documentation_are_what_the_program_says(run: Run, language: str) -> None:
    outcome = run("safety", "--lang", language)
    name = "safety.md" if language == "en" else f"safety.{language}.md"
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (ROOT / "docs" / name).read_text("utf-8")  # else: make safety


@pytest.mark.parametrize("locale", [locale for locale in LOCALES.values() if locale.code != "en"])
def test_a_translated_page_is_that_of_the_english_page_of_today(locale: Locale) -> None:
    english = (CATALOGUES / "en" / "safety.md").read_bytes()
    assert locale.safety_page_of == sha256(english).hexdigest(), "translate what has changed, then write this hash"


def test_the_page_has_as_many_paragraphs_in_every_language() -> None:
    shapes = set()
    for language in LANGUAGES:
        use_language(language)
        shapes.add(tuple(len(part.paragraphs) for part in your_safety.parts()))
    assert len(shapes) == 1


@pytest.mark.parametrize(
    ("language", "key", "hint"), [("en", "a", "a your safety"), ("ru", "ф", "ф ваша безопасность")]
)
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_one_key_of_the_first_screen_leads_there(
    small: Rulebook, language: str, key: str, hint: str, size: tuple[int, int]
) -> None:
    use_language(language)
    async with person_at(small, size, language) as person:
        assert hint in (await person.reads()).splitlines()[-1]
        screen = await person.presses(key)
        assert your_safety.title() in screen
        assert your_safety.parts()[0].heading in screen
        for _part in your_safety.parts():
            screen += await person.presses("pagedown")
        assert "https://tails.net" in "".join(screen.split())
        await person.presses("escape")
        assert hint in (await person.reads()).splitlines()[-1]


def test_line_by_line_a_command_says_it(tmp_path: Path) -> None:
    told = " ".join(piped(typed="a\nq\n", cwd=tmp_path).stdout.decode().split())
    assert "About your safety: a" in told
    for part in your_safety.parts():
        assert part.heading in told
        assert all(paragraph in told for paragraph in part.paragraphs)
