"""A summary for a lawyer: the answers, the findings and their sources on one or two pages."""

import datetime
from collections.abc import Collection, Iterator, Mapping

from assistant import __version__
from assistant.assessment.assessor import Assessment, Status
from assistant.explanation.timeline import Timeline
from assistant.explanation.wording import answer_text, day_text, period_text
from assistant.interview.state import Interview
from assistant.publish.summary.findings import (
    applying,
    as_room_allows,
    excluded,
    not_established,
    open_points,
    possible,
    unconditional,
)
from assistant.publish.summary.grounds import articles
from assistant.publish.summary.part import Form, Part, Summary
from assistant.publish.summary.room import Room
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.scenarios.text_report import kleene_only
from assistant.system.language import _, plural


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
    before = [*_head(rulebook), *_replies(rulebook, shown, len(interview.replies) - len(shown))]
    if assessment.contradictions:
        parts = [*before, *_contradictions(rulebook, assessment), *_foot(rulebook, interview)]
        return Summary(language=rulebook.language, parts=tuple(parts))
    after = [
        *([] if assessment.exact else [Part(form=Form.TEXT, text=kleene_only())]),
        *not_established(rulebook, assessment),
        *excluded(assessment),
        *open_points(rulebook, assessment),
        *_articles(rulebook, assessment),
        *(_dates(line) if line is not None else ()),
        *_foot(rulebook, interview),
    ]
    entries, others = applying(rulebook, interview)
    may = possible(rulebook, assessment)
    room = Room([*before, *unconditional(entries, others, may), *after])
    parts = [*before, *as_room_allows(entries, others, may, room), *after]
    return Summary(language=rulebook.language, parts=tuple(parts))


def _head(rulebook: Rulebook) -> Iterator[Part]:
    yield Part(form=Form.TITLE, text=rulebook.metadata.title)
    yield Part(form=Form.NOTICE, text=f"{rulebook.metadata.disclaimer} {rulebook.metadata.review}")


def _replies(rulebook: Rulebook, shown: Mapping[str, Reply], left_out: int) -> Iterator[Part]:
    yield Part(form=Form.HEADING, text=_("What was answered"))
    if not left_out and all(reply is Unknown.SKIPPED for reply in shown.values()):
        yield Part(form=Form.TEXT, text=_("Nothing so far."))
    for question in rulebook.questions:
        reply = shown.get(question.id)
        if reply is None or reply is Unknown.SKIPPED:
            continue
        said = _("not known") if isinstance(reply, Unknown) else answer_text(question, reply)
        text = _("{question} — {answer}").format(question=question.text, answer=said)
        yield Part(form=Form.ANSWER, text=text)
    if left_out:
        yield Part(
            form=Form.TEXT,
            text=plural(
                "{count} reply is left out here. The findings rest on it as well.",
                "{count} replies are left out here. The findings rest on them as well.",
                left_out,
            ),
        )


def _contradictions(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    yield Part(form=Form.HEADING, text=_("These answers contradict each other, so nothing can be said yet."))
    for impossible in assessment.clashes(rulebook):
        yield Part(form=Form.ITEM, text=impossible.text)


def _articles(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    established = assessment.with_status(Status.ESTABLISHED)
    cited = {article for status in established for article in articles(status.cited(rulebook))}
    if cited:
        texts = (
            _("[{id}] {title}. Date: {date}").format(
                id=article.id, title=article.title, date=article.date_inferred or article.date_shown
            )
            for article in rulebook.sources.articles
            if article.id in cited
        )
        yield Part(form=Form.HEADING, text=_("Articles"))
        yield Part(form=Form.TEXT, text=" · ".join(texts))


def _dates(line: Timeline) -> Iterator[Part]:
    later = [segment for segment in line.segments if segment.statuses is not None]
    if len(later) > 1:
        yield Part(form=Form.HEADING, text=_("Days on which the same act would be judged otherwise"))
        yield Part(form=Form.TEXT, text="; ".join(period_text(segment.days) for segment in later))


def _foot(rulebook: Rulebook, interview: Interview) -> Iterator[Part]:
    text = _("Rulebook {id}, {hash}. Program version {version}.").format(
        id=rulebook.metadata.id,
        hash=rulebook.hash,
        version=__version__,
    )
    warning = _("This summary is not encrypted: whoever has it can read it.")
    days = [day_text(day) for day in interview.given.values() if isinstance(day, datetime.date)]
    asked = [_("Asked on {day}.").format(day=day) for day in days]
    yield Part(form=Form.NOTICE, text=" ".join([*asked, text, warning]))
