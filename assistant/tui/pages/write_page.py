"""The page to write the summary to a file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.content import Content

from assistant.interview.receipt import receipt, receipt_text
from assistant.publish.summary.part import Summary
from assistant.publish.summary_format import FORMATS
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.typing_page import NamingPage
from assistant.tui.widgets.literal import literal, stacked

RECEIPT_SUFFIX: Final = ".json"


class WritePage(NamingPage):
    """Ask for a name; its suffix decides the format."""

    LINES: ClassVar[tuple[str, ...]] = ("name",)

    def __init__(self, content: Summary) -> None:
        super().__init__()
        self._summary = content

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys that are no letters."""
        return [("Enter", _("write")), ("Esc", _("close") if self.is_written else _("back, write nothing"))]

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

    async def enter(self) -> None:
        """Write the file, and say whether it was written."""
        path = self.path_to_write((*FORMATS, RECEIPT_SUFFIX))
        if isinstance(path, str):
            self.say(path)
        else:
            self.write(path, self._text(path.suffix), _("Written: {path}"))

    def _text(self, suffix: str) -> str:
        if suffix != RECEIPT_SUFFIX:
            return FORMATS[suffix](self._summary)
        answers = self.conversation.turn.interview.answers
        assessment = self.conversation.assessor.assess(answers)
        return receipt_text(receipt(self.conversation.rulebook, answers, assessment))
