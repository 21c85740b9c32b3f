"""One finding: what it says, why it has its status, what it waits for, and the words that it rests on."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from assistant.assessment import FindingStatus, Ground, Status
from assistant.evidence import Provision, Quotation, strengths, voices
from assistant.language import _, plural
from assistant.rulebook import Bearing
from assistant.source import Basis
from assistant.tui.article_page import ArticlePage
from assistant.tui.finding_groups import cited_for, status_line, symbol
from assistant.tui.literal import hanging, literal, stacked
from assistant.tui.page import KeyHint
from assistant.tui.reading_page import Block, QuestionLink, ReadingPage
from assistant.wording import (
    basis_word,
    bearing_word,
    condition_text,
    force_word,
    period_text,
    strength_word,
)

MARK_HELD, MARK_OPEN, MARK_FAILED = "  ✓ ", "  ? ", "  × "


class FindingPage(ReadingPage):
    """A finding of the assessment at hand."""

    def __init__(self, finding: str) -> None:
        super().__init__()
        self._finding = finding

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of a page with places to open."""
        return [
            ("↑↓", _("read")),
            ("Enter", _("open the article or question")),
            ("Esc", _("close")),
        ]

    async def open(self, target: Quotation | QuestionLink) -> None:
        """The article with the quotation, or the question on the main page."""
        if isinstance(target, Quotation):
            await self.conversation.open_page(ArticlePage(target))
        else:
            self.conversation.ask(target.question)
            await self.conversation.close_pages()

    def blocks(self) -> Sequence[Block]:
        """The finding from its text to its sources."""
        rulebook, interview = self.conversation.rulebook, self.conversation.turn.interview
        found = interview.assessment.status_of(self._finding)
        finding = rulebook.finding[self._finding]
        return [
            Block(
                stacked(
                    literal(f"{symbol(rulebook, found)} {finding.title}", "bold"),
                    literal(status_line(rulebook, interview, found), "dim"),
                )
            ),
            Block(literal(finding.text)),
            *self._waiting(found),
            *self._evidence(found),
            Block(literal(_("Why it has this status"), "bold underline"), style="heading"),
            *([Block(literal(self._exactness(found)))] if found.exact else []),
            *(Block(self._ground(ground)) for ground in _decisive_first(found)),
        ]

    def _evidence(self, found: FindingStatus) -> Iterator[Block]:
        cited = cited_for(self.conversation.rulebook, found)
        yield Block(literal(_("What it rests on, and who says so"), "bold underline"), style="heading")
        heard = len(voices(cited, Bearing.SUPPORTS))
        against = len(voices(cited, Bearing.QUALIFIES, Bearing.CONTRADICTS))
        grounds = [strength_word(strength) for strength in strengths(cited)]
        yield Block(
            stacked(
                literal(_("Kind of ground: {grounds}").format(grounds="; ".join(grounds))) if grounds else None,
                literal(
                    plural("{count} independent voice supports it.", "{count} independent voices support it.", heard)
                )
                if heard
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
                yield Block(self._quotation(source), source)
            else:
                yield Block(self._provision(source))

    def _quotation(self, cited: Quotation) -> Content:
        passage, article = cited.passage, cited.article
        rendering = passage.rendering.get(self.conversation.language)
        date = article.date_inferred or article.date_shown
        return stacked(
            self._bearing(cited.bearing, force_word(passage.force)),
            literal(_("“{words}”").format(words=passage.exact), "italic"),
            literal(_("Rendering, not the original words: {text}").format(text=rendering)) if rendering else None,
            literal(_("Said by: {name}, {role}").format(name=cited.speaker.name, role=cited.speaker.role)),
            literal(_("Through: {origin}").format(origin=cited.origin.description)),
            literal(_("In the article: {title} ({date})").format(title=article.title, date=date)),
            literal(_("Note: {text}").format(text=passage.note)) if passage.note else None,
            literal(_("Caution: {text}").format(text=article.caution)) if article.caution else None,
        )

    def _provision(self, cited: Provision) -> Content:
        statute = cited.statute
        return stacked(
            self._bearing(cited.bearing, basis_word(statute.basis)),
            literal(statute.reference, "bold"),
            literal(statute.effect),
            literal(_("In force: {period}").format(period=period_text(statute.in_force))),
            literal(_("Known from press and secondary pages; look it up before you rely on it."))
            if statute.basis is Basis.REPORTED
            else None,
            literal(_("Note: {text}").format(text=statute.note)) if statute.note else None,
        )

    def _bearing(self, bearing: Bearing, label: str) -> Content:
        style = "dim" if bearing is Bearing.SUPPORTS else "bold"
        return literal(f"{bearing_word(bearing)} · {label}", style)

    def _waiting(self, found: FindingStatus) -> Iterator[Block]:
        if not found.waits_for:
            return
        yield Block(literal(_("What it waits for"), "bold underline"), style="heading")
        for name in found.waits_for:
            question = self.conversation.rulebook.question[name]
            yield Block(hanging("→ ", question.text, self._width()), QuestionLink(name), "tight")

    def _exactness(self, found: FindingStatus) -> str:
        if found.status is Status.EXCLUDED:
            return _("Some rules for it are still open, but no way of answering what is open can fulfil one of them.")
        return _("No single rule settles it yet, but every way of answering what is open leads to it.")

    def _ground(self, ground: Ground) -> Content:
        rulebook, program = self.conversation.rulebook, self.conversation.assessor.program
        rule = rulebook.rule[ground.rule]
        title = {
            True: _("This rule holds: {rule}"),
            None: _("This rule is open: {rule}"),
            False: _("This rule does not hold: {rule}"),
        }[ground.truth]
        failed = (
            _("Not met: {condition}").format(condition=condition_text(rulebook, program, condition))
            for condition in ground.failed
        )
        marked = [
            *((MARK_FAILED, text) for text in failed),
            *((MARK_OPEN, condition_text(rulebook, program, condition)) for condition in ground.open),
            *((MARK_HELD, condition_text(rulebook, program, condition)) for condition in ground.held),
        ]
        return stacked(
            literal(title.format(rule=rule.id)),
            *(hanging(mark, text, self._width()) for mark, text in marked),
            hanging("  ! ", _("Contested: {reason}").format(reason=rule.contested), self._width())
            if rule.contested
            else None,
        )

    def _width(self) -> int:
        return max(30, self.size.width - 6)


def _decisive_first(found: FindingStatus) -> Sequence[Ground]:
    order = [True, None, False]
    return sorted(found.grounds, key=lambda ground: order.index(ground.truth))
