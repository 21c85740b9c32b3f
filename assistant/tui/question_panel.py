"""The question on the screen, with everything that can be said in reply to it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from assistant.interview import Reply, Unknown, open_questions
from assistant.keyboard import key_name
from assistant.language import _, plural
from assistant.rulebook import Question, QuestionType
from assistant.tui.choices import FlowingChoices
from assistant.tui.literal import hanging, literal, stacked
from assistant.tui.page import Conversation
from assistant.turn import question_at
from assistant.typed_answer import LONGEST, format_hint, is_typed, typed_answer
from assistant.wording import answer_text, day_text, yes_no

DONT_KNOW_KEY = "d"
SKIP_KEY = "s"


class Choice(NamedTuple):
    """A line to choose: the key that chooses it, and what it says in reply, or where it leads."""

    key: str
    text: str
    reply: Reply | None = None
    question: str | None = None
    command: str = ""
    help: str = ""


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
        self._typed = ""
        self._message = ""

    def compose(self) -> ComposeResult:
        """Banner, question, what is typed, choices, and what belongs to the choice under the cursor."""
        yield Static(id="banner")
        yield Static(id="question")
        yield Static(id="entry")
        yield FlowingChoices(id="choices")
        yield Static(id="beside")

    @property
    def list(self) -> FlowingChoices:
        """The choices on the screen."""
        return self.query_one(FlowingChoices)

    def draw(self, conversation: Conversation) -> None:
        """Shows the turn of a conversation."""
        self._conversation = conversation
        question = question_at(conversation.rulebook, conversation.turn)
        asked = question.id if question else None
        fresh = asked != self.asked or not self._choices
        if asked != self.asked:
            self._typed = ""
            self._message = ""
            self.asked = asked
        self._choices = tuple(self._offered(question))
        self._show("banner", self._banner())
        self._show("question", self._told(question) if question else self._no_question())
        self._show("entry", self._entry(question))
        width = max(20, self.content_size.width - 4)
        prompts = [
            hanging(f"{key_name(choice.key, conversation.language):>2}  ", choice.text, width, mark_style="bold")
            for choice in self._choices
        ]
        here = self._present_choice(question) if fresh else self.list.highlighted
        self.list.offer(prompts, here)
        self._tell_beside()
        if fresh:
            self.scroll_home(animate=False, immediate=True)

    def forget(self) -> None:
        """Forgets what is typed."""
        self.asked = None
        self._typed = self._message = ""

    def choice_at_cursor(self) -> Choice | None:
        """The choice under the cursor, if there is one."""
        index = self.list.highlighted
        return None if index is None or index >= len(self._choices) else self._choices[index]

    def choice_with_key(self, key: str) -> Choice | None:
        """The choice that a key stands for."""
        return next((choice for choice in self._choices if choice.key == key), None)

    @property
    def takes_text(self) -> bool:
        """Whether digits are typed instead of chosen."""
        question = self._question()
        return question is not None and is_typed(question)

    def type(self, text: str) -> None:
        """Adds to what is typed."""
        self._typed = (self._typed + text)[:LONGEST]
        self._message = ""
        self.list.highlighted = None
        self._redraw_entry()

    def erase(self) -> None:
        """Takes the last character away."""
        self._typed = self._typed[:-1]
        self._message = ""
        self._redraw_entry()

    def submitted(self) -> Reply | None:
        """What Enter says: what is typed, or the choice under the cursor. Nothing while neither is there."""
        question = self._question()
        if question is not None and self._typed and self.list.highlighted is None:
            answer = typed_answer(question, self._typed)
            if not isinstance(answer, str):
                return answer
            self._message = answer
            self._redraw_entry()
            return None
        choice = self.choice_at_cursor()
        return choice.reply if choice else None

    def move(self, step: str) -> None:
        """Moves the cursor among the choices."""
        self.list.move(step)
        self._tell_beside()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes a click on a choice for its key."""
        event.stop()
        self.post_message(self.Clicked(self._choices[event.option_index]))

    def _question(self) -> Question | None:
        return self._conversation.rulebook.question[self.asked] if self.asked else None

    def _offered(self, question: Question | None) -> Iterator[Choice]:
        if question is None:
            yield from self._offered_instead()
            return
        if question.type is QuestionType.YES_NO:
            yield Choice("1", yes_no(True), True)
            yield Choice("2", yes_no(False), False)
        for number, option in enumerate(question.options, start=1):
            yield Choice(str(number) if number <= 9 else "", option.text, option.id, help=option.help or "")  # noqa: PLR2004
        yield Choice(DONT_KNOW_KEY, _("I don't know"), Unknown.DONT_KNOW)
        yield Choice(SKIP_KEY, _("Skip this question"), Unknown.SKIPPED)

    def _offered_instead(self) -> Iterator[Choice]:
        rulebook, interview = self._conversation.rulebook, self._conversation.turn.interview
        clashing = [i for i in rulebook.impossible if i.id in interview.assessment.contradictions]
        # A combination may be told because what is left open cannot but complete it; only a reply can be revised.
        named = dict.fromkeys(question for impossible in clashing for question in impossible.when)
        involved = [name for name in named if name in interview.answers] or list(interview.answers if clashing else ())
        for number, name in enumerate(involved, start=1):
            question = rulebook.question[name]
            answer = answer_text(question, interview.answers[name])
            text = _("Revise: {question} — {answer}").format(question=question.text, answer=answer)
            yield Choice(str(number), text, question=name)
        if not clashing:
            yield Choice("f", _("Look at the findings"), command="findings")
            yield Choice("o", _("Look through my answers and change them"), command="overview")
            yield Choice("i", _("See what would follow from other answers"), command="what_if")
            yield Choice("c", _("See the same answers on other days"), command="timeline")
            yield Choice("p", _("Take a summary along"), command="summary")
            yield Choice("r", _("Forget everything, for the next case"), command="next_case")

    def _banner(self) -> Content | None:
        rulebook, assessment = self._conversation.rulebook, self._conversation.turn.interview.assessment
        clashing = [i for i in rulebook.impossible if i.id in assessment.contradictions]
        told = [literal(impossible.text) for impossible in clashing]
        if told:
            told.insert(0, literal(_("These answers contradict each other, so nothing can be said yet."), "bold"))
        if self._conversation.trouble:
            told.append(literal(self._conversation.trouble, "bold"))
        return stacked(*told)

    def _told(self, question: Question) -> Content:
        rulebook, interview = self._conversation.rulebook, self._conversation.turn.interview
        count = len(open_questions(rulebook, interview))
        progress = plural("{count} open question can still matter", "{count} open questions can still matter", count)
        introduction = literal(rulebook.metadata.summary) if not interview.replies else None
        beside = (subject.text for subject in rulebook.out_of_scope if question.id in subject.beside)
        return stacked(
            introduction,
            literal(progress, "dim") if count else None,
            literal(question.text, "bold"),
            literal(question.help),
            *(literal(text, "dim") for text in beside),
            self._suggestion(question),
            self._so_far(question),
            apart=2,
        )

    def _suggestion(self, question: Question) -> Content | None:
        suggested = question.suggest
        if suggested is None or question.id in self._conversation.turn.interview.answers:
            return None
        text = _("Suggested answer: “{answer}”. {reason} (As of {date}.) It counts only if you choose it.").format(
            answer=answer_text(question, suggested.answer), reason=suggested.reason, date=day_text(suggested.as_of)
        )
        return literal(text)

    def _so_far(self, question: Question) -> Content | None:
        reply = self._conversation.turn.interview.replies.get(question.id)
        if reply is None:
            return None
        if isinstance(reply, Unknown):
            said = _("I don't know") if reply is Unknown.DONT_KNOW else _("skipped")
        else:
            said = answer_text(question, reply)
        return literal(_("Your reply so far: {reply}").format(reply=said), "italic")

    def _no_question(self) -> Content:
        interview = self._conversation.turn.interview
        if interview.assessment.contradictions:
            return literal(_("Which of them do you want to revise?"), "bold")
        waiting = {name for found in interview.assessment.findings for name in found.waits_for}
        unknown = sum(isinstance(interview.replies.get(name), Unknown) for name in waiting)
        left = plural(
            "{count} question was skipped or not known. An answer to it may still change the findings.",
            "{count} questions were skipped or not known. Answers to them may still change the findings.",
            unknown,
        )
        return stacked(
            literal(_("No open question can change the findings any more."), "bold"),
            literal(left) if unknown else None,
            apart=2,
        )

    def _entry(self, question: Question | None) -> Content | None:
        if question is None or not is_typed(question):
            return None
        cursor = (" ", "reverse")
        line = Content.assemble(literal(_("Your answer:"), "bold"), " ", literal(self._typed), cursor)
        return stacked(line, literal(self._message or format_hint(question), "bold" if self._message else "dim"))

    def _redraw_entry(self) -> None:
        self._show("entry", self._entry(self._question()))

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

    def _tell_beside(self) -> None:
        choice = self.choice_at_cursor()
        self._show("beside", literal(choice.help) if choice and choice.help else None)

    def _show(self, name: str, content: Content | None) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = bool(content and content.plain)
        widget.update(content or Content())
