"""A built site as a reader meets it: pages with their anchors, links and words, read from the HTML alone."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element with the words and elements in it."""

    tag: str
    attributes: dict[str, str]
    content: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and all in it."""
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()

    def having(self, name: str) -> list["Element"]:
        """The elements of a class."""
        return [each for each in self.walk() if name in each.attributes.get("class", "").split()]

    def with_anchor(self, anchor: str) -> "Element":
        """The one element with an anchor."""
        (found,) = (each for each in self.walk() if each.attributes.get("id") == anchor)
        return found

    def words(self, *without: str) -> str:
        """All the words exactly as they stand there, without those in elements of some tags."""
        parts = (part if isinstance(part, str) else part.words(*without) for part in self.content)
        return "" if self.tag in without else "".join(parts)

    @property
    def text(self) -> str:
        """All the words, spaces evened out."""
        return " ".join(self.words().split())


class _Parser(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"{self.name}: </{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


class Page:
    """A page at a path of the site."""

    def __init__(self, path: str, text: str) -> None:
        parser = _Parser(path)
        parser.feed(text)
        parser.close()
        assert len(parser.open) == 1, f"{path}: <{parser.open[-1].tag}> is never closed"
        self.path = path
        self.root = parser.open[0]
        self.anchors = [each.attributes["id"] for each in self.root.walk() if "id" in each.attributes]
        self.links = self.links_in(self.root)

    def links_in(self, element: Element) -> list[str]:
        """Where the links in an element lead, as paths of the site, with their anchors."""
        hrefs = (each.attributes.get("href", each.attributes.get("src")) for each in element.walk())
        return [self._there(href) for href in hrefs if href is not None]

    def _there(self, href: str) -> str:
        page, mark, anchor = href.partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), page)) if page else self.path
        return there + mark + anchor


class Site:
    """The pages among the files of a site."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.pages = {path: Page(path, text) for path, text in files.items() if path.endswith(".html")}

    def broken_links(self) -> list[str]:
        """Links to a file or an anchor that is not there."""
        return [f"{page.path} → {link}" for page in self.pages.values() for link in page.links if not self._leads(link)]

    def _leads(self, link: str) -> bool:
        there, _mark, anchor = link.partition("#")
        if there not in self.files:
            return False
        return not anchor or anchor in self.pages[there].anchors

    def reached(self, path: str, clicks: int) -> set[str]:
        """Every address that a reader of a page reaches within some clicks, the page itself included."""
        found, latest = {path}, {path}
        for _click in range(clicks):
            latest = {link for address in latest for link in self.pages[address.partition("#")[0]].links}
            latest = {link for link in latest if link.partition("#")[0] in self.pages} - found
            found |= latest
        return found
