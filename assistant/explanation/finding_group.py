"""The groups in which findings are put before a reader, the same on the screen, line by line and in a report."""

from collections.abc import Mapping
from enum import Enum

from assistant.assessment.assessor import Assessment, FindingStatus, Status
from assistant.rulebook.model import Finding, Rulebook, Tone


class Group(Enum):
    """A group of findings, in the order of the groups: what is certain stands before what is merely possible."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    NOT_ESTABLISHED = "not_established"
    EXCLUDED = "excluded"


def group_of(finding: Finding, status: Status) -> Group:
    """The group of a finding that has a status."""
    if status is Status.ESTABLISHED:
        return Group.APPLIES
    if status is Status.EXCLUDED:
        return Group.EXCLUDED
    return Group.NOT_ESTABLISHED if finding.tone is Tone.REASSURING else Group.MAY_APPLY


def grouped(rulebook: Rulebook, assessment: Assessment) -> Mapping[Group, list[FindingStatus]]:
    """The findings of every group, in the order of the assessment: no reassurance stands before a warning."""
    groups: dict[Group, list[FindingStatus]] = {group: [] for group in Group}
    for found in assessment.findings:
        groups[group_of(rulebook.finding[found.finding], found.status)].append(found)
    return groups
