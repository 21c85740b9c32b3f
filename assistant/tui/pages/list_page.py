"""Pages with a list of links, and headings between them."""

import contextlib
from abc import abstractmethod
from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.documents.problem import EngineError
from assistant.tui.pages.reading_page import STEP_LINES, ReadingPage
from assistant.tui.widgets.links import Link


class ListPage(ReadingPage):
    """A title that does not scroll, and rows below it. A row with a link is always chosen, if there is one."""

    @abstractmethod
    def title_text(self) -> Content:
        """Return the text above the list."""

    def body(self) -> Sequence[Widget]:
        """Return the title and the list."""
        return [Static(id="list-title"), *super().body()]

    def draw_body(self) -> None:
        """Draw the title and every row; the cursor stays where it is."""
        super().draw_body()
        with contextlib.suppress(EngineError):  # the rows say so already
            self.query_one("#list-title", Static).update(self.title_text())
        places = [index for index, block in enumerate(self._blocks) if block.link is not None]
        if self.reading.chosen not in places:
            self.reading.chosen = next((place for place in places if place >= self.first_place()), None)

    def on_mount(self) -> None:
        """Scroll the first place into view."""
        # No super(): Textual also calls the handler of the base class. What is visible is known after the first layout.
        if self.first_place():
            self.after_drawing(self._center_chosen)

    def first_place(self) -> int:
        """Return the index of the row at or after which the cursor starts."""
        return 0

    def place_at_cursor(self) -> Link | None:
        """Return the link of the row under the cursor, or None."""
        chosen = self.reading.chosen
        return None if chosen is None or chosen >= len(self._blocks) else self._blocks[chosen].link

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
