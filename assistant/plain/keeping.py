"""Saving and opening in the plain questionnaire: what is asked, said and done."""

from assistant.interview import Reply
from assistant.language import _
from assistant.passphrase import normal_form, offered_passphrase, strength_text, weakness
from assistant.plain.talk import Talk
from assistant.rulebook import Rulebook
from assistant.session_file import (
    Apart,
    SavedInterview,
    SealedFile,
    fitted,
    fitting_lines,
    kept,
    opened,
    sealed,
    words,
)
from assistant.turn import Turn
from assistant.written_file import path_named, write_whole


class NotOpenedError(Exception):
    """The file stays closed; carries nothing, because everything has been said."""


def replies_in(file: SealedFile, rulebook: Rulebook, talk: Talk, again: bool) -> tuple[dict[str, Reply], str | None]:
    """The replies that a saved interview holds and the question it was left at, after asking for the passphrase.

    ``again``: whether a wrong passphrase can be typed anew, as on a terminal.

    Raises:
        EOFError: if no passphrase comes in.
        NotOpenedError: if it does not open and cannot be tried again.
    """
    while True:
        found = opened(file.content, talk.secret(_("Passphrase:")), file.name, Apart())
        if isinstance(found, SavedInterview):
            break
        talk.say(f"{found.message[:1].upper()}{found.message[1:]} {found.remedy}")
        if not again:
            raise NotOpenedError
    what = fitted(found, rulebook)
    talk.say(*fitting_lines(rulebook, what))
    return dict(what.replies), what.asked


def save(turn: Turn, rulebook: Rulebook, name: str, talk: Talk) -> bool:
    """Saves the interview under a name after asking for a passphrase, and says how it went; whether it is saved."""
    path = path_named(name)
    if path is None:
        talk.say(_("There can be no file of this name."))
        return False
    talk.say(words.what_saving_means())
    overwrite = path.is_file() and talk.agreed(_("There is a file of this name. Type yes to write over it."))
    passphrase = None if path.is_file() and not overwrite else _new_passphrase(rulebook.language, talk)
    if passphrase is None:
        talk.say(_("Nothing was written."))
        return False
    talk.say(words.working())
    try:
        content = sealed(kept(rulebook, turn.interview, turn.asked), passphrase, Apart())
    except OSError:
        talk.say(words.not_done())
        return False
    problem = write_whole(path, content, overwrite)
    talk.say(_("Saved, encrypted: {path}").format(path=str(path.absolute())) if problem is None else str(problem))
    return problem is None


def _new_passphrase(language: str, talk: Talk) -> str | None:
    """A passphrase that is strong enough, typed twice; none if it was not."""
    talk.say(words.how_to_choose())
    passphrase = talk.secret(_("Passphrase:"))
    if not passphrase:
        talk.say(words.offer(offered_passphrase(language)))
        passphrase = talk.secret(_("Passphrase:"))
    weak = weakness(passphrase)
    if weak:
        talk.say(weak)
        return None
    talk.say(strength_text(passphrase))
    if normal_form(talk.secret(_("Once more:"))) != normal_form(passphrase):
        talk.say(_("These were not the same."))
        return None
    return passphrase
