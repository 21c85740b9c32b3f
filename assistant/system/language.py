"""The language of the program's own strings, by gettext; a rulebook brings its own texts."""

import gettext
import locale
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "ru")
"""Those of the program's own strings."""
_NAMES: Final = {"de": "Deutsch", "en": "English", "ru": "Русский", "uk": "Українська"}
_DECIMAL_MARK: Final = {"de": ",", "ru": ",", "uk": ","}
_GROUP_MARK: Final = {"de": ".", "ru": "\xa0", "uk": "\xa0"}
"""What stands between thousands, where it is not a comma; nothing breaks a line there."""
LOCALE: Final = Path(__file__).parent / "locale"


class _InUse:
    """The language of the process. One for all tasks: a screen that is open already changes with the rest."""

    code = "en"
    translation = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Translate everything from here on; English is the language of the code."""
    _InUse.code = language
    _InUse.translation = gettext.translation("assistant", LOCALE, [language], fallback=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """While this lasts, everything is translated into a language; then into the one before."""
    before = _InUse.code
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def _(message: str) -> str:
    """The message in the language in use."""
    return _InUse.translation.gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """The form of a message for ``count`` things, with ``{count}`` filled in."""
    return _InUse.translation.ngettext(one, many, count).format(count=count)


def decimal(figures: str) -> str:
    """A number that is written with a point, with what the language in use has in its place."""
    return figures.replace(".", _DECIMAL_MARK.get(_InUse.code, "."))


def grouped(number: float) -> str:
    """A number without a fraction, its figures in threes, as the language in use parts them."""
    return f"{number:,.0f}".replace(",", _GROUP_MARK.get(_InUse.code, ","))


def preferred_language() -> str:
    """The first language of the environment that the program speaks; English otherwise."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in os.environ.get(variable, "").split(":"):
            code = (locale.normalize(wanted) if wanted else "").split("_")[0].split(".")[0].lower()
            if code in LANGUAGES:
                return code
        if os.environ.get(variable):
            return "en"
    return "en"


def next_language(language: str, more: Iterable[str]) -> str:
    """The language that one changes to from another: those of the program in turn, then ``more`` of a rulebook."""
    known = list(dict.fromkeys((*LANGUAGES, *more)))
    return known[(known.index(language) + 1) % len(known)]


def name_of_language(code: str) -> str:
    """What a language calls itself, so that those find it who read nothing else; its code if that is not known here."""
    return _NAMES.get(code, code)


@contextmanager
def argparse_speaking(language: str) -> Iterator[None]:
    """While this lasts, argparse takes its words from our catalogue too.

    It asks gettext's default domain, in the language of the environment, and has no other way to be told.
    """
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain("assistant", str(LOCALE))
    gettext.textdomain("assistant")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def N_(message: str) -> str:  # noqa: N802  # gettext's own name: collected here, translated elsewhere
    """The message as it is."""
    return message


WORDS_OF_ARGPARSE: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
    N_("invalid %(type)s value: %(value)r"),
)
"""What our command line can make argparse say."""
