"""The conversation of the plain questionnaire: what is said to a typed line, and where it leads."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from assistant.assessment.assessor import Assessor, FindingStatus
from assistant.documents.problem import EngineError
from assistant.explanation.relevance import why_asked, why_asked_lines
from assistant.explanation.smallest_change import smallest_changes
from assistant.explanation.timeline import contradicts_always, timeline, timeline_text
from assistant.explanation.what_if import changed_findings, suggestion_text, suggestions, what_if
from assistant.interview import your_safety
from assistant.interview.receipt import receipt, receipt_text
from assistant.interview.state import begin, to_revise
from assistant.interview.turn import Turn, question_at, replied, went_back
from assistant.plain import words
from assistant.plain.keeping import save
from assistant.plain.line_io import LineIO
from assistant.plain.said import yes_or_no
from assistant.plain.taking_along import chosen_replies, path_wanted, put
from assistant.plain.typed import Command, Unread, command, understood
from assistant.publish.summary import summary
from assistant.publish.summary_format import FORMATS, summary_text
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.scenarios.text_report import finding_lines
from assistant.system.keyboard import key_name
from assistant.system.language import _

MAX_REASONS: Final = 6
RECEIPT: Final = ".json"


class Leave(Exception):  # noqa: N818 - it is no error
    """The user leaves."""


class Conversation:
    """Asks, answers commands, and ends with :class:`Leave`, or with EOFError when nothing more comes in."""

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
        self._told: str | None = ""
        self._kept_as = ""
        self._commands: dict[str, Callable[[str], None]] = {
            "?": self._help,
            "b": self._back,
            "o": self._overview,
            "f": self._findings,
            "e": self._explain,
            "w": self._what_if,
            "t": self._timeline,
            "p": self._summary,
            "r": self._receipt,
            "k": self._keep,
            "a": self._safety,
            "n": self._next_case,
            "q": self._leave,
        }

    def go_on(self, asked: str | None, kept_as: str) -> None:
        """Goes on where a saved interview was left: with the question that was asked, in the file of that name."""
        self._turn = Turn(self._turn.interview, asked)
        self._kept_as = kept_as

    def hold(self) -> None:
        """Asks until the user leaves."""
        self._io.say(*words.welcome(self._rulebook, self._turn.interview.assessment.exact))
        try:
            while True:
                self._ask()
                self._hear(self._io.read())
        except EOFError:
            self._io.say("", _("The input has ended. These are the findings so far."))
            self._findings("")
            raise

    def _hear(self, line: str) -> None:
        if not line.strip():
            return
        question = question_at(self._rulebook, self._turn)
        said = understood(question, line) if question is not None else command(line)
        try:
            if isinstance(said, Command) and said.letter in self._commands:
                self._commands[said.letter](said.rest)
            elif question is None or isinstance(said, Command | None):
                self._revise(line)
            elif isinstance(said, Unread):
                self._io.say(*said.messages)
            else:
                self._take(question, said)
        except EngineError:
            self._io.say(_("The rules engine failed, and this reply was not taken. Everything else is as it was."))

    def _take(self, question: Question, reply: Reply) -> None:
        before = self._turn.interview
        self._turn = replied(self._assessor, self._turn, question.id, reply)
        self._told = ""
        after = self._turn.interview
        changed = changed_findings(before.assessment, after.assessment)
        revised = question.id in before.answers
        self._io.say(
            words.taken(question, reply, self._io.width), *words.consequences(self._rulebook, after, changed, revised)
        )

    def _ask(self) -> None:
        question = question_at(self._rulebook, self._turn)
        asked = question.id if question else None
        whole, self._told = asked != self._told, asked
        self._io.say("")
        if question is not None:
            self._io.say(*words.question_lines(self._rulebook, self._turn.interview, question, whole))
        elif self._turn.interview.assessment.contradictions:
            self._io.say(*words.contradiction_lines(self._rulebook, self._turn.interview))
        else:
            self._io.say(*words.nothing_open(self._turn.interview))
        self._io.say(words.keys_line(self._rulebook.language, question is not None))

    def _revise(self, line: str) -> None:
        """Without a question on hand, a number chooses one of the answers that contradict each other."""
        clashing = to_revise(self._rulebook, self._turn.interview)
        chosen = self._io.numbered(line, len(clashing)) if clashing else None
        if chosen is not None:
            self._turn = Turn(self._turn.interview, clashing[chosen])
        elif not clashing:
            self._io.say(_("There is no question to answer. Type ? for help."))

    def _help(self, _rest: str) -> None:
        question = question_at(self._rulebook, self._turn)
        if question is not None:
            why = why_asked(self._assessor, self._turn.interview.answers, question.id)
            self._io.say(_("Why this is asked:"), *self._items(why_asked_lines(self._rulebook, why, MAX_REASONS)))
            helps = [(number, option.help) for number, option in enumerate(question.options, start=1) if option.help]
            self._io.say(*self._items(f"{number}: {text}" for number, text in helps))
        self._io.say("", *words.command_lines(self._rulebook.language))

    def _back(self, _rest: str) -> None:
        self._turn = went_back(self._rulebook, self._turn)

    def _overview(self, rest: str) -> None:
        if rest:
            chosen = self._io.numbered(rest, len(self._rulebook.asked_questions))
            if chosen is not None:
                self._turn = Turn(self._turn.interview, self._rulebook.asked_questions[chosen].id)
            return
        self._io.say(*words.overview(self._rulebook, self._turn.interview))
        self._io.say(_("To go to a question, type {key} and its number.").format(key=self._key("o")))

    def _findings(self, rest: str) -> None:
        assessment = self._turn.interview.assessment
        if assessment.contradictions:
            self._io.say(*words.contradiction_lines(self._rulebook, self._turn.interview))
            return
        self._io.say(*words.findings(self._rulebook, assessment, whole=bool(rest)))
        if not rest:
            self._io.say(_("For all of them, type {key} all.").format(key=self._key("f")))
        self._io.say(_("To have one explained, type {key} and its number.").format(key=self._key("e")))

    def _explain(self, rest: str) -> None:
        number, _space, more = rest.partition(" ")
        found = self._listed()
        chosen = self._io.numbered(number, len(found)) if found else None
        if chosen is not None:
            self._tell(found[chosen], bool(more))
            if not more:
                key = self._key("e")
                self._io.say(_("All rules, conditions and sources: {key} {number} all").format(key=key, number=number))

    def _tell(self, found: FindingStatus, whole: bool) -> None:
        rulebook, interview = self._rulebook, self._turn.interview
        for line in finding_lines(rulebook, found, self._io.width):
            self._io.say_verbatim(line)
        self._io.say("", *words.how(rulebook, self._assessor, interview, found, whole))
        changes = smallest_changes(self._assessor, interview.answers, found.finding)
        self._io.say("", *words.what_would_change_it(rulebook, changes))

    def _what_if(self, rest: str) -> None:
        answers = self._turn.interview.answers
        offers = suggestions(self._assessor, answers)
        if not offers:
            self._io.say(_("Nothing that was answered so far would change a finding if it were otherwise."))
            return
        if not rest:
            self._io.say(*words.numbered(suggestion_text(self._rulebook, answers, each) for each in offers))
            self._io.say(_("To see what would change, type {key} and a number.").format(key=self._key("w")))
            return
        chosen = self._io.numbered(rest, len(offers))
        if chosen is not None:
            supposed = {offers[chosen].question: offers[chosen].answer}
            self._io.say(*words.what_would_change(self._rulebook, what_if(self._assessor, answers, supposed)))
            self._io.say(_("Nothing of this has been changed in your answers."))

    def _timeline(self, _rest: str) -> None:
        line = timeline(self._assessor, self._turn.interview.answers)
        if line is None:
            self._io.say(_("The rules do not depend on a day."))
        elif contradicts_always(line):
            self._io.say(*words.contradiction_lines(self._rulebook, self._turn.interview))
        else:
            self._io.say_verbatim(timeline_text(self._rulebook, line, self._io.width))

    def _summary(self, rest: str) -> None:
        path = path_wanted(rest, self._io, FORMATS) if rest else None
        chosen = chosen_replies(self._rulebook, self._turn.interview, self._io) if path or not rest else None
        if chosen is None:
            self._io.say(_("Nothing was written."))
            return
        interview = self._turn.interview
        told = summary(self._rulebook, interview, timeline(self._assessor, interview.answers), chosen)
        if path is None:
            self._io.say_verbatim(summary_text(told, self._io.width))
            self._io.say(_("To write it to a file, type {key} and a name.").format(key=self._key("p")))
        else:
            put(path, FORMATS[path.suffix.lower()](told), self._io)

    def _receipt(self, rest: str) -> None:
        interview = self._turn.interview
        path = path_wanted(rest, self._io, (RECEIPT,))  # "к" is a Russian word, too: nothing is written for "к родным"
        if path is None:
            self._io.say(_("Nothing was written."))
        else:
            put(path, receipt_text(receipt(self._rulebook, interview.answers, interview.assessment)), self._io)

    def _keep(self, rest: str) -> None:
        path = path_wanted(rest or self._kept_as, self._io)
        if path is None:
            self._io.say(_("Nothing was written."))
        elif save(self._turn, self._rulebook, path, self._io):
            self._kept_as = str(path)

    def _safety(self, _rest: str) -> None:
        self._io.say(your_safety.title())
        for part in your_safety.parts():
            self._io.say("", part.heading, *part.paragraphs)

    def _next_case(self, _rest: str) -> None:
        asks = _("This case is forgotten, and the next one begins. Type yes to go on.")
        if self._turn.interview.replies and not self._io.agreed(asks):
            self._io.say(_("Nothing was forgotten. This case goes on."))
            return
        self._turn = Turn(begin(self._assessor, asked_on=self._asked_on))
        self._told, self._kept_as = "", ""
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

    def _listed(self) -> list[FindingStatus]:
        return words.in_order(self._rulebook, self._turn.interview)

    def _key(self, letter: str) -> str:
        return key_name(letter, self._rulebook.language)

    def _items(self, lines: Iterable[str]) -> Iterator[str]:
        return (f"- {line}" for line in lines)
