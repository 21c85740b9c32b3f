"""The text of the question, with as much help as there is room for."""

from textual.content import Content

from assistant.explanation.finding_group import Group, grouped
from assistant.explanation.relevance import narrower_lines
from assistant.explanation.wording import answer_text, day_text
from assistant.interview.state import open_questions, reply_text
from assistant.rulebook.answer import Unknown
from assistant.rulebook.question import Question
from assistant.system.language import _, plural
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.finding_words import symbol
from assistant.tui.widgets.literal import literal, stacked


def question_text(conversation: Conversation, question: Question, width: int, room: int, *, alone: bool) -> Content:
    """Return the most readable form of the question that fits into ``room`` lines of ``width`` columns.

    ``alone`` says that no findings are visible beside it.
    """
    rulebook, interview = conversation.rulebook, conversation.turn.interview
    introduction = literal(rulebook.metadata.summary) if not interview.replies else None
    status, gravest = _so_far_in_short(conversation) if alone else (_progress(conversation), None)
    asked, helping = literal(question.text, "bold"), literal(question.help)
    more = [
        *(literal(subject.text, "dim") for subject in rulebook.out_of_scope if question.id in subject.beside),
        _suggestion(conversation, question),
        _reply_so_far(conversation, question),
        *map(literal, narrower_lines(conversation.assessor, interview.answers, question.id)),
    ]
    # What matters least goes first: a title that the key of the findings shows as well, then free lines.
    ways = (
        stacked(introduction, stacked(status, gravest), asked, helping, *more, line_breaks=2),
        stacked(introduction, stacked(status, gravest), stacked(asked, helping), *more, line_breaks=2),
        stacked(introduction, status, stacked(asked, helping), *more, line_breaks=2),
        stacked(introduction, status, stacked(asked, helping, *more), line_breaks=2),
        stacked(introduction, status, asked, helping, *more),
    )
    return next((way for way in ways if way.get_height({}, width) <= room), ways[-1])


def nothing_to_ask(conversation: Conversation, *, alone: bool) -> Content:
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
