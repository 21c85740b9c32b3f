"""A page with a list of places to go to, and headings between them."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.documents.problem import EngineError
from assistant.tui.pages.page import engine_failed
from assistant.tui.pages.reading_page import STEP_LINES, ReadingPage
from assistant.tui.widgets.links import Link
from assistant.tui.widgets.literal import literal
from assistant.tui.widgets.reading import Block


class Row(NamedTuple):
    """A line of the list; without a place to go to, it is a heading or a remark."""

    content: Content
    opens: Link | None = None


class ListPage(ReadingPage):
    """A title that stays, and rows below it, of which one is always chosen."""

    _rows: Sequence[Row] = ()

    @abstractmethod
    def title_text(self) -> Content:
        """What stands above the list."""

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """The list."""

    def body(self) -> Sequence[Widget]:
        """A title and the list."""
        return [Static(id="list-title"), *super().body()]

    def blocks(self) -> Sequence[Block]:
        """The rows."""
        return [Block(row.content, row.opens, below=0) for row in self._rows]

    def draw_body(self) -> None:
        """Tells every row; the cursor stays in its place."""
        try:
            title, self._rows = self.title_text(), self.rows()
        except EngineError:
            title, self._rows = literal(engine_failed(), "bold"), ()
        self.query_one("#list-title", Static).update(title)
        places = [index for index, row in enumerate(self._rows) if row.opens is not None]
        if self.reading.chosen not in places:
            self.reading.chosen = next((place for place in places if place >= self.first_place()), None)
        super().draw_body()

    def on_mount(self) -> None:
        """Brings the first place in sight."""
        # No super(): Textual calls the handler above as well. How much is in sight is known after the first layout.
        if self.first_place():
            self.once_drawn(self._bring_in_sight)

    def first_place(self) -> int:
        """The row at or after which the cursor stands at first."""
        return 0

    def place_at_cursor(self) -> Link | None:
        """What the row under the cursor leads to."""
        chosen = self.reading.chosen
        return None if chosen is None or chosen >= len(self._rows) else self._rows[chosen].opens

    def action_step(self, direction: int) -> None:
        """Goes to the next place; after the last and before the first scrolls to remarks that no cursor reaches."""
        following = self.reading.following_place(direction)
        if following is not None:
            self.reading.choose(following)
        else:
            self.reading.scroll_relative(y=STEP_LINES * direction, animate=False, immediate=True)

    def action_scroll(self, where: str) -> None:
        """Goes to the first place or the last, or to the first in sight a page away."""
        page = self.reading.scrollable_content_region.height
        lines = {"home": -self.reading.virtual_size.height, "end": self.reading.virtual_size.height}
        self.reading.scroll_relative(
            y=lines.get(where, page if where == "page_down" else -page), animate=False, immediate=True
        )
        self.reading.choose_in_sight(last=where == "end")

    def _bring_in_sight(self) -> None:
        if self.reading.chosen is not None:
            self.reading.center(self.reading.chosen)
