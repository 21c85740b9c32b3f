"""Checks of sources: each passage is in its article once, all names exist; and remarks on changed articles."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.model import Rulebook
from assistant.rulebook.quotation_search import Relocation, RelocationStatus, new_line_numbers, relocate
from assistant.rulebook.source import Background, Basis, Bearing, Citation, Force, Passage, locate, paragraphs
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
    yield from _statutes(rulebook)
    yield from _background(rulebook)


def check_citations(rulebook: Rulebook, key: str, cites: Iterable[Citation]) -> Iterator[Problem]:
    """Yield a problem for each citation that does not name one passage or statute of the catalogue."""
    passages, statutes = rulebook.sources.passage, rulebook.sources.statute
    for index, citation in enumerate(cites):
        here = f"{key}.cites.{index}"
        if (citation.passage is None) == (citation.statute is None):
            message = _("a citation names a passage or a statute.")
            yield rulebook.problem_at(here, message, _("Write one of the two."))
        elif citation.passage is not None and citation.passage not in passages:
            message = _("there is no passage '{id}'.").format(id=citation.passage)
            yield rulebook.problem_at(f"{here}.passage", message, nearest(citation.passage, passages))
        elif citation.statute is not None and citation.statute not in statutes:
            message = _("there is no statute '{id}'.").format(id=citation.statute)
            yield rulebook.problem_at(f"{here}.statute", message, nearest(citation.statute, statutes))


def check_support(rulebook: Rulebook, key: str, cites: Iterable[Citation]) -> Iterator[Problem]:
    """Yield a problem if none of the citations supports what they belong to."""
    if all(citation.bearing is not Bearing.SUPPORTS for citation in cites):
        message = _("nothing that is cited here supports it.")
        yield rulebook.problem_at(f"{key}.cites", message, _("Cite a source that supports it."))


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
            message = _("it cannot be decided which paragraphs of the changed article these are.")
            yield Remark(key, message, _("Look through the article, and correct their lines."), is_open=True)
        elif lines[each.id] != each.lines:
            message = _("these paragraphs of the changed article have other lines: {lines}.")
            yield Remark(key, message.format(lines=", ".join(map(str, lines[each.id]))), _take_over())


def _moved(passage: Passage, result: Relocation) -> Iterator[Remark]:
    """Yield a remark unless the passage is still in its place."""
    if result.status is RelocationStatus.IN_PLACE:
        return
    messages = {
        RelocationStatus.MOVED: _("the quotation is in line {line}, with other text around it."),
        RelocationStatus.CHANGED: _("the quotation reads otherwise; {percent} % alike is, in line {line}: “{text}”"),
        RelocationStatus.UNCLEAR: _("the quotation could be in several places, in the lines {lines}."),
        RelocationStatus.GONE: _("the quotation is not in the article."),
    }
    remedies = {
        RelocationStatus.MOVED: _take_over(),
        RelocationStatus.CHANGED: _(
            "If it still says the same, mend its translations, and take over what 'assistant relocate' proposes."
        ),
        RelocationStatus.UNCLEAR: _("Write its prefix or suffix so that it is found once."),
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
    yield from _law(rulebook, passage) if passage.source in sources.statute else _people(rulebook, passage)
    if passage.source not in sources.article and passage.source not in sources.statute:
        message = _("there is no '{id}' among the {section}.").format(id=passage.source, section="articles")
        yield rulebook.problem_at(f"{key}.source", message, nearest(passage.source, sources.article))
    article = sources.article.get(passage.source)
    own = (article.language if article else None) or rulebook.metadata.language
    for language in rulebook.languages:
        if language not in passage.rendering and language != own:
            message = _("the quotation has no rendering in the language '{language}'.").format(language=language)
            yield rulebook.problem_at(f"{key}.rendering", message, _("Add one."))
    text = sources.texts.get(passage.source)
    if text is None:
        return
    count = len(locate(passage, text))
    if count > 1:
        message = _("the quotation is in the article {count} times.").format(count=count)
        remedy = _("Lengthen its prefix or suffix until it is found once.")
        yield rulebook.problem_at(f"{key}.exact", message, remedy)
    elif count == 0:
        for remark in _moved(passage, relocate(passage, text)):
            yield rulebook.problem_at(remark.key, remark.message, remark.remedy)


def _people(rulebook: Rulebook, passage: Passage) -> Iterator[Problem]:
    """Yield problems of the speaker and the origin of a passage of an article."""
    key, sources = f"passages.{passage.id}", rulebook.sources
    for name, section in (("speaker", "speakers"), ("origin", "origins")):
        known, wanted = {item.id for item in getattr(sources, section)}, getattr(passage, name)
        if not wanted:
            message = _("the key '{key}' is missing.").format(key=name)
            yield rulebook.problem_at(key, message, _("Add it."))
        elif wanted not in known:
            message = _("there is no '{id}' among the {section}.").format(id=wanted, section=section)
            yield rulebook.problem_at(f"{key}.{name}", message, nearest(wanted, known))
    if passage.force is Force.OFFICIAL:
        message = _("only the text of a statute is official.")
        yield rulebook.problem_at(f"{key}.force", message, _("Write 'law' for an opinion about the law."))


def _law(rulebook: Rulebook, passage: Passage) -> Iterator[Problem]:
    """Yield problems of a passage of a statute."""
    key, statute = f"passages.{passage.id}", rulebook.sources.statute[passage.source]
    if statute.text is None:
        message = _("the statute '{id}' has no text to quote.").format(id=statute.id)
        yield rulebook.problem_at(f"{key}.source", message, _("Add its 'text'."))
    elif passage.force is not Force.OFFICIAL:
        message = _("the text of a statute is nobody's statement: its force is 'law', without a speaker or an origin.")
        yield rulebook.problem_at(key, message, _("Write 'force: law', and delete 'speaker' and 'origin'."))


def _statutes(rulebook: Rulebook) -> Iterator[Problem]:
    articles = {article.id for article in rulebook.sources.articles}
    for statute in rulebook.sources.statutes:
        key = f"statutes.{statute.id}"
        if statute.text is not None and statute.basis is not Basis.CHECKED:
            message = _("a text that is quoted as law was read in the official text.")
            yield rulebook.problem_at(f"{key}.basis", message, _("Write 'basis: checked', or delete the text."))
        if statute.text is not None and statute.id in articles:
            message = _("an article has the same id, and passages name both by it.")
            yield rulebook.problem_at(key, message, _("Rename one of them."))
        if statute.language is not None and statute.text is None:
            yield rulebook.problem_at(f"{key}.language", _("only a text has a language."), _("Delete it."))


def _background(rulebook: Rulebook) -> Iterator[Problem]:
    for background in rulebook.sources.background:
        known = {article.id for article in rulebook.sources.articles}
        if background.source not in known or background.source not in rulebook.sources.texts:
            message = _("there is no '{id}' among the {section}.").format(id=background.source, section="articles")
            yield rulebook.problem_at(f"background.{background.id}.source", message, nearest(background.source, known))
            continue
        lines = paragraphs(rulebook.sources.texts[background.source])
        for index, line in enumerate(background.lines):
            if line not in lines:
                message = _("the article has no paragraph in line {line}.").format(line=line)
                yield rulebook.problem_at(f"background.{background.id}.lines.{index}", message, _("Mend the number."))
