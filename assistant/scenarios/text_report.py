"""The readable report of an assessment, for a terminal or a file."""

import textwrap
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.derivation import Step, derivation, short
from assistant.explanation.outcome import outcome
from assistant.explanation.similar_cases import CaseEvidence, ReportedCases
from assistant.explanation.view.case import evidence_lines
from assistant.explanation.view.finding import COUNT, TITLE, FindingView, Group, grouped
from assistant.explanation.view.outcome import HEADING, outcome_parts
from assistant.explanation.view.reason import node_words
from assistant.explanation.view.words import INEXACT, notice_words, replied
from assistant.rulebook.model import Rulebook
from assistant.scenarios.evaluation import Evaluated
from assistant.scenarios.scenario import FailedExpectation, Scenario
from assistant.system.message import Phrase, either, message, text

LINE_COLUMNS: Final = 100
"""Columns of a report."""
MAX_CACHED_PARAGRAPHS: Final = 1 << 12
"""The reports of many scenarios have most paragraphs in common; to wrap one takes longest."""


def text_report(rulebook: Rulebook, scenario: Scenario, assessment: Assessment) -> str:
    """Return the report of a scenario: its outcome and answers, then the findings by group, warnings first in each."""
    lines = [f"{scenario.id} — {scenario.title}" if scenario.title else scenario.id, text(notice_words(rulebook)), ""]
    lines += _outcome(rulebook, scenario, assessment)
    lines += [*_answers(rulebook, scenario), ""]
    groups = grouped(rulebook, assessment)
    evidence = ReportedCases(rulebook).evidence(scenario.answers, rulebook.finding)
    for group, title in TITLE.items():
        if groups[group]:
            lines += [text(title), "=" * len(text(title))]
            for view in groups[group]:
                lines += [*finding_lines(view, evidence[view.finding.id]), ""]
    if not assessment.exact:
        lines += [_wrapped(INEXACT), ""]
    lines.append(text(COUNT[Group.EXCLUDED].filled(count=len(groups[Group.EXCLUDED]))))
    return "\n".join(lines)


def failed_expectation_text(assessor: Assessor, evaluated: Evaluated, failed: FailedExpectation) -> str:
    """Return a text about an expectation that failed: the expected and the actual status, and the reasons."""
    failure = message(
        "{place}: expected {finding} to be {expected}, and it is {actual}.",
        place=str(failed.place),
        finding=failed.finding,
        expected=either(expected.value for expected in failed.expected),
        actual=failed.actual.value,
    )
    rulebook, program, assessment = assessor.rulebook, assessor.program, evaluated.assessment
    view = FindingView(rulebook, assessment.status_of(failed.finding))
    tree = short(derivation(rulebook, program, assessment, evaluated.scenario.answers, failed.finding))
    reasons = ((depth, node) for depth, node in tree.walk() if node.step not in {Step.FINDING, Step.CITATION})
    return "\n".join(
        [
            text(failure),
            *(_wrapped(exactness, "  ") for exactness in [view.exactness] if exactness is not None),
            *(_wrapped(node_words(rulebook, program, node), "  " * depth) for depth, node in reasons),
        ]
    )


def _outcome(rulebook: Rulebook, scenario: Scenario, assessment: Assessment) -> Iterator[str]:
    found = outcome(rulebook, scenario.answers, assessment)
    for part in outcome_parts(rulebook, found) if found is not None else ():
        yield text(HEADING[part.section])
        yield from (_wrapped(line.words, "  ") for line in part.lines)
        yield ""


def _answers(rulebook: Rulebook, scenario: Scenario) -> Iterator[str]:
    for question in rulebook.questions:
        if question.id in scenario.answers:
            yield _wrapped(replied(question, scenario.answers[question.id]), "  ")
        elif question.id in scenario.unknown:
            yield _wrapped(message("{question} — not known", question=question.text), "  ")
    clock = rulebook.clock_question
    if clock is not None and clock.id not in scenario.answers:
        unknown = message("The day of asking is not recorded, so nothing reassures about what is still to be done.")
        yield _wrapped(unknown, "  ")


def finding_lines(view: FindingView, cases: CaseEvidence, width: int = LINE_COLUMNS) -> Iterator[str]:
    """Yield the lines of a finding with its grounds, cases and sources, wrapped to ``width`` columns."""
    yield _wrapped(view.headline, "", width)
    for phrase in (view.finding.text, view.grounds, view.exactness, view.waits_for, *view.disputes):
        if phrase is not None:
            yield _wrapped(phrase, "    ", width)
    if view.status.status is not Status.EXCLUDED:
        yield from (_wrapped(phrase, "    ", width) for phrase in evidence_lines(view.rulebook, cases))
    for citation in view.citations:
        yield _wrapped(citation.label, "    · ", width)
        yield from (_wrapped(phrase, "      ", width) for phrase in (citation.words, *citation.details))
    if view.voices is not None:
        yield _wrapped(view.voices, "    ", width)


def _wrapped(phrase: Phrase, indent: str = "", width: int = LINE_COLUMNS) -> str:
    return _filled(text(phrase), indent, width)


@lru_cache(MAX_CACHED_PARAGRAPHS)
def _filled(words: str, indent: str, width: int) -> str:
    hanging = " " * len(indent)
    return textwrap.fill(words, width, initial_indent=indent, subsequent_indent=hanging, break_long_words=False)
