"""The wording of quotations and provisions: who says it and where, when it is in force, and how we know it."""

from __future__ import annotations

from itertools import product
from typing import Final, NamedTuple

from assistant.explanation.view.reference import known_words, reference_lines
from assistant.explanation.view.words import BASIS, BEARING, FORCE, STRENGTH, period_words
from assistant.rulebook.evidence import Evidence, Provision, Quotation, evidence, strengths, voices
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Basis, Bearing, Force, Origin, Passage, Speaker, StatuteKind
from assistant.system.message import Phrase, Series, counted, message, series

_FOR: Final = counted("{count} independent voice supports it.", "{count} independent voices support it.")
_NOT_COUNTED: Final = message(
    "No voice that can be counted: those who speak are unnamed, or a publication retells them."
)
_AGAINST: Final = counted("{count} voice qualifies or contradicts it.", "{count} voices qualify or contradict it.")
_OTHERS_AGAINST: Final = counted(
    "{count} other qualifies or contradicts it.", "{count} others qualify or contradict it."
)


class CitationView(NamedTuple):
    """A citation of a rule. ``short``, ``in_brief`` and ``line`` are one line, the others a text of several."""

    source: Quotation | Provision
    label: Phrase
    """How it bears on the finding, and the kind of statement or how the provision is known."""
    words: Phrase
    """The quotation, or the reference of the provision."""
    details: tuple[Phrase, ...]
    short: Phrase
    """The speaker and the article's id, or the reference."""
    in_brief: Phrase
    """The quotation with the speaker and the article's id, or the provision with its period."""
    line: Phrase
    """The quotation with speaker, article and date, or the provision with its period; and how it bears, if not for."""

    @property
    def supports(self) -> bool:
        """Whether it supports the finding."""
        return self.source.bearing is Bearing.SUPPORTS

    def against(self, name: Phrase) -> Phrase:
        """Return a phrase for the citation; how it bears comes first, unless it supports."""
        if self.supports:
            return name
        return message("{bearing}: {citation}", bearing=BEARING[self.source.bearing], citation=name)


def citation_view(source: Quotation | Provision, language: str) -> CitationView:
    """Return what is said of a source; a quotation is rendered into ``language``, if the rulebook has a translation."""
    view = _quotation(source, language) if isinstance(source, Quotation) else _provision(source)
    return view._replace(line=view.against(view.line))


def citation_views(cited: Evidence, language: str) -> tuple[CitationView, ...]:
    """Return what is said of each source."""
    return tuple(citation_view(source, language) for source in cited)


def rendering_words(passage: Passage, language: str) -> Phrase | None:
    """Return the translation of a quotation into a language; None if there is none."""
    rendered = passage.rendering.get(language)
    return message("Rendering, not the original words: {text}", text=rendered) if rendered else None


def passage_lines(passage: Passage, speaker: Speaker, origin: Origin, language: str) -> tuple[Phrase | None, ...]:
    """Return who says a passage, through whom it came, its translation, and its note; None for what is missing."""
    return (
        message("Said by: {name}, {role}", name=speaker.name, role=speaker.role),
        message("Through: {origin}", origin=origin.description),
        rendering_words(passage, language),
        message("Note: {text}", text=passage.note) if passage.note else None,
    )


def use_words(rulebook: Rulebook, passage: str, *, with_voices: bool) -> tuple[Phrase, ...]:
    """Return for which facts and findings the rules cite a passage, and how it bears on each."""
    uses: list[Phrase] = []
    for rule in rulebook.rules:
        bearings = [citation.bearing for citation in rule.cites if citation.passage == passage]
        for bearing, head in product(bearings, rule.heads):
            finding = rulebook.finding.get(head)
            concluded = finding.title if finding else rulebook.fact[head].text
            use = message("{bearing}: {finding}", bearing=BEARING[bearing], finding=concluded)
            cited = evidence(rulebook, rulebook.rules_for[head]) if finding and with_voices else ()
            uses.append(series(" — ", use, voices_words(cited)))
    return tuple(dict.fromkeys(uses))


def grounds_words(cited: Evidence) -> Phrase | None:
    """Return the kinds of ground of some evidence, strongest first; None if nothing supports."""
    grounds = series("; ", *(STRENGTH[strength] for strength in strengths(cited)))
    return message("Kind of ground: {grounds}", grounds=grounds) if grounds.items else None


def voices_words(cited: Evidence) -> Series | None:
    """Return how many independent voices support a finding, and how many others qualify or contradict it.

    None if nobody is quoted.
    """
    supporting = voices(cited, Bearing.SUPPORTS)
    others = len(set(voices(cited, Bearing.QUALIFIES, Bearing.CONTRADICTS)) - set(supporting))
    people = [each for each in cited if isinstance(each, Quotation) and each.passage.force is not Force.OFFICIAL]
    quoted = any(each.bearing is Bearing.SUPPORTS for each in people)
    said = series(
        " ",
        _FOR.filled(count=len(supporting)) if supporting else _NOT_COUNTED if quoted else None,
        (_OTHERS_AGAINST if supporting else _AGAINST).filled(count=others) if others else None,
    )
    return said if said.items else None


def _quotation(cited: Quotation, language: str) -> CitationView:
    passage, article, speaker = cited.passage, cited.article, cited.speaker
    force, date = FORCE[passage.force], article.date_inferred or article.date_shown
    rendered = passage.rendering.get(language)

    def with_rendering(quotation: Phrase) -> Phrase:
        return message("{quotation} Rendering: {text}", quotation=quotation, text=rendered) if rendered else quotation

    words = message("“{words}”", words=passage.exact)
    short = message("{speaker} ({force}) [{article}]", speaker=speaker.name, force=force, article=article.id)
    said, origin, rendering, note = passage_lines(passage, speaker, cited.origin, language)
    where = message("In the article: {title} — {date}", title=article.title, date=date)
    caution = message("Caution: {text}", text=article.caution) if article.caution else None
    line = message(
        "“{words}” — {speaker} ({force}), in {article}, {date}",
        words=passage.exact,
        speaker=speaker.name,
        force=force,
        article=article.title,
        date=date,
    )
    return CitationView(
        source=cited,
        label=series(" · ", BEARING[cited.bearing], force),
        words=words,
        details=tuple(filter(None, (rendering, said, origin, where, note, caution))),
        short=short,
        in_brief=with_rendering(series(" — ", words, short)),
        line=with_rendering(line),
    )


def _provision(cited: Provision) -> CitationView:
    statute = cited.statute
    basis, period = BASIS[statute.basis], period_words(statute.in_force)
    # A practice is not a law, so it is never in force.
    practice = statute.kind is StatuteKind.REPORTED_PRACTICE
    details = (
        statute.effect,
        message("Period: {period}", period=period) if practice else message("In force: {period}", period=period),
        message("Known from press and secondary pages; look it up before you rely on it.")
        if statute.basis is Basis.REPORTED
        else None,
        *reference_lines(cited.reference),
        message("Note: {text}", text=statute.note) if statute.note else None,
    )
    known = known_words(cited.reference)
    line = (
        series(", ", statute.reference, known)
        if practice
        else message("{reference}, in force {period}, {basis}", reference=statute.reference, period=period, basis=known)
    )
    return CitationView(
        source=cited,
        label=series(" · ", BEARING[cited.bearing], basis),
        words=statute.reference,
        details=tuple(filter(None, details)),
        short=statute.reference,
        in_brief=line,
        line=line,
    )
