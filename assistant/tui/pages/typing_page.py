"""Pages on which lines are typed: names, and secrets that are not shown."""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.documents.atomic_file import path_named, refusal, would_replace, write_whole
from assistant.interview.saved import AgeSubprocess
from assistant.system.language import _
from assistant.tui.pages.page import Page
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.entry import Entry, refused_text
from assistant.tui.widgets.literal import literal, printable, stacked

MAX_LINE_CHARACTERS: Final = 1000


class Line(Horizontal):
    """A line to type in, after its title."""

    def __init__(self, name: str, *, secret: bool) -> None:
        super().__init__(classes="line")
        self._name_of_line = name
        self._secret = secret

    def compose(self) -> ComposeResult:
        """Yield the title and the line."""
        yield Static(classes="line-title")
        yield Entry(id=self._name_of_line, max_characters=MAX_LINE_CHARACTERS, secret=self._secret)


class TypingPage(Page):
    """A text, lines to type in, and a message below them."""

    BINDINGS: ClassVar = bound({"enter": "enter", "escape": "escape", "up,shift+tab": "line_before"})
    LINES: ClassVar[tuple[str, ...]]
    """The names of the lines, in their order."""
    SECRET: ClassVar[frozenset[str]] = frozenset()
    """The names of the lines that are shown as dots."""

    def __init__(self) -> None:
        super().__init__()
        self.line = self.LINES[0]
        self.message = ""
        self.busy = False
        """Whether work is in progress, so that only the keys that stop it count."""
        self._age: AgeSubprocess | None = None

    @abstractmethod
    def heading(self) -> str:
        """Return what the page is for."""

    @abstractmethod
    def text(self) -> Content:
        """Return the text above the lines."""

    @abstractmethod
    def line_titles(self) -> Mapping[str, str]:
        """Return the title of each line."""

    @abstractmethod
    async def enter(self) -> None:
        """Check the line, and go on."""

    def changed(self) -> None:
        """React to a change of the current line."""

    def body(self) -> list[Widget]:
        """Return the text, the lines, and the message."""
        lines = [Line(name, secret=name in self.SECRET) for name in self.LINES]
        return [VerticalScroll(Static(id="typing"), *lines, Static(id="message"), id="typing-body", can_focus=False)]

    @property
    def takes_letters(self) -> bool:
        """True also while something is being done: what is typed on in haste is no command."""
        return True

    @property
    def field(self) -> Entry | None:
        """The line that is being typed, or None if nothing can be typed now."""
        return None if self.busy or self.is_done else self._entry(self.line)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to type here."""
        return False

    def typed(self, line: str) -> str:
        """Return the text of a line."""
        return self._entry(line).value

    def fill(self, line: str, text: str) -> None:
        """Set the text of a line."""
        self._entry(line).value = text

    def forget(self, *lines: str) -> None:
        """Clear some lines."""
        for line in lines:
            self._entry(line).clear()

    def say(self, message: str) -> None:
        """Show a message below the lines."""
        self.message = message
        self.redraw()

    def draw_body(self) -> None:
        """Draw the text, the lines up to the current one, and the message."""
        self.query_one("#typing", Static).update(stacked(literal(self.heading(), "bold"), self.text(), line_breaks=2))
        shown = () if self.is_done else self.LINES[: self.LINES.index(self.line) + 1]
        titles = self.line_titles()
        for line, widget in self._lines():
            widget.display = line in shown
            widget.query_one(".line-title", Static).update(literal(titles[line], "bold"))
        message = self.query_one("#message", Static)
        message.update(literal(self.message, "bold"))
        message.display = bool(self.message)
        self.set_focus(self.field)

    def edited(self) -> None:
        """Remove the message about the text before the edit; if a key did not fit, say so."""
        self.use_own_language()
        self.message = refused_text() if self.field is not None and self.field.refused else ""
        self.changed()
        self.redraw()

    def paste(self, text: str) -> None:
        """Insert pasted text, if it is a single line; otherwise say so."""
        if self.field is not None:
            if self.field.put(text.strip()):
                self.edited()
            else:
                self.use_own_language()
                self.say(refused_text())

    def on_descendant_focus(self) -> None:
        """Keep the cursor in the current line, even if another one is clicked."""
        self.set_focus(self.field)

    async def action_enter(self) -> None:
        """Check the line, unless work is in progress."""
        if not self.busy:
            self.use_own_language()
            await self.enter()

    async def action_escape(self) -> None:
        """Stop the work in progress; if there is none, close the page."""
        if self._age is not None:
            self._age.stop()
        elif not self.busy:
            await self.conversation.close_page(self)

    def start(self, work: Callable[[AgeSubprocess], Any], finish: Callable[[Any], Any]) -> None:
        """Encrypt or decrypt in another process; then call ``finish`` with the result, among the waiting keys."""
        self.busy = True
        self.run_worker(self._run(work, finish))

    async def _run(self, work: Callable[[AgeSubprocess], Any], finish: Callable[[Any], Any]) -> None:
        self._age = age = AgeSubprocess()
        try:
            result = await asyncio.to_thread(work, age)
        finally:
            age.stop()
        self.conversation.later(lambda: self._end(finish, result))

    def _end(self, finish: Callable[[Any], Any], result: Any) -> Any:
        self._age, self.busy = None, False
        self.use_own_language()
        return finish(result)

    def action_line_before(self) -> None:
        """Go to the line before, to type it again."""
        at = self.LINES.index(self.line)
        if at > 0 and self.field is not None:
            self.forget(*self.SECRET)
            self.line = self.LINES[at - 1]
            self.edited()

    def _lines(self) -> Iterator[tuple[str, Widget]]:
        return zip(self.LINES, self.query(Line), strict=True)

    def _entry(self, line: str) -> Entry:
        return self.query_one(f"#{line}", Entry)


class NamingPage(TypingPage):
    """A page whose first line is the name of a file to write. Another file is replaced only after a second Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.is_written = False
        self._overwrites = False

    def changed(self) -> None:
        """Forget the consent to replace a file, because the name has changed."""
        if self.line == "name":
            self._overwrites = False

    def path_to_write(self, suffixes: Collection[str] = ()) -> Path | str:
        """Return the path of the typed name, or what is wrong with it; ``suffixes`` are those that it may have."""
        name = self.typed("name")
        path = path_named(name)
        if path is None or not name:
            return _("There can be no file of this name.") if name else _("Type the name of a file.")
        if suffixes and path.suffix not in suffixes:
            return _("The name has to end in one of these: {endings}").format(endings=", ".join(suffixes))
        if not path.parent.is_dir():
            return _("There is no such folder.")
        if refusal(path, overwrite=True):
            return _("Something else has this name. Choose another.")
        if would_replace(path) and not self._overwrites:
            self._overwrites = True
            return _("There is a file of this name. Enter once more replaces it; another name keeps it.")
        return path

    def write(self, path: Path, content: str | bytes, message: str) -> bool:
        """Write the file and say ``message`` with its path, or why it was not written; return whether it was."""
        problem = write_whole(path, content, overwrite=self._overwrites)
        self._overwrites = False
        if problem is None:
            self.is_written = True
            self.say(message.format(path=printable(str(path.absolute()))))
        else:
            self.say(_("Not written: {reason} {remedy}").format(reason=problem.message, remedy=problem.remedy))
        return problem is None
