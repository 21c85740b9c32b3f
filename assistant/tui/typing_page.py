"""A page on which lines are typed: names, and secrets that are not shown."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final

from textual import events
from textual.content import Content

from assistant.language import _
from assistant.tui.literal import literal, printable, stacked
from assistant.tui.page import Page
from assistant.written_file import are_forbidden

LONGEST: Final = 1000


class TypingPage(Page):
    """Takes every letter for a part of a line. Nothing here is a binding, so that keys act in their order."""

    TAKES_LETTERS: ClassVar[bool] = True
    LINES: ClassVar[tuple[str, ...]]
    """The lines, by names of their own, in their order."""
    SECRET: ClassVar[frozenset[str]] = frozenset()
    """Those that are shown as dots."""
    WRITES: ClassVar[bool] = False
    """Whether a file is to be written in the end."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, str] = dict.fromkeys(self.LINES, "")
        self.line = self.LINES[0]
        self.message = ""
        self.busy = False
        """Whether something is being done, so that only the keys that stop it count."""
        self.refused = self.WRITES and are_forbidden()
        """Whether nothing need be typed here, because nothing could come of it."""

    @abstractmethod
    async def enter(self) -> None:
        """Takes the line."""

    async def escape(self) -> None:
        """Goes back."""
        self.dismiss()

    def changed(self) -> None:
        """Minds that a line is another than it was when Enter was pressed."""

    def forget(self, *lines: str) -> None:
        """Forgets what was typed in some lines."""
        self.typed.update(dict.fromkeys(lines, ""))

    def say(self, message: str) -> None:
        """Says something below the lines."""
        self.message = message
        self.tell()

    def refusal(self, title: str) -> Content:
        """Says, below the title of the page, that nothing can be written from here."""
        told = _(
            "No file may be written from here. In a browser, that needs the option {option} when the program is "
            "started. Everything else works without it, and nothing of your answers is lost."
        )
        return stacked(literal(title, "bold"), literal(told.format(option="--files")), apart=2)

    def entry(self, line: str, title: str) -> Content:
        """A line with its title, and with the cursor if it is the one that is typed."""
        text = "•" * len(self.typed[line]) if line in self.SECRET else self.typed[line]
        here = line == self.line and not self.busy
        return Content.assemble(literal(title, "bold"), " ", literal(text), (" ", "reverse") if here else "")

    def lines(self, titles: Mapping[str, str]) -> Content:
        """The lines as far as they have come, below each other."""
        shown = self.LINES[: self.LINES.index(self.line) + 1]
        return Content("\n").join([self.entry(line, titles[line]) for line in shown])

    async def on_key(self, event: events.Key) -> None:
        """Types, erases, takes the line, or goes back."""
        event.stop()
        typed = self.typed[self.line]
        if event.key == "escape":
            await self.escape()
        elif self.busy or self.refused:
            return
        elif event.key == "enter":
            self.tell_in_language()
            await self.enter()
        elif event.key in {"up", "shift+tab"}:
            self._go_up()
        elif event.key in {"backspace", "ctrl+h"}:
            self._type(typed[:-1])
        elif event.key == "ctrl+u":
            self._type("")
        elif event.character is not None and event.is_printable:
            self._type(typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Types what is pasted, if it is a single line."""
        event.stop()
        text = event.text.strip()
        takes = not (self.busy or self.refused)
        if takes and len(text) <= LONGEST and text == printable(text) and "\n" not in text:
            self._type(self.typed[self.line] + text)

    def _type(self, text: str) -> None:
        self.typed[self.line], self.message = text[:LONGEST], ""
        self.changed()
        self.tell()

    def _go_up(self) -> None:
        at = self.LINES.index(self.line)
        if at > 0:
            self.forget(*self.SECRET)
            self.line = self.LINES[at - 1]
            self.message = ""
            self.changed()
            self.tell()
