"""The outcome of a case as text: a heading for each section, and a line for each finding in it."""

from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content

from assistant.explanation.outcome import outcome, with_worsenings
from assistant.explanation.view.outcome import HEADING, MARK, OutcomePart, Section, headline, outcome_parts
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.links import FindingLink
from assistant.tui.widgets.literal import hanging
from assistant.tui.widgets.reading import Block, row

STYLE: Final = {
    Section.PUNISHMENT: "bold $error",
    Section.WORSE: "bold $warning",
    Section.OTHERS: "bold $warning",
    Section.STEPS: "bold $success",
    Section.WARNINGS: "bold $warning",
    Section.NO_LONGER: "bold $secondary",
    Section.SURE: "bold",
}


def headline_text(conversation: Conversation, width: int) -> Content:
    """Return the punishment that applies, in one paragraph."""
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    found = outcome(rulebook, interview.answers, interview.assessment)
    mark, style = MARK[Section.PUNISHMENT], STYLE[Section.PUNISHMENT]
    return hanging(f"{mark} ", headline(rulebook, found), width, "bold", style)


def sections(conversation: Conversation) -> Sequence[OutcomePart]:
    """Return the sections of the outcome; none if the answers contradict each other."""
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    found = outcome(rulebook, interview.answers, interview.assessment)
    if found is None:
        return ()
    return tuple(outcome_parts(rulebook, with_worsenings(conversation.assessor, interview.answers, found)))


def outcome_blocks(parts: Sequence[OutcomePart], width: int) -> Iterator[Block]:
    """Yield the heading and the lines of each section; a line links to its finding."""
    for number, part in enumerate(parts):
        style = STYLE[part.section]
        heading = hanging(f"{MARK[part.section]} ", HEADING[part.section], width, "bold", style)
        yield row(Content("\n").append(heading) if number else heading)
        for at, line in enumerate(part.lines):
            weight = "bold" if part.section is Section.PUNISHMENT and at == 0 else ""
            yield row(hanging("  ", line.words, width, weight), FindingLink(line.finding) if line.finding else None)
