"""A summary for a lawyer: the answers, the findings and their sources on one or two pages."""

import datetime
from collections.abc import Collection, Iterator, Mapping

from assistant import __version__
from assistant.assessment.assessment import Assessment
from assistant.explanation.outcome import Outcome, outcome
from assistant.explanation.timeline import Timeline
from assistant.explanation.view.finding import Group, grouped
from assistant.explanation.view.outcome import HEADING, Section, outcome_parts
from assistant.explanation.view.question import computed_words
from assistant.explanation.view.words import INEXACT, contradiction_lines, period_words, replied
from assistant.interview.state import Interview, computed_answers
from assistant.publish.summary.findings import (
    applying,
    as_room_allows,
    excluded,
    not_established,
    open_points,
    possible,
    steps,
    unconditional,
)
from assistant.publish.summary.grounds import Sources
from assistant.publish.summary.part import Form, Part, Summary
from assistant.publish.summary.room import Room
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer
from assistant.system.language import _
from assistant.system.message import counted, message, series


def summary(
    rulebook: Rulebook,
    interview: Interview,
    line: Timeline | None = None,
    questions: Collection[str] | None = None,
) -> Summary:
    """Return the summary of an interview with the replies to ``questions``, by default to all.

    The findings follow from all replies in any case, and a reader may infer those that are left out. ``line`` adds the
    days on which the same act would be judged differently.
    """
    assessment = interview.assessment
    shown = {
        question: reply for question, reply in interview.replies.items() if questions is None or question in questions
    }
    left_out = interview.replies.keys() - shown.keys()
    # What is computed would tell of the replies that are left out.
    computed = {
        name: answer
        for name, answer in computed_answers(rulebook, interview).items()
        if left_out.isdisjoint(rulebook.question[name].needed_questions)
    }
    found = outcome(rulebook, interview.answers, assessment)
    to_do = () if found is None else found.steps
    before = [
        *_head(rulebook),
        *(_punishment(rulebook, found) if found is not None else ()),
        *steps(rulebook, assessment, to_do),
        *_replies(rulebook, shown, len(left_out), computed),
    ]
    if assessment.contradictions:
        parts = [*before, *_contradictions(rulebook, assessment), *_foot(rulebook, interview)]
        return Summary(language=rulebook.language, parts=tuple(parts))
    after = [
        *([] if assessment.exact else [Part(Form.TEXT, INEXACT)]),
        *not_established(rulebook, assessment),
        *excluded(assessment),
        *open_points(rulebook, assessment),
        *_articles(rulebook, assessment),
        *(_dates(line) if line is not None else ()),
        *_foot(rulebook, interview),
    ]
    entries, others = applying(rulebook, assessment)
    may = possible(rulebook, assessment, to_do)
    room = Room([*before, *unconditional(entries, others, may), *after])
    parts = [*before, *as_room_allows(entries, others, may, room), *after]
    return Summary(language=rulebook.language, parts=tuple(parts))


def _head(rulebook: Rulebook) -> Iterator[Part]:
    yield Part(Form.TITLE, rulebook.metadata.title)
    yield Part(Form.NOTICE, f"{rulebook.metadata.disclaimer} {rulebook.metadata.review}")


def _punishment(rulebook: Rulebook, found: Outcome) -> Iterator[Part]:
    for section, lines in outcome_parts(rulebook, found):
        if section is Section.PUNISHMENT:
            yield Part(Form.HEADING, HEADING[section])
            yield from (Part(Form.ITEM, line.words, line.finding or "") for line in lines)


def _replies(
    rulebook: Rulebook, shown: Mapping[str, Reply], left_out: int, computed: Mapping[str, Answer]
) -> Iterator[Part]:
    yield Part(Form.HEADING, _("What was answered"))
    if not left_out and all(reply is Unknown.SKIPPED for reply in shown.values()):
        yield Part(Form.TEXT, _("Nothing so far."))
    for question in rulebook.questions:
        reply = shown.get(question.id)
        if reply is Unknown.DONT_KNOW:
            yield Part(Form.ANSWER, message("{question} — not known", question=question.text))
        elif reply is not None and reply is not Unknown.SKIPPED:
            yield Part(Form.ANSWER, replied(question, reply))
        elif question.id in computed and reply is None:
            answer = computed_words(question, computed[question.id])
            yield Part(Form.ANSWER, series(" — ", question.text, answer))
    if left_out:
        missing = counted(
            "{count} reply is left out here. The findings rest on it as well.",
            "{count} replies are left out here. The findings rest on them as well.",
            left_out,
        )
        yield Part(Form.TEXT, missing)


def _contradictions(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    heading, *clashes = contradiction_lines(rulebook, assessment)
    yield Part(Form.HEADING, heading)
    yield from (Part(Form.ITEM, clash) for clash in clashes)


def _articles(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    applies = grouped(rulebook, assessment)[Group.APPLIES]
    cited = {article for view in applies for article in Sources(view).articles()}
    if cited:
        texts = (
            message(
                "[{id}] {title}. Date: {date}",
                id=article.id,
                title=article.title,
                date=article.date_inferred or article.date_shown,
            )
            for article in rulebook.sources.articles
            if article.id in cited
        )
        yield Part(Form.HEADING, _("Articles"))
        yield Part(Form.TEXT, series(" · ", *texts))


def _dates(line: Timeline) -> Iterator[Part]:
    later = [segment for segment in line.segments if segment.statuses is not None]
    if len(later) > 1:
        yield Part(Form.HEADING, _("Days on which the same act would be judged otherwise"))
        yield Part(Form.TEXT, series("; ", *(period_words(segment.days) for segment in later)))


def _foot(rulebook: Rulebook, interview: Interview) -> Iterator[Part]:
    made_with = message(
        "Rulebook {id}, {hash}. Program version {version}.",
        id=rulebook.metadata.id,
        hash=rulebook.hash,
        version=__version__,
    )
    warning = _("This summary is not encrypted: whoever has it can read it.")
    days = (day for day in interview.given.values() if isinstance(day, datetime.date))
    asked = (message("Asked on {day}.", day=day) for day in days)
    yield Part(Form.NOTICE, series(" ", *asked, made_with, warning))
