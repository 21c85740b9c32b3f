"""The page of one finding: its text, why it has its status, what would change it, and its evidence."""

from collections.abc import Iterator, Sequence

from assistant.assessment.assessment import Status
from assistant.explanation.derivation import derivation, short
from assistant.explanation.similar_cases import case_evidence
from assistant.explanation.smallest_change import Change, smallest_changes
from assistant.explanation.view.change import SUPPOSED, no_more_words, smallest_change_words, supposed_words
from assistant.explanation.view.finding import FindingView
from assistant.explanation.view.words import CONTRADICTORY, INEXACT
from assistant.interview.state import Interview, with_replies
from assistant.rulebook.question import Answer
from assistant.system.language import _
from assistant.system.message import Message
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.derivation_text import full_blocks, short_text
from assistant.tui.widgets.evidence_blocks import case_blocks, evidence_blocks, summary_blocks
from assistant.tui.widgets.links import QuestionLink, Supposed, WhatIfLink, supposing
from assistant.tui.widgets.literal import hanging, literal, literals, stacked
from assistant.tui.widgets.reading import Block, row

STEPS = "steps"
CHANGES = "changes"


class FindingPage(ReadingPage):
    """A finding of the current assessment, or of one with supposed answers."""

    def __init__(self, finding: str, supposed: Supposed = ()) -> None:
        super().__init__()
        self._finding = finding
        self._supposed = supposed

    def blocks(self) -> Sequence[Block]:
        """Return the finding from its text to its sources."""
        interview = self._interview()
        if interview.assessment.contradictions:
            return [Block(literal(CONTRADICTORY))]
        view = FindingView(self.conversation.rulebook, interview.assessment.status_of(self._finding))
        return [
            *self._supposition(),
            *summary_blocks(view),
            *self._waiting(view),
            *self._why(interview, view),
            *case_blocks(view, case_evidence(view.rulebook, interview.answers, self._finding)),
            *self._changing(),
            *evidence_blocks(view),
        ]

    def _interview(self) -> Interview:
        """Return the interview, with the supposed answers if there are any."""
        if not self._supposed:
            return self.conversation.turn.interview
        return self.computed(lambda given: with_replies(self.conversation.assessor, given, dict(self._supposed)))

    def _supposition(self) -> Iterator[Block]:
        if not self._supposed:
            return
        lines = [hanging("  ", self._supposed_words(*one), self.width) for one in self._supposed]
        yield Block(stacked(literal(SUPPOSED, "bold reverse"), *lines))

    def _supposed_words(self, question: str, answer: Answer) -> Message:
        answers = self.conversation.turn.interview.answers
        return supposed_words(self.conversation.rulebook, answers, question, answer)

    def _why(self, interview: Interview, view: FindingView) -> Iterator[Block]:
        rulebook, program = self.conversation.rulebook, self.conversation.assessor.program
        tree = derivation(rulebook, program, interview.assessment, interview.answers, self._finding)
        yield row(literal(_("Why it has this status"), "bold underline"))
        yield from (row(exactness) for exactness in literals(view.exactness))
        if view.status.status is Status.POSSIBLE and not interview.assessment.exact:
            yield row(literal(INEXACT, "dim"))
        yield row(short_text(rulebook, program, short(tree), self.width))
        yield self.fold(STEPS, _("Every step, with all rules and sources"))
        if self.is_unfolded(STEPS):
            yield from full_blocks(rulebook, program, tree, self.width)
        yield row(literal(""))

    def _waiting(self, view: FindingView) -> Iterator[Block]:
        if not view.status.waits_for:
            return
        yield row(literal(_("What it waits for"), "bold underline"))
        for name in view.status.waits_for:
            question = self.conversation.rulebook.question[name]
            yield row(hanging("→ ", question.text, self.width), QuestionLink(name))
        yield row(literal(""))

    def _changing(self) -> Iterator[Block]:
        """Yield the smallest changes; none from supposed answers, because undoing them is no change."""
        if self._supposed:
            return
        yield self.fold(CHANGES, _("What would change it"))
        if self.is_unfolded(CHANGES):
            assessor = self.conversation.assessor
            changes = self.computed(lambda given: smallest_changes(assessor, given.answers, self._finding))
            for change in changes.found:
                yield from self._change(change)
            yield row(literal(no_more_words(changes), "dim"))
        yield row(literal(""))

    def _change(self, change: Change) -> Iterator[Block]:
        yield row(literal(smallest_change_words(self.conversation.rulebook, change), "bold"))
        for question, answer in change.answers.items():
            words = self._supposed_words(question, answer)
            yield row(hanging("→ ", words, self.width), QuestionLink(question))
        link = WhatIfLink(supposing(change.answers))
        yield row(literal(_("→ What else would differ then?")), link)
