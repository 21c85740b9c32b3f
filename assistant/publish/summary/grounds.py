"""The sources of a finding, short enough for a summary and exact enough to look them up."""

from collections.abc import Iterator

from assistant.explanation.derivation import citation_text, rendered
from assistant.explanation.wording import bearing_word, force_word, voices_text
from assistant.rulebook.evidence import Evidence, Provision, Quotation
from assistant.rulebook.source import Basis, Bearing
from assistant.system.language import _, plural


def main_source(cited: Evidence) -> Quotation | Provision | None:
    """Return the source to look up first: a provision read in the official text, else another one, else a quotation.

    None if no source supports the finding.
    """
    supporting = [source for source in cited if source.bearing is Bearing.SUPPORTS]
    ranked = sorted(supporting, key=lambda s: (isinstance(s, Quotation), _basis(s) is not Basis.CHECKED))
    return next(iter(ranked), None)


def quotation(cited: Evidence) -> Quotation | None:
    """Return the first quotation that supports a finding; None if there is none."""
    said = (source for source in cited if isinstance(source, Quotation) and source.bearing is Bearing.SUPPORTS)
    return next(said, None)


def citation_line(cited: Evidence, language: str) -> str:
    """Return a line with the main source, the first source against it, and the number of the others."""
    first = main_source(cited)
    if first is None:
        return ""
    against = next((source for source in cited if source.bearing is not Bearing.SUPPORTS), None)
    more = len(cited) - 1 - (against is not None)
    sentences = [citation_text(first, language) if isinstance(first, Provision) else _name(first)]
    if against is not None:
        sentences.append(
            _("{bearing}: {citation}").format(bearing=bearing_word(against.bearing), citation=_name(against))
        )
    sentences = ["; ".join(sentences) + "."]
    if isinstance(first, Quotation):
        sentences.append(voices_text(cited))
    if more:
        sentences.append(plural("{count} more source is cited for it.", "{count} more sources are cited for it.", more))
    return " ".join(sentences)


def quoted(source: Quotation, language: str) -> str:
    """Return a quotation with its speaker and the id of its article; the summary lists the articles at the end."""
    said = _("“{words}” — {speaker} ({force}) [{article}]").format(
        words=source.passage.exact,
        speaker=source.speaker.name,
        force=force_word(source.passage.force),
        article=source.article.id,
    )
    return rendered(source, language, said)


def articles(cited: Evidence) -> Iterator[str]:
    """Yield the ids of the articles that the citation line and the quotation name."""
    against = next((source for source in cited if source.bearing is not Bearing.SUPPORTS), None)
    for source in (main_source(cited), quotation(cited), against):
        if isinstance(source, Quotation):
            yield source.article.id


def _name(source: Quotation | Provision) -> str:
    if isinstance(source, Provision):
        return source.statute.reference
    return f"{source.speaker.name} ({force_word(source.passage.force)}) [{source.article.id}]"


def _basis(source: Quotation | Provision) -> Basis | None:
    return source.statute.basis if isinstance(source, Provision) else None
