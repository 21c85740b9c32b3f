"""The questionnaire as an application: it has the conversation, from which every page draws itself."""

import datetime
import os
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, cast

from textual.events import Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import EngineError
from assistant.interview.saved import EncryptedFile
from assistant.interview.state import begin
from assistant.interview.turn import Turn, after_checklist, after_going_on, after_reply, after_withdrawal, turn_before
from assistant.rulebook.answer import Reply
from assistant.rulebook.evidence import Quotation
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.keyboard import key_name
from assistant.system.language import _, next_language, use_language
from assistant.tui.pages.article_page import ArticlePage
from assistant.tui.pages.blank_page import BlankPage
from assistant.tui.pages.comparison_page import ComparisonPage
from assistant.tui.pages.finding_page import FindingPage
from assistant.tui.pages.help_page import HelpPage
from assistant.tui.pages.main_page import MainPage
from assistant.tui.pages.open_page import OpenPage
from assistant.tui.pages.page import BarePage
from assistant.tui.pages.safety_page import SafetyPage
from assistant.tui.pages.small_window import SmallWindow, is_small
from assistant.tui.serial_app import SerialApp
from assistant.tui.terminal import idleness
from assistant.tui.terminal.keys import bound
from assistant.tui.terminal.leaving import leave_on_signals
from assistant.tui.terminal.stopping import refuse_to_stop
from assistant.tui.terminal.theme import DARK, LIGHT, first_theme
from assistant.tui.widgets.links import FindingLink, Link, QuestionLink, WhatIfLink
from assistant.tui.widgets.panels import Panel


class Questionnaire(SerialApp):
    """Ask, and show what follows: a :class:`Conversation`. ``turn`` is its whole state; a reply replaces it."""

    CSS_PATH: ClassVar = "look.tcss"
    BLANK_AFTER: ClassVar[float] = 300
    """Seconds without a key after which the screen goes blank."""
    IDLE_CHECK_INTERVAL: ClassVar[float] = 2
    """Seconds between two looks at the clock: a device that wakes up goes blank after so many."""
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
        to_open: EncryptedFile | None = None,
        asked_on: datetime.date | None = None,
    ) -> None:
        self.saved_as = ""
        self.saved_replies: Mapping[str, Reply] = {}
        self._to_open = to_open
        self._asked_on = asked_on
        self.trouble = ""
        self.language = language
        self.assessor = Assessor(rulebook).ready_for_conversation()
        self._untranslated = rulebook
        self._translated = {language: in_language(rulebook, language)}
        super().__init__()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = first_theme(os.environ.get("COLORFGBG", ""))
        self.set_reactive(Questionnaire.turn, Turn(begin(self.assessor, replies, asked_on)))

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook in the language in use."""
        if self.language not in self._translated:
            self._translated[self.language] = in_language(self._untranslated, self.language)
        return self._translated[self.language]

    @property
    def has_something_to_lose(self) -> bool:
        """Whether something was answered that is in no file."""
        return bool(self.turn.interview.replies) and self.turn.interview.replies != self.saved_replies

    def get_default_screen(self) -> Screen[Any]:
        """Return the page with the question and the findings."""
        return MainPage(classes=Panel.QUESTION.value)

    async def on_mount(self) -> None:
        """Handle the signals that end or stop the program, start the idle timer, and open the first page."""
        if not self.is_headless:
            leave_on_signals(self.leave)
            refuse_to_stop(self)
        self.set_interval(min(self.IDLE_CHECK_INTERVAL, self.BLANK_AFTER), lambda: self.later(self._check_idleness))
        if self._to_open is not None:
            await self.push_screen(OpenPage(self._to_open))
        await self._check_size(self.size)

    async def go_blank(self) -> None:
        """Blank the screen until a key is pressed."""
        self.clear_warning()
        if not isinstance(self.screen, BlankPage | SmallWindow):
            await self.push_screen(BlankPage())

    async def on_resize(self, event: Resize) -> None:
        """Show a message while the window is too small."""
        await self._check_size(event.size)

    def watch_turn(self) -> None:
        """Redraw every page after each change of the turn."""
        self.redraw_pages()

    def redraw_pages(self) -> None:
        """Redraw every open page from the current conversation, in its language."""
        use_language(self.language)
        for page in self.screen_stack:
            if isinstance(page, BarePage):
                page.redraw()

    def reply(self, question: str, reply: Reply) -> None:
        """Record a reply. If the rules engine fails, nothing changes, and the page says so."""
        self._turn_to(lambda: after_reply(self.assessor, self.turn, question, reply))

    def check_off(self, replies: Mapping[str, Reply], none_of: Collection[str]) -> None:
        self._turn_to(lambda: after_checklist(self.assessor, self.turn, replies, none_of))

    def withdraw(self, *questions: str) -> None:
        self._turn_to(lambda: after_withdrawal(self.assessor, self.turn, *questions))

    def ask(self, question: str | None) -> None:
        main = self.screen_stack[0]
        if isinstance(main, MainPage):
            main.set_active(Panel.QUESTION)
        self._turn_to(lambda: after_going_on(self.rulebook, self.turn) if question is None else self.turn.at(question))

    def begin_again(self) -> None:
        """Forget every reply, for the next case."""
        self.saved_replies = {}
        self.saved_as = ""  # the next case must not be saved over this one
        main = self.screen_stack[0]
        if isinstance(main, MainPage):
            main.forget()
        self._turn_to(lambda: Turn(begin(self.assessor, asked_on=self._asked_on)))

    def resume(self, replies: Mapping[str, Reply], asked: str | None, unsure: Iterable[str] = ()) -> None:
        self.turn = Turn(begin(self.assessor, replies, self._asked_on, unsure), asked)

    def go_back(self) -> None:
        self._turn_to(lambda: turn_before(self.rulebook, self.turn))

    async def follow(self, link: Link) -> None:
        if isinstance(link, QuestionLink):
            self.ask(link.question)
            await self.close_pages()
        elif isinstance(link, FindingLink):
            await self.open_page(FindingPage(link.finding, link.supposed))
        elif isinstance(link, WhatIfLink):
            await self.open_page(ComparisonPage(link.supposed))
        elif isinstance(link, Quotation):
            await self.open_page(ArticlePage(link))

    def action_leave(self) -> None:
        """Leave; if answers would be lost, only when the key is pressed again."""
        use_language(self.language)
        key = key_name("q", self.language) if self.screen_takes_commands else "Ctrl+C"
        warning = _("{key} once more leaves. Your answers are not saved.").format(key=key)
        if not self.has_something_to_lose or self.pressed_again(warning):
            self.leave(0)

    def action_language(self) -> None:
        """Switch to the next language."""
        self.language = next_language(self.language, self.rulebook.languages)
        self.redraw_pages()

    def action_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_help(self) -> None:
        """Open the help page."""
        if not isinstance(self.screen, HelpPage | SmallWindow):
            await self.open_page(HelpPage())

    async def action_safety(self) -> None:
        """Open the page about the user's safety."""
        if not isinstance(self.screen, SafetyPage | SmallWindow):
            await self.open_page(SafetyPage())

    def _turn_to(self, following: Any) -> None:
        self.trouble = ""
        try:
            self.turn = following()
        except EngineError:
            use_language(self.language)
            self.trouble = _("The rules engine failed, and this reply was not taken. Everything else is as it was.")
            self.redraw_pages()

    async def _check_idleness(self) -> None:
        # Not a timer that each key resets: Textual restarts it only after it has run out, which can take twice as long.
        if idleness.seconds() - self.last_input >= self.BLANK_AFTER:
            await self.go_blank()

    async def _check_size(self, size: Size) -> None:
        top = self.screen
        if is_small(size) and not isinstance(top, SmallWindow):
            await self.push_screen(SmallWindow())
        elif not is_small(size) and isinstance(top, SmallWindow):
            await self.close_page(top)
