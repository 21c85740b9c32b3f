"""Where a name is typed, and the one place of the questionnaire from which a file is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.language import _
from assistant.receipt import receipt, receipt_text
from assistant.summary.part import Summary
from assistant.summary_format import FORMATS
from assistant.tui.literal import literal, printable, stacked
from assistant.tui.page import KeyHint, Page
from assistant.written_file import write_whole

RECEIPT: Final = ".json"
LONGEST: Final = 1000


class WritePage(Page):
    """Takes every letter for a part of the name. The ending of the name says in which form to write."""

    TAKES_LETTERS: ClassVar[bool] = True

    def __init__(self, told: Summary) -> None:
        super().__init__()
        self._summary = told
        self._typed = ""
        self._message = ""
        self._in_the_way = ""

    def body(self) -> Sequence[Widget]:
        """One text."""
        return [Static(id="write")]

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys that are no letters."""
        return [("Enter", _("write")), ("Esc", _("back, write nothing"))]

    def redraw(self) -> None:
        """Says what is written where, and shows the name so far."""
        entry = Content.assemble(literal(_("File:"), "bold"), " ", literal(self._typed), (" ", "reverse"))
        self.query_one("#write", Static).update(
            stacked(
                literal(_("Write the summary to a file"), "bold"),
                literal(_("It is not encrypted. Whoever gets this device, or the file, can read it."), "bold"),
                literal(
                    _("A file that was deleted can often be found again. Better: write to a stick that you can hide.")
                ),
                literal(
                    _(
                        "The end of the name says what is written: .txt plain text, .md Markdown, .html a page to "
                        "print, .json a receipt that the program can check again. A receipt holds all your answers, "
                        "also those that are left out of the summary."
                    )
                ),
                entry,
                literal(self._message, "bold") if self._message else None,
                apart=2,
            )
        )

    def on_key(self, event: events.Key) -> None:
        """Types, erases, writes, or goes back. In the order of the keys, because nothing here is a binding."""
        event.stop()
        if event.key == "escape":
            self.dismiss()
        elif event.key == "enter":
            self._write()
        elif event.key in {"backspace", "ctrl+h"}:
            self._type(self._typed[:-1])
        elif event.key == "ctrl+u":
            self._type("")
        elif event.character is not None and event.is_printable:
            self._type(self._typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Types what is pasted, if it is a single line."""
        text = event.text.strip()
        if len(text) <= LONGEST and text == printable(text) and "\n" not in text:
            self._type(self._typed + text)

    def _type(self, text: str) -> None:
        self._typed, self._message, self._in_the_way = text[:LONGEST], "", ""
        self.tell()

    def _write(self) -> None:
        self.tell_in_language()
        self._message = self._written()
        self.tell()

    def _written(self) -> str:
        """Writes, and says whether it is done."""
        if not self._typed:
            return _("Type the name of a file.")
        try:
            path = Path(self._typed).expanduser()
        except RuntimeError:
            return _("There is no such folder.")
        text = self._text(path.suffix)
        if text is None:
            endings = ", ".join([*FORMATS, RECEIPT])
            return _("The name has to end in one of these: {endings}").format(endings=endings)
        confirmed = self._in_the_way == self._typed
        self._in_the_way = ""
        problem = write_whole(path, text, overwrite=confirmed)
        if problem is None:
            return _("Written: {path}").format(path=printable(str(path.absolute())))
        if not confirmed and path.is_file() and not path.is_symlink():
            self._in_the_way = self._typed
            return _("There is a file of this name. Enter once more overwrites it; another name keeps it.")
        return _("Not written: {reason} {remedy}").format(reason=problem.message, remedy=problem.remedy)

    def _text(self, ending: str) -> str | None:
        if ending == RECEIPT:
            interview = self.conversation.turn.interview
            return receipt_text(receipt(self.conversation.rulebook, interview.answers, interview.assessment))
        return FORMATS[ending](self._summary) if ending in FORMATS else None
