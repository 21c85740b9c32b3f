"""The questionnaire as an application: it holds the conversation, and every page draws itself from it."""

import datetime
import os
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from textual.events import Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import EngineError
from assistant.interview.saved import SealedFile
from assistant.interview.state import begin
from assistant.interview.turn import Turn, replied, went_back, withdrawn
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
from assistant.tui.terminal.keys import bound
from assistant.tui.terminal.leaving import leave_on_signals
from assistant.tui.terminal.stopping import refuse_to_stop
from assistant.tui.terminal.theme import DARK, LIGHT, first_theme
from assistant.tui.widgets.links import FindingLink, Link, QuestionLink, WhatIfLink
from assistant.tui.widgets.panels import Panel


class Questionnaire(SerialApp):
    """Asks, and shows what follows. ``turn`` is its whole state; a reply puts another in its place."""

    CSS_PATH: ClassVar = "look.tcss"
    BLANK_AFTER: ClassVar[float] = 300
    """Seconds without a key after which the screen goes blank."""
    MINDED_EVERY: ClassVar[float] = 2
    """Seconds between one look at the clock and the next; a device that wakes up goes blank after so many."""
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
        self.kept_replies: Mapping[str, Reply] = {}
        self._to_open = to_open
        self._asked_on = asked_on
        self.trouble = ""
        self.language = language
        self.assessor = Assessor(rulebook).ready_for_conversation()
        self._written = rulebook
        self._told = {language: in_language(rulebook, language)}
        super().__init__()
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

    @property
    def has_something_to_lose(self) -> bool:
        """Whether something was answered that is in no file."""
        return bool(self.turn.interview.replies) and self.turn.interview.replies != self.kept_replies

    def get_default_screen(self) -> Screen[Any]:
        """The question and the findings."""
        return MainPage(classes=Panel.QUESTION.value)

    async def on_mount(self) -> None:
        """Leaves in good order when told to end, and does not stop when told to stop."""
        if not self.is_headless:
            leave_on_signals(self.leave)
            refuse_to_stop(self)
        self.set_interval(min(self.MINDED_EVERY, self.BLANK_AFTER), lambda: self.later(self._mind_the_time))
        if self._to_open is not None:
            await self.push_screen(OpenPage(self._to_open))
        await self._mind_the_size(self.size)

    async def go_blank(self) -> None:
        """Shows nothing until a key is pressed."""
        self.take_warning_away()
        if not isinstance(self.screen, BlankPage | SmallWindow):
            await self.push_screen(BlankPage())

    async def on_resize(self, event: Resize) -> None:
        """Says so when the window is too small."""
        await self._mind_the_size(event.size)

    def watch_turn(self) -> None:
        """Draws every page anew."""
        self.redraw_pages()

    def redraw_pages(self) -> None:
        """Draws every open page from the conversation as it is, in the language in use."""
        use_language(self.language)
        for page in self.screen_stack:
            if isinstance(page, BarePage):
                page.redraw()

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
        self.kept_replies = {}
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

    def action_leave(self) -> None:
        """Leave. With answers, which would be gone, only when pressed again."""
        use_language(self.language)
        key = key_name("q", self.language) if self.screen_takes_commands else "Ctrl+C"
        warning = _("{key} once more leaves. Your answers are not saved.").format(key=key)
        if not self.has_something_to_lose or self.pressed_again(warning):
            self.leave(0)

    def action_language(self) -> None:
        """Goes on in the next language."""
        self.language = next_language(self.language, self.rulebook.languages)
        self.redraw_pages()

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

    def _turn_to(self, following: Any) -> None:
        self.trouble = ""
        try:
            self.turn = following()
        except EngineError:
            use_language(self.language)
            self.trouble = _("The rules engine failed, and this reply was not taken. Everything else is as it was.")
            self.redraw_pages()

    async def _mind_the_time(self) -> None:
        # Not by a timer that a key sets back: Textual's begins anew only when it has run out, and takes twice as long.
        if self.idleness.lasts() >= self.BLANK_AFTER:
            await self.go_blank()

    async def _mind_the_size(self, size: Size) -> None:
        top = self.screen
        if is_small(size) and not isinstance(top, SmallWindow):
            await self.push_screen(SmallWindow())
        elif not is_small(size) and isinstance(top, SmallWindow):
            await self.close_page(top)
