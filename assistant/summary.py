"""A summary to take along to a lawyer: two or three pages of what was said, what follows, and who stands behind it."""

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import Final

from assistant import __version__
from assistant.assessment import Assessment, FindingStatus, Status
from assistant.derivation import citation_text, rendered
from assistant.evidence import Evidence, Provision, Quotation, evidence, strengths, voices
from assistant.interview import Interview, Reply, Unknown
from assistant.language import _, plural
from assistant.rulebook import Bearing, Rulebook
from assistant.timeline import Timeline
from assistant.value import Value
from assistant.wording import (
    answer_text,
    bearing_word,
    day_text,
    force_word,
    is_planned,
    kind_word,
    period_text,
    status_word,
    strength_word,
    voices_text,
)


class Form(str, Enum):
    """What a part of a summary is."""

    TITLE = "title"
    NOTICE = "notice"
    HEADING = "heading"
    FINDING = "finding"
    TEXT = "text"
    ITEM = "item"
    CITATION = "citation"


class Part(Value):
    """A paragraph of a summary. How it looks is the business of :mod:`assistant.summary_format`."""

    form: Form
    text: str


class Summary(Value):
    """A summary in a language."""

    language: str
    parts: tuple[Part, ...]


def summary(
    rulebook: Rulebook,
    interview: Interview,
    line: Timeline | None = None,
    questions: Collection[str] | None = None,
) -> Summary:
    """The summary of an interview; of the replies it has those to ``questions``, by default all.

    The findings follow from all replies all the same, and can let a reader guess at those that are left out.
    """
    assessment = interview.assessment
    shown = {
        question: reply for question, reply in interview.replies.items() if questions is None or question in questions
    }
    left_out = len(interview.replies) - len(shown)
    parts = [*_head(rulebook), *_replies(rulebook, shown, left_out)]
    if assessment.contradictions:
        parts += _contradictions(rulebook, assessment)
    else:
        parts += _findings(rulebook, interview)
        parts += _open_points(rulebook, assessment)
        parts += _articles(rulebook, assessment)
        if line is not None:
            parts += _dates(line)
    parts += _foot(rulebook)
    return Summary(language=rulebook.language, parts=tuple(parts))


def _head(rulebook: Rulebook) -> Iterator[Part]:
    yield Part(form=Form.TITLE, text=rulebook.metadata.title)
    yield Part(form=Form.NOTICE, text=rulebook.metadata.disclaimer)
    yield Part(form=Form.NOTICE, text=rulebook.metadata.review)


def _replies(rulebook: Rulebook, shown: Mapping[str, Reply], left_out: int) -> Iterator[Part]:
    yield Part(form=Form.HEADING, text=_("What was answered"))
    for question in rulebook.questions:
        reply = shown.get(question.id)
        if reply is None or reply is Unknown.SKIPPED:
            continue
        said = _("not known") if isinstance(reply, Unknown) else answer_text(question, reply)
        text = _("{question} — {answer}").format(question=question.text, answer=said)
        yield Part(form=Form.ITEM, text=text)
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
    for impossible in rulebook.impossible:
        if impossible.id in assessment.contradictions:
            yield Part(form=Form.ITEM, text=impossible.text)


def _findings(rulebook: Rulebook, interview: Interview) -> Iterator[Part]:
    assessment = interview.assessment
    planned = is_planned(rulebook.metadata.planned, interview.answers)
    established = assessment.with_status(Status.ESTABLISHED)
    if established:
        yield Part(form=Form.HEADING, text=_("What applies"))
    for found in established:
        yield from _whole(rulebook, found, planned)
    possible = assessment.with_status(Status.POSSIBLE)
    for heading, group in (
        (_("What may apply, depending on what is not known"), [found for found in possible if found.shown]),
        (_("Not established: do not rely on it"), [found for found in possible if not found.shown]),
    ):
        if group:
            yield Part(form=Form.HEADING, text=heading)
        for found in group:
            yield Part(form=Form.ITEM, text=_line(rulebook, found))
    excluded = len(assessment.with_status(Status.EXCLUDED))
    if excluded:
        yield Part(form=Form.HEADING, text=_("What does not apply"))
        text = plural(
            "{count} finding is excluded by the answers.", "{count} findings are excluded by the answers.", excluded
        )
        yield Part(form=Form.TEXT, text=text)


def _whole(rulebook: Rulebook, found: FindingStatus, planned: bool) -> Iterator[Part]:
    finding, cited = rulebook.finding[found.finding], _cited(rulebook, found)
    grounds = "; ".join(strength_word(strength) for strength in strengths(cited))
    label = _("{title} [{status} · {kind} · {grounds}]").format(
        title=finding.title,
        status=status_word(found.status, finding, planned),
        kind=kind_word(finding.kind),
        grounds=grounds,
    )
    yield Part(form=Form.FINDING, text=label)
    yield Part(form=Form.TEXT, text=finding.text)
    chosen = _chosen(cited)
    provisions = [_citation(source, rulebook.language) for source in chosen if isinstance(source, Provision)]
    if provisions:
        yield Part(form=Form.CITATION, text="; ".join(provisions))
    for source in chosen:
        if isinstance(source, Quotation):
            yield Part(form=Form.CITATION, text=_citation(source, rulebook.language))
    more = len(cited) - len(chosen)
    told = [voices_text(cited)] if voices(cited, Bearing.SUPPORTS) else []
    if more:
        told.append(plural("{count} more source is cited for it.", "{count} more sources are cited for it.", more))
    if told:
        yield Part(form=Form.CITATION, text=" ".join(told))


def _chosen(cited: Evidence) -> Evidence:
    """Of what supports, two provisions and one quotation; and one thing that does not."""
    supporting = [source for source in cited if source.bearing is Bearing.SUPPORTS]
    provisions = [source for source in supporting if isinstance(source, Provision)]
    quotations = [source for source in supporting if isinstance(source, Quotation)]
    against = [source for source in cited if source.bearing is not Bearing.SUPPORTS]
    return (*provisions[:2], *quotations[:1], *against[:1])


def _citation(source: Quotation | Provision, language: str) -> str:
    """A citation that names its article by its id; the articles are listed at the end."""
    if isinstance(source, Provision):
        return citation_text(source, language)
    said = _("“{words}” — {speaker} ({force}) [{article}]").format(
        words=source.passage.exact,
        speaker=source.speaker.name,
        force=force_word(source.passage.force),
        article=source.article.id,
    )
    said = rendered(source, language, said)
    if source.bearing is Bearing.SUPPORTS:
        return said
    return _("{bearing}: {citation}").format(bearing=bearing_word(source.bearing), citation=said)


def _line(rulebook: Rulebook, found: FindingStatus) -> str:
    finding, cited = rulebook.finding[found.finding], _cited(rulebook, found)
    grounds = "; ".join(strength_word(strength) for strength in strengths(cited))
    return _("{title} ({kind}; {grounds})").format(title=finding.title, kind=kind_word(finding.kind), grounds=grounds)


def _cited(rulebook: Rulebook, found: FindingStatus) -> Evidence:
    return evidence(rulebook, [rulebook.rule[ground.rule] for ground in found.supporting])


def _open_points(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    waiting = {question for found in assessment.findings for question in found.waits_for}
    disputed = dict.fromkeys(
        reason
        for found in assessment.with_status(Status.POSSIBLE)
        for ground in found.supporting
        if (reason := rulebook.rule[ground.rule].contested)
    )
    if waiting or disputed:
        yield Part(form=Form.HEADING, text=_("Open points"))
    asked = sorted((q for q in rulebook.questions if q.id in waiting), key=lambda question: -question.severity)
    if asked:
        yield Part(form=Form.ITEM, text=" ".join(question.text for question in asked[:_MOST_OPEN]))
    if len(asked) > _MOST_OPEN:
        more = len(asked) - _MOST_OPEN
        yield Part(
            form=Form.ITEM, text=plural("{count} more question is open.", "{count} more questions are open.", more)
        )
    for reason in disputed:
        yield Part(form=Form.ITEM, text=_("Contested: {reason}").format(reason=reason))


_MOST_OPEN: Final = 12


def _articles(rulebook: Rulebook, assessment: Assessment) -> Iterator[Part]:
    cited = [
        source.article.id
        for found in assessment.with_status(Status.ESTABLISHED)
        for source in _chosen(_cited(rulebook, found))
        if isinstance(source, Quotation)
    ]
    if cited:
        yield Part(form=Form.HEADING, text=_("Articles"))
    for article in rulebook.sources.articles:
        if article.id in cited:
            text = _("[{id}] {title}. Date: {date}").format(
                id=article.id, title=article.title, date=article.date_inferred or article.date_shown
            )
            yield Part(form=Form.ITEM, text=text)


def _dates(line: Timeline) -> Iterator[Part]:
    later = [stretch for stretch in line.stretches if stretch.statuses is not None]
    if len(later) > 1:
        yield Part(form=Form.HEADING, text=_("Days on which the same act would be judged otherwise"))
        yield Part(form=Form.ITEM, text="; ".join(period_text(stretch.days) for stretch in later))


def _foot(rulebook: Rulebook) -> Iterator[Part]:
    text = _("Law reviewed up to {date}. Rulebook {id}, {hash}. Program version {version}.")
    yield Part(
        form=Form.NOTICE,
        text=text.format(
            date=day_text(rulebook.metadata.reviewed_until),
            id=rulebook.metadata.id,
            hash=rulebook.hash,
            version=__version__,
        ),
    )
    yield Part(form=Form.NOTICE, text=_("This summary is not encrypted: whoever has it can read it."))
