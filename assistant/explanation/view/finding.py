"""The wording of a finding with its status, and of groups of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final

from assistant.assessment.assessment import Assessment, FindingStatus, Status
from assistant.explanation.view.citation import CitationView, citation_views, grounds_words, voices_words
from assistant.explanation.view.words import KIND, STRENGTH, status_words
from assistant.rulebook.evidence import Evidence, strengths
from assistant.rulebook.finding import Finding, Tone
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Penalty
from assistant.rulebook.penalty_phrase import penalty_words
from assistant.rulebook.source import Bearing
from assistant.system.message import Message, Phrase, counted, message, series


class Group(Enum):
    """A group of findings, in the order in which groups are shown: the certain before the possible."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    NOT_ESTABLISHED = "not_established"
    EXCLUDED = "excluded"


MARK: Final = {Group.APPLIES: "■", Group.MAY_APPLY: "□", Group.NOT_ESTABLISHED: "○", Group.EXCLUDED: "×"}
"""The marks of findings, which show the group without colour."""
TITLE: Final = {
    Group.APPLIES: message("What applies"),
    Group.MAY_APPLY: message("What may apply, depending on what is not known"),
    Group.NOT_ESTABLISHED: message("Not established: do not rely on it"),
}
COUNT: Final = {
    Group.APPLIES: counted("{count} finding applies.", "{count} findings apply."),
    Group.MAY_APPLY: counted(
        "{count} finding may apply: it depends on what is not known.",
        "{count} findings may apply: it depends on what is not known.",
    ),
    Group.NOT_ESTABLISHED: counted(
        "{count} reassurance is not established: do not rely on it.",
        "{count} reassurances are not established: do not rely on them.",
    ),
    Group.EXCLUDED: counted(
        "{count} finding is excluded by the answers.", "{count} findings are excluded by the answers."
    ),
}
"""How many findings a group has; the count is to be filled in."""
NOTHING_APPLIES: Final = message("Nothing is established yet.")


def group_of(finding: Finding, status: Status) -> Group:
    """Return the group of a finding with this status."""
    if status is Status.ESTABLISHED:
        return Group.APPLIES
    if status is Status.EXCLUDED:
        return Group.EXCLUDED
    return Group.NOT_ESTABLISHED if finding.tone is Tone.REASSURING else Group.MAY_APPLY


def grouped(rulebook: Rulebook, assessment: Assessment) -> Mapping[Group, list[FindingView]]:
    """Return the findings of every group in the order of the assessment, so that warnings come before reassurance."""
    groups: dict[Group, list[FindingView]] = {group: [] for group in Group}
    for status in assessment.findings:
        view = FindingView(rulebook, status)
        groups[view.group].append(view)
    return groups


@dataclass(frozen=True)
class FindingView:
    """A finding in words. Each property is computed when it is used, because most lists need few."""

    rulebook: Rulebook
    status: FindingStatus

    @property
    def finding(self) -> Finding:
        """The finding with its title and text."""
        return self.rulebook.finding[self.status.finding]

    @property
    def group(self) -> Group:
        """The group in which it is listed."""
        return group_of(self.finding, self.status.status)

    @property
    def mark(self) -> str:
        """The mark of its group."""
        return MARK[self.group]

    @property
    def word(self) -> Message:
        """Its status."""
        return status_words(self.status.status, self.finding, self.status.planned)

    @property
    def kind(self) -> Message:
        """Its kind."""
        return KIND[self.finding.kind]

    @property
    def headline(self) -> Message:
        """Its status, kind and title."""
        return message("[{labels}] {title}", labels=series(" · ", self.word, self.kind), title=self.finding.title)

    @property
    def punishment(self) -> Phrase | None:
        """What it is punished with, each penalty with its provision; None if it has no penalty of its own."""
        penalties = [self._penalty(penalty) for penalty in self.finding.penalties]
        return series("; ", *penalties) if penalties else None

    def _penalty(self, penalty: Penalty) -> Phrase:
        words: Phrase = penalty_words(penalty)
        if penalty.statute is not None:
            reference = self.rulebook.sources.statute[penalty.statute].reference
            words = message("{penalty} ({provision})", penalty=words, provision=reference)
        return message("{penalty}: {condition}", penalty=words, condition=penalty.unasked) if penalty.unasked else words

    def titled(self, *labels: Phrase) -> Message:
        """Return its title with some labels."""
        return message("{title} ({labels})", title=self.finding.title, labels=series(", ", *labels))

    @property
    def labels(self) -> Phrase:
        """Its status, kind and kinds of ground, and whether it is qualified, contradicted or contested."""
        bearings = {source.bearing for source in self.cited}
        return series(
            " · ",
            self.word,
            self.kind,
            *(STRENGTH[strength] for strength in strengths(self.cited)),
            message("contradicted")
            if Bearing.CONTRADICTS in bearings
            else message("qualified")
            if Bearing.QUALIFIES in bearings
            else None,
            message("contested") if self.disputes else None,
        )

    @cached_property
    def cited(self) -> Evidence:
        """The evidence behind its status."""
        return self.status.cited(self.rulebook)

    @property
    def grounds(self) -> Phrase | None:
        """The kinds of ground that support it; None if there is none."""
        return grounds_words(self.cited)

    @property
    def voices(self) -> Phrase | None:
        """How many voices support, qualify or contradict it; None if nobody is quoted."""
        return voices_words(self.cited)

    @property
    def citations(self) -> tuple[CitationView, ...]:
        """The quotations and provisions behind its status, supporting ones first."""
        return citation_views(self.cited, self.rulebook.language)

    @property
    def exactness(self) -> Phrase | None:
        """That its status is the same however the answers are completed, if no single rule decides it."""
        if not self.status.exact:
            return None
        if not self.status.whatever:
            return message("This is so however the disputed rules are read.")
        return message("This is so whatever the answer to: {questions}", questions=self._texts(self.status.whatever))

    @property
    def waits_for(self) -> Phrase | None:
        """The questions that can still settle it; None if there is none."""
        if not self.status.waits_for:
            return None
        return message("Waits for: {question}", question=self._texts(self.status.waits_for))

    @property
    def waits_for_first(self) -> Phrase | None:
        """The first question that can still settle it, and the number of others; None if there is none."""
        questions = self.status.waits_for
        if len(questions) < 2:  # noqa: PLR2004  # one, or none
            return self.waits_for
        return counted(
            "Waits for: {question} — and {count} more answer",
            "Waits for: {question} — and {count} more answers",
            len(questions) - 1,
            question=self.rulebook.question[questions[0]].text,
        )

    @property
    def disputes(self) -> tuple[Message, ...]:
        """Why it is open although no answer can settle it."""
        if self.status.status is not Status.POSSIBLE:
            return ()
        reasons = (self.rulebook.rule[ground.rule].contested for ground in self.status.grounds if ground.truth is None)
        return tuple(message("Contested: {reason}", reason=reason) for reason in dict.fromkeys(reasons) if reason)

    def _texts(self, questions: tuple[str, ...]) -> Phrase:
        return series(" ", *(self.rulebook.question[question].text for question in questions))
