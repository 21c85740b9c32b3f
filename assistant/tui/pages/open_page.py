"""The page to open a saved interview: it asks for the passphrase, and says which replies are left out."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.content import Content

from assistant.documents.problem import EngineError, Problem
from assistant.interview.saved import (
    EncryptedFile,
    Restored,
    SavedInterview,
    decrypt,
    restore,
    restored_lines,
)
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint, engine_failed
from assistant.tui.pages.typing_page import TypingPage
from assistant.tui.widgets.literal import literal, printable


class OpenPage(TypingPage):
    """The first page if a file is to be opened. Esc begins without it; the file does not change."""

    LINES: ClassVar[tuple[str, ...]] = ("passphrase",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"passphrase"})

    def __init__(self, file: EncryptedFile) -> None:
        super().__init__()
        self._file = file
        self._restored: Restored | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys that are no letters."""
        if self.busy:
            return [("Esc", _("stop"))]
        return [("Enter", _("go on") if self._restored else _("open")), ("Esc", _("begin again, without the file"))]

    def heading(self) -> str:
        """Return the name of the file."""
        return _("Opening {file}").format(file=printable(self._file.name))

    def text(self) -> Content:
        """Return which replies are left out, once the file is open."""
        if self._restored is None:
            return literal("")
        return literal("\n".join(restored_lines(self.conversation.rulebook, self._restored)))

    def line_titles(self) -> Mapping[str, str]:
        """Return the title of the line."""
        return {"passphrase": _("Passphrase:")}

    @property
    def is_done(self) -> bool:
        """Whether the file is open, so that there is only something to read."""
        return self._restored is not None

    async def enter(self) -> None:
        """Open the file; if it is open already, go on to the questions."""
        if self._restored is not None:
            await self._go_on(self._restored)
        elif passphrase := self.typed("passphrase"):
            self.forget("passphrase")
            self.start(lambda age: decrypt(self._file.content, passphrase, self._file.name, age), self._decrypted)
            self.say(_("Decrypting. This takes some seconds."))

    async def _decrypted(self, saved: SavedInterview | Problem) -> None:
        if isinstance(saved, Problem):
            self.say(f"{saved.message[:1].upper()}{saved.message[1:]} {saved.remedy}")
            return
        restored = restore(saved, self.conversation.rulebook)
        if restored.unfit or restored.other_rulebook:
            self._restored = restored
            self.say(_("Enter goes on with the rest. The file stays as it is until you save again."))
        else:
            await self._go_on(restored)

    async def _go_on(self, restored: Restored) -> None:
        try:
            self.conversation.resume(restored.replies, restored.asked, restored.unsure)
        except EngineError:
            self.say(engine_failed())
        else:
            self.conversation.saved_as = self._file.name
            self.conversation.saved_replies = dict(self.conversation.turn.interview.replies)
            await self.conversation.close_page(self)
