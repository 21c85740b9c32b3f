"""The panel with the question, the field to type in, and the choices."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList, Static

from assistant.interview.state import Checklist
from assistant.interview.turn import step_at
from assistant.interview.typed_answer import is_typed, typed_answer
from assistant.interview.typed_answer.unknown import unknown_reply, words_of
from assistant.rulebook.answer import Reply
from assistant.rulebook.question import Question
from assistant.rulebook.ranges import OptionSet
from assistant.system.language import _
from assistant.tui.widgets.answer_field import AnswerField
from assistant.tui.widgets.checklist_marks import ChecklistMarks, marks_on
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.entry import Entry, refused_text
from assistant.tui.widgets.literal import literal
from assistant.tui.widgets.offers import Choice, how_to_choose, offers, one_of_marked
from assistant.tui.widgets.painted_text import PaintedText
from assistant.tui.widgets.panels import panel_width
from assistant.tui.widgets.question_text import banner_text, panel_text, recorded_text
from assistant.tui.widgets.reply_choices import ReplyChoices


class QuestionPanel(VerticalScroll, can_focus=False):
    """The current turn of a conversation. The panel decides nothing: its page asks it what a key means here."""

    class Clicked(Message):
        """A choice was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__()
        self.asked: str | None = None
        self.checklist: ChecklistMarks | None = None
        self.marked: frozenset[str] = frozenset()
        """The options of a choice that are marked, because one of them is right."""
        self._typing = False
        self._drafts: dict[str, str] = {}
        """The texts that were typed at questions but not submitted, by question."""
        self._reply_before: Reply | None = None
        """The reply to the question on the screen when it came there."""
        self._message: Callable[[], str] = str
        """Makes what is said of the last key, in the language in use."""

    def compose(self) -> ComposeResult:
        """Yield banner, question, field, choices, help of the choice under the cursor, and at the bottom the advice."""
        yield Static(id="banner")
        yield PaintedText(id="question")
        yield AnswerField()
        yield ReplyChoices()
        yield Static(id="beside")
        yield Static(id="recorded")
        yield Static(id="advice")

    @property
    def list(self) -> ReplyChoices:
        """The choices on the screen."""
        return self.query_one(ReplyChoices)

    @property
    def entry(self) -> Entry:
        """The line in which a day or a number is typed."""
        return self._field.entry

    @property
    def _field(self) -> AnswerField:
        return self.query_one(AnswerField)

    @property
    def is_typing(self) -> bool:
        """Whether letters and digits are text now; otherwise they are commands."""
        return self._typing and self.takes_text

    def written(self) -> None:
        """Notice that the terminal has been given what was drawn."""
        self.query_one(PaintedText).written()

    def was_visible(self, moment: float) -> bool:
        """Return whether the present question was visible at a moment of Textual's clock."""
        return self.query_one(PaintedText).visible_since <= moment

    def draw(self, conversation: Conversation) -> None:
        """Draw the current turn of the conversation."""
        self._conversation = conversation
        step = step_at(conversation.rulebook, conversation.turn)
        question = None if isinstance(step, Checklist) else step
        asked = question.id if question else None
        is_new = asked != self.asked or not self.list.choices
        if asked != self.asked:
            self._turn_to(asked)
        before, replies = self.checklist, conversation.turn.interview.replies
        self.checklist = marks_on(step, replies, before)
        is_new |= (before and before.names) != (self.checklist and self.checklist.names)
        # Of the page, not of the panel, which has no size while it is hidden.
        width = panel_width(self.screen.size.width)
        choices = self.checklist.choices() if self.checklist else offers(conversation, question, self.marked)
        self.list.set_choices(tuple(choices), conversation.language, width - 6)
        self._show("banner", banner_text(conversation))
        self.query_one(PaintedText).show(
            panel_text(conversation, step, self.screen.size, self.list.line_count), is_new=is_new
        )
        self._draw_entry()
        cursor = self._first_cursor(question) if is_new else self.list.highlighted
        self.list.draw(None if self.is_typing else cursor)
        self._draw_option_help()
        self._show("recorded", recorded_text(conversation))
        self._draw_advice()
        if is_new:
            self.scroll_home(animate=False, immediate=True)

    def forget(self) -> None:
        """Forget what was typed."""
        self.asked = self.checklist = None
        self.marked = frozenset()
        self._message = str
        self.entry.clear()
        self._drafts.clear()

    def shows(self, choice: Choice) -> bool:
        """Return whether the whole of a choice is in the visible part of the panel."""
        top, bottom = self.list.lines_of(choice)
        advice = self.query_one("#advice").outer_size.height if self.query_one("#advice").display else 0
        return self.scroll_y <= top and bottom <= self.scroll_y + self.size.height - advice

    def point_at(self, choice: Choice) -> None:
        """Put the cursor on a choice, which scrolls it into view."""
        self.list.highlighted = self.list.choices.index(choice)
        self._moved()

    @property
    def takes_text(self) -> bool:
        """Whether the question is answered by typing."""
        question = self._question()
        return question is not None and is_typed(question)

    def put(self, text: str) -> None:
        """Go to the field and insert text there; if it does not fit, say so."""
        if not self.is_typing:
            self.type()
        self._message = str if self.entry.put(text) else refused_text
        self._draw_entry()
        self._scroll_to_field()

    def edited(self) -> None:
        """Take away what was said of the text before; say so if a key did not fit."""
        before, self._message = self._message, refused_text if self.entry.refused else str
        if self._message != before:
            self._draw_entry()
        self._scroll_to_field()

    def type(self) -> None:
        """Go to the field: from now on, keys are text."""
        self._typing = True
        self.list.highlighted = None
        self.scroll_home(animate=False, immediate=True)
        self._moved()

    def choose(self, cursor: int | None = None) -> None:
        """Go from the field to the choices: from now on, keys are commands. ``cursor`` is a choice's index or None."""
        self._typing = False
        self.list.highlighted = cursor
        self._moved()

    def submitted(self) -> Reply | None:
        """Return the reply that Enter gives: the marked options, the choice under the cursor, or the typed text.

        If that is no reply, show how to give one, and return None.
        """
        choice, question = self.list.at_cursor, self._question()
        if question is not None and self.marked and (choice is None or isinstance(choice.reply, str)):
            return one_of_marked(question, self.marked, choice)
        if choice is not None or (self.asked is None and self.checklist is None):
            return choice.reply if choice else None
        answer = self._read()
        if not isinstance(answer, str):
            return answer
        self._message = lambda: str(self._read())
        self._draw_entry()
        self._draw_advice()
        self._scroll_to_field()
        return None

    def _read(self) -> Reply | str:
        question = self._question()
        if question is None or not self.is_typing:
            return how_to_choose(question)
        text = self.entry.value
        return unknown_reply(words_of(text)) or typed_answer(question, text)

    def _scroll_to_field(self) -> None:
        """Scroll the field and its message into view, as soon as they are laid out."""
        field = self._field
        if self.is_typing:
            self.call_after_refresh(lambda: field.is_attached and self.scroll_to_widget(field, animate=False))

    def move(self, step: str) -> None:
        """Move the cursor: from the field to the choices below, among them, and back."""
        if self.is_typing:
            if step == "down":
                self.choose(0)
        elif self.takes_text and step == "up" and not self.list.highlighted:
            self.type()
        else:
            self.list.move(step)
            self._moved()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Treat a click on a choice as its key."""
        event.stop()
        if event.option in self.list.options:  # otherwise the list has changed since
            self.post_message(self.Clicked(self.list.choices[event.option_index]))

    def on_descendant_focus(self) -> None:
        """Go to the field if it was clicked, unless a key has left it since."""
        if not self.is_typing and self.screen.focused is self.entry:
            self.type()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw whether there is more below."""
        super().watch_scroll_y(old_value, new_value)
        self._draw_advice()

    def watch_virtual_size(self, _size: Size) -> None:
        """Draw whether there is more below."""
        self.call_later(self._draw_advice)  # the panel does not know yet how much of it is visible

    def _draw_advice(self) -> None:
        """Draw how to choose, if Enter was pressed without a choice; otherwise whether there is more below."""
        if not (self.asked or self.checklist) or not self.is_attached or self._conversation.is_ending:
            return
        if self.screen not in self.app.screen_stack:
            return
        more = _("▼ more: ↓ or PgDn") if round(self.scroll_y) < self.max_scroll_y else ""
        self._show("advice", literal(more if self.takes_text else self._message() or more, "bold"))

    def _question(self) -> Question | None:
        return self._conversation.rulebook.question[self.asked] if self.asked else None

    def mark(self, question: str) -> None:
        """Change the mark of a question of the checklist, and draw it."""
        if self.checklist is not None:
            self.checklist = self.checklist.toggled(question)
            self.draw(self._conversation)

    def mark_option(self, option: str) -> None:
        """Mark an option of a choice, or take its mark away, and draw it."""
        self.marked ^= {option}
        self.draw(self._conversation)

    def _turn_to(self, asked: str | None) -> None:
        """Go to another question. Text that was typed but not submitted comes back with its question."""
        replies, typed = self._conversation.turn.interview.replies, self.entry.value
        if self.asked is not None and typed and replies.get(self.asked) == self._reply_before:
            self._drafts[self.asked] = typed
        self.asked = asked
        reply = self._reply_before = replies.get(asked) if asked is not None else None
        self.marked = frozenset(reply.options) if isinstance(reply, OptionSet) else frozenset()
        self.entry.value = self._drafts.pop(asked, "") if asked is not None else ""
        self.entry.cursor_position = len(self.entry.value)
        self._message = str
        self._typing = self.takes_text

    def _draw_entry(self) -> None:
        self._field.draw(self._question() if self.takes_text else None, self._message(), is_typing=self.is_typing)

    def _moved(self) -> None:
        self._message = str
        self._draw_entry()
        self._draw_option_help()
        self._draw_advice()

    def _first_cursor(self, question: Question | None) -> int | None:
        """Return the index of the choice that the cursor begins on: the present reply, or None.

        On a new question there is no cursor: a second Enter, or one held down, must not answer a question unread.
        """
        if question is None:
            return 0 if self.list.choices and self.checklist is None else None
        return self.list.index_of_reply(self._conversation.turn.interview.replies.get(question.id))

    def _draw_option_help(self) -> None:
        choice = self.list.at_cursor
        self._show("beside", literal(choice.help) if choice and choice.help else None)

    def _show(self, name: str, content: Content | None) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = bool(content and content.plain)
        widget.update(content or Content())
