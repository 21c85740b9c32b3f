"""A finding and its evidence: every quotation and provision, its speaker, and whether it supports the finding."""

from collections.abc import Iterator

from textual.content import Content

from assistant.assessment.assessor import FindingStatus
from assistant.explanation.wording import basis_word, bearing_word, force_word, period_text, strength_word
from assistant.rulebook.evidence import Provision, Quotation, strengths, voices
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Basis, Bearing, Statute, StatuteKind
from assistant.system.language import _, plural
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.finding_words import status_line, symbol
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.reading import Block


def summary_blocks(conversation: Conversation, status: FindingStatus) -> Iterator[Block]:
    """Yield the title, status and text of a finding."""
    rulebook = conversation.rulebook
    finding = rulebook.finding[status.finding]
    title = literal(f"{symbol(rulebook, status)} {finding.title}", "bold")
    yield Block(stacked(title, literal(status_line(rulebook, status), "dim")))
    yield Block(literal(finding.text))


def evidence_blocks(rulebook: Rulebook, status: FindingStatus, language: str) -> Iterator[Block]:
    """Yield the kinds of ground, the voices for and against, and every quotation and provision."""
    cited = status.cited(rulebook)
    yield Block(literal(_("What it rests on, and who says so"), "bold underline"), below=0)
    supporting = len(voices(cited, Bearing.SUPPORTS))
    against = len(voices(cited, Bearing.QUALIFIES, Bearing.CONTRADICTS))
    grounds = [strength_word(strength) for strength in strengths(cited)]
    yield Block(
        stacked(
            literal(_("Kind of ground: {grounds}").format(grounds="; ".join(grounds))) if grounds else None,
            literal(
                plural("{count} independent voice supports it.", "{count} independent voices support it.", supporting)
            )
            if supporting
            else None,
            literal(
                plural(
                    "{count} voice qualifies or contradicts it.",
                    "{count} voices qualify or contradict it.",
                    against,
                )
            )
            if against
            else None,
        )
    )
    for source in cited:
        if isinstance(source, Quotation):
            yield Block(quotation_text(source, language), source)
        else:
            yield Block(provision_text(source))


def quotation_text(cited: Quotation, language: str) -> Content:
    """Return the words of a quotation, who says them, where, and when."""
    passage, article = cited.passage, cited.article
    rendering = passage.rendering.get(language)
    date = article.date_inferred or article.date_shown
    return stacked(
        _bearing(cited.bearing, force_word(passage.force)),
        literal(_("“{words}”").format(words=passage.exact), "italic"),
        literal(_("Rendering, not the original words: {text}").format(text=rendering)) if rendering else None,
        literal(_("Said by: {name}, {role}").format(name=cited.speaker.name, role=cited.speaker.role)),
        literal(_("Through: {origin}").format(origin=cited.origin.description)),
        literal(_("In the article: {title} — {date}").format(title=article.title, date=date)),
        literal(_("Note: {text}").format(text=passage.note)) if passage.note else None,
        literal(_("Caution: {text}").format(text=article.caution)) if article.caution else None,
    )


def provision_text(cited: Provision) -> Content:
    """Return a provision, its effect, and when it is in force."""
    statute = cited.statute
    return stacked(
        _bearing(cited.bearing, basis_word(statute.basis)),
        literal(statute.reference, "bold"),
        literal(statute.effect),
        literal(_period(statute)),
        literal(_("Known from press and secondary pages; look it up before you rely on it."))
        if statute.basis is Basis.REPORTED
        else None,
        literal(_("Note: {text}").format(text=statute.note)) if statute.note else None,
    )


def _period(statute: Statute) -> str:
    """Return the period of a statute; a practice is no law, so it is never called in force."""
    practice = statute.kind is StatuteKind.REPORTED_PRACTICE
    message = _("Period: {period}") if practice else _("In force: {period}")
    return message.format(period=period_text(statute.in_force))


def _bearing(bearing: Bearing, label: str) -> Content:
    style = "dim" if bearing is Bearing.SUPPORTS else "bold"
    return literal(f"{bearing_word(bearing)} · {label}", style)
