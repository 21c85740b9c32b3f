"""What must not be, each planted in the questionnaire to see that the monkey names it."""

import asyncio
import datetime
from collections.abc import Callable, Mapping
from typing import Final

from textual import events

from assistant.interview.state import begin
from assistant.interview.turn import Turn
from assistant.rulebook.answer import Reply
from assistant.tui.app import Questionnaire
from tests.monkey.actions import PASTED_SEQUENCES
from tests.support.interviews import question_at

PLANTED_KEY: Final = "f7"


async def planted(plant: str, app: Questionnaire, event: events.Event) -> bool:
    """Do the harm that was planted; return whether nothing else is to be done with the event."""
    if plant == "deaf" and _is_planted_key(event):
        await asyncio.Event().wait()
    harm = _HARM.get(plant)
    return harm is not None and harm(app, event)


def planted_reply(plant: str, reply: Reply) -> Reply:
    """Return the reply that is recorded instead of the one that was given."""
    if plant == "another day" and isinstance(reply, datetime.date):
        return reply + datetime.timedelta(days=1)
    return reply


def _is_planted_key(event: events.Event) -> bool:
    return isinstance(event, events.Key) and event.key == PLANTED_KEY


def _on_planted_key(harm: Callable[[Questionnaire], None]) -> Callable[[Questionnaire, events.Event], bool]:
    def act(app: Questionnaire, event: events.Event) -> bool:
        if _is_planted_key(event):
            harm(app)
        return _is_planted_key(event)

    return act


def _fail(_app: Questionnaire) -> None:
    raise ValueError


def _leave(app: Questionnaire) -> None:
    app.exit(return_code=3)


def _be_busy(_app: Questionnaire) -> None:
    while True:
        pass


def _choose_first(app: Questionnaire) -> None:
    question = question_at(app.rulebook, app.turn)
    assert question is not None
    app.reply(question.id, question.options[0].id)


def _lose_answers(app: Questionnaire) -> None:
    app.turn = Turn(begin(app.assessor))


def _write_pasted_sequence(app: Questionnaire, event: events.Event) -> bool:
    if isinstance(event, events.Paste):
        assert app._driver is not None
        app._driver.write(PASTED_SEQUENCES[0].decode())
    return False


def _choose_unseen(app: Questionnaire, event: events.Event) -> bool:
    question = question_at(app.rulebook, app.turn)
    number = event.key if isinstance(event, events.Key) else ""
    if question is None or not question.options or number not in {"1", "2"}:
        return False
    app.reply(question.id, question.options[int(number) - 1].id)
    return True


_HARM: Final[Mapping[str, Callable[[Questionnaire, events.Event], bool]]] = {
    "exception": _on_planted_key(_fail),
    "exit": _on_planted_key(_leave),
    "busy for ever": _on_planted_key(_be_busy),
    "no key": _on_planted_key(_choose_first),
    "lost answers": _on_planted_key(_lose_answers),
    "forgotten unasked": _on_planted_key(lambda app: app.begin_again()),
    "pasted sequences": _write_pasted_sequence,
    "unseen question": _choose_unseen,
}
