"""The text of the question, with as much help as there is room for."""

from typing import Final

from textual.content import Content
from textual.geometry import Size

from assistant.explanation.view.finding import Group, grouped
from assistant.explanation.view.question import MORE_EXACT, OPEN, WHAT_TO_REVISE, nothing_to_ask
from assistant.explanation.view.reason import narrower_lines
from assistant.explanation.view.words import contradiction_lines
from assistant.interview.question_view import question_view, recorded_lines
from assistant.interview.state import Checklist, open_questions
from assistant.interview.turn import left_for_later
from assistant.interview.typed_answer import is_typed
from assistant.rulebook.question import Question
from assistant.system.language import _
from assistant.system.message import message
from assistant.tui.widgets.answer_field import ENTRY_LINES
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.literal import literal, literals, stacked
from assistant.tui.widgets.outcome_blocks import headline_text, outcome_blocks, sections
from assistant.tui.widgets.panels import panel_width, panels_beside

SURROUNDING_LINES: Final = 3
"""Lines of a page without question text: the notice, the keys, and a free line before the choices."""


def panel_text(conversation: Conversation, step: Question | Checklist | None, page: Size, choice_lines: int) -> Content:
    """Return what is above the choices on a page of this size, with as much help as the choices leave room for."""
    alone = panels_beside(page.width) == 1
    if step is None:
        return _nothing_to_ask(conversation, panel_width(page.width) - 3)
    typed = not isinstance(step, Checklist) and is_typed(step)
    room = page.height - SURROUNDING_LINES - choice_lines - (ENTRY_LINES if typed else 0)
    return _question_text(conversation, step, panel_width(page.width) - 3, room, alone=alone)


def _question_text(
    conversation: Conversation, step: Question | Checklist, width: int, room: int, *, alone: bool
) -> Content:
    """Return the most readable form of the question that fits into ``room`` lines of ``width`` columns.

    ``alone`` says that no findings are visible beside it.
    """
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    introduction = literal(rulebook.metadata.summary) if not interview.replies else None
    status, gravest = _so_far_in_short(conversation, width) if alone else (open_questions_text(conversation), None)
    questions = step.questions if isinstance(step, Checklist) else (step,)
    beside = {question.id for question in questions}
    notes = (subject.text for subject in rulebook.out_of_scope if beside.intersection(subject.beside))
    more = literals(*notes, style="dim")
    if isinstance(step, Checklist):
        asked, helping = literal(step.group.text, "bold"), literal(_("A digit marks: yes, no, ? for don't know."))
    else:
        asked, helping = literal(step.text, "bold"), literal(step.help)
        view = question_view(rulebook, interview, step)
        more += literals(view.why_alone, view.suggestion)
        more += literals(view.reply_so_far, style="italic")
        more += literals(*narrower_lines(conversation.assessor, interview.answers, step.id))
    # What matters least goes first: a title that the key of the findings shows as well, then free lines.
    ways = (
        stacked(introduction, stacked(status, gravest), asked, helping, *more, line_breaks=2),
        stacked(introduction, stacked(status, gravest), stacked(asked, helping), *more, line_breaks=2),
        stacked(introduction, status, stacked(asked, helping), *more, line_breaks=2),
        stacked(introduction, status, stacked(asked, helping, *more), line_breaks=2),
        stacked(introduction, status, asked, helping, *more),
    )
    return next((way for way in ways if way.get_height({}, width) <= room), ways[-1])


def _nothing_to_ask(conversation: Conversation, width: int) -> Content:
    """Return the outcome, which is shown when there is no question."""
    interview = conversation.turn.interview
    if interview.assessment.contradictions:
        return literal(WHAT_TO_REVISE, "bold")
    later = left_for_later(conversation.rulebook, conversation.turn)
    nothing, *unknown = literals(*nothing_to_ask(interview.assessment, interview.replies, later), style="dim")
    more = literal(MORE_EXACT.filled(count=later), "dim") if later else None
    blocks = outcome_blocks(sections(conversation), width)
    return stacked(stacked(nothing, more, *(block.content for block in blocks)), stacked(*unknown), line_breaks=2)


def banner_text(conversation: Conversation) -> Content:
    """Return the answers that contradict each other and the last failure; empty if there is neither."""
    heading, *clashes = *contradiction_lines(conversation.rulebook, conversation.turn.interview.assessment), ""
    return stacked(literal(heading, "bold"), *literals(*clashes), literal(conversation.trouble, "bold"))


def open_questions_text(conversation: Conversation) -> Content | None:
    """Return how many questions are open; None if there are none."""
    count = len(open_questions(conversation.rulebook, conversation.turn.interview))
    return literal(OPEN.filled(count=count), "dim") if count else None


def _so_far_in_short(conversation: Conversation, width: int) -> tuple[Content | None, Content | None]:
    """Return a line with the numbers of open questions and findings, and the punishment that applies."""
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    if interview.assessment.contradictions:
        return None, None
    groups = grouped(rulebook, interview.assessment)
    counts = message(
        "Open questions: {open} · ■ apply: {apply} · □ may apply: {may}",
        open=len(open_questions(rulebook, interview)),
        apply=len(groups[Group.APPLIES]),
        may=len(groups[Group.MAY_APPLY]),
    )
    return literal(counts, "dim"), headline_text(conversation, width)


def recorded_text(conversation: Conversation) -> Content | None:
    """Return the replies of the checklist that was answered last, if nothing has been answered since."""
    interview = conversation.turn.interview
    checklist = interview.checklists[-1] if interview.checklists else ()
    last = next(reversed([*interview.replies]), None)
    if conversation.turn.asked or conversation.turn.checklist or last not in checklist:
        return None
    lines = recorded_lines(conversation.rulebook, interview, checklist)
    return stacked(*literals(_("Recorded:"), *lines, style="dim"))
