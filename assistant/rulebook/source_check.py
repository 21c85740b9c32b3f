"""Checks of sources: each passage is in its article once, all names exist; and remarks on changed articles."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.rulebook.quotation_search import Relocation, RelocationStatus, new_line_numbers, relocate
from assistant.rulebook.source import Background, Passage, locate, paragraphs
from assistant.system.language import _


class Remark(NamedTuple):
    """A problem at the place of a key, such as ``passages.<id>.exact``, and what to do about it.

    ``is_open``: no new place can be proposed, so a person must decide.
    """

    key: str
    message: str
    remedy: str
    is_open: bool = False


def check_sources(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield a problem for each passage not found exactly once, and for each name or line that does not exist."""
    for passage in rulebook.sources.passages:
        yield from _passage(rulebook, passage)
    yield from _background(rulebook)


def changed_article(passages: Iterable[Passage], background: Iterable[Background], text: str) -> Iterator[Remark]:
    """Yield a remark for each passage or paragraph that has moved in an article whose hash has changed."""
    results = [(passage, relocate(passage, text)) for passage in passages]
    for passage, result in results:
        yield from _moved(passage, result)
    background = tuple(background)
    lines = new_line_numbers(background, (result for _passage, result in results), text)
    for each in background:
        key = f"background.{each.id}.lines"
        if lines is None:
            message = _("which paragraphs of the changed article these are cannot be told.")
            yield Remark(key, message, _("Look through the article, and write their lines anew."), is_open=True)
        elif lines[each.id] != each.lines:
            message = _("these paragraphs of the changed article have other lines: {lines}.")
            yield Remark(key, message.format(lines=", ".join(map(str, lines[each.id]))), _take_over())


def _moved(passage: Passage, result: Relocation) -> Iterator[Remark]:
    """Yield a remark unless the passage is still in its place."""
    if result.status is RelocationStatus.IN_PLACE:
        return
    messages = {
        RelocationStatus.MOVED: _("the quotation stands in line {line}, with other text around it."),
        RelocationStatus.CHANGED: _("the quotation reads otherwise; {percent} % alike is, in line {line}: “{text}”"),
        RelocationStatus.UNCLEAR: _("the quotation could be in several places, in the lines {lines}."),
        RelocationStatus.GONE: _("the quotation is not in the article."),
    }
    remedies = {
        RelocationStatus.MOVED: _take_over(),
        RelocationStatus.CHANGED: _(
            "If it still says the same, mend its translations, and take over what 'assistant relocate' proposes."
        ),
        RelocationStatus.UNCLEAR: _("Write its prefix or suffix so that it stands there once."),
        RelocationStatus.GONE: _("The nearest text, {percent} % alike, is in line {line}: “{text}”"),
    }
    candidates = result.candidates
    remedy = remedies[result.status] if candidates else _("Take it out, and see what rested on it.")
    slots = {"lines": ", ".join(str(each.span.first_line) for each in candidates)}
    if candidates:
        slots |= {
            "line": str(candidates[0].span.first_line),
            "percent": str(int(candidates[0].similarity * 100)),
            "text": candidates[0].text,
        }
    key = f"passages.{passage.id}.exact"
    is_open = result.chosen is None
    yield Remark(key, messages[result.status].format(**slots), remedy.format(**slots), is_open)


def _take_over() -> str:
    return _("Look at it, and take over what 'assistant relocate' proposes.")


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
    count = len(locate(passage, text))
    if count > 1:
        message = _("the quotation stands in the article {count} times.").format(count=count)
        remedy = _("Lengthen its prefix or suffix until it stands there once.")
        yield rulebook.problem_at(f"{key}.exact", message, remedy)
    elif count == 0:
        for remark in _moved(passage, relocate(passage, text)):
            yield rulebook.problem_at(remark.key, remark.message, remark.remedy)


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
