"""The groups in which findings are presented: the same in the questionnaire, in line mode and in reports."""

from collections.abc import Mapping
from enum import Enum

from assistant.assessment.assessor import Assessment, FindingStatus, Status
from assistant.rulebook.finding import Finding, Tone
from assistant.rulebook.model import Rulebook


class Group(Enum):
    """A group of findings, in the order in which groups are shown: the certain before the possible."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    NOT_ESTABLISHED = "not_established"
    EXCLUDED = "excluded"


def group_of(finding: Finding, status: Status) -> Group:
    """Return the group of a finding with this status."""
    if status is Status.ESTABLISHED:
        return Group.APPLIES
    if status is Status.EXCLUDED:
        return Group.EXCLUDED
    return Group.NOT_ESTABLISHED if finding.tone is Tone.REASSURING else Group.MAY_APPLY


def grouped(rulebook: Rulebook, assessment: Assessment) -> Mapping[Group, list[FindingStatus]]:
    """Return the findings of every group in the order of the assessment, so that warnings come before reassurance."""
    groups: dict[Group, list[FindingStatus]] = {group: [] for group in Group}
    for status in assessment.findings:
        groups[group_of(rulebook.finding[status.finding], status.status)].append(status)
    return groups
