"""The files of a site: every page in every language, from templates."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from assistant.analysis.coverage import Case
from assistant.publish.site.address import INDEX, address_of
from assistant.publish.site.context import SiteContext
from assistant.publish.site.data import site_data
from assistant.publish.site.rendering import Renderer
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.language import speaking

_FILES: Final = Path(__file__).parent / "files"
_LISTS: Final = (
    "articles",
    "rules",
    "findings",
    "cases",
    "questions",
    "statutes",
    "timeline",
    "voices",
    "limits",
    "glossary",
)
"""Pages that list many things; each has a template of the same name."""


class Page(NamedTuple):
    """A page of one language: its address in the folder of the language, its template, and its subject."""

    address: str
    template: str
    about: object = None


def build_site(rulebook: Rulebook, folder: Path, cases: Iterable[Case] = ()) -> dict[str, str]:
    """Return the contents of a site's files by path. They depend only on the rulebook, the folder and the cases.

    ``folder`` is the folder that the rulebook was read from: rules are shown as they are written there.

    Raises:
        EngineError: if the rules engine fails.
    """
    rulebook = in_language(rulebook, rulebook.metadata.language)
    data = site_data(rulebook, folder, cases)
    sites = [SiteContext(data, language) for language in rulebook.languages]
    files = {path.name: path.read_text("utf-8") for path in sorted(_FILES.iterdir())}
    for site in sites:
        with speaking(site.language):
            renderer = Renderer(site)
            files |= _edition(site, renderer)
            if site.language == rulebook.language:
                files[INDEX] = renderer.entrance(sites)
    return files


def _edition(site: SiteContext, renderer: Renderer) -> Mapping[str, str]:
    return {
        f"{site.language}/{page.address}": renderer.page(page.address, page.template, page.about)
        for page in pages(site)
    }


def pages(site: SiteContext) -> Iterator[Page]:
    """Yield every page of one language."""
    yield Page(INDEX, INDEX)
    for name in _LISTS:
        yield Page(f"{name}.html", f"{name}.html")
    rulebook, sources = site.rulebook, site.rulebook.sources
    for template, things in (
        ("article", tuple(sources.article.values())),
        ("rule", rulebook.rules),
        ("finding", rulebook.findings),
        ("fact", rulebook.facts),
        ("question", rulebook.questions),
        ("statute", sources.statutes),
        ("case", rulebook.cases),
    ):
        for thing in things:
            yield Page(address_of(thing), f"{template}.html", thing)
