"""Pages to read from top to bottom, with links."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, TypeVar

from textual.widget import Widget

from assistant.documents.problem import EngineError
from assistant.interview.state import Interview
from assistant.system.language import _
from assistant.tui.pages.page import ClosablePage, KeyHint, engine_failed
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.links import Fold, Link
from assistant.tui.widgets.literal import literal
from assistant.tui.widgets.panels import MAX_LINE_COLUMNS
from assistant.tui.widgets.reading import MARGIN_COLUMNS, Block, Reading, row

Result = TypeVar("Result")
STEP_LINES: Final = 2
"""Lines that an arrow scrolls if there is no link to go to."""
SIDE_COLUMNS: Final = MARGIN_COLUMNS + 3
"""Columns of a window without text: the margins, a free column on either side, and the scrollbar."""


class ReadingPage(ClosablePage):
    """Blocks below each other. Their order must not depend on the language."""

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

    def __init__(self) -> None:
        super().__init__()
        self._computed: tuple[Interview, Any] | None = None
        self._unfolded: set[str] = set()
        self._blocks: Sequence[Block] = ()

    @abstractmethod
    def blocks(self) -> Sequence[Block]:
        """Return the blocks to read."""

    def key_hints(self) -> Sequence[KeyHint]:
        """Return how to read on, how to open the links if there are any, and how to close."""
        has_links = any(block.link is not None for block in self._blocks)
        return [("↑↓", _("read")), *([("Enter", _("open"))] if has_links else []), ("Esc", _("close"))]

    def computed(self, compute: Callable[[Interview], Result]) -> Result:
        """Return what the page computes from the present interview; only once for each interview."""
        interview = self.conversation.turn.interview
        if self._computed is None or self._computed[0] is not interview:
            self._computed = (interview, compute(interview))
        result: Result = self._computed[1]
        return result

    async def open(self, target: Link) -> None:
        """Open a link."""
        await self.conversation.follow(target)

    def body(self) -> Sequence[Widget]:
        """Return the text."""
        return [Reading()]

    def draw_body(self) -> None:
        """Draw every block."""
        try:
            self._blocks = self.blocks()
        except EngineError:
            self._blocks = [Block(literal(engine_failed(), "bold"))]
        self.reading.show(self._blocks, self.width)

    def fold(self, part: str, title: str) -> Block:
        """Return the heading of a part that Enter shows and hides."""
        mark = "▾ " if self.is_unfolded(part) else "▸ "
        return row(literal(mark + title, "bold"), Fold(part))

    def is_unfolded(self, part: str) -> bool:
        """Return whether a part is shown."""
        return part in self._unfolded

    @property
    def reading(self) -> Reading:
        """The text that scrolls."""
        return self.query_one(Reading)

    @property
    def width(self) -> int:
        """The columns of a line of text."""
        return max(30, min(self.size.width - SIDE_COLUMNS, MAX_LINE_COLUMNS))

    def action_step(self, direction: int) -> None:
        """Go to the next link (1) or the one before (-1) if it is visible, otherwise scroll towards it."""
        following = self.reading.following_place(direction)
        if following is not None and self.reading.begins_in_view(following):
            self.reading.choose(following)
        else:
            self.reading.scroll_relative(y=STEP_LINES * direction, animate=False, immediate=True)

    def action_scroll(self, where: str) -> None:
        """Scroll by a page, or to an end."""
        {
            "page_up": self.reading.scroll_page_up,
            "page_down": self.reading.scroll_page_down,
            "home": self.reading.scroll_home,
            "end": self.reading.scroll_end,
        }[where](animate=False)

    async def action_open(self) -> None:
        """Open the chosen link; if none is chosen, choose the first visible one."""
        if self.reading.chosen is not None:
            await self._open(self.reading.chosen)
        elif (first := self.reading.following_place(1)) is not None:
            self.reading.choose(first)

    async def on_reading_clicked(self, event: Reading.Clicked) -> None:
        """Treat a click on a block as Enter on it."""
        event.stop()
        self.conversation.later(lambda: self._open_clicked(event.block))

    async def _open_clicked(self, index: int) -> None:
        if self.is_current and index < len(self._blocks):
            self.reading.choose(index)
            await self._open(index)

    async def _open(self, index: int) -> None:
        target = self._blocks[index].link
        if isinstance(target, Fold):
            self._unfolded ^= {target.part}
            self.draw_body()
            if self.is_unfolded(target.part):
                self.reading.scroll_up_from_below(index)
        elif target is not None:
            await self.open(target)
