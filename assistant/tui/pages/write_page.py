"""The page to write the summary to a file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.content import Content

from assistant.documents.atomic_file import path_named, would_replace, write_whole
from assistant.interview.receipt import receipt, receipt_text
from assistant.publish.summary.part import Summary
from assistant.publish.summary_format import FORMATS
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.typing_page import TypingPage
from assistant.tui.widgets.literal import literal, printable, stacked

RECEIPT_SUFFIX: Final = ".json"


class WritePage(TypingPage):
    """Ask for a name; its suffix decides the format."""

    LINES: ClassVar[tuple[str, ...]] = ("name",)

    def __init__(self, content: Summary) -> None:
        super().__init__()
        self._summary = content
        self._overwrites = ""
        self._is_written = False

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys that are no letters."""
        return [("Enter", _("write")), ("Esc", _("close") if self._is_written else _("back, write nothing"))]

    def heading(self) -> str:
        """Return what the page is for."""
        return _("Write the summary to a file")

    def text(self) -> Content:
        """Return the warnings, and what each suffix means."""
        return stacked(
            literal(_("It is not encrypted. Whoever gets this device, or the file, can read it."), "bold"),
            literal(_("A file that was deleted can often be found again. Better: write to a stick that you can hide.")),
            literal(
                _(
                    "The end of the name says what is written: .txt plain text, .md Markdown, .html a page to "
                    "print, .json a receipt that the program can check again. A receipt holds all your answers, "
                    "also those that are left out of the summary."
                )
            ),
            line_breaks=2,
        )

    def line_titles(self) -> Mapping[str, str]:
        """Return the title of the line."""
        return {"name": _("File:")}

    def changed(self) -> None:
        """Forget the consent to replace a file, because the name has changed."""
        self._overwrites = ""

    async def enter(self) -> None:
        """Write the file, and say whether it was written."""
        self.say(self._written(self.typed("name")))

    def _written(self, name: str) -> str:
        if not name:
            return _("Type the name of a file.")
        path = path_named(name)
        if path is None:
            return _("There can be no file of this name.")
        text = self._text(path.suffix)
        if text is None:
            suffixes = ", ".join([*FORMATS, RECEIPT_SUFFIX])
            return _("The name has to end in one of these: {endings}").format(endings=suffixes)
        confirmed = self._overwrites == name
        self._overwrites = ""
        problem = write_whole(path, text, overwrite=confirmed)
        if problem is None:
            self._is_written = True
            return _("Written: {path}").format(path=printable(str(path.absolute())))
        if not confirmed and would_replace(path):
            self._overwrites = name
            return _("There is a file of this name. Enter once more writes over it; to keep it, type another name.")
        return _("Not written: {reason} {remedy}").format(reason=problem.message, remedy=problem.remedy)

    def _text(self, suffix: str) -> str | None:
        if suffix == RECEIPT_SUFFIX:
            answers = self.conversation.turn.interview.answers
            assessment = self.conversation.assessor.assess(answers)
            return receipt_text(receipt(self.conversation.rulebook, answers, assessment))
        return FORMATS[suffix](self._summary) if suffix in FORMATS else None
