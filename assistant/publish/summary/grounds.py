"""The sources of a finding, short enough for a summary and exact enough to look them up."""

from collections.abc import Iterator

from assistant.explanation.view.citation import CitationView
from assistant.explanation.view.finding import FindingView
from assistant.rulebook.evidence import Provision, Quotation
from assistant.rulebook.source import Basis
from assistant.system.message import Phrase, counted, series


class Sources:
    """The sources of a finding that a summary names: the one to look up first, and the first one against it.

    First comes a provision read in the official text, else another one, else a quotation. ``quotation`` is the first
    one that supports the finding. All of them may be missing.
    """

    def __init__(self, view: FindingView) -> None:
        """Choose among the citations of a finding."""
        self._view = view
        self._citations = view.citations
        supporting = [citation for citation in self._citations if citation.supports]
        self._first = min(supporting, key=_rank, default=None)
        self._against = next((citation for citation in self._citations if not citation.supports), None)
        self.quotation = next((each for each in supporting if isinstance(each.source, Quotation)), None)

    @property
    def line(self) -> Phrase | None:
        """The source to look up first, the first one against it, and the number of the others."""
        if self._first is None:
            return None
        more = len(self._citations) - 1 - (self._against is not None)
        provision = isinstance(self._first.source, Provision)
        named = series(
            "; ",
            self._first.in_brief if provision else self._first.short,
            self._against and self._against.against(self._against.short),
        )
        return series(
            " ",
            series("", named, "."),
            None if provision else self._view.voices,
            counted("{count} more source is cited for it.", "{count} more sources are cited for it.", more)
            if more
            else None,
        )

    def articles(self) -> Iterator[str]:
        """Yield the ids of the articles that the line and the quotation name."""
        for citation in (self._first, self.quotation, self._against):
            if citation is not None and isinstance(citation.source, Quotation):
                yield citation.source.article.id


def _rank(citation: CitationView) -> int:
    if isinstance(citation.source, Quotation):
        return 2
    return 0 if citation.source.statute.basis is Basis.CHECKED else 1
