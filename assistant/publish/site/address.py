"""Where each thing stands on the site: a page named after its identifier, or an anchor on a page that it shares.

So who knows an identifier (``rule/refused-in-russia``) knows the page (``rule/refused-in-russia.html``), and whatever
shares a page with others has its identifier for an anchor (``article/bbc.html#passage/bbc-premature``).
"""

import posixpath
from typing import Final

from assistant.rulebook.identifier import Thing, identifier, paragraph_identifier, voice_identifier
from assistant.rulebook.model import Fact, Finding, Rule
from assistant.rulebook.question import Question
from assistant.rulebook.source import Article, Background, Origin, Passage, Speaker, Statute

INDEX: Final = "index.html"
VOICES: Final = "voices.html"
LIMITS: Final = "limits.html"
"""What the rulebook leaves out, which answers contradict each other, and what it promises."""
_OWN_PAGE: Final = (Question, Fact, Finding, Rule, Statute, Article)


def address_of(thing: Thing) -> str:
    """The address of a thing, seen from the folder of a language."""
    named = identifier(thing)
    if isinstance(thing, _OWN_PAGE):
        return f"{named}.html"
    if isinstance(thing, Passage | Background):
        return f"article/{thing.source}.html#{named}"
    return f"{VOICES if isinstance(thing, Speaker | Origin) else LIMITS}#{named}"


def address_of_paragraph(article: str, line: int) -> str:
    """The address of a paragraph of an article."""
    return f"article/{article}.html#{paragraph_identifier(article, line)}"


def address_of_voice(voice: str) -> str:
    """The address of an independent voice."""
    return f"{VOICES}#{voice_identifier(voice)}"


def link(here: str, there: str) -> str:
    """How a page refers to an address, both seen from the same folder."""
    page, mark, anchor = there.partition("#")
    if page == here and anchor:
        return f"#{anchor}"
    return posixpath.relpath(page, posixpath.dirname(here) or ".") + mark + anchor
