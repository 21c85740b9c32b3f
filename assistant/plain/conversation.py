"""The conversation of the plain questionnaire: what a typed line does, and what is written in reply."""

import datetime
from collections.abc import Callable, Mapping
from functools import partial

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import EngineError
from assistant.explanation.view.question import nothing_to_ask
from assistant.explanation.view.reason import narrower_lines
from assistant.explanation.what_if import changed_findings
from assistant.interview.saved.saved_interview import Restored
from assistant.interview.state import Checklist, Interview, begin, to_revise
from assistant.interview.turn import (
    Turn,
    after_checklist,
    after_going_on,
    after_reply,
    left_for_later,
    step_at,
    turn_before,
)
from assistant.plain import checklist, checklist_words, words
from assistant.plain.fixed_words import number_said, yes_or_no
from assistant.plain.inspection import INSPECTIONS, Case
from assistant.plain.line_io import LineIO
from assistant.plain.saving import save
from assistant.plain.typed import Command, Unread, command, understood
from assistant.plain.writing import path_wanted
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.system.keyboard import key_name
from assistant.system.language import _


class Leave(Exception):  # noqa: N818 - it is no error
    """Raised when the user leaves."""


class Conversation:
    """The questionnaire in progress: ask, take replies, and run commands.

    It ends with :class:`Leave`, or with EOFError when there is no more input.
    """

    def __init__(
        self,
        assessor: Assessor,
        rulebook: Rulebook,
        io: LineIO,
        replies: Mapping[str, Reply] | None = None,
        asked_on: datetime.date | None = None,
    ) -> None:
        self._assessor = assessor
        self._asked_on = asked_on
        self._rulebook = rulebook
        self._io = io
        self._turn = Turn(begin(assessor, replies, asked_on))
        self._last_asked: str | None = ""
        self._saved_as = ""
        self._commands: dict[str, Callable[[str], None]] = {
            **{letter: partial(self._inspect, letter) for letter in INSPECTIONS},
            "b": self._back,
            "o": self._overview,
            "k": self._keep,
            "n": self._next_case,
            "q": self._leave,
        }

    def go_on(self, restored: Restored, saved_as: str) -> None:
        """Continue a saved interview; ``saved_as`` is the name of its file."""
        saved = begin(self._assessor, restored.replies, self._asked_on, restored.unsure)
        self._turn = Turn(saved, restored.asked)
        self._saved_as = saved_as

    def hold(self) -> None:
        """Ask until the user leaves.

        Raises:
            Leave: if the user leaves.
            EOFError: if there is no more input.
        """
        self._io.say(*words.welcome(self._rulebook, self._turn.interview.assessment.exact))
        try:
            while True:
                self._ask()
                self._hear(self._io.read())
        except EOFError:
            self._io.say("", _("The input has ended. These are the findings so far."))
            self._inspect("f", "")
            raise

    def _hear(self, line: str) -> None:
        if not line.strip():
            return
        step = step_at(self._rulebook, self._turn)
        said = command(line) if step is None else _understood(step, line)
        try:
            if isinstance(said, Command) and said.letter in self._commands:
                self._commands[said.letter](said.rest)
            elif step is None or isinstance(said, Command | None):
                self._without_question(line)
            elif isinstance(said, Unread):
                self._io.say(*said.messages)
            elif isinstance(step, Checklist):
                self._check_off(step, said)
            elif not isinstance(said, tuple):
                self._take(step, said)
        except EngineError:
            self._io.say(_("The rules engine failed, and this reply was not taken. Everything else is as it was."))

    def _take(self, question: Question, reply: Reply) -> None:
        before = self._turn.interview
        self._turn = after_reply(self._assessor, self._turn, question.id, reply)
        self._io.say(words.taken(question, reply, self._io.width))
        self._say_consequences(before, revised=question.id in before.answers)
        self._io.say(*narrower_lines(self._assessor, self._turn.interview.answers, question.id))

    def _check_off(self, step: Checklist, said: tuple[str, ...] | Reply) -> None:
        """Record a checklist: what is true, and whether the others are not true or not known."""
        questions = tuple(question.id for question in step.questions)
        true = said if isinstance(said, tuple) else ()
        left = tuple(name for name in questions if name not in true)
        others = None if isinstance(said, tuple) else said
        if true and left:
            about = self._io.asked(_("The others: no, or don't know?"), checklist.about_the_others)
            if about is None:
                return
            others = about.reply
        before = self._turn.interview
        replies: dict[str, Reply] = dict.fromkeys(true, True)
        if others is not None:
            replies |= dict.fromkeys(left, others)
        none_of = left if others is None else ()
        self._turn = after_checklist(self._assessor, self._turn, replies, none_of)
        self._io.say(*checklist_words.checked_off_lines(self._rulebook, self._turn.interview, step))
        self._say_consequences(before, revised=any(name in before.answers for name in questions))

    def _say_consequences(self, before: Interview, *, revised: bool) -> None:
        self._last_asked = ""
        after = self._turn.interview
        changed = changed_findings(before.assessment, after.assessment)
        self._io.say(*words.consequences(self._rulebook, after, changed, revised))

    def _ask(self) -> None:
        step = step_at(self._rulebook, self._turn)
        asked = step.group.id if isinstance(step, Checklist) else step.id if step else None
        whole, self._last_asked = asked != self._last_asked, asked
        self._io.say("")
        if isinstance(step, Checklist):
            self._io.say(*checklist_words.checklist_lines(self._rulebook, self._turn.interview, step, whole))
        elif step is not None:
            self._io.say(*words.question_lines(self._rulebook, self._turn.interview, step, whole))
        elif self._turn.interview.assessment.contradictions:
            self._io.say(*words.clashing_lines(self._rulebook, self._turn.interview))
        else:
            if whole:
                self._say_answer()
            self._io.say(*words.more_exact_lines(self._rulebook, self._turn))
        self._io.say(words.keys_line(self._rulebook.language, step is not None))

    def _say_answer(self) -> None:
        interview = self._turn.interview
        left = left_for_later(self._rulebook, self._turn)
        nothing, *unknown = nothing_to_ask(interview.assessment, interview.replies, left)
        self._io.say(nothing, *words.outcome_lines(self._rulebook, self._assessor, interview), *unknown)

    def _without_question(self, line: str) -> None:
        """Go to the contradicting answer whose number was typed, or on to the next stage; nothing is asked now."""
        clashing = to_revise(self._rulebook, self._turn.interview)
        chosen = self._io.numbered(line, len(clashing)) if clashing else None
        if chosen is not None:
            self._turn = self._turn.at(clashing[chosen])
        elif clashing:
            return
        elif not left_for_later(self._rulebook, self._turn):
            self._io.say(_("There is no question to answer. Type ? for help."))
        elif number_said(line) == 1:
            self._turn = after_going_on(self._rulebook, self._turn)
        else:
            self._io.say(_("There is no question to answer. To go on with the questions, type 1. Type ? for help."))

    def _back(self, _rest: str) -> None:
        self._turn = turn_before(self._rulebook, self._turn)

    def _overview(self, rest: str) -> None:
        if not rest:
            self._inspect("o", rest)
            return
        chosen = self._io.numbered(rest, len(self._rulebook.asked_questions))
        if chosen is not None:
            self._turn = self._turn.at(self._rulebook.asked_questions[chosen].id)

    def _keep(self, rest: str) -> None:
        path = path_wanted(rest or self._saved_as, self._io)
        if path is None:
            self._io.say(_("Nothing was written."))
        elif save(self._turn, self._rulebook, path, self._io):
            self._saved_as = str(path)

    def _next_case(self, _rest: str) -> None:
        asks = _("This case is forgotten, and the next one begins. Type yes to go on.")
        if self._turn.interview.replies and not self._io.agreed(asks):
            self._io.say(_("Nothing was forgotten. This case goes on."))
            return
        self._turn = Turn(begin(self._assessor, asked_on=self._asked_on))
        self._last_asked, self._saved_as = "", ""
        self._io.say(*words.welcome(self._rulebook, self._turn.interview.assessment.exact))

    def _leave(self, _rest: str) -> None:
        """Leave at once while there is nothing to lose; else, and then also at the end of input, on a second word."""
        if self._turn.interview.replies and not self._means_to_leave():
            self._io.say(_("Nothing was forgotten. This case goes on."))
            return
        raise Leave

    def _means_to_leave(self) -> bool:
        asks = _(
            "Your answers will be forgotten. To leave, type {key} again, or yes. To go on, type no or press Enter."
        )
        while True:
            self._io.say(asks.format(key=self._key("q")))
            try:
                line = self._io.read()
            except EOFError:
                return True
            if command(line) == Command("q") or yes_or_no(line) is True:
                return True
            if not line.strip() or yes_or_no(line) is False:
                return False

    def _inspect(self, letter: str, rest: str) -> None:
        INSPECTIONS[letter](Case(self._assessor, self._rulebook, self._turn, self._io), rest)

    def _key(self, letter: str) -> str:
        return key_name(letter, self._rulebook.language)


def _understood(step: Question | Checklist, line: str) -> Reply | tuple[str, ...] | Command | Unread:
    return checklist.marked(step, line) if isinstance(step, Checklist) else understood(step, line)
