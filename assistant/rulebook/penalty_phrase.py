"""The words for a sentence. The texts of findings have to contain them, so that data and texts say the same."""

from typing import Final

from assistant.rulebook.penalty import Sentence, Term, Yes
from assistant.system.language import _, plural

_MONTHS_PER_YEAR: Final = 12


def penalty_phrase(sentence: Sentence) -> str:
    """Return a sentence in words, in the current language: the gravest punishment first, each term as in the law."""
    *others, last = [_punishment(kind, term) for kind, term in sentence.punishments.items()]
    if not others:
        return last
    if len(others) == 1:
        return _("{first} or {last}").format(first=others[0], last=last)
    return _("{others}, or {last}").format(others=", ".join(others), last=last)


def _punishment(kind: str, term: Term | Yes) -> str:
    if not isinstance(term, Term):
        return _kind(kind)
    if term.start == term.up_to and term.start is not None:
        length = _length(term.start)
        if kind == "prison":
            return _("{length} in prison").format(length=length)
        return _("{kind} for {length}").format(kind=_kind(kind), length=length)
    if kind == "prison":
        return _("{term} in prison").format(term=_term(term))
    return _("{kind} for {term}").format(kind=_kind(kind), term=_term(term))


def _kind(kind: str) -> str:
    return {
        "fine": _("a fine"),
        "compulsory_work": _("compulsory work"),
        "corrective_work": _("corrective work"),
        "restriction_of_service": _("restriction of service"),
        "restriction_of_liberty": _("restriction of liberty"),
        "forced_labour": _("forced labour"),
        "arrest": _("arrest"),
        "disciplinary_unit": _("a disciplinary unit"),
        "life": _("life in prison"),
    }[kind]


def _length(months: int) -> str:
    years, rest = divmod(months, _MONTHS_PER_YEAR)
    parts = [plural("{count} year", "{count} years", years)] if years else []
    return " ".join([*parts, plural("{count} month", "{count} months", rest)] if rest else parts)


def _term(term: Term) -> str:
    least, most = term.start, term.up_to
    if least is None or most is None:
        return _at_most(most) if most is not None else _at_least(least or 0)
    if _in_years(least) and _in_years(most):
        years = most // _MONTHS_PER_YEAR
        return plural("{least} to {count} year", "{least} to {count} years", years, least=least // _MONTHS_PER_YEAR)
    if _in_years(most):  # in Russian, the preposition governs the case of the months
        lower = plural("from {count} month", "from {count} months", least)
        return f"{lower} {_at_most(most)}"
    return plural("{least} to {count} month", "{least} to {count} months", most, least=least)


def _at_most(months: int) -> str:
    if _in_years(months):
        return plural("up to {count} year", "up to {count} years", months // _MONTHS_PER_YEAR)
    return plural("up to {count} month", "up to {count} months", months)


def _at_least(months: int) -> str:
    if _in_years(months):
        return plural("{count} year or more", "{count} years or more", months // _MONTHS_PER_YEAR)
    return plural("{count} month or more", "{count} months or more", months)


def _in_years(months: int) -> bool:
    return months % _MONTHS_PER_YEAR == 0
