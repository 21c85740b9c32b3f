"""The texts of the plain questionnaire: lines that a screen reader reads well."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.derivation import Step, derivation, short
from assistant.explanation.outcome import outcome, with_worsenings
from assistant.explanation.smallest_change import Changes
from assistant.explanation.view.change import (
    HAS_CHANGED,
    WOULD_CHANGE,
    change_words,
    no_more_words,
    smallest_change_words,
    supposed_words,
)
from assistant.explanation.view.citation import citation_views
from assistant.explanation.view.finding import COUNT, FindingView, Group, grouped
from assistant.explanation.view.outcome import HEADING, outcome_parts
from assistant.explanation.view.question import MORE_EXACT, OPEN, format_hint
from assistant.explanation.view.reason import node_words, short_lines
from assistant.explanation.view.words import INEXACT, contradiction_lines, notice_words, replied, reply_words
from assistant.explanation.what_if import Changed, WhatIf
from assistant.interview.question_view import question_view
from assistant.interview.state import Interview, open_questions, to_revise
from assistant.interview.turn import Turn, left_for_later
from assistant.interview.typed_answer import is_typed
from assistant.plain.options import offered
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.system.keyboard import key_name
from assistant.system.language import _
from assistant.system.message import Phrase, counted, message, series, text

MAX_NEWS = 5
MAX_POSSIBLE = 5
MAX_CITED = 2
MIN_QUESTION_CHARACTERS = 25


def welcome(rulebook: Rulebook, exact: bool) -> Iterator[Phrase]:
    """Return the title and purpose of the rulebook and the notice; a caution too if statuses are not ``exact``."""
    yield rulebook.metadata.title
    yield rulebook.metadata.summary
    yield notice_words(rulebook)
    yield _("Answer with a number or a word. Nothing is written down unless you ask for a file.")
    yield _("About your safety: {key}").format(key=key_name("a", rulebook.language))
    if not exact:
        yield INEXACT


def keys_line(language: str, asked: bool) -> str:
    """Return a short line of what can be typed; ``asked`` says whether there is a question."""
    keys = {name: key_name(name, language) for name in "dsgfq"}
    if asked:
        return _("{d} I don't know, {s} skip, {g} the answer, {f} findings, ? help, {q} leave.").format(**keys)
    return _("{g} the answer, {f} findings, ? help, {q} leave.").format(**keys)


def command_lines(language: str) -> Iterator[str]:
    """Return a line for each command."""
    yield _("Besides an answer you can type:")
    meanings = {
        "?": _("why this is asked, and this list"),
        "d": _("I don't know"),
        "s": _("skip this question"),
        "b": _("back to the question before"),
        "o": _("overview of all questions; with a number, go to one and revise it"),
        "g": _("the answer: what your replies so far come to; type it when that is all you know"),
        "f": _("findings; with the word all, those that are excluded as well"),
        "e": _("explain; with the number of a finding"),
        "w": _("what if: the changes that matter most; with a number, one of them"),
        "t": _("timeline: what would hold on which day"),
        "p": _("summary for a lawyer; with a name ending in .txt, .md or .html, to a file"),
        "r": _("receipt, to a file: this assessment can be verified by it"),
        "k": _("keep the answers: saves them encrypted, to the file whose name you type behind it"),
        "a": _("about your safety: what stays, how to leave, what saving means"),
        "n": _("next case: forget this one; also the word next"),
        "q": _("leave; everything is forgotten"),
    }
    for letter, meaning in meanings.items():
        yield f"  {key_name(letter, language)}  {meaning}"


def count_line(rulebook: Rulebook, interview: Interview) -> Iterator[Phrase]:
    """Yield how many questions are open, if there are any."""
    count = len(open_questions(rulebook, interview))
    if count:
        yield OPEN.filled(count=count)


def question_lines(rulebook: Rulebook, interview: Interview, question: Question, whole: bool) -> Iterator[Phrase]:
    """Return the question and its options; with everything that helps to answer it, if ``whole``."""
    view = question_view(rulebook, interview, question)
    if whole:
        yield from count_line(rulebook, interview)
    yield from filter(None, (view.why_alone, message("Question: {question}", question=question.text)))
    if whole:
        yield from filter(None, (question.help, *view.out_of_scope, view.suggestion))
    yield from filter(None, [view.reply_so_far])
    choices = numbered(words for _answer, words in offered(question))
    yield from [format_hint(question)] if is_typed(question) else choices


def taken(question: Question, reply: Reply, width: int) -> str:
    """Return the reply that was recorded, and as much of its question as fits into a line of ``width`` columns."""
    recorded, answer = message("Your answer: {answer} — {question}"), reply_words(question, reply)
    room = max(MIN_QUESTION_CHARACTERS, width - len(text(recorded.filled(answer=answer, question=""))))
    return text(recorded.filled(answer=answer, question=textwrap.shorten(question.text, room, placeholder=" …")))


def clashing_lines(rulebook: Rulebook, interview: Interview) -> Iterator[Phrase]:
    """Return which answers contradict each other, numbered."""
    yield from contradiction_lines(rulebook, interview.assessment)
    yield message("Which of them do you want to revise? Type its number.")
    names = to_revise(rulebook, interview)
    yield from numbered(replied(rulebook.question[name], interview.replies[name]) for name in names)


def consequences(
    rulebook: Rulebook, interview: Interview, changed: Sequence[Changed], revised: bool
) -> Iterator[Phrase]:
    """Return what a reply has changed: all changes if it revised a reply, otherwise the findings that now apply."""
    if interview.assessment.contradictions:
        return
    news = changed if revised else [each for each in changed if each.after.status is Status.ESTABLISHED]
    shown = news if revised else news[:MAX_NEWS]
    yield from (change_words(rulebook, each, HAS_CHANGED) for each in shown)
    if len(news) > len(shown):
        more = len(news) - len(shown)
        yield counted("{count} more finding applies now.", "{count} more findings apply now.", more)


def outcome_lines(rulebook: Rulebook, assessor: Assessor, interview: Interview) -> Iterator[Phrase]:
    """Return the outcome of the replies so far: a heading for each section, and its lines as a list."""
    found = outcome(rulebook, interview.answers, interview.assessment)
    if found is None:
        return
    for part in outcome_parts(rulebook, with_worsenings(assessor, interview.answers, found)):
        yield series("", HEADING[part.section], ":")
        yield from items(line for line, _finding in part.lines)


def more_exact_lines(rulebook: Rulebook, turn: Turn) -> Iterator[Phrase]:
    """Yield how many questions are left for later, if there are any, and how to go on."""
    count = left_for_later(rulebook, turn)
    if count:
        yield series(" ", MORE_EXACT.filled(count=count), message("To go on, type 1."))


def in_order(rulebook: Rulebook, interview: Interview) -> list[FindingView]:
    """Return the findings in the order of their numbers: by group."""
    return [view for group in grouped(rulebook, interview.assessment).values() for view in group]


def findings(rulebook: Rulebook, assessment: Assessment, whole: bool) -> Iterator[Phrase]:
    """Return the findings by group, numbered: all of them if ``whole``, else those that apply, and counts of the rest.

    Of those that may apply the gravest are returned too: not all, because a long list hides what matters.
    """
    number = 1
    for group, members in grouped(rulebook, assessment).items():
        if not members:
            continue
        most = len(members) if whole else {Group.APPLIES: len(members), Group.MAY_APPLY: MAX_POSSIBLE}.get(group, 0)
        yield COUNT[group].filled(count=len(members))
        yield from numbered((view.titled(view.word, view.kind) for view in members[:most]), number)
        if 0 < most < len(members):
            yield counted("  … and {count} more.", "  … and {count} more.", len(members) - most)
        number += len(members)
    if not assessment.exact:
        yield INEXACT


def how(
    rulebook: Rulebook, assessor: Assessor, interview: Interview, view: FindingView, whole: bool
) -> Iterator[Phrase]:
    """Return how a finding got its status; with every rule, condition and source if ``whole``."""
    yield {
        Status.ESTABLISHED: message("How it came about:"),
        Status.POSSIBLE: message("What it waits for:"),
        Status.EXCLUDED: message("Why not:"),
    }[view.status.status]
    tree = derivation(rulebook, assessor.program, interview.assessment, interview.answers, view.finding.id)
    if whole:
        steps = (step for step in tree.walk() if step[1].step is not Step.FINDING)
        lines = ("  " * depth + text(node_words(rulebook, assessor.program, node)) for depth, node in steps)
    else:
        reasons = short_lines(rulebook, assessor.program, short(tree))
        lines = ("  " * (line.depth + 1) + text(line.words) for line in reasons)
    yield from dict.fromkeys(lines)


def what_would_change_it(rulebook: Rulebook, interview: Interview, changes: Changes) -> Iterator[Phrase]:
    """Return the smallest changes of answers that give a finding another status."""
    for change in changes.found:
        yield smallest_change_words(rulebook, change)
        yield from items(
            supposed_words(rulebook, interview.answers, question, answer) for question, answer in change.answers.items()
        )
    yield no_more_words(changes)


def what_would_change(rulebook: Rulebook, comparison: WhatIf) -> Iterator[Phrase]:
    """Return the findings that differ between two assessments, with their citations; or the contradiction."""
    yield from contradiction_lines(rulebook, comparison.after)
    for changed in comparison.changed:
        yield change_words(rulebook, changed, WOULD_CHANGE)
        citations = citation_views(changed.cited(rulebook)[:MAX_CITED], rulebook.language)
        yield from (f"    {text(citation.line)}" for citation in citations)


def overview(rulebook: Rulebook, interview: Interview) -> Iterator[Phrase]:
    """Return every question with its number and its reply, or whether it is open."""
    still = {question.id for question in open_questions(rulebook, interview)}
    views = (question_view(rulebook, interview, question) for question in rulebook.asked_questions)
    return numbered(series(" — ", view.question.text, view.state(view.question.id in still)) for view in views)


def numbered(lines: Iterable[Phrase], first: int = 1) -> Iterator[str]:
    """Return the lines with numbers before them."""
    return (f"  {number}  {text(line)}" for number, line in enumerate(lines, first))


def items(lines: Iterable[Phrase]) -> Iterator[str]:
    """Return the lines as a list."""
    return (f"- {text(line)}" for line in lines)
