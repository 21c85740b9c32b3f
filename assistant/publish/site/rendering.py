"""Pages from templates: the functions that a template may use, its links, and the escaping of text."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant import __version__
from assistant.explanation.view import case, words
from assistant.explanation.view.citation import grounds_words, rendering_words, voices_words
from assistant.explanation.view.reason import outcome_words
from assistant.explanation.view.reference import reference_lines
from assistant.publish.site.address import (
    INDEX,
    LIMITS,
    VOICES,
    address_of,
    address_of_paragraph,
    address_of_voice,
    link,
)
from assistant.publish.site.context import SiteContext
from assistant.publish.site.facet import facets_of_findings, facets_of_rules, finding_answers, rule_answers
from assistant.publish.site.glossary import glossary
from assistant.publish.site.graph import graph_of
from assistant.publish.site.picture import picture
from assistant.publish.site.strip import strip
from assistant.rulebook.identifier import Thing, identifier, paragraph_identifier
from assistant.system.display_safe import printable
from assistant.system.language import _, decimal, name_of_language, plural
from assistant.system.message import Message, Series, message, text

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'"
)
"""The content security policy of a page: only the site's own style sheet and script. ``file:`` is there because some
browsers give a page that is opened from a folder no origin that ``'self'`` matches."""


class Renderer:
    """Renders the pages of one site."""

    def __init__(self, site: SiteContext) -> None:
        self._environment = Environment(
            loader=PackageLoader("assistant.publish.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
        )
        self._environment.globals |= {
            "_": _,
            "plural": plural,
            "message": message,
            "formatted": formatted,
            "site": site,
            "rulebook": site.rulebook,
            "language": site.language,
            "languages": site.rulebook.languages,
            "language_name": name_of_language,
            "picture": lambda head: picture(site, graph_of(site.data.rulebook, head.id)),
            "percent": "{}\u00a0%".format,
            "glossary": glossary(),
            "contents": _contents(),
            "version": __version__,
            "identifier": identifier,
            "paragraph_identifier": paragraph_identifier,
            "words": words,
            "case_words": case,
            "grounds_words": grounds_words,
            "voices_words": voices_words,
            "rendering_words": rendering_words,
            "reference_lines": reference_lines,
            "outcomes": partial(outcome_words, site.rulebook),
            "VOICES": VOICES,
            "LIMITS": LIMITS,
            "INDEX": INDEX,
            "CONTENT_SECURITY_POLICY": CONTENT_SECURITY_POLICY,
            "strip": strip,
            "facets_of_findings": facets_of_findings,
            "facets_of_rules": facets_of_rules,
            "finding_answers": finding_answers,
            "rule_answers": rule_answers,
        }
        self._environment.filters |= {
            "breakable": breakable,
            "bearing_word": words.BEARING.__getitem__,
            "text": text,
            "decimal": decimal,
        }

    def page(self, address: str, template: str, about: object) -> str:
        """Return the HTML of a page at an address in the folder of the site's language."""

        def to(there: Thing | str) -> str:
            return link(address, there if isinstance(there, str) else address_of(there))

        return self._environment.get_template(template).render(
            address=address,
            about=about,
            to=to,
            to_paragraph=lambda article, line: to(address_of_paragraph(article, line)),
            to_voice=lambda voice: to(address_of_voice(voice)),
            root=link(f"any/{address}", "style.css").removesuffix("style.css"),
        )

    def entrance(self, sites: Sequence[SiteContext]) -> str:
        """Return the HTML of the page at the root, on which a reader chooses a language."""
        return self._environment.get_template("entrance.html").render(sites=sites)


def _contents() -> tuple[tuple[str, str], ...]:
    """Return the addresses and titles of the pages in the menu, in order."""
    return (
        ("articles.html", _("Articles")),
        ("rules.html", _("Rules")),
        ("findings.html", _("Findings")),
        ("cases.html", text(case.TITLE)),
        ("questions.html", _("Questions and facts")),
        ("statutes.html", _("Statutes")),
        ("timeline.html", _("The law in time")),
        (VOICES, _("Voices")),
        (LIMITS, _("Limits and promises")),
        ("glossary.html", _("Glossary")),
    )


def breakable(name: str) -> Markup:
    """Return an id as HTML in which a line may break after each hyphen or underscore."""
    return Markup(re.sub(r"([-_])", r"\1<wbr>", str(escape(name))))  # noqa: S704  # escaped


def formatted(message: str, **parts: Any) -> Markup:
    """Return a message as HTML; its parts are escaped unless they are HTML already."""
    return Markup(escape(message)).format(**parts)  # noqa: S704  # the message is escaped, and so are plain parts


def _shown(value: Any) -> Any:
    """Return a value for a template, without characters that could move a cursor or hide text if it is copied."""
    if isinstance(value, Message | Series):
        value = text(value)
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "\t".join(map(printable, value.split("\t")))
