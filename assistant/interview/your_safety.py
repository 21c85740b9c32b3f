"""What the user has to know before he begins: one page for the screen, the command and docs/, in each language."""

from typing import NamedTuple

from assistant.system.language import locale_in_use
from assistant.system.locale import CATALOGUES


class Part(NamedTuple):
    """A heading and the paragraphs below it."""

    heading: str
    paragraphs: tuple[str, ...]


def safety_text() -> str:
    """Return the page in the language in use, as Markdown."""
    return (CATALOGUES / locale_in_use().code / "safety.md").read_text("utf-8")


def title() -> str:
    """Return the title of the page."""
    return safety_text().partition("\n")[0].removeprefix("# ")


def parts() -> tuple[Part, ...]:
    """Return the parts of the page, with each paragraph in one line."""
    sections = safety_text().strip().split("\n\n## ")[1:]
    blocks = ([block.replace("\n", " ") for block in section.split("\n\n")] for section in sections)
    return tuple(Part(heading, tuple(paragraphs)) for heading, *paragraphs in blocks)
