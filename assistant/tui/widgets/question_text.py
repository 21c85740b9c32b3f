"""The text of the question, with as much help as there is room for."""

from typing import Final

from textual.content import Content
from textual.geometry import Size

from assistant.explanation.finding_group import Group, grouped
from assistant.explanation.relevance import narrower_lines
from assistant.explanation.wording import answer_text, day_text
from assistant.interview.checklist_text import asked_alone_text, recorded_lines
from assistant.interview.state import Checklist, open_questions, reply_text
from assistant.interview.typed_answer import is_typed
from assistant.rulebook.answer import Unknown
from assistant.rulebook.question import Question
from assistant.system.language import _, plural
from assistant.tui.widgets.answer_field import ENTRY_LINES
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.finding_words import symbol
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.panels import panel_width, panels_beside

SURROUNDING_LINES: Final = 3
"""Lines of a page without question text: the notice, the keys, and a free line before the choices."""


def panel_text(conversation: Conversation, step: Question | Checklist | None, page: Size, choice_lines: int) -> Content:
    """Return what is above the choices on a page of this size, with as much help as the choices leave room for."""
    alone = panels_beside(page.width) == 1
    if step is None:
        return _nothing_to_ask(conversation, alone=alone)
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
    status, gravest = _so_far_in_short(conversation) if alone else (_progress(conversation), None)
    questions = step.questions if isinstance(step, Checklist) else (step,)
    beside = {question.id for question in questions}
    more: list[Content | None] = [
        literal(subject.text, "dim") for subject in rulebook.out_of_scope if beside.intersection(subject.beside)
    ]
    if isinstance(step, Checklist):
        asked, helping = literal(step.group.text, "bold"), literal(_("A digit marks: yes, no, ? for don't know."))
    else:
        asked, helping = literal(step.text, "bold"), literal(step.help)
        more += [_why_alone(conversation, step), _suggestion(conversation, step), _reply_so_far(conversation, step)]
        more += map(literal, narrower_lines(conversation.assessor, interview.answers, step.id))
    # What matters least goes first: a title that the key of the findings shows as well, then free lines.
    ways = (
        stacked(introduction, stacked(status, gravest), asked, helping, *more, line_breaks=2),
        stacked(introduction, stacked(status, gravest), stacked(asked, helping), *more, line_breaks=2),
        stacked(introduction, status, stacked(asked, helping), *more, line_breaks=2),
        stacked(introduction, status, stacked(asked, helping, *more), line_breaks=2),
        stacked(introduction, status, asked, helping, *more),
    )
    return next((way for way in ways if way.get_height({}, width) <= room), ways[-1])


def _nothing_to_ask(conversation: Conversation, *, alone: bool) -> Content:
    """Return the text to show when there is no question."""
    interview = conversation.turn.interview
    if interview.assessment.contradictions:
        return literal(_("Which of them do you want to revise?"), "bold")
    waiting = {name for status in interview.assessment.findings for name in status.waits_for}
    unknown = sum(isinstance(interview.replies.get(name), Unknown) for name in waiting)
    left = plural(
        "{count} question was skipped or not known. An answer to it may still change the findings.",
        "{count} questions were skipped or not known. Answers to them may still change the findings.",
        unknown,
    )
    return stacked(
        literal(_("Everything that can still change the findings has been asked."), "bold"),
        literal(left) if unknown else None,
        stacked(*_so_far_in_short(conversation)) if alone else None,
        line_breaks=2,
    )


def banner_text(conversation: Conversation) -> Content:
    """Return the answers that contradict each other and the last failure; empty if there is neither."""
    clashes = conversation.turn.interview.assessment.clashes(conversation.rulebook)
    parts = [literal(impossible.text) for impossible in clashes]
    if parts:
        parts.insert(0, literal(_("These answers contradict each other, so nothing can be said yet."), "bold"))
    if conversation.trouble:
        parts.append(literal(conversation.trouble, "bold"))
    return stacked(*parts)


def _progress(conversation: Conversation) -> Content | None:
    count = len(open_questions(conversation.rulebook, conversation.turn.interview))
    text = plural("{count} open question can still matter", "{count} open questions can still matter", count)
    return literal(text, "dim") if count else None


def _so_far_in_short(conversation: Conversation) -> tuple[Content | None, Content | None]:
    """Return a line with the numbers of open questions and findings, and the gravest finding that applies."""
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    if interview.assessment.contradictions:
        return None, None
    groups = grouped(rulebook, interview.assessment)
    applies = groups[Group.APPLIES]
    counts = _("Open questions: {open} · ■ apply: {apply} · □ may apply: {may}").format(
        open=len(open_questions(rulebook, interview)),
        apply=len(applies),
        may=len(groups[Group.MAY_APPLY]),
    )
    gravest = f"{symbol(rulebook, applies[0])} {rulebook.finding[applies[0].finding].title}" if applies else ""
    return literal(counts, "dim"), literal(gravest) if gravest else None


def recorded_text(conversation: Conversation) -> Content | None:
    """Return the replies of the checklist that was answered last, if nothing has been answered since."""
    interview = conversation.turn.interview
    checklist = interview.checklists[-1] if interview.checklists else ()
    last = next(reversed([*interview.replies]), None)
    if conversation.turn.asked or conversation.turn.checklist or last not in checklist:
        return None
    lines = recorded_lines(conversation.rulebook, interview, checklist)
    return stacked(literal(_("Recorded:"), "dim"), *(literal(line, "dim") for line in lines))


def _why_alone(conversation: Conversation, question: Question) -> Content | None:
    return literal(asked_alone_text()) if question.id in conversation.turn.interview.alone else None


def _suggestion(conversation: Conversation, question: Question) -> Content | None:
    suggested = question.suggest
    if suggested is None or question.id in conversation.turn.interview.answers:
        return None
    text = _("Suggested answer: “{answer}”. {reason} (As of {date}.) It counts only if you choose it.").format(
        answer=answer_text(question, suggested.answer), reason=suggested.reason, date=day_text(suggested.as_of)
    )
    return literal(text)


def _reply_so_far(conversation: Conversation, question: Question) -> Content | None:
    reply = conversation.turn.interview.replies.get(question.id)
    if reply is None:
        return None
    return literal(_("Your reply so far: {reply}").format(reply=reply_text(question, reply)), "italic")
