"""Text to read: blocks below each other, in one widget that wraps them once and draws the visible lines."""

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from assistant.tui.widgets.links import Link

LINK_MARK, CURSOR_MARK = "│", "▌"
"""The marks at the left of a block with a link, and of the block under the cursor."""
MARGIN_COLUMNS: Final = 3
"""Columns of a line without text: the mark, and a free column on either side of the text."""


class Block(NamedTuple):
    """A piece of text, its link if it has one, and the number of free lines below it."""

    content: Content
    link: Link | None = None
    below: int = 1


def row(content: Content, link: Link | None = None) -> Block:
    """Return a block without a free line below it."""
    return Block(content, link, below=0)


class _Line(NamedTuple):
    content: Content
    block: int | None = None


class Reading(ScrollView, can_focus=False):
    """Blocks, of which one can be chosen. A widget for each block would take ten times as long to lay out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reading--mark", "reading--chosen"}

    class Clicked(Message):
        """A block with a link was clicked."""

        def __init__(self, block: int) -> None:
            super().__init__()
            self.block = block

    def __init__(self) -> None:
        super().__init__(id="reading")
        self.chosen: int | None = None
        self._blocks: Sequence[Block] = ()
        self._lines: list[_Line] = []
        self._tops: list[int] = []
        self._width = 1

    def show(self, blocks: Sequence[Block], width: int) -> None:
        """Show blocks, with their text wrapped to ``width`` columns."""
        self._blocks, self._width = blocks, width
        self._lines, self._tops = [], []
        for index, block in enumerate(blocks):
            self._tops.append(len(self._lines))
            self._lines += [_Line(line, index) for line in block.content.wrap(width)]
            self._lines += [_Line(Content())] * block.below
        if self.chosen is not None and self.chosen >= len(blocks):
            self.chosen = None
        self.virtual_size = Size(width + MARGIN_COLUMNS, len(self._lines))
        self.refresh()

    def choose(self, index: int) -> None:
        """Put the cursor on a block, and scroll it into view."""
        self.chosen = index
        self.refresh()
        top, bottom = self._tops[index], self._tops[index] + self._height(index)
        visible_lines = self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            self._scroll_to_line(top)
        elif bottom > self.scroll_offset.y + visible_lines:
            self._scroll_to_line(min(top, bottom - visible_lines))

    def center(self, index: int) -> None:
        """Scroll a block to the middle; if it is too long, its beginning to the top."""
        free = self.scrollable_content_region.height - self._height(index)
        self._scroll_to_line(self._tops[index] - max(0, free // 2))

    def scroll_up_from_below(self, index: int) -> None:
        """Scroll a block in the lower half to the top, so that what follows it is visible."""
        if self._tops[index] - self.scroll_offset.y > self.scrollable_content_region.height // 2:
            self._scroll_to_line(self._tops[index])

    def following_place(self, direction: int) -> int | None:
        """Return the next block with a link, after or before the chosen one; if none is chosen, the first visible one.

        ``direction`` is 1 for after, -1 for before. Return None if there is no such block.
        """
        places = [index for index, block in enumerate(self._blocks) if block.link is not None]
        if self.chosen is None:
            visible = (index for index in places if self._tops[index] + self._height(index) > self.scroll_offset.y)
            return next(visible, None) if direction > 0 else None
        after = (index for index in places if index > self.chosen)
        before = (index for index in reversed(places) if index < self.chosen)
        return next(after if direction > 0 else before, None)

    def choose_visible(self, *, last: bool = False) -> None:
        """Put the cursor on the first visible block with a link, or with ``last`` on the last one of all."""
        places = [index for index, block in enumerate(self._blocks) if block.link is not None]
        visible = [at for at in places if self._tops[at] + self._height(at) > self.scroll_offset.y]
        chosen = places[-1:] if last else visible[:1] or places[-1:]
        if chosen:
            self.chosen = chosen[0]
            self.refresh()

    def begins_in_view(self, index: int) -> bool:
        """Return whether the first line of a block is visible."""
        return 0 <= self._tops[index] - self.scroll_offset.y < self.scrollable_content_region.height

    def render_line(self, y: int) -> Strip:
        """Return a line of the screen."""
        at = y + self.scroll_offset.y
        line = self._lines[at] if at < len(self._lines) else _Line(Content())
        chosen = line.block is not None and line.block == self.chosen
        has_link = line.block is not None and self._blocks[line.block].link is not None
        mark = CURSOR_MARK if chosen else LINK_MARK if has_link else " "
        style = self.get_visual_style("reading--chosen") if chosen else self.visual_style
        shown = Content.assemble((mark, self.get_visual_style("reading--mark", partial=True)), " ", line.content)
        (strip,) = Visual.to_strips(self, shown, self._width + MARGIN_COLUMNS, 1, style, pad=True)
        return strip.extend_cell_length(self.scrollable_content_region.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Post a message for a click on a block with a link."""
        at = event.get_content_offset_capture(self).y + self.scroll_offset.y
        block = self._lines[at].block if at < len(self._lines) else None
        if block is not None and self._blocks[block].link is not None:
            event.stop()
            self.post_message(self.Clicked(block))

    def _height(self, index: int) -> int:
        """Return the number of lines of a block, without the free lines below it."""
        end = self._tops[index + 1] if index + 1 < len(self._tops) else len(self._lines)
        return end - self._tops[index] - self._blocks[index].below

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False)
