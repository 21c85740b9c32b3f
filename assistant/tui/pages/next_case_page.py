"""The page that asks, before the next case, whether to forget all replies."""

from collections.abc import Sequence
from typing import ClassVar

from assistant.system.keyboard import key_name
from assistant.system.language import _, plural
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.literal import literal, stacked
from assistant.tui.widgets.reading import Block


class NextCasePage(ReadingPage):
    """Delete forgets all replies; Esc keeps them.

    Delete, because it is in no word: "контрактник" and Enter, typed where letters are commands, open this page too.
    """

    BINDINGS: ClassVar = bound({"delete": "forget"})

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys to forget and to keep."""
        return [("Delete", _("forget all answers")), ("Esc", _("keep them"))]

    def blocks(self) -> Sequence[Block]:
        """Return what would be lost."""
        count = len(self.conversation.turn.interview.replies)
        lost = plural("{count} reply will be forgotten.", "{count} replies will be forgotten.", count)
        text = _(
            "Delete forgets them and begins with the first question. Esc goes back, and everything stays: there {key} "
            "saves the answers, encrypted."
        ).format(key=key_name("k", self.conversation.language))
        return [Block(stacked(literal(_("The next case"), "bold"), literal(lost))), Block(literal(text))]

    async def action_forget(self) -> None:
        """Forget everything."""
        await self.conversation.close_pages()
        self.conversation.begin_again()
