"""Texts for a list of findings: headings, marks, and lines with the status."""

from assistant.assessment.assessor import FindingStatus, Status
from assistant.explanation.finding_group import Group, group_of
from assistant.explanation.wording import kind_word, status_word, strength_word
from assistant.rulebook.evidence import strengths
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing
from assistant.system.language import _, plural


def heading(group: Group, count: int) -> str:
    """Return the heading of a group with a count of findings."""
    return {
        Group.APPLIES: lambda: plural("{count} finding applies", "{count} findings apply", count),
        Group.MAY_APPLY: lambda: plural(
            "{count} more may apply: it depends on what is open",
            "{count} more may apply: it depends on what is open",
            count,
        ),
        Group.NOT_ESTABLISHED: lambda: plural(
            "{count} reassurance is not established", "{count} reassurances are not established", count
        ),
        Group.EXCLUDED: lambda: plural("{count} finding is excluded", "{count} findings are excluded", count),
    }[group]()


def symbol(rulebook: Rulebook, status: FindingStatus) -> str:
    """Return the mark of a finding, which shows its group without colour."""
    return {Group.APPLIES: "■", Group.MAY_APPLY: "□", Group.NOT_ESTABLISHED: "○", Group.EXCLUDED: "×"}[
        group_of(rulebook.finding[status.finding], status.status)
    ]


def status_line(rulebook: Rulebook, status: FindingStatus) -> str:
    """Return the status, kind and strengths of a finding, and whether it is qualified, contradicted or contested."""
    finding = rulebook.finding[status.finding]
    cited = status.cited(rulebook)
    labels = [status_word(status.status, finding, status.planned), kind_word(finding.kind)]
    labels += [strength_word(strength) for strength in strengths(cited)]
    bearings = {source.bearing for source in cited}
    if Bearing.CONTRADICTS in bearings:
        labels.append(_("contradicted"))
    elif Bearing.QUALIFIES in bearings:
        labels.append(_("qualified"))
    if status.status is Status.POSSIBLE and any(ground.contested and ground.truth is None for ground in status.grounds):
        labels.append(_("contested"))
    return " · ".join(labels)
