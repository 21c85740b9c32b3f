"""The address of each thing on the site: a page named after its identifier, or an anchor on a shared page.

A reader who knows an identifier (``rule/refused-in-russia``) knows the page (``rule/refused-in-russia.html``). Things
that share a page have their identifiers as anchors (``article/bbc.html#passage/bbc-premature``).
"""

import posixpath
from typing import Final

from assistant.rulebook.case import Case
from assistant.rulebook.finding import Finding
from assistant.rulebook.group import QuestionGroup
from assistant.rulebook.identifier import Thing, identifier, paragraph_identifier, voice_identifier
from assistant.rulebook.model import Fact, Rule
from assistant.rulebook.question import Question
from assistant.rulebook.source import Article, Background, LawOrigin, LawSpeaker, Origin, Passage, Speaker, Statute

INDEX: Final = "index.html"
QUESTIONS: Final = "questions.html"
VOICES: Final = "voices.html"
LIMITS: Final = "limits.html"
"""The page with the limits of the rulebook, its impossible combinations of answers, and its promises."""
_OWN_PAGE: Final = (Question, Fact, Finding, Rule, Statute, Article, Case)


def address_of(thing: Thing) -> str:
    """Return the address of a thing, relative to the folder of a language."""
    named = identifier(thing)
    if isinstance(thing, LawSpeaker | LawOrigin):
        return f"statute/{thing.id}.html"
    if isinstance(thing, _OWN_PAGE):
        return f"{named}.html"
    if isinstance(thing, Passage | Background):
        return f"article/{thing.source}.html#{named}"
    page = QUESTIONS if isinstance(thing, QuestionGroup) else VOICES if isinstance(thing, Speaker | Origin) else LIMITS
    return f"{page}#{named}"


def address_of_paragraph(article: str, line: int) -> str:
    """Return the address of a paragraph of an article; ``line`` is its line in the file."""
    return f"article/{article}.html#{paragraph_identifier(article, line)}"


def address_of_voice(voice: str) -> str:
    """Return the address of an independent voice."""
    return f"{VOICES}#{voice_identifier(voice)}"


def link(here: str, there: str) -> str:
    """Return the relative link from a page to an address; both are relative to the same folder."""
    page, mark, anchor = there.partition("#")
    if page == here and anchor:
        return f"#{anchor}"
    return posixpath.relpath(page, posixpath.dirname(here) or ".") + mark + anchor
