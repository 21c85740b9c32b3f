"""The citations of rules, as tables list them."""

from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing, Citation


def citation_label(citation: Citation) -> str:
    """Return the id of the cited source, with its bearing unless it supports the rule: ``uk332_1(qualifies)``."""
    cited = citation.statute if citation.passage is None else citation.passage
    return str(cited) if citation.bearing is Bearing.SUPPORTS else f"{cited}({citation.bearing.value})"


def citing_rules(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Return for each citation label the rules that cite it, without contested ones, which never hold."""
    citing: dict[str, list[str]] = {}
    for rule in rulebook.rules:
        if rule.contested is None:
            for citation in rule.cites:
                citing.setdefault(citation_label(citation), []).append(rule.id)
    return {label: tuple(dict.fromkeys(rules)) for label, rules in citing.items()}
