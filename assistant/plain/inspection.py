"""Commands that show or write something about a case, and change nothing in it."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from assistant.assessment.assessor import Assessor
from assistant.explanation.relevance import why_asked
from assistant.explanation.similar_cases import case_evidence
from assistant.explanation.smallest_change import smallest_changes
from assistant.explanation.timeline import contradicts_always, timeline
from assistant.explanation.timeline_drawing import timeline_text
from assistant.explanation.view.change import suggestion_words
from assistant.explanation.view.finding import FindingView
from assistant.explanation.view.reason import why_asked_lines
from assistant.explanation.view.words import NO_DAY
from assistant.explanation.what_if import suggestions, what_if
from assistant.interview import your_safety
from assistant.interview.receipt import receipt, receipt_text
from assistant.interview.state import Checklist
from assistant.interview.turn import Turn, step_at
from assistant.plain import words
from assistant.plain.checklist_words import help_lines
from assistant.plain.line_io import LineIO
from assistant.plain.writing import chosen_replies, path_wanted, write_text
from assistant.publish.summary import summary
from assistant.publish.summary_format import FORMATS, summary_text
from assistant.rulebook.model import Rulebook
from assistant.scenarios.text_report import finding_lines
from assistant.system.keyboard import key_name
from assistant.system.language import _

MAX_REASONS: Final = 6
RECEIPT_SUFFIX: Final = ".json"


class Case(NamedTuple):
    """The turn of a conversation, with what is needed to show something about it."""

    assessor: Assessor
    rulebook: Rulebook
    turn: Turn
    io: LineIO

    def key(self, letter: str) -> str:
        """Return the name of a command's key in the language of the rulebook."""
        return key_name(letter, self.rulebook.language)


def show_help(case: Case, _rest: str) -> None:
    """Write why the question is asked, the help of its options, and all commands."""
    question = step_at(case.rulebook, case.turn)
    if isinstance(question, Checklist):
        case.io.say(*words.items(help_lines(question)))
    elif question is not None:
        why = why_asked(case.assessor, case.turn.interview.answers, question.id)
        case.io.say(_("Why this is asked:"), *words.items(why_asked_lines(case.rulebook, why, MAX_REASONS)))
        helps = [(number, option.help) for number, option in enumerate(question.options, start=1) if option.help]
        case.io.say(*words.items(f"{number}: {text}" for number, text in helps))
    case.io.say("", *words.command_lines(case.rulebook.language))


def show_overview(case: Case, _rest: str) -> None:
    """Write all questions with their replies."""
    case.io.say(*words.overview(case.rulebook, case.turn.interview))
    case.io.say(_("To go to a question, type {key} and its number.").format(key=case.key("o")))


def show_outcome(case: Case, _rest: str) -> None:
    """Write the answer: what the replies so far come to; or the contradiction, if there is one."""
    interview = case.turn.interview
    if interview.assessment.contradictions:
        case.io.say(*words.clashing_lines(case.rulebook, interview))
        return
    case.io.say(*words.outcome_lines(case.rulebook, case.assessor, interview))
    case.io.say(*words.count_line(case.rulebook, interview))
    case.io.say(_("For the findings behind it, type {key}.").format(key=case.key("f")))


def show_findings(case: Case, rest: str) -> None:
    """Write the findings, all of them if anything follows the command; or the contradiction, if there is one."""
    assessment = case.turn.interview.assessment
    if assessment.contradictions:
        case.io.say(*words.clashing_lines(case.rulebook, case.turn.interview))
        return
    case.io.say(*words.findings(case.rulebook, assessment, whole=bool(rest)))
    if not rest:
        case.io.say(_("For all of them, type {key} all.").format(key=case.key("f")))
    case.io.say(_("To have one explained, type {key} and its number.").format(key=case.key("e")))


def explain(case: Case, rest: str) -> None:
    """Explain the finding with the number that follows the command; with every step if more follows."""
    number, _space, more = rest.partition(" ")
    views = words.in_order(case.rulebook, case.turn.interview)
    chosen = case.io.numbered(number, len(views)) if views else None
    if chosen is not None:
        _explain_finding(case, views[chosen], whole=bool(more))
        if not more:
            key = case.key("e")
            case.io.say(_("All rules, conditions and sources: {key} {number} all").format(key=key, number=number))


def _explain_finding(case: Case, view: FindingView, *, whole: bool) -> None:
    rulebook, interview = case.rulebook, case.turn.interview
    evidence = case_evidence(rulebook, interview.answers, view.finding.id)
    for line in finding_lines(view, evidence, case.io.width):
        case.io.say_verbatim(line)
    case.io.say("", *words.how(rulebook, case.assessor, interview, view, whole))
    changes = smallest_changes(case.assessor, interview.answers, view.finding.id)
    case.io.say("", *words.what_would_change_it(rulebook, interview, changes))


def show_what_if(case: Case, rest: str) -> None:
    """Write the changes of answers that matter most, numbered; with a number, what would differ after that one."""
    answers = case.turn.interview.answers
    offers = suggestions(case.assessor, answers)
    if not offers:
        case.io.say(_("Nothing that was answered so far would change a finding if it were otherwise."))
        return
    if not rest:
        case.io.say(*words.numbered(suggestion_words(case.rulebook, answers, each) for each in offers))
        case.io.say(_("To see what would change, type {key} and a number.").format(key=case.key("w")))
        return
    chosen = case.io.numbered(rest, len(offers))
    if chosen is not None:
        supposed = {offers[chosen].question: offers[chosen].answer}
        case.io.say(*words.what_would_change(case.rulebook, what_if(case.assessor, answers, supposed)))
        case.io.say(_("Nothing of this has been changed in your answers."))


def show_timeline(case: Case, _rest: str) -> None:
    """Write which findings hold on which days."""
    line = timeline(case.assessor, case.turn.interview.answers)
    if line is None:
        case.io.say(NO_DAY)
    elif contradicts_always(line):
        case.io.say(*words.clashing_lines(case.rulebook, case.turn.interview))
    else:
        case.io.say_verbatim(timeline_text(case.rulebook, line, case.io.width))


def show_summary(case: Case, rest: str) -> None:
    """Write the summary: to the file whose name follows the command, or else to the output."""
    interview = case.turn.interview
    path = path_wanted(rest, case.io, FORMATS) if rest else None
    chosen = chosen_replies(case.rulebook, interview, case.io) if path or not rest else None
    if chosen is None:
        case.io.say(_("Nothing was written."))
        return
    content = summary(case.rulebook, interview, timeline(case.assessor, interview.answers), chosen)
    if path is None:
        case.io.say_verbatim(summary_text(content, case.io.width))
        case.io.say(_("To write it to a file, type {key} and a name.").format(key=case.key("p")))
    else:
        write_text(path, FORMATS[path.suffix.lower()](content), case.io)


def write_receipt(case: Case, rest: str) -> None:
    """Write the receipt to the file whose name follows the command."""
    interview = case.turn.interview
    path = path_wanted(rest, case.io, (RECEIPT_SUFFIX,))  # "к" is a Russian word, too: see its suffix
    if path is None:
        case.io.say(_("Nothing was written."))
    else:
        write_text(
            path,
            receipt_text(receipt(case.rulebook, interview.answers, case.assessor.assess(interview.answers))),
            case.io,
        )


def show_safety(case: Case, _rest: str) -> None:
    """Write the advice about the user's safety."""
    case.io.say(your_safety.title())
    for part in your_safety.parts():
        case.io.say("", part.heading, *part.paragraphs)


INSPECTIONS: Final[Mapping[str, Callable[[Case, str], None]]] = {
    "?": show_help,
    "o": show_overview,
    "g": show_outcome,
    "f": show_findings,
    "e": explain,
    "w": show_what_if,
    "t": show_timeline,
    "p": show_summary,
    "r": write_receipt,
    "a": show_safety,
}
"""The commands by their letters. Each takes the case and the text that follows its letter."""
