"""The words for a sentence. The texts of findings have to contain them, so that data and texts say the same."""

from typing import Final

from assistant.rulebook.penalty import Sentence, Term, Yes
from assistant.system.language import N_
from assistant.system.message import Message, Phrase, Series, counted, message, series, text

_KINDS: Final = {
    "fine": message("a fine"),
    "compulsory_work": message("compulsory work"),
    "corrective_work": message("corrective work"),
    "restriction_of_service": message("restriction of service"),
    "restriction_of_liberty": message("restriction of liberty"),
    "forced_labour": message("forced labour"),
    "arrest": message("arrest"),
    "disciplinary_unit": message("a disciplinary unit"),
    "life": message("life in prison"),
}
_MONTHS_PER_YEAR: Final = 12


def penalty_phrase(sentence: Sentence) -> str:
    """Return the words for a sentence in the current language."""
    return text(penalty_words(sentence))


def penalty_words(sentence: Sentence) -> Series:
    """Return the words for a sentence: the gravest punishment first, each term as in the law, never rounded."""
    punishments = tuple(_punishment(kind, term) for kind, term in sentence.punishments.items())
    several = len(punishments) > 2  # noqa: PLR2004  # from three on, English has a comma before the last
    return Series(punishments, ", ", N_("{others}, or {last}") if several else N_("{others} or {last}"))


def gravest_words(sentence: Sentence) -> Series:
    """Return the words for the gravest punishment of a sentence; for life in prison, with the term beside it."""
    punishments = list(sentence.punishments.items())
    gravest = punishments[:2] if sentence.life else punishments[:1]
    return Series(tuple(_punishment(kind, term) for kind, term in gravest), ", ", N_("{others} or {last}"))


def _punishment(kind: str, term: Term | Yes) -> Phrase:
    if not isinstance(term, Term):
        return _KINDS[kind]
    if term.start == term.up_to and term.start is not None:
        length = _length(term.start)
        if kind == "prison":
            return message("{length} in prison", length=length)
        return message("{kind} for {length}", kind=_KINDS[kind], length=length)
    if kind == "prison":
        return message("{term} in prison", term=_term(term))
    return message("{kind} for {term}", kind=_KINDS[kind], term=_term(term))


def _length(months: int) -> Series:
    years, rest = divmod(months, _MONTHS_PER_YEAR)
    return series(
        " ",
        counted("{count} year", "{count} years", years) if years else None,
        counted("{count} month", "{count} months", rest) if rest else None,
    )


def _term(term: Term) -> Phrase:
    least, most = term.start, term.up_to
    if least is None or most is None:
        return _at_most(most) if most is not None else _at_least(least or 0)
    if _in_years(least) and _in_years(most):
        first, last = least // _MONTHS_PER_YEAR, most // _MONTHS_PER_YEAR
        return counted("{least} to {count} year", "{least} to {count} years", last, least=first)
    if _in_years(most):  # in Russian, the preposition governs the case of the months
        return series(" ", counted("from {count} month", "from {count} months", least), _at_most(most))
    return counted("{least} to {count} month", "{least} to {count} months", most, least=least)


def _at_most(months: int) -> Message:
    if _in_years(months):
        return counted("up to {count} year", "up to {count} years", months // _MONTHS_PER_YEAR)
    return counted("up to {count} month", "up to {count} months", months)


def _at_least(months: int) -> Message:
    if _in_years(months):
        return counted("{count} year or more", "{count} years or more", months // _MONTHS_PER_YEAR)
    return counted("{count} month or more", "{count} months or more", months)


def _in_years(months: int) -> bool:
    return months % _MONTHS_PER_YEAR == 0
