"""Whether every passage stands in its article, once, and everything it names is there."""

from collections.abc import Iterator

from assistant.language import _
from assistant.problem import Problem
from assistant.rulebook import Rulebook
from assistant.source import Passage, locate, nearest_text, paragraphs
from assistant.yaml_model import nearest


def check_sources(rulebook: Rulebook) -> Iterator[Problem]:
    """Every passage that is not found exactly once, and every name and line that leads nowhere."""
    for passage in rulebook.sources.passages:
        yield from _passage(rulebook, passage)
    yield from _background(rulebook)


def _passage(rulebook: Rulebook, passage: Passage) -> Iterator[Problem]:
    sources, key = rulebook.sources, f"passages.{passage.id}"
    for name, section in (("source", "articles"), ("speaker", "speakers"), ("origin", "origins")):
        known = {item.id for item in getattr(sources, section)}
        wanted = getattr(passage, name)
        if wanted not in known:
            message = _("there is no '{id}' among the {section}.").format(id=wanted, section=section)
            yield rulebook.problem_at(f"{key}.{name}", message, nearest(wanted, known))
    for language in rulebook.translations:
        if language not in passage.rendering:
            message = _("the quotation has no rendering in the language '{language}'.").format(language=language)
            yield rulebook.problem_at(f"{key}.rendering", message, _("Add one."))
    text = sources.texts.get(passage.source)
    if text is None:
        return
    found = len(locate(passage, text))
    if found == 0:
        near = _("The nearest text is: “{text}”").format(text=nearest_text(passage, text))
        message = _("the quotation, with its prefix and suffix, is not in the article.")
        yield rulebook.problem_at(f"{key}.exact", message, near)
    elif found > 1:
        message = _("the quotation stands in the article {count} times.").format(count=found)
        yield rulebook.problem_at(
            f"{key}.exact", message, _("Lengthen its prefix or suffix until it stands there once.")
        )


def _background(rulebook: Rulebook) -> Iterator[Problem]:
    for background in rulebook.sources.background:
        if background.source not in rulebook.sources.texts:
            known = rulebook.sources.texts
            message = _("there is no '{id}' among the {section}.").format(id=background.source, section="articles")
            yield rulebook.problem_at(f"background.{background.id}.source", message, nearest(background.source, known))
            continue
        lines = paragraphs(rulebook.sources.texts[background.source])
        for index, line in enumerate(background.lines):
            if line not in lines:
                message = _("the article has no paragraph in line {line}.").format(line=line)
                yield rulebook.problem_at(f"background.{background.id}.lines.{index}", message, _("Mend the number."))
