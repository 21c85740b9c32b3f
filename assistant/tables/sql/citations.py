"""What rules cite, as a table lists it."""

from assistant.rulebook.model import Bearing, Citation, Rulebook


def citation_label(citation: Citation) -> str:
    """The id of what is cited, and what it does for the rule if it does not support it: ``uk332_1(qualifies)``."""
    cited = citation.statute if citation.passage is None else citation.passage
    return str(cited) if citation.bearing is Bearing.SUPPORTS else f"{cited}({citation.bearing.value})"


def citing_rules(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """For everything that is cited, by its label, the rules that cite it; without those that can never hold."""
    found: dict[str, list[str]] = {}
    for rule in rulebook.rules:
        if rule.contested is None:
            for citation in rule.cites:
                found.setdefault(citation_label(citation), []).append(rule.id)
    return {label: tuple(dict.fromkeys(rules)) for label, rules in found.items()}
