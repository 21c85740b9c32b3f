"""The wording of changes: what a reply changed, what another reply would change, and what would change a finding."""

from collections.abc import Mapping
from typing import Final

from assistant.explanation.smallest_change import Change, Changes
from assistant.explanation.view.words import answer_words, replied, status_words
from assistant.explanation.what_if import Changed, Suggested, Transition
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer, Answers
from assistant.system.message import Message, Series, counted, message, series

HAS_CHANGED: Final = {
    Transition.APPEARS: message("New: “{title}” — {before} before, {after} now."),
    Transition.VANISHES: message("Gone: “{title}” — {before} before, {after} now."),
    Transition.CHANGES: message("Changed: “{title}” — {before} before, {after} now."),
}
WOULD_CHANGE: Final = {
    Transition.APPEARS: message("Would appear: “{title}” — now: {before}, then: {after}."),
    Transition.VANISHES: message("Would vanish: “{title}” — now: {before}, then: {after}."),
    Transition.CHANGES: message("Would change: “{title}” — now: {before}, then: {after}."),
}
HOW_MANY: Final = {
    Transition.APPEARS: counted("{count} finding would appear", "{count} findings would appear"),
    Transition.VANISHES: counted("{count} finding would vanish", "{count} findings would vanish"),
    Transition.CHANGES: counted("{count} finding would change", "{count} findings would change"),
}
SUPPOSED: Final = message("Only supposed, your answers stay as they are:")
NO_DIFFERENCE: Final = message("Nothing would differ: every finding would have the same status.")


def change_words(rulebook: Rulebook, changed: Changed, sentences: Mapping[Transition, Message]) -> Message:
    """Return how a finding has changed, or would change, by the sentences for one or the other."""
    finding = rulebook.finding[changed.finding]
    return sentences[changed.turn].filled(
        title=finding.title,
        before=status_words(changed.before.status, finding, changed.before.planned),
        after=status_words(changed.after.status, finding, changed.after.planned),
    )


def supposed_words(rulebook: Rulebook, answers: Answers, question: str, answer: Answer) -> Message:
    """Return a question, a supposed answer, and the given answer if there is one."""
    asked = rulebook.question[question]
    if question not in answers:
        return replied(asked, answer)
    return message(
        "{question} — {answer} (you said: {said})",
        question=asked.text,
        answer=answer_words(asked, answer),
        said=answer_words(asked, answers[question]),
    )


def difference_words(rulebook: Rulebook, suggested: Suggested) -> Message:
    """Return how many findings would differ, and the gravest of them."""
    return counted(
        "{count} finding would differ: {title}",
        "{count} findings would differ; the gravest: {title}",
        len(suggested.changes),
        title=rulebook.finding[suggested.changes[0]].title,
    )


def suggestion_words(rulebook: Rulebook, answers: Answers, suggested: Suggested) -> Series:
    """Return a suggested answer, and what would differ."""
    supposed = supposed_words(rulebook, answers, suggested.question, suggested.answer)
    return series(". ", supposed, difference_words(rulebook, suggested))


def smallest_change_words(rulebook: Rulebook, change: Change) -> Message:
    """Return to which status a change would lead."""
    status = status_words(change.status, rulebook.finding[change.finding], change.planned)
    return message("The smallest change to “{status}”:", status=status)


def no_more_words(changes: Changes) -> Message:
    """Return whether there may be other changes of a finding than those that were found."""
    if not changes.complete:
        return message("There may be other and smaller changes: not all were tried.")
    if not changes.found:
        return message("No change of a few answers gives it another status.")
    return message("There is no smaller change.")
