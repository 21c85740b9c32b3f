"""Pages with a list of links, and headings between them."""

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
    """A row of the list. Without a link, it is a heading or a remark."""

    content: Content
    opens: Link | None = None


class ListPage(ReadingPage):
    """A title that does not scroll, and rows below it. A row with a link is always chosen, if there is one."""

    _rows: Sequence[Row] = ()

    @abstractmethod
    def title_text(self) -> Content:
        """Return the text above the list."""

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """Return the list."""

    def body(self) -> Sequence[Widget]:
        """Return the title and the list."""
        return [Static(id="list-title"), *super().body()]

    def blocks(self) -> Sequence[Block]:
        """Return the rows."""
        return [Block(row.content, row.opens, below=0) for row in self._rows]

    def draw_body(self) -> None:
        """Draw every row; the cursor stays where it is."""
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
        """Scroll the first place into view."""
        # No super(): Textual also calls the handler of the base class. What is visible is known after the first layout.
        if self.first_place():
            self.once_drawn(self._center_chosen)

    def first_place(self) -> int:
        """Return the index of the row at or after which the cursor starts."""
        return 0

    def place_at_cursor(self) -> Link | None:
        """Return the link of the row under the cursor, or None."""
        chosen = self.reading.chosen
        return None if chosen is None or chosen >= len(self._rows) else self._rows[chosen].opens

    def action_step(self, direction: int) -> None:
        """Go to the next link (1) or the one before (-1); at either end, scroll to the remarks that have no link."""
        following = self.reading.following_place(direction)
        if following is not None:
            self.reading.choose(following)
        else:
            self.reading.scroll_relative(y=STEP_LINES * direction, animate=False, immediate=True)

    def action_scroll(self, where: str) -> None:
        """Go to the first or last link, or to the first visible one a page away."""
        page = self.reading.scrollable_content_region.height
        lines = {"home": -self.reading.virtual_size.height, "end": self.reading.virtual_size.height}
        self.reading.scroll_relative(
            y=lines.get(where, page if where == "page_down" else -page), animate=False, immediate=True
        )
        self.reading.choose_visible(last=where == "end")

    def _center_chosen(self) -> None:
        if self.reading.chosen is not None:
            self.reading.center(self.reading.chosen)
