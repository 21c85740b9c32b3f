"""The speaker of a passage, and what the rules cite it for."""

from textual.content import Content

from assistant.explanation.view.citation import (
    note_words,
    origin_words,
    rendering_words,
    speaker_words,
    use_words,
)
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
    passage = rulebook.sources.passage[name]
    force, said = FORCE[passage.force], speaker_words(rulebook.sources.speaker[passage.speaker])
    rendering, uses = rendering_words(passage, language), use_words(rulebook, name, with_voices=not brief)

    def line(phrase: Phrase | None, mark: str = "", style: str = "") -> Content | None:
        return None if phrase is None else hanging(mark, phrase, width, style)

    if brief:
        findings = (line(use, style="dim") for use in uses[:MAX_FINDINGS_IN_BRIEF])
        return stacked(line(series(" · ", said, force)), line(rendering), *findings)
    return stacked(
        literal(force, "bold"),
        *map(line, (said, origin_words(rulebook.sources.origin[passage.origin]), rendering, note_words(passage))),
        stacked(literal(_("What it is cited for"), "bold underline"), *(line(use, "· ") for use in uses))
        if uses
        else None,
        line_breaks=2,
    )
