"""The questionnaire as anybody starts it, but for an application that writes down what it takes and shows.

A script. Arguments: a file for the log, what to plant (see :mod:`tests.monkey.plants`) or nothing, a command's words.
The log has a JSON object a line, in the order in which things happened, which a file and a lock keep:

======================  ===================================================================================
``arrived``             a key, click or paste came out of the terminal's bytes
``begins``              the application begins to act on it; what is in sight of it then
``drawn``               other questions than before are on the screen, after a write to the terminal
``asked``, ``replies``  the question asked, or the replies, are others than before
``submitted``           Textual's entry field sent its text
``reply`` and others    one of the four ways to change a reply was called, with what
``done``                it is done
``end``                 the program ends, with these replies
======================  ===================================================================================

What is drawn is read from the bytes that are handed to the terminal, not from what the application thinks of itself.
"""

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).parents[2]))

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.errors import NoWidget
from textual.message import Message
from textual.widgets import Input, OptionList

from assistant.interview.typed_answer import typed_answer
from assistant.rulebook.answer import Reply
from assistant.rulebook.translation import in_language
from assistant.tui import app as application
from assistant.tui.app import Questionnaire
from assistant.tui.pages.main_page import MainPage
from assistant.tui.terminal import leaving
from tests.monkey.plants import planted, planted_reply
from tests.monkey.written import written, written_all
from tests.support.interviews import question_at
from tests.support.screen import Screen, shows

PLANT = sys.argv[2]
INPUT = (events.Key, events.MouseDown, events.MouseUp, events.MouseScrollDown, events.MouseScrollUp, events.Paste)


class Log:
    """A file of JSON lines."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._lock = threading.Lock()

    def __call__(self, what: str, **details: object) -> None:
        """Write what happens."""
        with self._lock:
            line = json.dumps({"time": time.monotonic(), "what": what, **details}, ensure_ascii=False)
            os.write(self._file, f"{line}\n".encode(errors="replace"))


LOG = Log(sys.argv[1])


class WatchedDriver(LinuxDriver):
    """The driver of a terminal, with a look at everything that it takes in and gives out."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        assert isinstance(app, WatchedQuestionnaire)
        self._watched = app
        self._arrived = 0
        self._drawn: set[str] = set()
        self._screen = Screen(80, 24)
        spoken = [in_language(app._untranslated, language) for language in app._untranslated.languages]
        self._questions = {q.id: {told.question[q.id].text for told in spoken} for q in app._untranslated.questions}

    def process_message(self, message: Message) -> None:
        """Log what arrives. This runs in the thread that reads."""
        if isinstance(message, INPUT):
            self._arrived += 1
            message.monkey_number = self._arrived  # type: ignore[union-attr]
            LOG("arrived", number=self._arrived, **named(message))
        super().process_message(message)

    def write(self, data: str) -> None:
        """Log which questions are on the screen once this is there.

        The terminal gets it a moment later, from a thread of its own; of that, the application can know nothing.
        """
        super().write(data)
        self._watched.note()
        self._screen.resize(*os.get_terminal_size(self.fileno))
        self._screen.feed(data)
        rows = self._screen.rows
        drawn = {name for name, texts in self._questions.items() if any(shows(rows, text) for text in texts)}
        if drawn != self._drawn:
            self._drawn = drawn
            LOG("drawn", questions=sorted(drawn))


class WatchedQuestionnaire(Questionnaire):
    """Logs what it acts on, and everything that changes a reply."""

    CSS_PATH = str(Path(application.__file__).parent / str(Questionnaire.CSS_PATH))
    latest: "WatchedQuestionnaire"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        WatchedQuestionnaire.latest = self
        self.driver_class = WatchedDriver
        self._noted: tuple[str | None, Mapping[str, str]] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Log what is acted on, and in sight of what."""
        counts = isinstance(event, INPUT) and not event.is_forwarded
        if counts:
            self.note()
            number = getattr(event, "monkey_number", None)
            LOG("begins", number=number, **named(event), **self._in_sight(event))
            if await planted(PLANT, self, event):
                self.note()
                return
        await super().on_event(event)
        if counts:
            self.note()

    def reply(self, question: str, reply: Reply) -> None:
        """Log a reply, and what was typed then."""
        text = text_in_field(self.screen_stack[0])
        reply = planted_reply(PLANT, reply)
        LOG("reply", question=question, reply=written(reply), text=text, reading=self._reading(question, text))
        super().reply(question, reply)
        self._done()
        if PLANT == "two replies" and question == "act_date":
            self.reply("service_category", "contract")

    def check_off(self, replies: Mapping[str, Reply], none_of: Collection[str]) -> None:
        """Log what was said on a checklist."""
        LOG("check_off", replies=written_all(replies), none_of=sorted(none_of))
        super().check_off(replies, none_of)
        self._done()

    def withdraw(self, *questions: str) -> None:
        """Log that replies are taken back."""
        LOG("withdraw", questions=questions)
        super().withdraw(*questions)
        self._done()

    def begin_again(self) -> None:
        """Log that everything is forgotten."""
        LOG("begin_again")
        super().begin_again()
        self._done()

    def resume(self, replies: Mapping[str, Reply], asked: str | None, unsure: Iterable[str] = ()) -> None:
        """Log that a saved interview goes on."""
        LOG("resume", replies=written_all(replies))
        super().resume(replies, asked, unsure)
        self._done()

    def log_submitted(self, field: Input, text: str) -> None:
        """Log the text that the entry field sends, if it is the one for answers."""
        page = self.screen_stack[0]
        if isinstance(page, MainPage) and field is answer_field(page):
            asked = page.question.asked
            LOG("submitted", question=asked, text=text, reading=self._reading(asked, text))

    def _done(self) -> None:
        LOG("done", trouble=bool(self.trouble), replies=written_all(self.turn.interview.replies))
        self.note()

    def note(self) -> None:
        """Log what is asked and what was replied, if it is something else than before."""
        question = question_at(self.rulebook, self.turn)
        asked, replies = question.id if question else None, written_all(self.turn.interview.replies)
        before = self._noted
        self._noted = (asked, replies)
        if before is None or before[0] != asked:
            LOG("asked", question=asked)
        if before is None or before[1] != replies:
            LOG("replies", replies=replies)

    def _reading(self, question: str | None, text: str | None) -> str | None:
        if question is None or text is None or not self.rulebook.question[question].type.is_ordered:
            return None
        reading = typed_answer(self.rulebook.question[question], text)
        return None if isinstance(reading, str) else written(reading)

    def _in_sight(self, event: events.Event) -> dict[str, object]:
        """Return what a person would take the key to be for."""
        if not self.screen_stack:
            return {"page": None}
        page = self.screen
        sight: dict[str, object] = {"page": type(page).__name__, "asked": None}
        if not isinstance(page, MainPage) or (entry := answer_field(page)) is None:
            return sight
        panel = page.question
        if isinstance(event, events.MouseEvent):
            with contextlib.suppress(NoWidget):
                over, _ = page.get_widget_at(event.x, event.y)
                sight["on_choices"] = any(isinstance(widget, OptionList) for widget in over.ancestors_with_self)
        text = text_in_field(page)
        sight.update(asked=panel.asked, in_field=page.focused is entry, text=text)
        return {**sight, "reading": self._reading(panel.asked, text)}


def answer_field(page: object) -> Input | None:
    """Return the field for answers, once the main page has one."""
    fields = page.query("QuestionPanel Input").results(Input) if isinstance(page, MainPage) else ()
    return next(iter(fields), None)


def text_in_field(page: object) -> str | None:
    """Return what is typed on the main page and was not sent yet."""
    field = answer_field(page)
    return None if field is None else field.value


def named(event: object) -> dict[str, object]:
    """Return what a person would call it."""
    if isinstance(event, events.Key):
        return {"kind": "key", "key": event.key, "character": event.character}
    if isinstance(event, events.Paste):
        return {"kind": "paste", "length": len(event.text)}
    return {"kind": type(event).__name__}


def watch_entry_fields() -> None:
    """Log what Textual's entry fields send."""
    made = Input.Submitted.__init__

    def noted(message: Input.Submitted, field: Input, value: str, *more: Any, **others: Any) -> None:
        made(message, field, value, *more, **others)
        WatchedQuestionnaire.latest.log_submitted(field, value)

    Input.Submitted.__init__ = noted  # type: ignore[assignment, method-assign]


def watch_the_end() -> None:
    """Log the replies with which the process ends."""
    end = leaving.end_process

    def noted(code: int) -> NoReturn:
        LOG("end", replies=written_all(WatchedQuestionnaire.latest.turn.interview.replies), code=code)
        end(code)

    leaving.end_process = noted


if __name__ == "__main__":
    application.Questionnaire = WatchedQuestionnaire  # type: ignore[misc]
    watch_entry_fields()
    watch_the_end()
    sys.argv = ["assistant", *sys.argv[3:]]
    from assistant.cli import main

    sys.exit(main())
