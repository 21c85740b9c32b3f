"""The speaker of a passage, and what the rules cite it for."""

from collections.abc import Iterator

from textual.content import Content

from assistant.explanation.wording import bearing_word, force_word, voices_text
from assistant.rulebook.evidence import evidence
from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.tui.widgets.literal import hanging, literal, stacked

MAX_FINDINGS_IN_BRIEF = 2
"""The number of findings to name where there is little room."""


def passage_text(rulebook: Rulebook, name: str, language: str, width: int, *, brief: bool) -> Content:
    """Return the speaker of a passage, the kind of statement, and the findings that it supports or contradicts.

    ``brief`` leaves out all that does not fit into a few lines.
    """
    sources = rulebook.sources
    passage = sources.passage[name]
    speaker, origin = sources.speaker[passage.speaker], sources.origin[passage.origin]
    rendered = passage.rendering.get(language)
    rendering = _("Rendering, not the original words: {text}").format(text=rendered) if rendered else ""
    cited = list(_cited_for(rulebook, name, with_voices=not brief))
    said = _("Said by: {name}, {role}").format(name=speaker.name, role=speaker.role)
    if brief:
        return stacked(
            hanging("", f"{said} · {force_word(passage.force)}", width),
            hanging("", rendering, width) if rendering else None,
            *(hanging("", text, width, "dim") for text in cited[:MAX_FINDINGS_IN_BRIEF]),
        )
    return stacked(
        literal(force_word(passage.force), "bold"),
        hanging("", said, width),
        hanging("", _("Through: {origin}").format(origin=origin.description), width),
        hanging("", rendering, width) if rendering else None,
        hanging("", _("Note: {text}").format(text=passage.note), width) if passage.note else None,
        stacked(literal(_("What it is cited for"), "bold underline"), *(hanging("· ", text, width) for text in cited))
        if cited
        else None,
        line_breaks=2,
    )


def _cited_for(rulebook: Rulebook, passage: str, *, with_voices: bool) -> Iterator[str]:
    texts: dict[str, None] = {}
    for rule in rulebook.rules:
        for citation in rule.cites:
            if citation.passage != passage:
                continue
            finding = rulebook.finding.get(rule.concludes)
            title = finding.title if finding else rulebook.fact[rule.concludes].text
            text = _("{bearing}: {finding}").format(bearing=bearing_word(citation.bearing), finding=title)
            if with_voices and finding:
                text = f"{text} — {voices_text(evidence(rulebook, rulebook.rules_for[finding.id]))}"
            texts[text] = None
    yield from texts
