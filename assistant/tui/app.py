"""The questionnaire as an application: it holds the conversation, and every page draws itself from it."""

import asyncio
import datetime
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Final, cast

from textual.app import App
from textual.events import Event, InputEvent, Key, MouseDown, Paste, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from assistant.assessment import Assessor
from assistant.evidence import Quotation
from assistant.exit_code import CRASHED
from assistant.interview import Reply, begin
from assistant.keyboard import key_name
from assistant.language import _, next_language, use_language
from assistant.problem import EngineError
from assistant.rulebook import Rulebook
from assistant.session_file import SealedFile
from assistant.texts import in_language
from assistant.tui.article_page import ArticlePage
from assistant.tui.blank_page import BlankPage
from assistant.tui.comparison_page import ComparisonPage
from assistant.tui.finding_page import FindingPage
from assistant.tui.help_page import HelpPage
from assistant.tui.idleness import Idleness
from assistant.tui.keys import bound
from assistant.tui.leaving import leave_on_signals
from assistant.tui.links import FindingLink, Link, QuestionLink, WhatIfLink
from assistant.tui.main_page import MainPage
from assistant.tui.open_page import OpenPage
from assistant.tui.page import BarePage
from assistant.tui.panels import Panel
from assistant.tui.safety_page import SafetyPage
from assistant.tui.small_window import SmallWindow, is_small
from assistant.tui.stopping import refuse_to_stop
from assistant.tui.theme import DARK, LIGHT, first_theme
from assistant.turn import Turn, replied, went_back, withdrawn

AT_ONCE: Final = frozenset({"ctrl+q", "ctrl+й"})
"""The keys that leave without asking, ahead of all that were pressed before and wait."""
LEAVING: Final = frozenset({"q", "Q", "й", "Й", "ctrl+c", "ctrl+с"})
"""The keys that leave a blank screen while nothing has been answered."""


class Questionnaire(App[None], inherit_bindings=False):
    """Asks, and shows what follows. ``turn`` is its whole state; a reply puts another in its place."""

    CSS_PATH: ClassVar = "look.tcss"
    BLANK_AFTER: ClassVar[float] = 300
    """Seconds without a key after which the screen goes blank."""
    MINDED_EVERY: ClassVar[float] = 2
    """Seconds between one look at the clock and the next; a device that wakes up goes blank after so many."""
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    AUTO_FOCUS: ClassVar[str | None] = None  # a page says itself which of its lines has the cursor
    BINDINGS: ClassVar = bound(
        {
            "q,ctrl+c": "leave",
            "l,f2": "language",
            "t": "theme",
            "question_mark,comma,f1": "help",
            "a": "safety",
        }
    )

    turn: reactive[Turn] = reactive(cast("Turn", None), always_update=True, init=False)

    def __init__(
        self,
        rulebook: Rulebook,
        language: str,
        replies: Mapping[str, Reply] | None = None,
        to_open: SealedFile | None = None,
        asked_on: datetime.date | None = None,
    ) -> None:
        self.kept_as = ""
        self._idleness = Idleness()
        self._to_open = to_open
        self._asked_on = asked_on
        self.crash: BaseException | None = None
        self.is_ending = False
        self.pressed_at = 0.0
        self.warning = ""
        self._warned = ""
        self.trouble = ""
        self.language = language
        self.assessor = Assessor(rulebook).ready_for_conversation()
        self._written = rulebook
        self._told = {language: in_language(rulebook, language)}
        super().__init__()
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = first_theme(os.environ.get("COLORFGBG", ""))
        self.set_reactive(Questionnaire.turn, Turn(begin(self.assessor, replies, asked_on)))

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook in the language in use."""
        if self.language not in self._told:
            self._told[self.language] = in_language(self._written, self.language)
        return self._told[self.language]

    def get_default_screen(self) -> Screen[Any]:
        """The question and the findings."""
        return MainPage(classes=Panel.QUESTION.value)

    async def on_mount(self) -> None:
        """Leaves in good order when told to end, and does not stop when told to stop."""
        if not self.is_headless:
            leave_on_signals(self._leave)
            refuse_to_stop(self)
        self.set_interval(min(self.MINDED_EVERY, self.BLANK_AFTER), self._mind_the_time)
        if self._to_open is not None:
            await self.push_screen(OpenPage(self._to_open))
        await self._mind_the_size(self.size)

    def post_message(self, message: Message) -> bool:
        """Leave at once by the key for it, also while other keys wait for their turn."""
        if isinstance(message, Key) and message.key in AT_ONCE and not self.is_ending:
            self._leave(0)
        return super().post_message(message)

    async def on_event(self, event: Event) -> None:
        """Hand keys and pastes to the page on top: here, in the order of typing, and one at a time."""
        if not isinstance(event, InputEvent | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._idleness.end()
        if self.is_ending:
            return
        if isinstance(event, Key | MouseDown):
            self.pressed_at = event.time
        page = self.screen
        if isinstance(page, BlankPage):
            if isinstance(event, Key) and event.key in LEAVING and not self.turn.interview.replies:
                self._leave(0)
            elif isinstance(event, Key | MouseDown):
                self._mouse_down_widget = None  # else the release is a click if the button was last pressed here
                await self.close_page(page)
        elif isinstance(event, Key):
            await self._press(event)
        elif isinstance(event, Paste):
            if isinstance(page, BarePage) and page.is_ready:
                page.paste(event.text)
        else:
            await super().on_event(event)

    async def _press(self, key: Key) -> None:
        """Let a key do what it does on the page on top. Before the first page is there, it does nothing."""
        page = self.screen
        if not isinstance(page, BarePage) or not page.is_ready:
            return
        self.app_focus = True
        self._warned, self.warning = self.warning, ""
        field = page.field
        if field is not None and await field.take(key):
            page.edited()
        else:
            await self._check_bindings(key.key, priority=True)
        if self.warning != self._warned:
            self._draw_keys()
        await asyncio.sleep(0)  # the key that leaves at once may be waiting

    def pressed_again(self, warning: str) -> bool:
        """Return whether the key of this action was also the one before; if not, show what a second press does."""
        if self._warned == warning:
            return True
        self.warning = warning
        return False

    def later(self, callback: Callable[[], Awaitable[None] | None]) -> None:
        """Call back in the task that handles keys, in its turn among them."""
        self.call_later(callback)

    async def go_blank(self) -> None:
        """Shows nothing until a key is pressed."""
        if not isinstance(self.screen, BlankPage | SmallWindow):
            await self.push_screen(BlankPage())

    async def on_resize(self, event: Resize) -> None:
        """Says so when the window is too small."""
        await self._mind_the_size(event.size)

    def watch_turn(self) -> None:
        """Draws every page anew."""
        self.tell()

    def tell(self) -> None:
        """Draws every open page from the conversation as it is, in the language in use."""
        use_language(self.language)
        for page in self.screen_stack:
            if isinstance(page, BarePage):
                page.tell()

    def reply(self, question: str, reply: Reply) -> None:
        """Takes a reply. If the rules engine fails, everything stays as it was, and the page says so."""
        self._turn_to(lambda: replied(self.assessor, self.turn, question, reply))

    def withdraw(self, question: str) -> None:
        """Takes a reply back."""
        self._turn_to(lambda: withdrawn(self.assessor, self.turn, question))

    def ask(self, question: str | None) -> None:
        """Puts a question on the screen; none: whatever comes next."""
        main = self.screen_stack[0]
        if isinstance(main, MainPage):
            main.face(Panel.QUESTION)
        self._turn_to(lambda: Turn(self.turn.interview, question))

    def begin_again(self) -> None:
        """Forgets every reply, for the next case."""
        self.kept_as = ""  # the next case must not be saved over this one
        main = self.screen_stack[0]
        if isinstance(main, MainPage):
            main.forget()
        self._turn_to(lambda: Turn(begin(self.assessor, asked_on=self._asked_on)))

    def resume(self, replies: Mapping[str, Reply], asked: str | None) -> None:
        """Goes on with replies that were saved, and with the question that was on the screen.

        Raises:
            EngineError: if the rules engine fails; then everything stays as it was.
        """
        self.turn = Turn(begin(self.assessor, replies, self._asked_on), asked)

    def go_back(self) -> None:
        """Puts the question before on the screen."""
        self._turn_to(lambda: went_back(self.rulebook, self.turn))

    async def open_page(self, page: Screen[Any]) -> None:
        """Shows a page on top, and returns when it can take keys."""
        await self.push_screen(page)

    async def follow(self, link: Link) -> None:
        """Goes where a place leads to."""
        if isinstance(link, QuestionLink):
            self.ask(link.question)
            await self.close_pages()
        elif isinstance(link, FindingLink):
            await self.open_page(FindingPage(link.finding, link.supposed))
        elif isinstance(link, WhatIfLink):
            await self.open_page(ComparisonPage(link.supposed))
        elif isinstance(link, Quotation):
            await self.open_page(ArticlePage(link))

    async def close_page(self, page: Screen[Any]) -> None:
        """Close a page and show the one below it; one that is covered, as soon as it is not."""
        if isinstance(page, BarePage):
            page.is_over = True
        while isinstance(top := self.screen, BarePage) and top.is_over:
            await self.pop_screen()

    async def close_pages(self) -> None:
        """Returns to the question and the findings."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_leave(self) -> None:
        """Leave. With answers, which would be gone, only when pressed again."""
        use_language(self.language)
        key = key_name("q", self.language) if self.screen_takes_commands else "Ctrl+C"
        warning = _("{key} once more leaves. Your answers are not saved.").format(key=key)
        if not self.turn.interview.replies or self.pressed_again(warning):
            self._leave(0)

    def action_language(self) -> None:
        """Goes on in the next language."""
        self.language = next_language(self.language, self.rulebook.languages)
        self.tell()

    def action_theme(self) -> None:
        """Changes between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_help(self) -> None:
        """Shows all keys, marks, and what this is."""
        if not isinstance(self.screen, HelpPage | SmallWindow):
            await self.open_page(HelpPage())

    async def action_safety(self) -> None:
        """Shows what to know about one's own safety."""
        if not isinstance(self.screen, SafetyPage | SmallWindow):
            await self.open_page(SafetyPage())

    def copy_to_clipboard(self, text: str) -> None:
        """Does nothing: a clipboard outlives the program."""

    def _turn_to(self, following: Any) -> None:
        self.trouble = ""
        try:
            self.turn = following()
        except EngineError:
            use_language(self.language)
            self.trouble = _("The rules engine failed, and this reply was not taken. Everything else is as it was.")
            self.tell()

    @property
    def screen_takes_commands(self) -> bool:
        """Whether single keys are commands on the page on top."""
        return not isinstance(self.screen, BarePage) or self.screen.field is None

    def _draw_keys(self) -> None:
        if isinstance(self.screen, BarePage):
            use_language(self.language)
            self.screen.draw_keys()

    def _leave(self, code: int) -> None:
        self.is_ending = True
        self.exit(return_code=code)

    async def _close_all(self) -> None:
        """Close the pages, but not before the program ends: one after the other, sixty of them take a second."""
        if self.is_headless:
            await super()._close_all()

    async def _mind_the_time(self) -> None:
        # Not by a timer that a key sets back: Textual's begins anew only when it has run out, and takes twice as long.
        if self._idleness.lasts() >= self.BLANK_AFTER:
            await self.go_blank()

    async def _mind_the_size(self, size: Size) -> None:
        top = self.screen
        if is_small(size) and not isinstance(top, SmallWindow):
            await self.push_screen(SmallWindow())
        elif not is_small(size) and isinstance(top, SmallWindow):
            await self.close_page(top)

    def _handle_exception(self, error: Exception) -> None:
        """Stops. Textual would print the exception with the values of all variables around it."""
        self._stop(error)

    def panic(self, *_renderables: object) -> None:
        """Stops; what Textual wanted to print may hold values."""
        self._stop(RuntimeError())

    def _stop(self, error: Exception) -> None:
        self.crash = self.crash or error
        self.is_ending = True
        self._return_code = CRASHED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
