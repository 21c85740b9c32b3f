"""The findings as they are put before the reader: gravest first, what is certain before what is merely possible."""

from collections.abc import Mapping
from enum import Enum

from assistant.assessment import FindingStatus, Status
from assistant.evidence import Evidence, evidence, strengths
from assistant.interview import Interview
from assistant.language import _, plural
from assistant.rulebook import Bearing, Rulebook, Tone
from assistant.wording import kind_word, status_word, strength_word


class Group(Enum):
    """A heading in the list of findings, in the order of the list."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    NOT_ESTABLISHED = "not_established"
    EXCLUDED = "excluded"


def group_of(rulebook: Rulebook, found: FindingStatus) -> Group:
    """The group in which a finding is listed."""
    if found.status is Status.ESTABLISHED:
        return Group.APPLIES
    if found.status is Status.EXCLUDED:
        return Group.EXCLUDED
    comforting = rulebook.finding[found.finding].tone is Tone.REASSURING
    return Group.NOT_ESTABLISHED if comforting else Group.MAY_APPLY


def grouped(rulebook: Rulebook, interview: Interview) -> Mapping[Group, list[FindingStatus]]:
    """The findings by group, gravest first; among those that apply, no reassurance stands before a warning."""
    groups: dict[Group, list[FindingStatus]] = {group: [] for group in Group}
    for found in interview.assessment.findings:
        groups[group_of(rulebook, found)].append(found)
    groups[Group.APPLIES].sort(key=lambda found: rulebook.finding[found.finding].tone is Tone.REASSURING)
    return groups


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
        group_of(rulebook, found)
    ]


def status_line(rulebook: Rulebook, found: FindingStatus) -> str:
    """Status, kind and strengths of a finding; after them, that somebody qualifies or contradicts it."""
    finding = rulebook.finding[found.finding]
    cited = cited_for(rulebook, found)
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


def cited_for(rulebook: Rulebook, found: FindingStatus) -> Evidence:
    """What the rules cite on which the status rests; if the finding is excluded, what all its rules cite."""
    grounds = found.supporting or found.grounds
    return evidence(rulebook, [rulebook.rule[ground.rule] for ground in grounds])
