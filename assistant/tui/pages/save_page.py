"""The page to save the interview in an encrypted file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual.content import Content

from assistant.documents.atomic_file import path_named
from assistant.interview.passphrase import generate_passphrase, normal_form, strength_text, weakness
from assistant.interview.saved import AgeSubprocess, SavedInterview, encrypt, to_saved, words
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.typing_page import NamingPage
from assistant.tui.widgets.literal import literal, stacked


class SavePage(NamingPage):
    """Ask for a name and twice for a passphrase, then encrypt in another process, so that keys work meanwhile."""

    LINES: ClassVar[tuple[str, ...]] = ("name", "passphrase", "repeated")
    SECRET: ClassVar[frozenset[str]] = frozenset({"passphrase", "repeated"})

    def __init__(self, name: str = "") -> None:
        """Suggest a name: that of the file from which the interview was opened, or to which it was saved."""
        super().__init__()
        self._suggested = name
        self._offered = ""

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys that are no letters."""
        if self.busy:
            return [("Esc", _("stop, save nothing"))]
        return [("Enter", _("go on")), ("↑", _("line before")), ("Esc", _("close"))]

    def on_mount(self) -> None:
        """Fill in the suggested name."""
        self.fill("name", self._suggested)

    def heading(self) -> str:
        """Return what the page is for."""
        return _("Save, encrypted")

    def text(self) -> Content:
        """Return what saving means, and what to type."""
        return stacked(literal(words.what_saving_means()), self._asked(), line_breaks=2)

    def line_titles(self) -> Mapping[str, str]:
        """Return the title of each line."""
        return {"name": _("File:"), "passphrase": _("Passphrase:"), "repeated": _("Once more:")}

    async def enter(self) -> None:
        """Check the line; go to the next one or save if it is valid, otherwise say what is wrong."""
        check = {"name": self._check_name, "passphrase": self._check_passphrase, "repeated": self._check_repeated}[
            self.line
        ]
        self.say(check())

    def _asked(self) -> Content:
        if self.line == "name":
            text = _("Type the whole name of the file, as /media/stick/notes. A name that says nothing is best.")
        elif self._offered:
            text = words.offer(self._offered)
        else:
            text = words.how_to_choose()
        return literal(text)

    def _check_name(self) -> str:
        path = self.path_to_write()
        if isinstance(path, str):
            return path
        self.line = "passphrase"
        return ""

    def _check_passphrase(self) -> str:
        passphrase = self.typed("passphrase")
        if not passphrase:
            self._offered = generate_passphrase(self.conversation.language)
            return ""
        weak = weakness(passphrase)
        if weak:
            self.forget("passphrase")
            return weak
        self.line = "repeated"
        return strength_text(passphrase)

    def _check_repeated(self) -> str:
        passphrase = self.typed("passphrase")
        if normal_form(self.typed("repeated")) != normal_form(passphrase):
            self.forget(*self.SECRET)
            self.line = "passphrase"
            return _("These were not the same. Type the passphrase again.")
        name, turn = self.typed("name"), self.conversation.turn
        saved = to_saved(self.conversation.rulebook, turn.interview, turn.asked)
        self.forget(*self.SECRET)
        self.line, self._offered = "name", ""
        self.start(lambda age: _encrypted(saved, passphrase, age), lambda content: self._finish(name, content))
        return words.encrypting()

    def _finish(self, name: str, content: bytes) -> None:
        if not content:
            self.say(words.nothing_saved())
        elif self.write(path_named(name) or Path(name), content, _("Saved, encrypted: {path}")):
            self.conversation.saved_as = name
            self.conversation.saved_replies = dict(self.conversation.turn.interview.replies)


def _encrypted(saved: SavedInterview, passphrase: str, age: AgeSubprocess) -> bytes:
    """Return the bytes of the file; empty if encryption was stopped or failed."""
    try:
        return encrypt(saved, passphrase, age)
    except OSError:
        return b""
