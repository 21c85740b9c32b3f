"""A person who answers what his scenario says, on the screen and line by line; and what it costs him."""

import asyncio
import datetime
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.explanation.outcome import outcome
from assistant.interview.state import Checklist, begin
from assistant.interview.turn import Turn, after_checklist, after_reply, left_for_later, step_at
from assistant.plain.conversation import Conversation, Leave
from assistant.plain.line_io import LineIO
from assistant.plain.options import offered
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question
from assistant.rulebook.ranges import DateRange
from assistant.rulebook.translation import in_language
from assistant.rulebook.vocabulary import FIRST_STAGE, LAST_STAGE
from assistant.scenarios.scenario import Scenario
from assistant.system.language import LANGUAGES, _, use_language
from assistant.system.message import message, text
from assistant.tui.app import Questionnaire
from assistant.tui.widgets.question_panel import QuestionPanel

SIZE: Final = (80, 24)
_ITEM: Final = re.compile(r"  [0-9]  (.+)")
KEYS: Final = {".": "full_stop", "-": "minus"}
RELATIVE: Final = Path(__file__).with_name("relative.yaml")


class Measures(NamedTuple):
    """What an interview cost a person, until its outcome was complete.

    ``screens`` counts the questions and checklists, and that of the outcome. ``unknown`` is how many of the questions
    were answered "I don't know", ``words`` how many were said, by language.
    """

    questions: int
    screens: int
    unknown: int
    keys_on_screen: int
    keys_line_by_line: int
    words: dict[str, int]


def reply_of(scenario: Scenario, question: Question) -> Reply:
    """Return what the person of a scenario replies."""
    return scenario.answers.get(question.id, Unknown.DONT_KNOW)


def stages_needed(assessor: Assessor, scenario: Scenario) -> int:
    """Return after which stage the outcome is that of all questions, answered as the person of a scenario does."""
    turn, outcomes = Turn(begin(assessor)), []
    for stage in range(FIRST_STAGE, LAST_STAGE + 1):
        turn = turn._replace(stage=stage)
        while (step := step_at(assessor.rulebook, turn)) is not None:
            if not isinstance(step, Checklist):
                turn = after_reply(assessor, turn, step.id, reply_of(scenario, step))
                continue
            replies = {question.id: reply_of(scenario, question) for question in step.questions}
            none = not any(isinstance(reply, Unknown) for reply in replies.values())
            left = [name for name, reply in replies.items() if reply is not True]
            others = {} if none else dict.fromkeys(left, Unknown.DONT_KNOW)
            true = {name: True for name in replies if name not in left}
            turn = after_checklist(assessor, turn, {**true, **others}, left if none else ())
        outcomes.append(outcome(assessor.rulebook, turn.interview.answers, turn.interview.assessment))
    return FIRST_STAGE + outcomes.index(outcomes[-1])


def typed(question: Question, reply: Reply) -> str:
    """Return the shortest line that says a reply: a letter, the number of an option, a number, or a day."""
    if reply is Unknown.DONT_KNOW:
        return "d"
    options = [answer for answer, _texts in offered(question)]
    if options:
        return str(options.index(reply) + 1)
    if isinstance(reply, DateRange) and reply.start is not None:
        return f"{reply.start:%m.%Y}"  # the scenarios here have only whole months
    return f"{reply:%d.%m.%Y}" if isinstance(reply, datetime.date) else str(reply)


def marked(scenario: Scenario, questions: Sequence[Question]) -> tuple[str, bool]:
    """Return the digits of what is true on a checklist, and whether none of the others is true."""
    replies = [reply_of(scenario, question) for question in questions]
    digits = "".join(str(number) for number, reply in enumerate(replies, start=1) if reply is True)
    return digits, all(isinstance(reply, bool) for reply in replies)


async def on_screen(
    rulebook: Rulebook, language: str, scenario: Scenario, stages: int
) -> tuple[dict[str, Reply], int, int]:
    """Return the replies to all questions up to a stage, the keys pressed for them, and the screens, with the last."""
    app, keys, screens = Questionnaire(rulebook, language), 0, 1
    async with app.run_test(size=SIZE) as pilot:
        panel = app.screen.query_one(QuestionPanel)
        while True:
            step = panel.asked or (panel.checklist.names if panel.checklist else None)
            if step is None:
                if app.turn.stage >= stages or not left_for_later(rulebook, app.turn):
                    break
                await pilot.press("n")
                keys, screens = keys + 1, screens + 1
                continue
            screens += 1
            pressed = _pressed(rulebook, scenario, panel)
            last = panel.list.with_key(pressed[-1]) if panel.checklist is not None else None
            if last is not None and not panel.shows(last):
                pressed.append(pressed[-1])  # the first one scrolls down to what it says
            await pilot.press(*pressed)
            keys += len(pressed)
            if step in {panel.asked, panel.checklist.names if panel.checklist else None}:
                raise SystemExit(f"{scenario.id}: the screen did not take {pressed} as the reply to {step}.")
    return dict(app.turn.interview.replies), keys, screens


def _pressed(rulebook: Rulebook, scenario: Scenario, panel: QuestionPanel) -> list[str]:
    if panel.checklist is not None:
        digits, none = marked(scenario, panel.checklist.checklist.questions)
        return [*digits, *("0" if none else "d")]
    asked = rulebook.question[panel.asked or ""]
    line = typed(asked, reply_of(scenario, asked))
    pressed = [KEYS.get(character, character) for character in line]
    if panel.takes_text:
        return ["escape", *pressed] if line == "d" else [*pressed, "enter"]
    return pressed


class Listener:
    """Somebody who hears the questions line by line and types the answers of a scenario."""

    def __init__(self, rulebook: Rulebook, scenario: Scenario, stages: int) -> None:
        self.replies: dict[str, Reply] = {}
        self._stages = stages
        self._to_go_on = message("To go on, type 1.")
        self._goes_on = False
        self._listed: set[str] = set()
        self.keys = self.words = 0
        self._scenario = scenario
        self._questions = {_("Question: {question}").format(question=each.text): each for each in rulebook.questions}
        self._groups = {_("Question: {question}").format(question=each.text): each for each in rulebook.groups}
        self._by_text = {question.text: question for question in rulebook.questions}
        self._asked: Question | None = None
        self._list: list[Question] | None = None
        self._others = ""

    def hear(self, line: str) -> None:
        """Count the words of a line, and notice a question in it."""
        self.words += len(line.split())
        if line.endswith(text(self._to_go_on)) and self._stages > FIRST_STAGE:
            self._goes_on = True
        if line in self._groups:
            self._asked, self._list = None, []
        elif self._list is not None and (item := _ITEM.fullmatch(line)) and item[1] in self._by_text:
            self._list.append(self._by_text[item[1]])
        elif line in self._questions:
            self._asked, self._list = self._questions[line], None

    def read(self) -> str:
        """Return the line that answers the question heard last; leave if there was none since the line before."""
        if self._others:
            line, self._others = self._others, ""
            self.keys += len(line) + 1
            return line
        if self._list:
            return self._read_list(self._list)
        if self._asked is None and self._goes_on:
            self._stages, self._goes_on = FIRST_STAGE, False
            self.keys += 1 + len("1")
            return "1"
        if self._asked is None:
            return "q"
        question, self._asked = self._asked, None
        if question.id in self.replies and question.id not in self._listed:
            raise SystemExit(f"{self._scenario.id}: {question.id} was asked again.")
        self.replies[question.id] = reply_of(self._scenario, question)
        line = typed(question, self.replies[question.id])
        self.keys += len(line) + 1
        return line

    def _read_list(self, questions: list[Question]) -> str:
        digits, none = marked(self._scenario, questions)
        self._list = None
        said = {question.id: reply_of(self._scenario, question) for question in questions}
        self.replies |= {name: reply if reply is True or none else Unknown.DONT_KNOW for name, reply in said.items()}
        self._listed |= set(said)
        others = "no" if none else "d"
        self._others = others if 0 < len(digits) < len(questions) else ""
        line = " ".join(digits) or ("0" if none else "d")
        self.keys += len(line) + 1
        return line


def line_by_line(assessor: Assessor, rulebook: Rulebook, scenario: Scenario, stages: int) -> Listener:
    """Return who has heard all questions of an interview up to a stage, in the language in use."""
    listener = Listener(rulebook, scenario, stages)
    with suppress(Leave):
        Conversation(assessor, rulebook, LineIO(listener.hear, listener.read, width=10_000)).hold()
    return listener


def measured(assessor: Assessor, scenario: Scenario) -> Measures:
    """Return what an interview costs, which asks the same on the screen, line by line, and in every language."""
    rulebook, words, keys, ways, seen = assessor.rulebook, {}, [], [], 0
    stages = stages_needed(assessor, scenario)
    for language in LANGUAGES:
        use_language(language)
        listener = line_by_line(assessor, in_language(rulebook, language), scenario, stages)
        replies, pressed, seen = asyncio.run(on_screen(rulebook, language, scenario, stages))
        words[language] = listener.words
        keys.append((pressed, listener.keys))
        ways += [replies, listener.replies]
    if any(way != ways[0] for way in ways) or len(set(keys)) > 1:
        raise SystemExit(f"{scenario.id}: the screen, the lines or the languages differ in what they ask.")
    unknown = sum(isinstance(reply, Unknown) for reply in ways[0].values())
    return Measures(len(ways[0]), seen, unknown, *keys[0], words)
