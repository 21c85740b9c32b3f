"""A page to read from top to bottom, with places that open something."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.problem import EngineError
from assistant.tui.keys import bound
from assistant.tui.links import Fold, Link
from assistant.tui.literal import literal
from assistant.tui.page import ClosablePage, engine_failed

STEP = 2
"""Lines that an arrow scrolls where there is no place to go to."""


class Block(NamedTuple):
    """A piece of the text; ``opens`` is what it leads to."""

    content: Content
    opens: Link | None = None
    style: str = ""


class ReadingPage(ClosablePage):
    """Blocks below each other. Their order does not depend on the language."""

    BINDINGS: ClassVar = bound(
        {
            "up": "step(-1)",
            "down": "step(1)",
            "pageup": "scroll('page_up')",
            "pagedown,space": "scroll('page_down')",
            "home": "scroll('home')",
            "end": "scroll('end')",
            "enter,right": "open",
        }
    )

    _chosen: int | None = None

    def blocks(self) -> Sequence[Block]:
        """What is to be read."""
        raise NotImplementedError

    async def open(self, target: Link) -> None:
        """Goes to what a block leads to."""
        await self.conversation.follow(target)

    def body(self) -> Sequence[Widget]:
        """A widget for each block."""
        self._unfolded: set[str] = set()
        self._widgets: list[Static] = []
        self._told: list[Block | None] = []
        self._blocks = self._computed_blocks()
        self._add_widgets(self._blocks)
        return [VerticalScroll(*self._widgets, id="reading", can_focus=False)]

    def redraw(self) -> None:
        """Tells every block that is another than before. There can be more of them now, or fewer."""
        self._blocks = self._computed_blocks()
        missing = self._add_widgets(self._blocks[len(self._widgets) :])
        if missing:
            self.reading.mount(*missing)
        for index, widget in enumerate(self._widgets):
            block = self._blocks[index] if index < len(self._blocks) else None
            if block != self._told[index]:
                self._told[index] = block
                widget.display = block is not None
                widget.set_classes(_classes(block))
                widget.update(block.content if block else "")
            widget.set_class(index == self._chosen, "-chosen")

    def _add_widgets(self, blocks: Sequence[Block]) -> Sequence[Static]:
        added = [Static(block.content, classes=_classes(block)) for block in blocks]
        self._widgets += added
        self._told += blocks
        return added

    def _computed_blocks(self) -> Sequence[Block]:
        try:
            return self.blocks()
        except EngineError:
            return [Block(literal(engine_failed(), "bold"))]

    def fold(self, part: str, title: str) -> Block:
        """The heading of a part that Enter shows and hides."""
        mark = "▾ " if self.is_unfolded(part) else "▸ "
        return Block(literal(mark + title, "bold"), Fold(part), "tight")

    def is_unfolded(self, part: str) -> bool:
        """Whether a part is shown."""
        return part in self._unfolded

    @property
    def reading(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#reading", VerticalScroll)

    def action_step(self, direction: int) -> None:
        """Goes to the next place that opens something if it is in sight, and else scrolls towards it."""
        following = self._next_link(direction)
        if following is not None and self._in_sight(self._widgets[following]):
            self._choose(following)
        else:
            self.reading.scroll_relative(y=STEP * direction, animate=False, immediate=True)

    def action_scroll(self, where: str) -> None:
        """Scrolls by a page, or to an end."""
        {
            "page_up": self.reading.scroll_page_up,
            "page_down": self.reading.scroll_page_down,
            "home": self.reading.scroll_home,
            "end": self.reading.scroll_end,
        }[where](animate=False)

    async def action_open(self) -> None:
        """Opens the place that is chosen; if none is, chooses the first in sight."""
        if self._chosen is None:
            self._choose(self._next_link(1))
            return
        target = self._blocks[self._chosen].opens
        if isinstance(target, Fold):
            self._unfolded ^= {target.part}
            self.redraw()
        elif target is not None:
            await self.open(target)

    def _choose(self, index: int | None) -> None:
        if index is None:
            return
        if self._chosen is not None:
            self._widgets[self._chosen].remove_class("-chosen")
        self._chosen = index
        self._widgets[index].add_class("-chosen")
        self._widgets[index].scroll_visible(animate=False, immediate=True)

    def _next_link(self, direction: int) -> int | None:
        links = [index for index, block in enumerate(self._blocks) if block.opens is not None]
        if direction > 0:
            after = [index for index in links if self._chosen is None or index > self._chosen]
            return next((index for index in after if self._chosen is not None or not self._above(index)), None)
        return next((index for index in reversed(links) if self._chosen is not None and index < self._chosen), None)

    def _above(self, index: int) -> bool:
        return self._widgets[index].virtual_region.bottom <= self.reading.scroll_offset.y

    def _in_sight(self, widget: Widget) -> bool:
        top, height = self.reading.scroll_offset.y, self.reading.size.height
        return top <= widget.virtual_region.y < top + height


def _classes(block: Block | None) -> str:
    return f"block {block.style} {'link' if block.opens else ''}" if block else "block"
