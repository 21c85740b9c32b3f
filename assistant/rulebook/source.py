"""The sources of rules: articles with their passages and speakers, provisions of law, and citations of them.

A passage is a *TextQuoteSelector* of the W3C Web Annotation Data Model: an exact quotation with some of the text before
and after it, so that it can be found again and is unique.
"""

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Annotated

from pydantic import Field, StrictInt

from assistant.documents.value import Value
from assistant.rulebook.case import Report
from assistant.rulebook.law import Law, Pinpoint, ReadAs, Review, StatuteGap
from assistant.rulebook.vocabulary import Id, Language, NotBlank, Period, Text


class Force(str, Enum):
    """The kind of statement that a passage makes. ``law`` is an opinion; ``official`` is the text of the law itself."""

    OFFICIAL = "official"
    LAW = "law"
    PRACTICE = "practice"
    THREAT = "threat"
    ADVICE = "advice"
    BELIEF = "belief"
    FORECAST = "forecast"


class Basis(str, Enum):
    """Whether a provision was read in an official text, or is known only from the press and secondary pages."""

    CHECKED = "checked"
    REPORTED = "reported"

    @property
    def read_as(self) -> ReadAs:
        """What has to be read for it."""
        return ReadAs.TEXT if self is Basis.CHECKED else ReadAs.REPORT


class StatuteKind(str, Enum):
    """The kind of a statute entry; only the first two are binding."""

    PROVISION = "provision"
    DECREE = "decree"
    COURT_PRACTICE = "court_practice"
    REPORTED_PRACTICE = "reported_practice"


class Article(Value):
    """A press article, stored word for word. ``language``: None is the language of the rulebook."""

    id: Id
    language: Language | None = None
    file: str
    sha256: str
    title: str
    description: Text
    date_shown: Text
    date_inferred: Text | None = None
    caution: Text | None = None


class Speaker(Value):
    """A person or body that is quoted. ``voice``: the independent voice it counts as; without one it is not counted."""

    id: Id
    name: Text
    role: Text
    voice: Id | None = None


class Origin(Value):
    """How a statement reached the article: an interview, a document, a post."""

    id: Id
    description: Text


class LawText(Article):
    """The official text of a statute, read and quoted like an article."""

    file: str = ""
    sha256: str = ""


class LawSpeaker(Speaker):
    """A statute that speaks by its official text."""


class LawOrigin(Origin):
    """The official publication of a statute."""


class Passage(Value):
    """A quotation from an article, or from the official text of a statute, which has no speaker and no origin.

    ``rendering`` maps a language to a translation of ``exact``.
    """

    id: Id
    source: Id
    exact: NotBlank
    prefix: str = ""
    suffix: str = ""
    speaker: Id = ""
    origin: Id = ""
    force: Force
    rendering: dict[str, str] = {}
    note: Text | None = None


class Background(Value):
    """Why some paragraphs of an article support no rule. ``lines`` are line numbers in the article's file."""

    id: Id
    source: Id
    lines: Annotated[tuple[StrictInt, ...], Field(min_length=1)]
    reason: Text


class Statute(Value):
    """A provision of law, official act or reported practice, with its effect in our words and its period.

    ``provisions``: where in which laws it is. ``reported``: the reports from which it is known.
    ``text``: the official text, which passages can quote, in ``language`` (None: the language of the rulebook).
    """

    id: Id
    reference: Text
    effect: Text
    kind: StatuteKind = StatuteKind.PROVISION
    basis: Basis
    in_force: Period = Period()
    note: Text | None = None
    provisions: tuple[Pinpoint, ...] = ()
    reported: tuple[Report, ...] = ()
    not_found: tuple[StatuteGap, ...] = ()
    text: NotBlank | None = None
    language: Language | None = None


class Bearing(str, Enum):
    """The relation of a citation to its rule."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"


class Citation(Value):
    """A reference to a passage or a statute that supports, qualifies or contradicts a rule."""

    passage: Id | None = None
    statute: Id | None = None
    bearing: Bearing = Field(default=Bearing.SUPPORTS, alias="as")


class CatalogueFile(Value):
    """The contents of ``seeds/catalogue.yaml``."""

    articles: tuple[Article, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    origins: tuple[Origin, ...] = ()
    passages: tuple[Passage, ...] = ()
    background: tuple[Background, ...] = ()


class Sources(CatalogueFile):
    """Everything that a rule can cite. ``texts`` maps the id of an article to its whole text."""

    statutes: tuple[Statute, ...] = ()
    laws: tuple[Law, ...] = ()
    reviews: tuple[Review, ...] = ()
    texts: dict[str, str] = Field(default={}, repr=False)

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id, and the statutes that have an official text."""
        texts = (
            LawText(
                id=statute.id,
                language=statute.language,
                title=statute.reference,
                description=statute.effect,
                date_shown=law,
                caution=statute.note,
            )
            for statute, law, _published in self._texts_of_law
        )
        return {article.id: article for article in (*self.articles, *texts)}

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Speakers by id, and the laws that speak for themselves; these count as no voice."""
        laws = (
            LawSpeaker(id=statute.id, name=statute.reference, role=law)
            for statute, law, _published in self._texts_of_law
        )
        return {speaker.id: speaker for speaker in (*self.speakers, *laws)}

    @cached_property
    def origin(self) -> dict[str, Origin]:
        """Origins by id, and where laws were published."""
        laws = (LawOrigin(id=each.id, description=published) for each, _law, published in self._texts_of_law)
        return {origin.id: origin for origin in (*self.origins, *laws)}

    @cached_property
    def passage(self) -> dict[str, Passage]:
        """Passages by id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def statute(self) -> dict[str, Statute]:
        """Statutes by id."""
        return {statute.id: statute for statute in self.statutes}

    @cached_property
    def law(self) -> dict[str, Law]:
        """Laws by id."""
        return {law.id: law for law in self.laws}

    @cached_property
    def last_review(self) -> dict[str, Review]:
        """The last review of each statute that was read as its basis says, by the id of the statute."""
        return {
            name: review
            for review in sorted(self.reviews, key=lambda each: each.on)
            for name in review.statutes
            if name in self.statute and self.statute[name].basis.read_as is review.read_as
        }

    def law_of(self, statute: Statute) -> Law | None:
        """Return the law that gave a statute its wording, or else its law; of several provisions, the first one's."""
        return next((self.law.get(each.wording or each.law) for each in statute.provisions), None)

    @property
    def _texts_of_law(self) -> Iterator[tuple[Statute, str, str]]:
        """Yield each statute that has an official text, with its law and the publication of that."""
        for statute in self.statutes:
            if statute.text is not None:
                law = self.law_of(statute)
                title = law.title if law else statute.reference
                yield statute, title, (law and law.published) or title


class Span(Value):
    """The position of a passage in its article: offsets in characters, and lines counted from 1."""

    start: int
    end: int
    first_line: int
    last_line: int


def locate(passage: Passage, text: str) -> tuple[Span, ...]:
    """Return all positions in ``text`` of the passage with its prefix before it and its suffix after it."""
    starts = (at + len(passage.prefix) for at in occurrences(passage.prefix + passage.exact + passage.suffix, text))
    return tuple(span_of(text, start, start + len(passage.exact)) for start in starts)


def occurrences(wanted: str, text: str) -> Iterator[int]:
    """Yield every offset at which a text contains another, also where two of them overlap."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def span_of(text: str, start: int, end: int) -> Span:
    """Return the span from one offset of a text to another (not included)."""
    first = text.count("\n", 0, start) + 1
    return Span(start=start, end=end, first_line=first, last_line=first + text.count("\n", start, end))


def paragraphs(text: str) -> dict[int, str]:
    """Return the paragraphs of an article by line number: every line that is not blank is a paragraph."""
    return {number: line for number, _start, line in numbered_lines(text) if line.strip()}


def numbered_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each line of an article: its number from 1, the offset at which it begins, and its text.

    Only a line feed ends a line, as in :func:`span_of`; ``str.splitlines`` would also break at other characters.
    """
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, start, line
        start += len(line) + 1
