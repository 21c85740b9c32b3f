"""The readable report of an assessment, for a terminal or a file."""

import textwrap
from collections.abc import Iterator

from assistant.assessment.assessor import Assessment, FindingStatus, Status
from assistant.explanation.explanation import reasons, whatever
from assistant.explanation.finding_group import Group, grouped
from assistant.explanation.wording import (
    alternatives,
    answer_text,
    basis_word,
    bearing_word,
    excluded_text,
    force_word,
    kind_word,
    period_text,
    reviewed_text,
    status_word,
    strength_word,
    voices_text,
)
from assistant.rulebook.evidence import Evidence, Quotation, strengths
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program
from assistant.rulebook.source import Bearing
from assistant.scenarios.scenario import FailedExpectation, Scenario
from assistant.system.language import _

WIDTH = 100
"""Columns of a report."""


def notice(rulebook: Rulebook) -> str:
    """Return the line at the top of every report and screen: the disclaimer, and how far the law was reviewed."""
    return f"{rulebook.metadata.disclaimer.rstrip('.')} · {reviewed_text(rulebook.metadata)}"


def kleene_only() -> str:
    """Return the sentence for an assessment whose statuses are not exact."""
    return _(
        "There is no room here for exact statuses: a finding may be left open although every way of answering agrees."
    )


def text_report(rulebook: Rulebook, scenario: Scenario, assessment: Assessment) -> str:
    """Return the report of a scenario: its answers, then the findings by group, warnings first in each."""
    lines = [f"{scenario.id} — {scenario.title}" if scenario.title else scenario.id, notice(rulebook), ""]
    lines += [*_answers(rulebook, scenario), ""]
    headings = {
        Group.APPLIES: _("What applies"),
        Group.MAY_APPLY: _("What may apply, depending on what is not known"),
        Group.NOT_ESTABLISHED: _("Not established: do not rely on it"),
    }
    groups = grouped(rulebook, assessment)
    for group, heading in headings.items():
        if groups[group]:
            lines += [heading, "=" * len(heading)]
            for status in groups[group]:
                lines += [*finding_lines(rulebook, status), ""]
    if not assessment.exact:
        lines += [_wrapped(kleene_only(), ""), ""]
    lines.append(excluded_text(len(groups[Group.EXCLUDED])))
    return "\n".join(lines)


def failed_expectation_text(
    rulebook: Rulebook, program: Program, failed: FailedExpectation, assessment: Assessment
) -> str:
    """Return a text about an expectation that failed: the expected and the actual status, and the reasons."""
    message = _("{place}: expected {finding} to be {expected}, and it is {actual}.").format(
        place=failed.place,
        finding=failed.finding,
        expected=alternatives([expected.value for expected in failed.expected]),
        actual=failed.actual.value,
    )
    why = reasons(rulebook, program, assessment.status_of(failed.finding))
    return "\n".join([message, *(_wrapped(line, "  ") for line in why)])


def _answers(rulebook: Rulebook, scenario: Scenario) -> Iterator[str]:
    for question in rulebook.questions:
        if question.id in scenario.answers:
            yield _wrapped(f"{question.text} — {answer_text(question, scenario.answers[question.id])}", "  ")
        elif question.id in scenario.unknown:
            yield _wrapped(_("{question} — not known").format(question=question.text), "  ")
    clock = rulebook.clock_question
    if clock is not None and clock.id not in scenario.answers:
        text = _("The day of asking is not recorded, so nothing reassures about what is still to be done.")
        yield _wrapped(text, "  ")


def finding_lines(rulebook: Rulebook, status: FindingStatus, width: int = WIDTH) -> Iterator[str]:
    """Yield the lines of a finding with its grounds and evidence, wrapped to ``width`` columns."""
    finding = rulebook.finding[status.finding]
    cited = status.cited(rulebook)
    label = f"{status_word(status.status, finding, status.planned)} · {kind_word(finding.kind)}"
    yield _wrapped(f"[{label}] {finding.title}", "", width)
    yield _wrapped(finding.text, "    ", width)
    grounds = ", ".join(strength_word(strength) for strength in strengths(cited))
    yield _wrapped(_("Rests on: {grounds}.").format(grounds=grounds), "    ", width)
    if status.exact:
        yield _wrapped(whatever(rulebook, status), "    ", width)
    if status.waits_for:
        asked = " ".join(rulebook.question[question].text for question in status.waits_for)
        yield _wrapped(_("Waits for: {questions}").format(questions=asked), "    ", width)
    if status.status is Status.POSSIBLE:
        contested = (rulebook.rule[ground.rule].contested for ground in status.grounds if ground.truth is None)
        for reason in dict.fromkeys(text for text in contested if text):
            yield _wrapped(_("Contested: {reason}").format(reason=reason), "    ", width)
    yield from _evidence(rulebook, cited, width)


def _evidence(rulebook: Rulebook, cited: Evidence, width: int) -> Iterator[str]:
    for source in cited:
        mark = "" if source.bearing is Bearing.SUPPORTS else f"{bearing_word(source.bearing)}: "
        if isinstance(source, Quotation):
            yield from _quotation(rulebook, source, mark, width)
        else:
            statute = source.statute
            facts = f"{period_text(statute.in_force)}; {basis_word(statute.basis)}"
            yield _wrapped(f"{mark}{statute.reference} ({facts}): {statute.effect}", "    · ", width)
            if statute.note:
                yield _wrapped(statute.note, "      ", width)
    if any(isinstance(source, Quotation) for source in cited):
        yield _wrapped(voices_text(cited), "    ", width)


def _quotation(rulebook: Rulebook, source: Quotation, mark: str, width: int) -> Iterator[str]:
    passage = source.passage
    quoted = _("“{words}”").format(words=passage.exact)
    yield _wrapped(f"{mark}{quoted}", "    · ", width)
    if rendering := passage.rendering.get(rulebook.language):
        yield _wrapped(_("rendering: {text}").format(text=rendering), "      ", width)
    yield _wrapped(f"{source.speaker.name} — {source.speaker.role} — {force_word(passage.force)}", "      ", width)
    yield _wrapped(_("through: {origin}").format(origin=source.origin.description), "      ", width)
    yield _wrapped(_("in: {article}").format(article=f"{source.article.title} [{source.article.id}]"), "      ", width)


def _wrapped(text: str, indent: str, width: int = WIDTH) -> str:
    hanging = " " * len(indent)
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=hanging, break_long_words=False)
