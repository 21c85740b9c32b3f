"""One finding: what it says, why it has its status, what would change it, and the words that it rests on."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.assessment.assessor import FindingStatus, Status
from assistant.explanation.derivation import derivation, short
from assistant.explanation.smallest_change import Change, Changes, smallest_changes
from assistant.explanation.wording import status_word
from assistant.interview.state import Interview, with_replies
from assistant.scenarios.text_report import kleene_only
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.derivation_text import full_blocks, short_text
from assistant.tui.widgets.evidence_blocks import evidence_blocks, summary_blocks
from assistant.tui.widgets.links import QuestionLink, Supposed, WhatIfLink, supposing
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.reading import Block
from assistant.tui.widgets.supposed_text import supposed_text

STEPS = "steps"
CHANGES = "changes"


class FindingPage(ReadingPage):
    """A finding of the assessment at hand, or of one in which some answers are supposed to be others."""

    def __init__(self, finding: str, supposed: Supposed = ()) -> None:
        super().__init__()
        self._finding = finding
        self._supposed = supposed
        self._assessed: tuple[Interview, Interview] | None = None
        self._changes_of = lru_cache(maxsize=1)(self._smallest_changes)

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of a page with places to open."""
        return [
            ("↑↓", _("read")),
            ("Enter", _("open")),
            ("Esc", _("close")),
        ]

    def blocks(self) -> Sequence[Block]:
        """The finding from its text to its sources."""
        rulebook, interview = self.conversation.rulebook, self._interview()
        if interview.assessment.contradictions:
            return [Block(literal(_("While answers contradict each other, nothing can be said.")))]
        found = interview.assessment.status_of(self._finding)
        return [
            *self._supposition(),
            *summary_blocks(self.conversation, found),
            *self._waiting(found),
            *self._why(interview, found),
            *self._changing(interview),
            *evidence_blocks(rulebook, found, self.conversation.language),
        ]

    def _interview(self) -> Interview:
        """The conversation's, or what it would be."""
        said = self.conversation.turn.interview
        if not self._supposed:
            return said
        if self._assessed is None or self._assessed[0] is not said:
            would = with_replies(self.conversation.assessor, said, dict(self._supposed))
            self._assessed = (said, would)
        return self._assessed[1]

    def _supposition(self) -> Iterator[Block]:
        if not self._supposed:
            return
        told = [hanging("  ", supposed_text(self.conversation, *one), self.width) for one in self._supposed]
        yield Block(stacked(literal(_("Only supposed, your answers stay as they are:"), "bold reverse"), *told))

    def _why(self, interview: Interview, found: FindingStatus) -> Iterator[Block]:
        rulebook, program = self.conversation.rulebook, self.conversation.assessor.program
        tree = derivation(rulebook, program, interview.assessment, interview.answers, self._finding)
        yield Block(literal(_("Why it has this status"), "bold underline"), below=0)
        if found.exact:
            yield Block(literal(_exactness(found)), below=0)
        if found.status is Status.POSSIBLE and not interview.assessment.exact:
            yield Block(literal(kleene_only(), "dim"), below=0)
        yield Block(short_text(rulebook, program, short(tree), self.width), below=0)
        yield self.fold(STEPS, _("Every step, with all rules and sources"))
        if self.is_unfolded(STEPS):
            yield from full_blocks(rulebook, program, tree, self.width)
        yield Block(literal(""), below=0)

    def _waiting(self, found: FindingStatus) -> Iterator[Block]:
        if not found.waits_for:
            return
        yield Block(literal(_("What it waits for"), "bold underline"), below=0)
        for name in found.waits_for:
            question = self.conversation.rulebook.question[name]
            yield Block(hanging("→ ", question.text, self.width), QuestionLink(name), below=0)
        yield Block(literal(""), below=0)

    def _changing(self, interview: Interview) -> Iterator[Block]:
        """The smallest changes; not of what is only supposed, because a way back would be none."""
        if self._supposed:
            return
        yield self.fold(CHANGES, _("What would change it"))
        if self.is_unfolded(CHANGES):
            changes = self._changes_of(tuple(interview.answers.items()))
            for change in changes.found:
                yield from self._change(change)
            yield Block(literal(_no_more(changes), "dim"), below=0)
        yield Block(literal(""), below=0)

    def _change(self, change: Change) -> Iterator[Block]:
        rulebook = self.conversation.rulebook
        word = status_word(change.status, rulebook.finding[self._finding], change.planned)
        yield Block(literal(_("The smallest change to “{status}”:").format(status=word), "bold"), below=0)
        for question, answer in change.answers.items():
            told = supposed_text(self.conversation, question, answer)
            yield Block(hanging("→ ", told, self.width), QuestionLink(question), below=0)
        link = WhatIfLink(supposing(change.answers))
        yield Block(literal(_("→ What else would differ then?")), link, below=0)

    def _smallest_changes(self, answers: Supposed) -> Changes:
        return smallest_changes(self.conversation.assessor, dict(answers), self._finding)


def _exactness(found: FindingStatus) -> str:
    if found.status is Status.EXCLUDED:
        return _("Some rules for it are still open, but no way of answering what is open can fulfil one of them.")
    return _("No single rule settles it yet, but every way of answering what is open leads to it.")


def _no_more(changes: Changes) -> str:
    if not changes.complete:
        return _("The search was stopped before it had tried everything; there may be smaller changes, and others.")
    if not changes.found:
        return _("No change of a few answers gives it another status.")
    return _("There is no smaller change.")
