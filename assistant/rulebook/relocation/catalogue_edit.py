"""Edits of a catalogue's text that preserve everything else: comments, order and quotation marks."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import yaml

from assistant.rulebook.source import Passage
from assistant.system.display_safe import unprintable

_LINE_CHARACTERS: Final = 120
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\xa0": "\\xa0"}


class Edit(NamedTuple):
    """The replacement of the characters from ``start`` to ``end`` (not included) by a text."""

    start: int
    end: int
    text: str


class CatalogueText:
    """The text of a catalogue that has been read without problems, and the positions of its values."""

    def __init__(self, text: str) -> None:
        self.text = text
        # This only composes nodes, and our own reader has already rejected tags, aliases and deep nesting.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        self.things: dict[tuple[str, str], yaml.MappingNode] = {
            (section.value, _value(thing, "id").value): thing
            for section, things in (root.value if root else ())
            for thing in things.value
        }

    def rehash(self, article: str, digest: str) -> Edit:
        """Return the edit that replaces the SHA-256 of an article."""
        return self.replaced(_value(self.things["articles", article], "sha256"), digest)

    def renumber(self, background: str, lines: Iterable[int]) -> Iterator[Edit]:
        """Yield the edits that replace the line numbers of paragraphs by as many others."""
        nodes = _value(self.things["background", background], "lines").value
        for node, line in zip(nodes, lines, strict=True):
            if node.value != str(line):
                yield self.replaced(node, str(line))

    def reselect(self, before: Passage, now: Passage) -> Iterator[Edit]:
        """Yield the edits from one selector of a passage to another. A missing key is inserted after ``exact``."""
        thing = self.things["passages", before.id]
        indent = thing.value[0][0].start_mark.column
        exact = _value(thing, "exact")
        inserted = ""
        for name in ("prefix", "suffix"):
            wanted = getattr(now, name)
            if wanted == getattr(before, name):
                continue
            if any(key.value == name for key, _node in thing.value):
                node = _value(thing, name)
                yield self.replaced(node, quoted(wanted, node.start_mark.column, indent + 2))
            else:
                joint = ", " if thing.flow_style else "\n" + " " * indent
                inserted += f"{joint}{name}: {quoted(wanted, indent + len(name) + 2, indent + 2)}"
        if now.exact != before.exact:
            yield self.replaced(exact, quoted(now.exact, exact.start_mark.column, indent + 2) + inserted)
        elif inserted:
            yield self.replaced(exact, self.written(exact) + inserted)

    def written(self, node: yaml.Node) -> str:
        """Return the text of a node, without the line breaks that follow a block scalar."""
        return self.text[node.start_mark.index : node.end_mark.index].rstrip()

    def replaced(self, node: yaml.Node, text: str) -> Edit:
        """Return the edit that replaces the text of a node."""
        start = node.start_mark.index
        return Edit(start, start + len(self.written(node)), text)

    def patch(self, edits: Iterable[Edit], name: str) -> str:
        """Return a unified diff of all edits for ``patch -p1`` and ``git apply``; empty if nothing changes.

        ``name`` is the path of the file, relative to the folder in which the patch will be applied.
        """
        edited = self.text
        for edit in sorted(edits, reverse=True):
            edited = edited[: edit.start] + edit.text + edited[edit.end :]
        before, now = _lines(self.text), _lines(edited)
        diff = difflib.unified_diff(before, now, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff)


def _value(thing: yaml.MappingNode, name: str) -> yaml.Node:
    node: yaml.Node = next(node for key, node in thing.value if key.value == name)
    return node


def _lines(text: str) -> list[str]:
    """Return the lines, including line breaks, as patch counts them: only a line feed ends a line."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _escaped(character: str) -> str:
    """Return a character for double quotes; escape those with which a patch could manipulate a terminal."""
    if unprintable(character):
        return _ESCAPES.get(character) or f"\\U{ord(character):08X}"
    return _ESCAPES.get(character, character)


def quoted(text: str, column: int, indent: int) -> str:
    """Return a text as a double-quoted YAML scalar that starts at ``column``; further lines start at ``indent``."""
    escaped = "".join(map(_escaped, text))
    lines = [""]
    room = _LINE_CHARACTERS - column - 2
    # Break lines only at a single space between two words: YAML folds the line break back into a space.
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", escaped):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = _LINE_CHARACTERS - indent - 2
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] or len(lines) > 1 else word
    return '"' + f"\n{' ' * indent}".join(lines) + '"'
