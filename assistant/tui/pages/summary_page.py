"""The page of the summary: its text, the choice of answers for it, and a link to write it to a file."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from assistant.explanation.timeline import timeline
from assistant.explanation.view.words import replied
from assistant.publish.summary import summary
from assistant.publish.summary.part import Summary
from assistant.publish.summary_format import part_lines
from assistant.rulebook.answer import Unknown
from assistant.system.language import _
from assistant.tui.pages.page import KeyHint
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.pages.write_page import WritePage
from assistant.tui.terminal.keys import bound
from assistant.tui.widgets.links import Command, FindingLink, Link, ReplyLink
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.reading import Block, row

ANSWERS = "answers"


class SummaryPage(ReadingPage):
    """The summary. It is written only from another page, under a name that the user types."""

    BINDINGS: ClassVar = bound({"p": "write"})

    def __init__(self) -> None:
        super().__init__()
        self._left_out: set[str] = set()

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the summary."""
        return [("↑↓", _("read")), ("Enter", _("open")), ("p", _("write to a file")), ("Esc", _("close"))]

    def blocks(self) -> Sequence[Block]:
        """Return what can be done, and the summary as it would be written."""
        text = _(
            "This is for a lawyer, or for you. Nothing is written unless you name a file. The file is not encrypted: "
            "whoever has it can read it."
        )
        return [
            Block(stacked(literal(_("A summary to take along"), "bold"), literal(text))),
            row(literal("→ " + _("Write it to a file")), Command("write")),
            self.fold(ANSWERS, _("Which answers go in")),
            *self._answers(),
            row(literal("")),
            *self._summary_blocks(),
        ]

    async def open(self, target: Link) -> None:
        """Write the summary, include or leave out an answer, or open a finding."""
        if isinstance(target, ReplyLink):
            self._left_out ^= {target.question}
            self.draw_body()
        elif isinstance(target, Command):
            await self.action_write()
        else:
            await super().open(target)

    async def action_write(self) -> None:
        """Open the page that asks for a file name."""
        await self.conversation.open_page(WritePage(self._summary()))

    def _summary_blocks(self) -> Iterator[Block]:
        """Yield the summary; each finding in it links to its page."""
        for finding, parts in groupby(self._summary().parts, key=lambda part: part.about):
            lines = [line for part in parts for line in part_lines(part, self.width)]
            if not lines[0]:
                yield row(literal(""))
            text = "\n".join(lines[not lines[0] :])
            yield row(literal(text), FindingLink(finding) if finding else None)

    def _answers(self) -> Iterator[Block]:
        if not self.is_unfolded(ANSWERS):
            return
        replies = self.conversation.turn.interview.replies
        for question in self.conversation.rulebook.questions:
            reply = replies.get(question.id)
            if reply is None or reply is Unknown.SKIPPED:
                continue
            mark = _("left out: ") if question.id in self._left_out else _("goes in: ")
            style = "dim" if question.id in self._left_out else ""
            yield row(hanging(f"  {mark}", replied(question, reply), self.width, style, "bold"), ReplyLink(question.id))

    def _summary(self) -> Summary:
        conversation = self.conversation
        interview = conversation.turn.interview
        line = timeline(conversation.assessor, interview.answers)
        return summary(conversation.rulebook, interview, line, set(interview.replies) - self._left_out)
