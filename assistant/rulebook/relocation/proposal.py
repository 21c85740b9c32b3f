"""Propose changes to the catalogue as a patch that a person reviews and applies; no file is written here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assistant.documents.keys import place_around
from assistant.documents.problem import Problem, Problems
from assistant.documents.value import Value
from assistant.rulebook.files import CATALOGUE, Catalogue, load_catalogue
from assistant.rulebook.quotation_search import RelocationStatus, new_line_numbers, new_selector, relocate
from assistant.rulebook.relocation.catalogue_edit import CatalogueText, Edit
from assistant.rulebook.source import Article
from assistant.rulebook.source_check import Remark, changed_article

NAME: Final = f"seeds/{CATALOGUE}"


class Proposal(Value):
    """A unified diff of the catalogue, empty if there is nothing to propose.

    ``moved``: passages whose prefix or suffix has changed; ``reworded``: passages whose own text has changed, so that
    translations may be wrong; ``open``: what a person must decide. Until then the article's hash is not updated.
    """

    patch: str
    moved: tuple[str, ...]
    reworded: tuple[str, ...]
    open: Problems


def propose(folder: Path) -> Proposal | Problems:
    """Return the changes that a folder's catalogue needs for its present articles, or all problems in reading it."""
    catalogue = load_catalogue(folder)
    if isinstance(catalogue, tuple):
        return catalogue
    if not catalogue.file.articles:
        return Proposal(patch="", moved=(), reworded=(), open=())
    text = CatalogueText((folder / NAME).read_bytes().decode("utf-8"))
    relocated = [_RelocatedArticle(catalogue, article) for article in catalogue.file.articles]
    return Proposal(
        patch=text.patch([edit for each in relocated for edit in each.edits(text)], NAME),
        moved=tuple(name for each in relocated for name in each.with_status(RelocationStatus.MOVED)),
        reworded=tuple(name for each in relocated for name in each.with_status(RelocationStatus.CHANGED)),
        open=tuple(
            Problem(place=place_around(catalogue.places, remark.key), message=remark.message, remedy=remark.remedy)
            for each in relocated
            for remark in each.open
        ),
    )


class _RelocatedArticle:
    """An article in its present form, and the new places of its passages and paragraphs."""

    def __init__(self, catalogue: Catalogue, article: Article) -> None:
        self.article = article
        self.text = catalogue.texts[article.id]
        self.digest = catalogue.hashes[article.id]
        self.has_changed = self.digest != article.sha256
        self.passages = [each for each in catalogue.file.passages if each.source == article.id]
        self.background = [each for each in catalogue.file.background if each.source == article.id]
        self.results = {passage.id: relocate(passage, self.text) for passage in self.passages}
        self.open = tuple(self.open_remarks())

    def with_status(self, status: RelocationStatus) -> Iterator[str]:
        return (name for name, whereabouts in self.results.items() if whereabouts.status is status)

    def open_remarks(self) -> Iterator[Remark]:
        """Return the remarks that a person must decide."""
        background = self.background if self.has_changed else ()
        return (each for each in changed_article(self.passages, background, self.text) if each.is_open)

    def edits(self, catalogue: CatalogueText) -> Iterator[Edit]:
        for passage in self.passages:
            chosen = self.results[passage.id].chosen
            if chosen is not None and self.results[passage.id].status is not RelocationStatus.IN_PLACE:
                yield from catalogue.reselect(passage, new_selector(passage, self.text, chosen.span))
        if not self.has_changed:
            return
        for name, lines in (new_line_numbers(self.background, self.results.values(), self.text) or {}).items():
            yield from catalogue.renumber(name, lines)
        if not self.open:
            yield catalogue.rehash(self.article.id, self.digest)
