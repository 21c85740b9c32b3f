"""The language of the program's own strings, translated by gettext; a rulebook contains its own texts."""

import gettext
import locale
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from assistant.system.locale import CATALOGUES, LOCALES, Locale

LANGUAGES: Final = tuple(LOCALES)
"""The codes of the languages into which the program's own strings are translated."""
_OTHER_NAMES: Final = {"de": "Deutsch", "uk": "Українська"}
"""The names of languages that only a rulebook may have."""


class _InUse:
    """The language of the process; one for all tasks, so that a screen that is already open changes too."""

    locale = LOCALES["en"]
    code = "en"
    translation = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Set the language of all later translations; English is the language of the code."""
    _InUse.code = language
    _InUse.locale = LOCALES.get(language, LOCALES["en"])
    _InUse.translation = gettext.translation("assistant", CATALOGUES, [language], fallback=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language within a ``with`` block and restore the previous one afterwards."""
    before = _InUse.code
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def _(message: str) -> str:
    """Return the message in the current language."""
    return _InUse.translation.gettext(message)


def locale_in_use() -> Locale:
    """Return the record of the current language; English for a language that only the rulebook has."""
    return _InUse.locale


def plural(one: str, many: str, count: int) -> str:
    """Return the plural form of a message for ``count`` in the current language, with ``{count}`` replaced."""
    return _InUse.translation.ngettext(one, many, count).format(count=count)


def translated(key: str | tuple[str, str], slots: Mapping[str, object]) -> str:
    """Return the translation of a message's key; of a pair of plural forms, the one for the slot ``count``."""
    if isinstance(key, str):
        return _InUse.translation.gettext(key)
    count = slots["count"]
    return _InUse.translation.ngettext(*key, count if isinstance(count, int) else 0)


def decimal(figures: str) -> str:
    """Return a number written with a decimal point with the decimal mark of the current language."""
    return figures.replace(".", _InUse.locale.decimal_mark)


def grouped(number: float) -> str:
    """Return a number, rounded to an integer, with the thousands separator of the current language."""
    return f"{round(number):,}".replace(",", _InUse.locale.group_mark)


def preferred_language() -> str:
    """Return the code of the first language in the environment that the program supports, else English."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in os.environ.get(variable, "").split(":"):
            code = (locale.normalize(wanted) if wanted else "").split("_")[0].split(".")[0].lower()
            if code in LANGUAGES:
                return code
        if os.environ.get(variable):
            return "en"
    return "en"


def next_language(language: str, more: Iterable[str]) -> str:
    """Return the code that follows ``language`` in turn: first the program's languages, then ``more`` of a rulebook."""
    known = list(dict.fromkeys((*LANGUAGES, *more)))
    return known[(known.index(language) + 1) % len(known)]


def name_of_language(code: str) -> str:
    """Return a language's name in that language, so that its readers recognise it, or its code if it is unknown."""
    return LOCALES[code].name if code in LOCALES else _OTHER_NAMES.get(code, code)


@contextmanager
def argparse_speaking(language: str) -> Iterator[None]:
    """Let argparse use our message catalogue within a ``with`` block.

    It uses gettext's default domain, in the language of the environment; there is no other way to set its language.
    """
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain("assistant", str(CATALOGUES))
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
    """Return the message unchanged; pybabel extracts it, and other code translates it."""
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
"""The messages that argparse can show for our command line."""
