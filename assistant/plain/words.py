"""The texts of the plain questionnaire: lines that a screen reader reads well."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from assistant.assessment.assessor import Assessment, Assessor, FindingStatus, Status
from assistant.explanation.derivation import Step, citation_text, derivation, node_text, short, short_lines
from assistant.explanation.finding_group import Group, grouped
from assistant.explanation.smallest_change import Change, Changes
from assistant.explanation.what_if import Changed, WhatIf, change_text, supposed_change_text
from assistant.explanation.wording import answer_text, day_text, excluded_text, kind_word, status_word
from assistant.interview.checklist_text import asked_alone_text, reply_state
from assistant.interview.state import Interview, open_questions, reply_text, to_revise
from assistant.interview.typed_answer import format_hint, is_typed
from assistant.plain.options import offered
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.scenarios.text_report import kleene_only, notice
from assistant.system.keyboard import key_name
from assistant.system.language import _, plural

MAX_NEWS = 5
MAX_POSSIBLE = 5
MAX_CITED = 2
MIN_QUESTION_CHARACTERS = 25


def welcome(rulebook: Rulebook, exact: bool) -> Iterator[str]:
    """Return the title and purpose of the rulebook and the notice; a caution too if statuses are not ``exact``."""
    yield rulebook.metadata.title
    yield rulebook.metadata.summary
    yield notice(rulebook)
    yield _("Answer with a number or a word. Nothing is written down unless you ask for a file.")
    yield _("About your safety: {key}").format(key=key_name("a", rulebook.language))
    if not exact:
        yield kleene_only()


def keys_line(language: str, asked: bool) -> str:
    """Return a short line of what can be typed; ``asked`` says whether there is a question."""
    keys = {name: key_name(name, language) for name in "dsfq"}
    if asked:
        return _("{d} I don't know, {s} skip, {f} findings, ? help, {q} leave.").format(**keys)
    return _("{f} findings, ? help, {q} leave.").format(**keys)


def command_lines(language: str) -> Iterator[str]:
    """Return a line for each command."""
    yield _("Besides an answer you can type:")
    meanings = {
        "?": _("why this is asked, and this list"),
        "d": _("I don't know"),
        "s": _("skip this question"),
        "b": _("back to the question before"),
        "o": _("overview of all questions; with a number, go to one and revise it"),
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


def count_line(rulebook: Rulebook, interview: Interview) -> Iterator[str]:
    """Yield how many questions are open, if there are any."""
    count = len(open_questions(rulebook, interview))
    if count:
        yield plural("{count} open question can still matter.", "{count} open questions can still matter.", count)


def question_lines(rulebook: Rulebook, interview: Interview, question: Question, whole: bool) -> Iterator[str]:
    """Return the question and its options; with everything that helps to answer it, if ``whole``."""
    if whole:
        yield from count_line(rulebook, interview)
    if question.id in interview.alone:
        yield asked_alone_text()
    yield _("Question: {question}").format(question=question.text)
    if whole:
        yield question.help
        yield from (subject.text for subject in rulebook.out_of_scope if question.id in subject.beside)
        suggested = question.suggest
        if suggested is not None and question.id not in interview.answers:
            message = _("Suggested answer: “{answer}”. {reason} (As of {date}.) It counts only if you choose it.")
            yield message.format(
                answer=answer_text(question, suggested.answer),
                reason=suggested.reason,
                date=day_text(suggested.as_of),
            )
    if question.id in interview.replies:
        yield _("Your reply so far: {reply}").format(reply=reply_text(question, interview.replies[question.id]))
    if is_typed(question):
        yield format_hint(question)
    else:
        yield from (f"  {number}  {text}" for number, (_answer, text) in enumerate(offered(question), start=1))


def taken(question: Question, reply: Reply, width: int) -> str:
    """Return the reply that was recorded, and as much of its question as fits into a line of ``width`` columns."""
    message, answer = _("Your answer: {answer} — {question}"), reply_text(question, reply)
    room = max(MIN_QUESTION_CHARACTERS, width - len(message.format(answer=answer, question="")))
    return message.format(answer=answer, question=textwrap.shorten(question.text, room, placeholder=" …"))


def nothing_open(interview: Interview) -> Iterator[str]:
    """Return that nothing is left to ask, and how many questions were skipped or not known."""
    yield _("Everything that can still change the findings has been asked.")
    waiting = {name for found in interview.assessment.findings for name in found.waits_for}
    count = sum(isinstance(interview.replies.get(name), Unknown) for name in waiting)
    if count:
        yield plural(
            "{count} question was skipped or not known. An answer to it may still change the findings.",
            "{count} questions were skipped or not known. Answers to them may still change the findings.",
            count,
        )


def contradiction_lines(rulebook: Rulebook, interview: Interview) -> Iterator[str]:
    """Return which answers contradict each other, numbered."""
    yield _("These answers contradict each other, so nothing can be said yet.")
    yield from (impossible.text for impossible in interview.assessment.clashes(rulebook))
    yield _("Which of them do you want to revise? Type its number.")
    yield from numbered(replied_line(interview, rulebook.question[name]) for name in to_revise(rulebook, interview))


def consequences(rulebook: Rulebook, interview: Interview, changed: Sequence[Changed], revised: bool) -> Iterator[str]:
    """Return what a reply has changed: all changes if it revised a reply, otherwise the findings that now apply."""
    if interview.assessment.contradictions:
        return
    news = changed if revised else [each for each in changed if each.after.status is Status.ESTABLISHED]
    shown = news if revised else news[:MAX_NEWS]
    yield from (change_text(rulebook, each) for each in shown)
    if len(news) > len(shown):
        more = len(news) - len(shown)
        yield plural("{count} more finding applies now.", "{count} more findings apply now.", more)


def in_order(rulebook: Rulebook, interview: Interview) -> list[FindingStatus]:
    """Return the findings in the order of their numbers: by group."""
    return [found for group in grouped(rulebook, interview.assessment).values() for found in group]


def findings(rulebook: Rulebook, assessment: Assessment, whole: bool) -> Iterator[str]:
    """Return the findings by group, numbered: all of them if ``whole``, else those that apply, and counts of the rest.

    Of those that may apply the gravest are returned too: not all, because a long list hides what matters.
    """
    number = 0
    for group, members in grouped(rulebook, assessment).items():
        if not members:
            continue
        most = len(members) if whole else {Group.APPLIES: len(members), Group.MAY_APPLY: MAX_POSSIBLE}.get(group, 0)
        yield _heading(group, len(members))
        for at, each in enumerate(members[:most], start=number + 1):
            yield f"  {at}  {_finding_line(rulebook, each)}"
        if 0 < most < len(members):
            yield plural("  … and {count} more.", "  … and {count} more.", len(members) - most)
        number += len(members)
    if not assessment.exact:
        yield kleene_only()


def _heading(group: Group, count: int) -> str:
    return {
        Group.APPLIES: lambda: plural("{count} finding applies.", "{count} findings apply.", count),
        Group.MAY_APPLY: lambda: plural(
            "{count} finding may apply: it depends on what is not known.",
            "{count} findings may apply: it depends on what is not known.",
            count,
        ),
        Group.NOT_ESTABLISHED: lambda: plural(
            "{count} reassurance is not established: do not rely on it.",
            "{count} reassurances are not established: do not rely on them.",
            count,
        ),
        Group.EXCLUDED: lambda: excluded_text(count),
    }[group]()


def how(
    rulebook: Rulebook, assessor: Assessor, interview: Interview, status: FindingStatus, whole: bool
) -> Iterator[str]:
    """Return how a finding got its status; with every rule, condition and source if ``whole``."""
    yield {
        Status.ESTABLISHED: _("How it came about:"),
        Status.POSSIBLE: _("What it waits for:"),
        Status.EXCLUDED: _("Why not:"),
    }[status.status]
    tree = derivation(rulebook, assessor.program, interview.assessment, interview.answers, status.finding)
    if whole:
        steps = (step for step in tree.walk() if step[1].step is not Step.FINDING)
        texts = ("  " * depth + node_text(rulebook, assessor.program, node) for depth, node in steps)
    else:
        lines = short_lines(rulebook, assessor.program, short(tree))
        texts = ("  " * (line.depth + 1) + line.text for line in lines)
    yield from dict.fromkeys(texts)


def what_would_change_it(rulebook: Rulebook, changes: Changes) -> Iterator[str]:
    """Return the smallest changes of answers that give a finding another status."""
    yield _("What would change it:") if changes.found else _("No small change of the answers would change it.")
    yield from (f"- {change_line(rulebook, change)}" for change in changes.found)
    if not changes.complete:
        yield _("There may be other and smaller changes: not all were tried.")


def change_line(rulebook: Rulebook, change: Change) -> str:
    """Return a change of answers, and the status that it leads to."""
    answers = "; ".join(
        _("{question} — {answer}").format(
            question=rulebook.question[question].text, answer=answer_text(rulebook.question[question], answer)
        )
        for question, answer in change.answers.items()
    )
    status = status_word(change.status, rulebook.finding[change.finding], change.planned)
    message = (
        _("{status}, were the answers: {answers}") if change.revised else _("{status}, if this is answered: {answers}")
    )
    return message.format(status=status, answers=answers)


def what_would_change(rulebook: Rulebook, comparison: WhatIf) -> Iterator[str]:
    """Return the findings that differ between two assessments, with their citations; or the contradiction."""
    if comparison.after.contradictions:
        yield from (impossible.text for impossible in comparison.after.clashes(rulebook))
        return
    for changed in comparison.changed:
        yield supposed_change_text(rulebook, changed)
        yield from (f"    {citation_text(source, rulebook.language)}" for source in changed.cited(rulebook)[:MAX_CITED])


def overview(rulebook: Rulebook, interview: Interview) -> Iterator[str]:
    """Return every question with its number and its reply, or whether it is open."""
    still = {question.id for question in open_questions(rulebook, interview)}
    for number, question in enumerate(rulebook.asked_questions, start=1):
        if question.id in interview.replies:
            state = reply_state(interview, question)
        else:
            state = _("open, can still matter") if question.id in still else _("cannot matter now")
        yield f"  {number}  " + _("{question} — {state}").format(question=question.text, state=state)


def numbered(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines with numbers before them."""
    return (f"  {number}  {line}" for number, line in enumerate(lines, start=1))


def replied_line(interview: Interview, question: Question) -> str:
    """Return a question with its reply."""
    reply = reply_text(question, interview.replies[question.id])
    return _("{question} — {answer}").format(question=question.text, answer=reply)


def _finding_line(rulebook: Rulebook, status: FindingStatus) -> str:
    finding = rulebook.finding[status.finding]
    return _("{title} ({status}, {kind})").format(
        title=finding.title, status=status_word(status.status, finding, status.planned), kind=kind_word(finding.kind)
    )
