"""What every screen has: the notice in sight, a line of keys, texts told anew when language or answers change."""

import gc
from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Final, cast

from textual import events
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from assistant.rulebook.model import Rulebook
from assistant.scenarios import text_report as report
from assistant.system.keyboard import key_name
from assistant.system.language import _, use_language
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.entry import Entry
from assistant.tui.widgets.literal import literal
from assistant.tui.widgets.panels import TWO_PANELS_COLUMNS

KeyHint = tuple[str, str]
"""A key and what it does here."""

GONE_AFTER: Final = 0.1
"""Seconds after which nothing of a closed page is left in memory."""


class BarePage(Screen[None]):
    """A screen that is told anew whenever the language, the answers or its width are others."""

    ALLOW_SELECT = False  # what is selected could be copied, and a clipboard outlives the program

    is_over = False
    """Whether it is to be closed as soon as no other page covers it."""
    _has_widgets = False
    _drawn_width = 0

    @property
    def field(self) -> Entry | None:
        """The line that takes what is typed now; while there is none, single keys are commands."""
        return None

    @property
    def takes_letters(self) -> bool:
        """Whether letters are text here, or nothing, but never commands."""
        return self.field is not None

    @property
    def is_ready(self) -> bool:
        """Whether the widgets of the page exist: they come after it, and go before it."""
        return self._has_widgets and not self.conversation.is_ending and self in self.app.screen_stack

    def edited(self) -> None:
        """Redraw what depends on the text in the field."""

    def draw_keys(self) -> None:
        """Draw the line of keys, where there is one."""

    def paste(self, text: str) -> None:
        """Take text from the clipboard of the terminal. Where nothing is typed, that is none of the page's."""

    async def on_paste(self, event: events.Paste) -> None:
        """Take a paste that was posted to the page itself."""
        event.stop()
        self.paste(event.text)

    @abstractmethod
    def draw(self) -> None:
        """Tells everything on the page from the conversation as it is."""

    @property
    def conversation(self) -> Conversation:
        """The conversation that the page shows."""
        return cast("Conversation", self.app)

    def redraw(self) -> None:
        """Draws the page in the language in use, if its widgets exist."""
        if not self.is_ready:
            return
        self.use_own_language()
        self._drawn_width = self.size.width
        self.draw()

    def use_own_language(self) -> None:
        """Makes the texts that follow those of the language in use."""
        # The process has one language, which is not always this conversation's: no text is made but after this call.
        use_language(self.conversation.language)

    def on_mount(self) -> None:
        """Tells the page for the first time."""
        self._has_widgets = True
        self.redraw()

    def on_screen_resume(self) -> None:
        """Draw the line of keys, which may still show the warning of another page."""
        self.draw_keys()

    def once_drawn(self, callback: Callable[[], object]) -> None:
        """Call back after the next drawing, unless the page is gone by then."""
        self.call_after_refresh(lambda: self.is_ready and callback())

    def on_unmount(self) -> None:
        """Lets nothing of the page stay behind."""
        # Textual caches colours by the lines that they were drawn with, and so keeps the text of a thousand widgets.
        StylesCache.get_inner_outer.cache_clear()
        # A page and its widgets hold each other. Left to themselves, a dozen pages would go at once, while a key waits.
        # The application sets the timer: one set here would hold the page in its context.
        self.app.call_later(self.app.set_timer, GONE_AFTER, gc.collect)

    def on_resize(self, event: events.Resize) -> None:
        """Tells the page for another width."""
        if event.size == self.outer_size:
            event.prevent_default()  # it is laid out for this size, and Textual would do so a second time
        if event.size.width != self._drawn_width:
            self.redraw()


class Page(BarePage):
    """A screen of the questionnaire."""

    def compose(self) -> ComposeResult:
        """The notice above, the line of keys below, the body between."""
        self._take_room()
        yield Static(id="notice")
        yield from self.body()
        yield Static(id="keys")

    @abstractmethod
    def body(self) -> Sequence[Widget]:
        """The widgets of this page."""

    @abstractmethod
    def draw_body(self) -> None:
        """Tells what stands in the body."""

    @abstractmethod
    def key_hints(self) -> Sequence[KeyHint]:
        """The keys that matter here, besides those for leaving and for help; first those that must not be missed."""

    def draw(self) -> None:
        """Tells the notice, the body and the keys."""
        self._take_room()
        self.query_one("#notice", Static).update(notice(self.conversation.rulebook))
        self.draw_body()
        self.draw_keys()

    def draw_keys(self) -> None:
        """Draw the line of keys."""
        if self.is_ready:
            self.query_one("#keys", Static).update(self._key_line())

    def _take_room(self) -> None:
        # Not Textual's breakpoints: they are minded only once a page has been laid out, and then it is laid out anew.
        self.set_class(self.size.width >= TWO_PANELS_COLUMNS, "-wide")
        self.set_class(self.size.width < TWO_PANELS_COLUMNS, "-narrow")

    def _key_line(self) -> Content:
        if self.conversation.warning:
            return literal(self.conversation.warning, "bold")
        language = self.conversation.language
        # First, so that no window is too narrow to say how to leave.
        everywhere = [("q", _("leave")), ("?", _("help"))]
        if self.takes_letters:
            everywhere = [("Ctrl+Q", _("leave")), ("F1", _("help"))]
        line = Content()
        for key, does in [*everywhere, *self.key_hints()]:
            hint = Content.assemble(" " if line else "", (f" {key_name(key, language)} ", "bold"), does)
            if line.cell_length + hint.cell_length > self.size.width:
                break  # the page of help has them all
            line = line.append(hint)
        return line


class ClosablePage(Page):
    """A page that lies on top of others."""

    BINDINGS: ClassVar = bound({"escape,left,b": "close"})

    async def action_close(self) -> None:
        """Returns to the page below."""
        await self.conversation.close_page(self)


def engine_failed() -> str:
    """What a page says instead of what it could not compute."""
    return _("The rules engine failed. Nothing of your answers is lost; close this page and try again.")


def notice(rulebook: Rulebook) -> Content:
    """What has to be in sight at all times."""
    return literal(report.notice(rulebook), "bold")
