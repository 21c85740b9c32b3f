"""Lists to choose from, moved by their page."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region, Spacing
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Choices(OptionList, can_focus=False):
    """A list without focus: keys reach it through the bindings of its page (see :mod:`assistant.tui.terminal.keys`)."""

    def offer(self, prompts: Sequence[Content], highlighted: int | None, unselectable: Sequence[int] = ()) -> None:
        """Replace the prompts, highlight one by its index, and disable those with the indexes ``unselectable``."""
        self.set_options(Option(prompt, disabled=index in unselectable) for index, prompt in enumerate(prompts))
        self.highlighted = highlighted

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that a key has replaced since, which Textual would look up by its old index."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()

    def move(self, step: str) -> None:
        """Move the cursor: ``up``, ``down``, ``first``, ``last``, ``page_up`` or ``page_down``."""
        moves: dict[str, Callable[[], object]] = {
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "first": self.action_first,
            "last": self.action_last,
            "page_up": self.action_page_up,
            "page_down": self.action_page_down,
        }
        if self.scrollable_content_region or not step.startswith("page"):  # else it has no page: it is not laid out
            moves[step]()


class FlowingChoices(Choices):
    """A list as long as its options. The panel around it scrolls, so that question and options scroll together."""

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:
        """Scroll the panel to a part of the list, and return how far it scrolled."""
        if isinstance(self.parent, Widget) and self.parent.is_mounted:
            options["spacing"] = Spacing(bottom=1)  # the last line of the panel may say that there is more
            return self.parent.scroll_to_region(region.translate(self.virtual_region.offset), **options)
        return Offset()
