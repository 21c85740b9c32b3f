"""Passphrases: their normal form, which is the same on every system, their strength, and generated ones."""

import secrets
import unicodedata
from typing import Final

from assistant.interview.passphrase.guesses import guesses
from assistant.system.language import _
from assistant.system.locale import LOCALES

MAX_PASSPHRASE_CHARACTERS: Final = 500
MIN_GUESSES: Final = 10**14
"""The guesses to withstand: about four unrelated words (docs/decisions/0011-what-is-kept-is-encrypted.md)."""
STRONG_GUESSES: Final = 10**18

GROUPS: Final = 4
"""Groups of a generated passphrase, of five letters and 16 bits each: 64 bits in all, more than 10¹⁹ guesses."""


def normal_form(passphrase: str) -> str:
    """Return the passphrase in a form that is the same on every system: composed letters (NFC) and plain spaces.

    A й can be typed as one character or as и and a breve. This is the OpaqueString profile of RFC 8265, section 4.2.
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in passphrase)
    return unicodedata.normalize("NFC", spaced)


def weakness(passphrase: str) -> str | None:
    """Return a message what is wrong with a new passphrase; None if it is hard enough to guess."""
    if not passphrase.strip():
        return _("Type a passphrase: without one, anybody could open the file.")
    if len(passphrase) > MAX_PASSPHRASE_CHARACTERS:
        return _("This is too long: at most {most} characters.").format(most=MAX_PASSPHRASE_CHARACTERS)
    if guesses(normal_form(passphrase)) < MIN_GUESSES:
        return _(
            "This is too easy to guess for a machine that tries billions. Take four words or more that have nothing to "
            "do with each other or with you: no names, dates, sayings or songs."
        )
    return None


def strength_text(passphrase: str) -> str:
    """Return how strong a passphrase is, in words; it has to pass :func:`weakness`."""
    if guesses(normal_form(passphrase)) < STRONG_GUESSES:
        return _("This is hard to guess. One more word would make it very hard.")
    return _("This is very hard to guess.")


def generate_passphrase(language: str) -> str:
    """Return a random passphrase, of syllables that can be said and remembered in this language.

    The randomness is the system's.
    """
    locale = LOCALES.get(language, LOCALES["en"])
    shape = (locale.consonants, locale.vowels, locale.consonants, locale.vowels, locale.consonants)
    return "-".join("".join(secrets.choice(sounds) for sounds in shape) for _group in range(GROUPS))
