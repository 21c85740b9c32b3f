"""A page with a list of places to go to, and headings between them."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from assistant.problem import EngineError
from assistant.tui.choices import Choices
from assistant.tui.keys import bound
from assistant.tui.links import Link
from assistant.tui.literal import literal
from assistant.tui.page import ClosablePage, engine_failed
from assistant.tui.panels import LONGEST

AROUND: Final = 6
"""Columns of a window that are no text: free ones, and the bar that shows how far down the list one is."""


class Row(NamedTuple):
    """A line of the list; without a place to go to, it is a heading or a remark."""

    content: Content
    opens: Link | None = None


class ListPage(ClosablePage):
    """A title, and rows below it."""

    BINDINGS: ClassVar = bound(
        {
            "up": "move('up')",
            "down": "move('down')",
            "home": "move('first')",
            "end": "move('last')",
            "pageup": "move('page_up')",
            "pagedown": "move('page_down')",
            "enter,right": "open",
        }
    )

    _rows: Sequence[Row] = ()

    @abstractmethod
    def title_text(self) -> Content:
        """What stands above the list."""

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """The list."""

    def body(self) -> Sequence[Widget]:
        """A title and the list."""
        return [Static(id="list-title"), Choices(id="rows")]

    def redraw(self) -> None:
        """Tells every row; the cursor stays in its place."""
        try:
            title, self._rows = self.title_text(), self.rows()
        except EngineError:
            title, self._rows = literal(engine_failed(), "bold"), ()
        self.query_one("#list-title", Static).update(title)
        remarks = [index for index, row in enumerate(self._rows) if row.opens is None]
        places = [index for index, row in enumerate(self._rows) if row.opens is not None]
        here = self._list.highlighted
        if here not in places:
            here = next((place for place in places if place >= self.first_place()), None)
        self._list.offer([row.content for row in self._rows], here, remarks)

    def first_place(self) -> int:
        """The row at or after which the cursor stands at first."""
        return 0

    def place_at_cursor(self) -> Link | None:
        """What the row under the cursor leads to."""
        index = self._list.highlighted
        return None if index is None or index >= len(self._rows) else self._rows[index].opens

    def action_move(self, step: str) -> None:
        """Moves the cursor; above the first place it scrolls, to headings that no cursor reaches."""
        before = self._list.highlighted
        places = [index for index, row in enumerate(self._rows) if row.opens is not None]
        if not places:
            self._list.scroll_relative(y={"up": -1, "down": 1}.get(step, 0), animate=False)
        elif (step, before) == ("up", places[0]) or step == "first":
            self._list.move("first")
            self._list.scroll_home(animate=False)
        elif (step, before) == ("down", places[-1]):
            self._list.scroll_end(animate=False)
        else:
            self._list.move(step)

    async def action_open(self) -> None:
        """Goes to the place under the cursor."""
        target = self.place_at_cursor()
        if target is not None:
            await self.conversation.follow(target)

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes a click for Enter."""
        event.stop()
        await self.action_open()

    @property
    def width(self) -> int:
        """How many columns the text of a row has."""
        return max(24, min(self.size.width - AROUND, LONGEST))

    @property
    def _list(self) -> Choices:
        return self.query_one(Choices)
