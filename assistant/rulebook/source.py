"""The sources that speak: articles with their passages and speakers, and provisions of law.

A passage is a *TextQuoteSelector* of the W3C Web Annotation Data Model: an exact quotation, with a little of the text
before and after it, so that it can be found again and cannot be confused with another place.
"""

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Annotated

from pydantic import Field, StrictInt

from assistant.documents.value import Value
from assistant.rulebook.vocabulary import Id, Period, Text


class Force(str, Enum):
    """What kind of statement a passage makes."""

    LAW = "law"
    PRACTICE = "practice"
    THREAT = "threat"
    ADVICE = "advice"
    BELIEF = "belief"
    FORECAST = "forecast"


class Basis(str, Enum):
    """Whether a provision was read in an official text, or is known from press and secondary pages only."""

    CHECKED = "checked"
    REPORTED = "reported"


class StatuteKind(str, Enum):
    """What a statute entry is: only the first two bind anyone."""

    PROVISION = "provision"
    DECREE = "decree"
    COURT_PRACTICE = "court_practice"
    REPORTED_PRACTICE = "reported_practice"


class Article(Value):
    """A press article, held word for word."""

    id: Id
    file: str
    sha256: str
    title: str
    description: Text
    date_shown: Text
    date_inferred: Text | None = None
    caution: Text | None = None


class Speaker(Value):
    """Who says something. ``voice`` is the independent voice that he counts as; without one he is not counted."""

    id: Id
    name: Text
    role: Text
    voice: Id | None = None


class Origin(Value):
    """Through whom a statement reached the article: an interview, a document, a post."""

    id: Id
    description: Text


class Passage(Value):
    """A quotation of an article. ``rendering`` maps a language to a translation of ``exact``."""

    id: Id
    source: Id
    exact: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""
    speaker: Id
    origin: Id
    force: Force
    rendering: dict[str, str] = {}
    note: Text | None = None


class Background(Value):
    """Why a paragraph of an article supports no rule. Its ``lines`` are lines of the article's file."""

    id: Id
    source: Id
    lines: Annotated[tuple[StrictInt, ...], Field(min_length=1)]
    reason: Text


class Statute(Value):
    """A provision of law (or an official act, or reported practice): its effect in our own words, and when it holds."""

    id: Id
    reference: Text
    effect: Text
    kind: StatuteKind = StatuteKind.PROVISION
    basis: Basis
    in_force: Period = Period()
    note: Text | None = None


class Sources(Value):
    """Everything a rule can cite. ``texts`` maps an article to its whole text."""

    articles: tuple[Article, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    origins: tuple[Origin, ...] = ()
    passages: tuple[Passage, ...] = ()
    background: tuple[Background, ...] = ()
    statutes: tuple[Statute, ...] = ()
    texts: dict[str, str] = Field(default={}, repr=False)

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Speakers by id."""
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def origin(self) -> dict[str, Origin]:
        """Origins by id."""
        return {origin.id: origin for origin in self.origins}

    @cached_property
    def passage(self) -> dict[str, Passage]:
        """Passages by id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def statute(self) -> dict[str, Statute]:
        """Statutes by id."""
        return {statute.id: statute for statute in self.statutes}


class Span(Value):
    """Where a passage stands in its article: offsets in characters, and lines counted from 1."""

    start: int
    end: int
    first_line: int
    last_line: int


def locate(passage: Passage, text: str) -> tuple[Span, ...]:
    """Every place of ``text`` where the passage stands with its prefix before it and its suffix after it."""
    anchored = passage.prefix + passage.exact + passage.suffix
    spans = []
    found = text.find(anchored)
    while found >= 0:
        start = found + len(passage.prefix)
        spans.append(span_of(text, start, start + len(passage.exact)))
        found = text.find(anchored, found + 1)
    return tuple(spans)


def span_of(text: str, start: int, end: int) -> Span:
    """The span from one offset of a text to another."""
    first = text.count("\n", 0, start) + 1
    return Span(start=start, end=end, first_line=first, last_line=first + text.count("\n", start, end))


def paragraphs(text: str) -> dict[int, str]:
    """The paragraphs of an article by line number: in these files every line that is not empty is one."""
    return {number: line for number, _start, line in numbered_lines(text) if line.strip()}


def numbered_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Each line of an article: its number from 1, the offset at which it begins, and what stands in it.

    Only a line feed ends a line, as for :func:`span_of`; other characters could be taken for the end of one.
    """
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, start, line
        start += len(line) + 1
