"""The wording of reasons: why a finding has its status, and why a question is asked."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.derivation import Derivation, Step
from assistant.explanation.relevance import Effect, WhyAsked, why_asked
from assistant.explanation.view.citation import citation_view
from assistant.explanation.view.words import answer_words, answers_words, condition_words, replied, status_words
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Program, Truth
from assistant.rulebook.question import Answers
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet
from assistant.system.message import Message, Phrase, counted, message, series

NO_EFFECT: Final = message("No answer to this question can change a finding any more.")
_CONDITION: Final[Mapping[Truth, Message]] = {
    True: message("Met: {condition}"),
    None: message("Not known, would need: {condition}"),
    False: message("Not met: {condition}"),
}
_ANSWERED: Final[Mapping[Truth, Message]] = {
    True: message("Met: {condition}; the answer is: {answer}"),
    None: message("Left open by the answer {answer}, would need: {condition}"),
    False: message("Not met: {condition}; the answer is: {answer}"),
}
DECIDES: Final = counted(
    "By itself, an answer can decide {count} finding.", "By itself, an answer can decide {count} findings."
)
_RULE: Final[Mapping[Truth, Message]] = {
    True: message("The rule {rule} holds, because:"),
    None: message("The rule {rule} is open:"),
    False: message("The rule {rule} does not hold, because:"),
}
_GROUND: Final[Mapping[Truth, Message]] = {
    True: message("Ground {number} of {total} holds, because:"),
    None: message("Open ground {number} of {total}:"),
    False: message("Ground {number} of {total} does not hold, because:"),
}


class ShortLine(NamedTuple):
    """A line of a shortened derivation: its depth, its node and its words."""

    depth: int
    node: Derivation
    words: Phrase


def short_lines(rulebook: Rulebook, program: Program, node: Derivation, depth: int = 0) -> Iterator[ShortLine]:
    """Yield the lines below a node of a shortened derivation: its conditions, under numbered grounds if it has several.

    Rules are not named, because their ids mean nothing to a reader who does not know the rulebook. Citations are left
    out, because callers show them elsewhere.
    """
    rules = [below for below in node.below if below.step is Step.RULE]
    for below in node.below:
        if below.step is Step.RULE and len(rules) == 1:
            yield from short_lines(rulebook, program, below, depth)
        elif below.step is not Step.CITATION:
            words = node_words(rulebook, program, below)
            if below.step is Step.RULE:
                words = _GROUND[below.truth].filled(number=rules.index(below) + 1, total=len(rules))
            yield ShortLine(depth, below, words)
            yield from short_lines(rulebook, program, below, depth + 1)


def node_words(rulebook: Rulebook, program: Program, node: Derivation) -> Phrase:
    """Return a node of a derivation in words."""
    if node.source is not None:
        return citation_view(node.source, rulebook.language).line
    if node.step is Step.FINDING:
        return rulebook.finding[node.id].title
    if node.step is Step.DISPUTE:
        return message("Contested: {reason}", reason=rulebook.rule[node.id].contested or "")
    if node.step is not Step.RULE:
        return _condition(rulebook, program, node)
    return _RULE[node.truth].filled(rule=node.id)


def _condition(rulebook: Rulebook, program: Program, node: Derivation) -> Message:
    condition = condition_words(rulebook, program, node.condition) if node.condition else node.id
    if node.truth and isinstance(node.answer, str | OptionSet):  # the chosen options, not all that meet the condition
        condition = replied(rulebook.question[node.id], node.answer)
    if node.answer is None or (node.truth and not isinstance(node.answer, DateRange | NumberRange)):
        return _CONDITION[node.truth].filled(condition=condition)
    answer = answer_words(rulebook.question[node.id], node.answer)
    return _ANSWERED[node.truth].filled(condition=condition, answer=answer)


def why_asked_lines(rulebook: Rulebook, why: WhyAsked, most: int | None = None) -> Iterator[Message]:
    """Yield the reasons for a question, one finding a line: at most ``most`` findings, and the number of others."""
    if not why.effects:
        yield NO_EFFECT
        return
    shown = why.effects[:most]
    for effect in shown:
        title = rulebook.finding[effect.finding].title
        outcomes = series("; ", *outcome_words(rulebook, why.question, effect))
        yield message("“{title}”: {outcomes}.", title=title, outcomes=outcomes)
    if len(shown) < len(why.effects):
        more = len(why.effects) - len(shown)
        yield counted("It bears on {count} more finding.", "It bears on {count} more findings.", more)
    yield from contradicting_words(rulebook, why)


def narrower_lines(assessor: Assessor, answers: Answers, question: str, most: int = 3) -> Iterator[Message]:
    """Yield what an answer within the range that was given would decide; nothing if the answer is exact or enough.

    Raises:
        EngineError: if there is no diagram, and the rules engine fails.
    """
    if isinstance(answers.get(question), DateRange | NumberRange | OptionSet):
        why = why_asked(assessor, answers, question)
        if why.effects:
            yield message("A more exact answer would decide more:")
            yield from why_asked_lines(assessor.rulebook, why, most)


def contradicting_words(rulebook: Rulebook, why: WhyAsked) -> Iterator[Message]:
    """Yield which answers would contradict others, if any would."""
    if why.contradicting:
        answers = answers_words(rulebook.question[why.question], why.contradicting)
        yield message("This would contradict other answers: {answers}.", answers=answers)


def outcome_words(rulebook: Rulebook, question: str, effect: Effect) -> tuple[Message, ...]:
    """Return which answers lead to which status of a finding, one message for each status."""
    if not effect.decides:
        return (message("the answer decides together with others"),)
    asked, finding = rulebook.question[question], rulebook.finding[effect.finding]
    outcomes = {
        Status.ESTABLISHED: effect.established,
        Status.EXCLUDED: effect.excluded,
        Status.POSSIBLE: effect.possible,
    }
    return tuple(
        message("{status} with: {answers}", status=status_words(status, finding), answers=answers_words(asked, atoms))
        for status, atoms in outcomes.items()
        if atoms
    )
