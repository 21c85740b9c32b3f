"""Saving and opening an interview in the plain questionnaire."""

from pathlib import Path

from assistant.documents.atomic_file import write_whole
from assistant.interview.passphrase import generate_passphrase, normal_form, strength_text, weakness
from assistant.interview.saved import (
    AgeSubprocess,
    EncryptedFile,
    Restored,
    SavedInterview,
    decrypt,
    encrypt,
    restore,
    restored_lines,
    to_saved,
    words,
)
from assistant.interview.turn import Turn
from assistant.plain.line_io import LineIO
from assistant.plain.typed import cancels
from assistant.plain.writing import overwrite_wanted
from assistant.rulebook.model import Rulebook
from assistant.system.language import _


class NotOpenedError(Exception):
    """The file could not be opened, and the reason has been written."""


def saved_interview_in(file: EncryptedFile, rulebook: Rulebook, io: LineIO, again: bool) -> Restored:
    """Ask for the passphrase of a saved interview; return what the rulebook accepts of it.

    ``again``: whether a wrong passphrase can be typed again, as on a terminal; Enter or the key to leave then cancels.

    Raises:
        EOFError: if the input ends.
        NotOpenedError: if the file cannot be opened, and ``again`` is false.
    """
    while True:
        typed = io.secret(_("Passphrase:"))
        if again and cancels(typed):
            io.say(_("The file stays closed."))
            raise NotOpenedError
        opened_file = decrypt(file.content, typed, file.name, AgeSubprocess())
        if isinstance(opened_file, SavedInterview):
            break
        io.say(f"{opened_file.message[:1].upper()}{opened_file.message[1:]} {opened_file.remedy}")
        if not again:
            raise NotOpenedError
    restored = restore(opened_file, rulebook)
    io.say(*restored_lines(rulebook, restored))
    return restored


def save(turn: Turn, rulebook: Rulebook, path: Path, io: LineIO) -> bool:
    """Ask for a passphrase, save the interview in a file, print the result, and return whether it was saved."""
    io.say(words.what_saving_means())
    overwrite = overwrite_wanted(path, io)
    passphrase = None if overwrite is None else _new_passphrase(rulebook.language, io)
    if overwrite is None or passphrase is None:
        io.say(_("Nothing was written."))
        return False
    io.say(words.encrypting())
    try:
        content = encrypt(to_saved(rulebook, turn.interview, turn.asked), passphrase, AgeSubprocess())
    except OSError:
        io.say(words.nothing_saved())
        return False
    problem = write_whole(path, content, overwrite)
    io.say(_("Saved, encrypted: {path}").format(path=str(path.absolute())) if problem is None else str(problem))
    return problem is None


def _new_passphrase(language: str, io: LineIO) -> str | None:
    """Return a passphrase that is strong enough and was typed twice; None if the user cancels.

    It is asked for again until then: what is typed as one is never left over for the question that follows.
    """
    io.say(words.how_to_choose(), _("To cancel, type q."))
    while not _is_key_to_leave(passphrase := io.secret(_("Passphrase:"))):
        weak = words.offer(generate_passphrase(language)) if not passphrase else weakness(passphrase)
        if weak:
            io.say(weak)
            continue
        io.say(strength_text(passphrase))
        again = io.secret(_("Once more:"))
        if normal_form(again) == normal_form(passphrase):
            return passphrase
        if _is_key_to_leave(again):
            break
        io.say(_("These were not the same. Type both again, or q to cancel."))
    return None


def _is_key_to_leave(line: str) -> bool:
    return bool(line) and cancels(line)
