"""A finding in a list: the heading above it, its mark, and how certain it is and by whom."""

from assistant.assessment.assessor import FindingStatus, Status
from assistant.explanation.finding_group import Group, group_of
from assistant.explanation.wording import kind_word, status_word, strength_word
from assistant.rulebook.evidence import strengths
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing
from assistant.system.language import _, plural


def heading(group: Group, count: int) -> str:
    """What stands above a group."""
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


def symbol(rulebook: Rulebook, found: FindingStatus) -> str:
    """The mark of a finding: like the words beside it, it says the status without colour."""
    return {Group.APPLIES: "■", Group.MAY_APPLY: "□", Group.NOT_ESTABLISHED: "○", Group.EXCLUDED: "×"}[
        group_of(rulebook.finding[found.finding], found.status)
    ]


def status_line(rulebook: Rulebook, found: FindingStatus) -> str:
    """Status, kind and strengths of a finding; after them, that somebody qualifies or contradicts it."""
    finding = rulebook.finding[found.finding]
    cited = found.cited(rulebook)
    labels = [status_word(found.status, finding, found.planned), kind_word(finding.kind)]
    labels += [strength_word(strength) for strength in strengths(cited)]
    bearings = {source.bearing for source in cited}
    if Bearing.CONTRADICTS in bearings:
        labels.append(_("contradicted"))
    elif Bearing.QUALIFIES in bearings:
        labels.append(_("qualified"))
    if found.status is Status.POSSIBLE and any(ground.contested and ground.truth is None for ground in found.grounds):
        labels.append(_("contested"))
    return " · ".join(labels)
