"""The speaker of a passage, and what the rules cite it for."""

from textual.content import Content

from assistant.explanation.view.citation import passage_lines, use_words
from assistant.explanation.view.words import FORCE
from assistant.rulebook.model import Rulebook
from assistant.system.language import _
from assistant.system.message import Phrase, series
from assistant.tui.widgets.literal import hanging, literal, stacked

MAX_FINDINGS_IN_BRIEF = 2
"""The number of findings to name where there is little room."""


def passage_text(rulebook: Rulebook, name: str, language: str, width: int, *, brief: bool) -> Content:
    """Return the speaker of a passage, the kind of statement, and the findings that it supports or contradicts.

    ``brief`` leaves out all that does not fit into a few lines.
    """
    sources = rulebook.sources
    passage = sources.passage[name]
    force, speaker, origin = FORCE[passage.force], sources.speaker[passage.speaker], sources.origin[passage.origin]
    said, through, rendering, note = passage_lines(passage, speaker, origin, language)
    uses = use_words(rulebook, name, with_voices=not brief)

    def line(phrase: Phrase | None, mark: str = "", style: str = "") -> Content | None:
        return None if phrase is None else hanging(mark, phrase, width, style)

    if brief:
        findings = (line(use, style="dim") for use in uses[:MAX_FINDINGS_IN_BRIEF])
        return stacked(line(series(" · ", said, force)), line(rendering), *findings)
    return stacked(
        literal(force, "bold"),
        *map(line, (said, through, rendering, note)),
        stacked(literal(_("What it is cited for"), "bold underline"), *(line(use, "· ") for use in uses))
        if uses
        else None,
        line_breaks=2,
    )
