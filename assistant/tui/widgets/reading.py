"""Text to read: blocks below each other, as one widget that wraps them once and draws the lines in sight."""

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

PLACE, CHOSEN = "│", "▌"
"""What stands at the left of a block that leads somewhere, and of the one under the cursor."""
MARGIN_COLUMNS: Final = 3
"""Columns of a line that are no text: the mark, and a free one on either side of the text."""


class Block(NamedTuple):
    """A piece of the text: what it leads to if it leads anywhere, and how many lines are free below it."""

    content: Content
    opens: Link | None = None
    below: int = 1


class _Line(NamedTuple):
    content: Content
    block: int | None = None


class Reading(ScrollView, can_focus=False):
    """Shows blocks; one of them can be chosen. A widget for each of them would take ten times as long to lay out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reading--mark", "reading--chosen"}

    class Clicked(Message):
        """A block that leads somewhere was clicked."""

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
        """Shows other blocks, their text wrapped to so many columns."""
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
        """Puts the cursor on a block, and brings it in sight."""
        self.chosen = index
        self.refresh()
        top, bottom = self._tops[index], self._tops[index] + self._height(index)
        in_sight = self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            self._scroll_to_line(top)
        elif bottom > self.scroll_offset.y + in_sight:
            self._scroll_to_line(min(top, bottom - in_sight))

    def center(self, index: int) -> None:
        """Scrolls so that a block stands in the middle; of one that is too long, so that it begins at the top."""
        free = self.scrollable_content_region.height - self._height(index)
        self._scroll_to_line(self._tops[index] - max(0, free // 2))

    def raise_from_below(self, index: int) -> None:
        """Puts a block that stands in the lower half at the top, so that what follows it comes in sight."""
        if self._tops[index] - self.scroll_offset.y > self.scrollable_content_region.height // 2:
            self._scroll_to_line(self._tops[index])

    def following_place(self, direction: int) -> int | None:
        """The block after the chosen one, or before it, that leads somewhere; if none is chosen, the first in sight."""
        places = [index for index, block in enumerate(self._blocks) if block.opens is not None]
        if self.chosen is None:
            below = (index for index in places if self._tops[index] + self._height(index) > self.scroll_offset.y)
            return next(below, None) if direction > 0 else None
        after = (index for index in places if index > self.chosen)
        before = (index for index in reversed(places) if index < self.chosen)
        return next(after if direction > 0 else before, None)

    def choose_in_sight(self, *, last: bool = False) -> None:
        """Puts the cursor on the first place of which something is on the screen, or on the last place of all."""
        places = [index for index, block in enumerate(self._blocks) if block.opens is not None]
        below = [at for at in places if self._tops[at] + self._height(at) > self.scroll_offset.y]
        chosen = places[-1:] if last else below[:1] or places[-1:]
        if chosen:
            self.chosen = chosen[0]
            self.refresh()

    def begins_in_sight(self, index: int) -> bool:
        """Whether the first line of a block is on the screen."""
        return 0 <= self._tops[index] - self.scroll_offset.y < self.scrollable_content_region.height

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        at = y + self.scroll_offset.y
        line = self._lines[at] if at < len(self._lines) else _Line(Content())
        chosen = line.block is not None and line.block == self.chosen
        leads = line.block is not None and self._blocks[line.block].opens is not None
        mark = CHOSEN if chosen else PLACE if leads else " "
        style = self.get_visual_style("reading--chosen") if chosen else self.visual_style
        shown = Content.assemble((mark, self.get_visual_style("reading--mark", partial=True)), " ", line.content)
        (strip,) = Visual.to_strips(self, shown, self._width + MARGIN_COLUMNS, 1, style, pad=True)
        return strip.extend_cell_length(self.scrollable_content_region.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Tells of a click on a block that leads somewhere."""
        at = event.get_content_offset_capture(self).y + self.scroll_offset.y
        block = self._lines[at].block if at < len(self._lines) else None
        if block is not None and self._blocks[block].opens is not None:
            event.stop()
            self.post_message(self.Clicked(block))

    def _height(self, index: int) -> int:
        """How many lines a block has, without those below it."""
        end = self._tops[index + 1] if index + 1 < len(self._tops) else len(self._lines)
        return end - self._tops[index] - self._blocks[index].below

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False)
