"""Where the passphrase of a saved interview is typed, and where it is said what of it is left out."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from assistant.language import _
from assistant.problem import EngineError
from assistant.session_file import Apart, Fitted, SavedInterview, SealedFile, fitted, fitting_lines, opened
from assistant.tui.literal import literal, printable, stacked
from assistant.tui.page import KeyHint, engine_failed
from assistant.tui.typing_page import TypingPage


class OpenPage(TypingPage):
    """The first page if a file is to be opened. Esc begins without it, and leaves it as it is."""

    LINES: ClassVar[tuple[str, ...]] = ("passphrase",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"passphrase"})

    def __init__(self, file: SealedFile) -> None:
        super().__init__()
        self._file = file
        self._apart: Apart | None = None
        self._found: Fitted | None = None

    def body(self) -> Sequence[Widget]:
        """One text."""
        return [Static(id="typing")]

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys that are no letters."""
        if self.busy:
            return [("Esc", _("stop"))]
        return [("Enter", _("go on") if self._found else _("open")), ("Esc", _("begin anew, without the file"))]

    def redraw(self) -> None:
        """Asks for the passphrase; afterwards, says what does not fit."""
        if self._found is None:
            shown = self.lines({"passphrase": _("Passphrase:")})
        else:
            shown = literal("\n".join(fitting_lines(self.conversation.rulebook, self._found)))
        told = _("Opening {file}").format(file=printable(self._file.name))
        message = literal(self.message, "bold") if self.message else None
        self.query_one("#typing", Static).update(stacked(literal(told, "bold"), shown, message, apart=2))

    async def escape(self) -> None:
        """Stops the work, or begins without the file."""
        if self._apart is not None:
            self._apart.stop()
        else:
            self.dismiss()

    async def enter(self) -> None:
        """Opens the file; when what is left out has been read, goes on."""
        if self._found is not None:
            self._go_on(self._found)
        elif self.typed["passphrase"]:
            passphrase = self.typed["passphrase"]
            self.forget("passphrase")
            self.busy = True
            self.run_worker(self._open(passphrase))
            self.say(_("Decrypting. This takes some seconds."))

    async def _open(self, passphrase: str) -> None:
        self._apart = apart = Apart()
        try:
            found = await asyncio.to_thread(opened, self._file.content, passphrase, self._file.name, apart)
        finally:
            apart.stop()
            self._apart, self.busy = None, False
        self.tell_in_language()
        if not isinstance(found, SavedInterview):
            self.say(f"{found.message[:1].upper()}{found.message[1:]} {found.remedy}")
            return
        what = fitted(found, self.conversation.rulebook)
        if what.unfit or what.other_rulebook:
            self._found = what
            self.say(_("Enter goes on with the rest. The file stays as it is until you save again."))
        else:
            self._go_on(what)

    def _go_on(self, what: Fitted) -> None:
        try:
            self.conversation.resume(what.replies, what.asked)
        except EngineError:
            self.say(engine_failed())
        else:
            self.conversation.kept_as = self._file.name
            self.dismiss()
