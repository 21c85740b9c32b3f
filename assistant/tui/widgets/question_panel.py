"""The question on the screen, with everything that can be said in reply to it."""

from collections.abc import Callable, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList, Static

from assistant.interview.turn import question_at
from assistant.interview.typed_answer import is_typed, typed_answer
from assistant.interview.typed_answer.unknown import unknown_said, words_of
from assistant.rulebook.answer import Reply
from assistant.rulebook.question import Question
from assistant.system.keyboard import key_name
from assistant.system.language import _
from assistant.tui.widgets.answer_field import AnswerField
from assistant.tui.widgets.choices import FlowingChoices
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.entry import Entry, does_not_fit
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.offers import Choice, offers
from assistant.tui.widgets.painted_text import PaintedText
from assistant.tui.widgets.panels import panel_width, panels_beside
from assistant.tui.widgets.question_text import nothing_to_ask, question_text

SURROUNDING_LINES: Final = 3
"""Lines of a page that are no question: the notice, the keys, and a free one before the choices."""
ENTRY_LINES: Final = 3
"""Lines of what is typed: it, how to write it, and a free one."""


class QuestionPanel(VerticalScroll, can_focus=False):
    """Shows the turn of a conversation. It decides nothing: its page asks it what a key means here."""

    class Clicked(Message):
        """A choice was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__()
        self.asked: str | None = None
        self._choices: Sequence[Choice] = ()
        self._lines: Sequence[int] = ()
        """How many lines each choice takes."""
        self._typing = False
        self._drafts: dict[str, str] = {}
        """What was typed at questions that were left without a new reply."""
        self._reply_before: Reply | None = None
        """The reply to the question on the screen when it came there."""
        self._message: Callable[[], str] = str
        """Makes what is said of the last key, in the language in use."""

    def compose(self) -> ComposeResult:
        """Banner, question, what is typed, choices, what belongs to the one under the cursor; below, some advice."""
        yield Static(id="banner")
        yield PaintedText(id="question")
        yield AnswerField()
        yield FlowingChoices(id="choices")
        yield Static(id="beside")
        yield Static(id="advice")

    @property
    def list(self) -> FlowingChoices:
        """The choices on the screen."""
        return self.query_one(FlowingChoices)

    @property
    def entry(self) -> Entry:
        """The line in which a day or a number is typed."""
        return self._field.entry

    @property
    def _field(self) -> AnswerField:
        return self.query_one(AnswerField)

    @property
    def is_typing(self) -> bool:
        """Whether letters and digits are text now; else they are commands."""
        return self._typing and self.takes_text

    def was_in_sight(self, moment: float) -> bool:
        """Return whether the present question was on the screen at a moment of Textual's clock."""
        return self.query_one(PaintedText).in_sight_since <= moment

    def draw(self, conversation: Conversation) -> None:
        """Shows the turn of a conversation."""
        self._conversation = conversation
        question = question_at(conversation.rulebook, conversation.turn)
        asked = question.id if question else None
        fresh = asked != self.asked or not self._choices
        if asked != self.asked:
            self._turn_to(asked)
        self._choices = tuple(offers(conversation, question))
        # Of the page, not of the panel, which has no size while it is hidden.
        page = self.screen.size
        width = panel_width(page.width)
        prompts = [
            hanging(f"{key_name(choice.key, conversation.language):>2}  ", choice.text, width - 6, mark_style="bold")
            for choice in self._choices
        ]
        self._show("banner", self._banner())
        self._lines = [prompt.plain.count("\n") + 1 for prompt in prompts]
        told = self._told(question, sum(self._lines))
        self.query_one(PaintedText).show(told, other=fresh)
        self._draw_entry()
        here = self._present_choice(question) if fresh else self.list.highlighted
        self.list.offer(prompts, None if self.is_typing else here)
        self._draw_option_help()
        self._advise()
        if fresh:
            self.scroll_home(animate=False, immediate=True)

    def forget(self) -> None:
        """Forgets what is typed."""
        self.asked = None
        self._message = str
        self.entry.clear()
        self._drafts.clear()

    def choice_at_cursor(self) -> Choice | None:
        """The choice under the cursor, if there is one."""
        index = self.list.highlighted
        return None if index is None or index >= len(self._choices) else self._choices[index]

    def offers(self, choice: Choice) -> bool:
        """Return whether a choice is on the screen."""
        return choice in self._choices

    def shows(self, choice: Choice) -> bool:
        """Return whether the whole of a choice is in the part of the panel that is in sight."""
        index = self._choices.index(choice)
        top = self.list.virtual_region.y + sum(self._lines[:index])
        bottom = top + self._lines[index]
        advice = self.query_one("#advice").outer_size.height if self.query_one("#advice").display else 0
        return self.scroll_y <= top and bottom <= self.scroll_y + self.size.height - advice

    def point_at(self, choice: Choice) -> None:
        """Put the cursor on a choice, which brings it in sight."""
        self.list.highlighted = self._choices.index(choice)
        self._moved()

    def choice_with_key(self, key: str) -> Choice | None:
        """The choice that a key stands for."""
        return next((choice for choice in self._choices if choice.key == key), None)

    @property
    def takes_text(self) -> bool:
        """Whether digits are typed instead of chosen."""
        question = self._question()
        return question is not None and is_typed(question)

    def put(self, text: str) -> None:
        """Put text into the field, where it is typed from then on; if it does not fit there, say so."""
        if not self.is_typing:
            self.type()
        self._message = str if self.entry.put(text) else does_not_fit
        self._draw_entry()
        self._keep_field_in_sight()

    def edited(self) -> None:
        """Take away what was said of the text before; say so if a key did not fit."""
        before, self._message = self._message, does_not_fit if self.entry.refused else str
        if self._message != before:
            self._draw_entry()
        self._keep_field_in_sight()

    def type(self) -> None:
        """Go to the field: from then on, keys are text."""
        self._typing = True
        self.list.highlighted = None
        self.scroll_home(animate=False, immediate=True)
        self._moved()

    def choose(self, cursor: int | None = None) -> None:
        """Go from the field to the choices below it: from then on, keys are commands. The cursor may be on a choice."""
        self._typing = False
        self.list.highlighted = cursor
        self._moved()

    def submitted(self) -> Reply | None:
        """What Enter says: the choice under the cursor, or what is typed. If that is no answer, how to give one."""
        question, choice = self._question(), self.choice_at_cursor()
        if question is None or choice is not None:
            return choice.reply if choice else None
        answer = self._read(question)
        if not isinstance(answer, str):
            return answer
        self._message = lambda: str(self._read(self._question() or question))
        self._draw_entry()
        self._advise()
        self._keep_field_in_sight()
        return None

    def _read(self, question: Question) -> Reply | str:
        if not self.is_typing:
            return _how_to_choose(question)
        text = self.entry.value
        return unknown_said(words_of(text)) or typed_answer(question, text)

    def _keep_field_in_sight(self) -> None:
        """Scroll so that the field is in sight, with what is said below it, as soon as that is laid out."""
        field = self._field
        if self.is_typing:
            self.call_after_refresh(lambda: field.is_attached and self.scroll_to_widget(field, animate=False))

    def move(self, step: str) -> None:
        """Moves the cursor: from the field to the choices below it, among them, and back."""
        if self.is_typing:
            if step == "down":
                self.choose(0)
        elif self.takes_text and step == "up" and not self.list.highlighted:
            self.type()
        else:
            self.list.move(step)
            self._moved()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes a click on a choice for its key."""
        event.stop()
        if event.option in self.list.options:  # else the list is another one by now
            self.post_message(self.Clicked(self._choices[event.option_index]))

    def on_descendant_focus(self) -> None:
        """Take a click into the field for the way to it, unless a key has led away from there by now."""
        if not self.is_typing and self.screen.focused is self.entry:
            self.type()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Says whether there is more below."""
        super().watch_scroll_y(old_value, new_value)
        self._advise()

    def watch_virtual_size(self, _size: Size) -> None:
        """Says whether there is more below."""
        self.call_later(self._advise)  # now the panel does not know yet how much of it is in sight

    def _advise(self) -> None:
        """Says how to choose, if somebody did not; else that there is more below, if there is."""
        if self.asked is None or not self.is_attached or self._conversation.is_ending:
            return
        if self.screen not in self.app.screen_stack:
            return
        more = _("▼ more: ↓ or PgDn") if round(self.scroll_y) < self.max_scroll_y else ""
        self._show("advice", literal(more if self.takes_text else self._message() or more, "bold"))

    def _question(self) -> Question | None:
        return self._conversation.rulebook.question[self.asked] if self.asked else None

    def _told(self, question: Question | None, lines: int) -> Content:
        """The question, above so many lines of choices."""
        page = self.screen.size
        alone = panels_beside(page.width) == 1
        if question is None:
            return nothing_to_ask(self._conversation, alone=alone)
        room = page.height - SURROUNDING_LINES - lines - (ENTRY_LINES if is_typed(question) else 0)
        return question_text(self._conversation, question, panel_width(page.width) - 3, room, alone=alone)

    def _banner(self) -> Content | None:
        rulebook, assessment = self._conversation.rulebook, self._conversation.turn.interview.assessment
        clashing = assessment.clashes(rulebook)
        told = [literal(impossible.text) for impossible in clashing]
        if told:
            told.insert(0, literal(_("These answers contradict each other, so nothing can be said yet."), "bold"))
        if self._conversation.trouble:
            told.append(literal(self._conversation.trouble, "bold"))
        return stacked(*told)

    def _turn_to(self, asked: str | None) -> None:
        """Go to another question; what was typed at one and not recorded is there again when it comes back."""
        replies, typed = self._conversation.turn.interview.replies, self.entry.value
        if self.asked is not None and typed and replies.get(self.asked) == self._reply_before:
            self._drafts[self.asked] = typed
        self.asked = asked
        self._reply_before = replies.get(asked) if asked is not None else None
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
        self._advise()

    def _present_choice(self, question: Question | None) -> int | None:
        """Where the cursor stands at first: on the reply so far, or nowhere.

        On a new question there is no cursor: a second Enter, or one held down, must not answer a question unread.
        """
        if question is None:
            return 0 if self._choices else None
        said = self._conversation.turn.interview.replies.get(question.id)
        if said is None:
            return None
        return next((index for index, choice in enumerate(self._choices) if choice.reply == said), None)

    def _draw_option_help(self) -> None:
        choice = self.choice_at_cursor()
        self._show("beside", literal(choice.help) if choice and choice.help else None)

    def _show(self, name: str, content: Content | None) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = bool(content and content.plain)
        widget.update(content or Content())


def _how_to_choose(question: Question) -> str:
    if is_typed(question):
        return _("Nothing is chosen yet. Esc goes back to what you type, ↓ goes to the choices.")
    return _("Type the number of an answer, or move to it with ↑ ↓ and press Enter.")
