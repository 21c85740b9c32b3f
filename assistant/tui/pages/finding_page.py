"""The page of one finding: its text, why it has its status, what would change it, and its evidence."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.assessment.assessor import FindingStatus, Status
from assistant.explanation.derivation import derivation, short
from assistant.explanation.smallest_change import Change, Changes, smallest_changes
from assistant.explanation.wording import status_word
from assistant.interview.state import Interview, with_replies
from assistant.scenarios.text_report import kleene_only
from assistant.system.language import _
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
    """A finding of the current assessment, or of one with supposed answers."""

    def __init__(self, finding: str, supposed: Supposed = ()) -> None:
        super().__init__()
        self._finding = finding
        self._supposed = supposed
        self._assessed: tuple[Interview, Interview] | None = None
        self._changes_of = lru_cache(maxsize=1)(self._smallest_changes)

    def blocks(self) -> Sequence[Block]:
        """Return the finding from its text to its sources."""
        rulebook, interview = self.conversation.rulebook, self._interview()
        if interview.assessment.contradictions:
            return [Block(literal(_("While answers contradict each other, nothing can be said.")))]
        status = interview.assessment.status_of(self._finding)
        return [
            *self._supposition(),
            *summary_blocks(self.conversation, status),
            *self._waiting(status),
            *self._why(interview, status),
            *self._changing(interview),
            *evidence_blocks(rulebook, status, self.conversation.language),
        ]

    def _interview(self) -> Interview:
        """Return the interview, with the supposed answers if there are any."""
        given = self.conversation.turn.interview
        if not self._supposed:
            return given
        if self._assessed is None or self._assessed[0] is not given:
            supposed = with_replies(self.conversation.assessor, given, dict(self._supposed))
            self._assessed = (given, supposed)
        return self._assessed[1]

    def _supposition(self) -> Iterator[Block]:
        if not self._supposed:
            return
        lines = [hanging("  ", supposed_text(self.conversation, *one), self.width) for one in self._supposed]
        yield Block(stacked(literal(_("Only supposed, your answers stay as they are:"), "bold reverse"), *lines))

    def _why(self, interview: Interview, status: FindingStatus) -> Iterator[Block]:
        rulebook, program = self.conversation.rulebook, self.conversation.assessor.program
        tree = derivation(rulebook, program, interview.assessment, interview.answers, self._finding)
        yield Block(literal(_("Why it has this status"), "bold underline"), below=0)
        if status.exact:
            yield Block(literal(_exactness(status)), below=0)
        if status.status is Status.POSSIBLE and not interview.assessment.exact:
            yield Block(literal(kleene_only(), "dim"), below=0)
        yield Block(short_text(rulebook, program, short(tree), self.width), below=0)
        yield self.fold(STEPS, _("Every step, with all rules and sources"))
        if self.is_unfolded(STEPS):
            yield from full_blocks(rulebook, program, tree, self.width)
        yield Block(literal(""), below=0)

    def _waiting(self, status: FindingStatus) -> Iterator[Block]:
        if not status.waits_for:
            return
        yield Block(literal(_("What it waits for"), "bold underline"), below=0)
        for name in status.waits_for:
            question = self.conversation.rulebook.question[name]
            yield Block(hanging("→ ", question.text, self.width), QuestionLink(name), below=0)
        yield Block(literal(""), below=0)

    def _changing(self, interview: Interview) -> Iterator[Block]:
        """Yield the smallest changes; none from supposed answers, because undoing them is no change."""
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
            text = supposed_text(self.conversation, question, answer)
            yield Block(hanging("→ ", text, self.width), QuestionLink(question), below=0)
        link = WhatIfLink(supposing(change.answers))
        yield Block(literal(_("→ What else would differ then?")), link, below=0)

    def _smallest_changes(self, answers: Supposed) -> Changes:
        return smallest_changes(self.conversation.assessor, dict(answers), self._finding)


def _exactness(status: FindingStatus) -> str:
    if status.status is Status.EXCLUDED:
        return _("Some rules for it are still open, but no way of answering what is open can fulfil one of them.")
    return _("No single rule settles it yet, but every way of answering what is open leads to it.")


def _no_more(changes: Changes) -> str:
    if not changes.complete:
        return _("The search was stopped before it had tried everything; there may be smaller changes, and others.")
    if not changes.found:
        return _("No change of a few answers gives it another status.")
    return _("There is no smaller change.")
