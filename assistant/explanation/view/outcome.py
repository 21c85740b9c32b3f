"""The outcome of a case in words: sections that every way of showing a case begins with."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final, NamedTuple

from assistant.explanation.outcome import Outcome, Threat, Worsening
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty_phrase import gravest_words, penalty_words
from assistant.rulebook.question import DecidedBy
from assistant.system.message import Phrase, counted, message, series

MAX_WORSENINGS: Final = 4
MAX_HINGES: Final = 3
MAX_TITLES: Final = 4
MAX_NO_LONGER: Final = 4
MAX_DAYS_SINCE_REVIEW: Final = 180
"""After more, a reader is warned that the law may have changed."""

MORE_LISTED: Final = counted("And {count} more, in the list of findings.", "And {count} more, in the list of findings.")


class Section(Enum):
    """A part of the outcome, in reading order."""

    PUNISHMENT = "punishment"
    WORSE = "worse"
    OTHERS = "others"
    STEPS = "steps"
    WARNINGS = "warnings"
    NO_LONGER = "no_longer"
    SURE = "sure"


HEADING: Final = {
    Section.PUNISHMENT: message("What he can be punished for"),
    Section.WORSE: message("What would make it worse"),
    Section.OTHERS: message("Not his to decide"),
    Section.STEPS: message("What to do now"),
    Section.WARNINGS: message("What to beware of"),
    Section.NO_LONGER: message("What no longer holds"),
    Section.SURE: message("How sure this is"),
}
MARK: Final = {
    Section.PUNISHMENT: "■",
    Section.WORSE: "▲",
    Section.OTHERS: "▲",
    Section.STEPS: "►",
    Section.WARNINGS: "!",
    Section.NO_LONGER: "×",
    Section.SURE: "·",
}


class OutcomeLine(NamedTuple):
    """A line of a section, and the id of the finding that it is about, if it is about one."""

    words: Phrase
    finding: str | None = None


class OutcomePart(NamedTuple):
    """A section and its lines."""

    section: Section
    lines: tuple[OutcomeLine, ...]


def headline(rulebook: Rulebook, outcome: Outcome | None) -> Phrase:
    """Return the punishment that applies in one line, for a strip or a title. Leave out what is only possible."""
    if outcome is None or outcome.at_least is None:
        return message("Punishment: not clear yet")
    return _at_least(rulebook, outcome.at_least)


def outcome_parts(rulebook: Rulebook, outcome: Outcome) -> Iterator[OutcomePart]:
    """Yield the sections that have something to say."""
    lines = {
        Section.PUNISHMENT: _punishment(rulebook, outcome),
        Section.WORSE: _worse(rulebook, outcome.worse, DecidedBy.HE),
        Section.OTHERS: _worse(rulebook, outcome.worse, DecidedBy.OTHERS),
        Section.STEPS: _titles(rulebook, outcome.steps),
        Section.WARNINGS: _titles(rulebook, outcome.warnings),
        Section.NO_LONGER: _no_longer(rulebook, outcome),
        Section.SURE: map(OutcomeLine, _sure(rulebook, outcome)),
    }
    for section, each in lines.items():
        found = tuple(each)
        if found:
            yield OutcomePart(section, found)


def _punishment(rulebook: Rulebook, outcome: Outcome) -> Iterator[OutcomeLine]:
    if outcome.at_least is not None:
        yield OutcomeLine(_at_least(rulebook, outcome.at_least), outcome.at_least.finding)
    elif outcome.up_to is None and outcome.no_penalty:
        yield OutcomeLine(message("We cannot say how he would be punished. This applies, or may apply:"))
        yield from _titles(rulebook, outcome.no_penalty)
    elif outcome.up_to is None:
        yield OutcomeLine(message("By these answers we found no punishment in the articles that we cover."))
        yield from (OutcomeLine(each.text) for each in rulebook.out_of_scope)
    if outcome.up_to is not None:
        words = message("Possible: {threat}") if outcome.at_least is None else message("It can be more: {threat}")
        yield OutcomeLine(words.filled(threat=_threat(rulebook, outcome.up_to)), outcome.up_to.finding)
        yield from (OutcomeLine(line, outcome.up_to.finding) for line in _hinges(rulebook, outcome.up_to))
    if outcome.several and rulebook.metadata.several is not None:
        yield OutcomeLine(rulebook.metadata.several.text)


def _at_least(rulebook: Rulebook, threat: Threat) -> Phrase:
    """Return the penalty of an exposure that applies, or would by the plan, with every punishment that it names."""
    title, penalty = rulebook.finding[threat.finding].title, penalty_words(threat.penalty)
    planned = rulebook.metadata.planned
    if_he_does = planned.text if threat.planned and planned is not None else None
    return series(": ", if_he_does, series(" — ", penalty, title))


def _threat(rulebook: Rulebook, threat: Threat) -> Phrase:
    """Return the gravest punishment of a penalty, and what it is for."""
    title = rulebook.finding[threat.finding].title
    return series(" — ", gravest_words(threat.penalty), title)


def _hinges(rulebook: Rulebook, threat: Threat) -> Iterator[Phrase]:
    """Yield on what it depends whether an exposure applies."""
    if threat.penalty.unasked is not None:
        yield message("This depends on: {what}", what=threat.penalty.unasked)
    if threat.disputed:
        yield message("This is disputed: a court decides.")
    texts = [rulebook.question[name].text for name in threat.hinges_on]
    if texts:
        more = len(texts) - MAX_HINGES
        rest = counted("And {count} more question.", "And {count} more questions.", more) if more > 0 else None
        yield message("This depends on: {what}", what=series(" ", *texts[:MAX_HINGES], rest))


def _worse(rulebook: Rulebook, worse: Sequence[Worsening], decided_by: DecidedBy) -> Iterator[OutcomeLine]:
    his = [each for each in worse if rulebook.question[each.question].decided_by is decided_by]
    for each in his[:MAX_WORSENINGS]:
        question = rulebook.question[each.question].text
        words = message("{question} If yes: {penalty}.", question=question, penalty=gravest_words(each.threat.penalty))
        yield OutcomeLine(words, each.threat.finding)


def _titles(rulebook: Rulebook, findings: Sequence[str]) -> Iterator[OutcomeLine]:
    for name in findings[:MAX_TITLES]:
        yield OutcomeLine(series("", rulebook.finding[name].title, "."), name)
    more = len(findings) - MAX_TITLES
    if more > 0:
        yield OutcomeLine(MORE_LISTED.filled(count=more))


def _no_longer(rulebook: Rulebook, outcome: Outcome) -> Iterator[OutcomeLine]:
    for name in outcome.no_longer[:MAX_NO_LONGER]:
        overtaken = rulebook.finding[name].overtaken
        if overtaken is not None:
            now = rulebook.finding[overtaken.by].title
            words = message("{said}: this no longer holds. {now}.", said=overtaken.said, now=now)
            yield OutcomeLine(words, overtaken.by)


def _sure(rulebook: Rulebook, outcome: Outcome) -> Iterator[Phrase]:
    yield rulebook.metadata.review
    if outcome.days_since_review is not None and outcome.days_since_review > MAX_DAYS_SINCE_REVIEW:
        yield counted(
            "That is {count} day ago. The law may have changed: ask a lawyer.",
            "That is {count} days ago. The law may have changed: ask a lawyer.",
            outcome.days_since_review,
        )
    if outcome.statutes:
        yield message(
            "We read {read} of the {all} provisions behind this in the official text. We know the others from reports.",
            read=outcome.statutes_read,
            all=outcome.statutes,
        )
