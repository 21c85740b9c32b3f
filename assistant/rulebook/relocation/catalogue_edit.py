"""Edits of a catalogue's text that leave everything else as its author wrote it: comments, order, quotation marks."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import yaml

from assistant.rulebook.source import Passage
from assistant.system.display_safe import unprintable

_WIDTH: Final = 120
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\xa0": "\\xa0"}


class Edit(NamedTuple):
    """A text to be put in the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class CatalogueText:
    """The text of a catalogue that has been read without a problem, and where its values stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Composed, not constructed; and our own reader has let no tag, alias or great depth through.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        self.things: dict[tuple[str, str], yaml.MappingNode] = {
            (section.value, _value(thing, "id").value): thing
            for section, things in (root.value if root else ())
            for thing in things.value
        }

    def rehash(self, article: str, digest: str) -> Edit:
        """The edit that gives an article another SHA-256."""
        return self.replaced(_value(self.things["articles", article], "sha256"), digest)

    def renumber(self, background: str, lines: Iterable[int]) -> Iterator[Edit]:
        """The edits that give paragraphs other lines, as many as they had."""
        nodes = _value(self.things["background", background], "lines").value
        for node, line in zip(nodes, lines, strict=True):
            if node.value != str(line):
                yield self.replaced(node, str(line))

    def reselect(self, before: Passage, now: Passage) -> Iterator[Edit]:
        """The edits from one selector of a passage to another. A key that is missing comes behind ``exact``."""
        thing = self.things["passages", before.id]
        indent = thing.value[0][0].start_mark.column
        exact = _value(thing, "exact")
        behind = ""
        for name in ("prefix", "suffix"):
            wanted = getattr(now, name)
            if wanted == getattr(before, name):
                continue
            if any(key.value == name for key, _node in thing.value):
                node = _value(thing, name)
                yield self.replaced(node, quoted(wanted, node.start_mark.column, indent + 2))
            else:
                joint = ", " if thing.flow_style else "\n" + " " * indent
                behind += f"{joint}{name}: {quoted(wanted, indent + len(name) + 2, indent + 2)}"
        if now.exact != before.exact:
            yield self.replaced(exact, quoted(now.exact, exact.start_mark.column, indent + 2) + behind)
        elif behind:
            yield self.replaced(exact, self.written(exact) + behind)

    def written(self, node: yaml.Node) -> str:
        """What is written for a value, without the line ends behind a block of text."""
        return self.text[node.start_mark.index : node.end_mark.index].rstrip()

    def replaced(self, node: yaml.Node, text: str) -> Edit:
        start = node.start_mark.index
        return Edit(start, start + len(self.written(node)), text)

    def patch(self, edits: Iterable[Edit], name: str) -> str:
        """A unified diff for ``patch -p1`` and ``git apply`` from the text to the edited one; empty if it is the same.

        ``name`` is that of the file, from the folder in which the patch is to be applied.
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
    """The lines with their ends, as patch counts them: a carriage return alone ends none."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _escaped(character: str) -> str:
    """A character between double quotes; none that a patch could carry to a terminal to move a cursor or hide text."""
    if unprintable(character):
        return _ESCAPES.get(character) or f"\\U{ord(character):08X}"
    return _ESCAPES.get(character, character)


def quoted(text: str, column: int, indent: int) -> str:
    """A text in double quotes as YAML, begun at a column and continued in further lines that begin at ``indent``."""
    escaped = "".join(map(_escaped, text))
    lines = [""]
    room = _WIDTH - column - 2
    # A line may end only where one space stands between two words: YAML folds it back into that space.
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", escaped):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = _WIDTH - indent - 2
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] or len(lines) > 1 else word
    return '"' + f"\n{' ' * indent}".join(lines) + '"'
