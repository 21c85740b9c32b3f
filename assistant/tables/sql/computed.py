"""The stages of the query that compute answers from others, as :mod:`assistant.rulebook.computing` does it.

Every answer here is an interval of whole numbers: its least and its most value, NULL where an end is open. Days count
as their ordinals, no as 0 and yes as 1. Only EXTRACT, whole-number arithmetic and CASE are used: the functions for
months and the differences of dates mean something else in every dialect.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from sqlglot import exp, parse_one

from assistant.rulebook.calendar import MONTHS_IN_YEAR
from assistant.rulebook.computed import Formula, Span
from assistant.rulebook.program import Atom, CompiledFormula, ComputedQuestion, Program
from assistant.rulebook.question import QuestionType

Stage: TypeAlias = dict[str, str]
"""The SQL of new columns, by name."""

WRITTEN_IN: Final = "duckdb"
LAST_DAY: Final = datetime.date.max.toordinal()
_ORDINAL_0: Final = 1721425
"""The Julian day of ordinal 0."""


class Ends(NamedTuple):
    """The least and the most value of an answer, as SQL."""

    least: str
    most: str


class ComputedAnswers:
    """The columns of computed answers. ``unfit`` maps questions to the columns that say that no answer fits."""

    def __init__(self, program: Program, columns: Callable[[str], tuple[str, str]]) -> None:
        """Use ``columns`` for the names of the columns with the two ends of an answer; they may be the same."""
        self._program = program
        self._columns = columns
        self._ends: dict[str, Ends] = {}
        self._dates: dict[str, str] = {}
        """The suffix of the columns with year, month and day, by the SQL of the number of a day."""
        self.unfit: dict[str, str] = {}

    def stages(self) -> Iterator[Stage]:
        """Yield the columns of each stage; each uses only those before it."""
        computed = self._program.computed
        if not computed:
            return
        formulas = [each for question in computed for each in question.formulas]
        names = {each.question for each in computed} | {name for each in formulas for name in each.formula.inputs}
        names |= {atom.question for each in formulas for atom, _holds in each.conditions}
        dates = sorted(name for name in names if self._program.questions[name] is QuestionType.DATE)
        columns = list(dict.fromkeys(column for name in dates for column in self._columns(name)))
        suffixes = {column: f"given_{at}" for at, column in enumerate(columns, start=1)}
        parts = ("year", "month", "day")
        if columns:
            yield {
                f"_{part}_{suffixes[c]}": f'CAST(EXTRACT({part} FROM "{c}") AS BIGINT)'
                for c in columns
                for part in parts
            }
            yield {f"_number_{suffix}": _day_number(*_date(suffix)) for suffix in suffixes.values()}
        self._dates = {f'"_number_{suffix}"': suffix for suffix in suffixes.values()}
        self._ends = {name: self._given(name, suffixes) for name in sorted(names) if self._has_ends(name)}
        for at, each in enumerate(computed, start=1):
            yield from self._computed(str(at), each)

    def test(self, atom: Atom) -> str:
        """Return the truth of an atom of a question with ends: NULL if only some of its values pass."""
        least, most = self._ends[atom.question]
        low, high = (1, None) if atom.values else (atom.low, atom.high)
        inside = [f"{least} >= {low}"] * (low is not None) + [f"{most} <= {high}"] * (high is not None)
        outside = [f"{most} < {low}"] * (low is not None) + [f"{least} > {high}"] * (high is not None)
        if not inside:
            return f"CASE WHEN {least} IS NOT NULL OR {most} IS NOT NULL THEN TRUE END"
        return f"CASE WHEN {' AND '.join(inside)} THEN TRUE WHEN {' OR '.join(outside)} THEN FALSE END"

    def ends(self, name: str) -> Ends:
        """Return the ends of an answer once the stages are there: computed, and narrowed by what was said."""
        return self._ends[name]

    def _has_ends(self, name: str) -> bool:
        return self._program.questions[name] is not QuestionType.CHOICE

    def _given(self, name: str, suffixes: Mapping[str, str]) -> Ends:
        kind = self._program.questions[name]
        if kind is QuestionType.YES_NO:
            number = f'CASE WHEN "{name}" THEN 1 WHEN NOT "{name}" THEN 0 END'
            return Ends(number, number)
        first, last = self._columns(name)
        if kind is QuestionType.DATE:
            return Ends(f'"_number_{suffixes[first]}"', f'"_number_{suffixes[last]}"')
        return Ends(f'"{first}"', f'"{last}"')

    def _computed(self, at: str, computed: ComputedQuestion) -> Iterator[Stage]:
        question = computed.question
        whole = said = self._ends[question]
        unfit = []
        for number, formula in enumerate(computed.formulas, start=1):
            here = f"{at}_{number}"
            yield from self._shifted(here, formula.formula)
            least, most, wrong = self._value(here, formula)
            yield {f"_from_{here}": least, f"_to_{here}": most, f"_unfit_{here}": wrong}
            low, high = f'"_from_{here}"', f'"_to_{here}"'
            yield {f"_least_{here}": _larger_known(whole.least, low), f"_most_{here}": _smaller_known(whole.most, high)}
            whole = Ends(f'"_least_{here}"', f'"_most_{here}"')
            unfit.append(f'"_unfit_{here}"')
        self.unfit[question] = f"_unfit_{at}"
        yield {f"_unfit_{at}": " OR ".join([f"COALESCE({whole.least} > {whole.most}, FALSE)", *unfit])}
        self._ends[question] = whole
        if self._is_input(question):
            # If nothing fits, what was said is used further: one mistake is not to be reported twice.
            ends = Ends(f'"_least_{at}"', f'"_most_{at}"')
            yield {
                name: f'CASE WHEN "_unfit_{at}" THEN {before} ELSE {after} END'
                for name, before, after in zip((f"_least_{at}", f"_most_{at}"), said, whole, strict=True)
            }
            self._ends[question] = ends
            if self._program.questions[question] is QuestionType.DATE:
                yield self._dates_of(at, ends)

    def _is_input(self, question: str) -> bool:
        formulas = (each for computed in self._program.computed for each in computed.formulas)
        return any(question in (*each.formula.inputs, *each.formula.when) for each in formulas)

    def _dates_of(self, at: str, ends: Ends) -> Stage:
        """Return the year, the month and the day of both ends of a computed day."""
        stage: Stage = {}
        for name, end in zip(("least", "most"), ends, strict=True):
            self._dates[end] = f"{at}_{name}"
            stage |= dict(zip((f"_{part}_{at}_{name}" for part in ("year", "month", "day")), _civil(end), strict=True))
        return stage

    def _shifted(self, here: str, formula: Formula) -> Iterator[Stage]:
        """Yield the year, the month, and then the number of the days that lie some months after other days."""
        months = _months(formula.plus)
        if formula.day is None or months is None:
            return
        for name, end in zip(("first", "last"), self._ends[formula.day], strict=True):
            year, month, day = _date(self._dates[end])
            yield {f"_year_{here}_{name}": _over(f"({year} * 12 + {month} - 1 + {months})", 12)}
            yield {f"_month_{here}_{name}": f'{year} * 12 + {month} + {months} - "_year_{here}_{name}" * 12'}
            last = _last_day(f'"_year_{here}_{name}"', f'"_month_{here}_{name}"')
            yield {f"_day_{here}_{name}": f"CASE WHEN {day} > {last} THEN {last} ELSE {day} END"}

    def _value(self, here: str, compiled: CompiledFormula) -> tuple[str, str, str]:
        """Return the least and the most value of a formula, and whether no values of its inputs fit together."""
        formula = compiled.formula
        inputs = [self._ends[name] for name in formula.inputs]
        applies = [f"({each.least} IS NOT NULL OR {each.most} IS NOT NULL)" for each in inputs]
        applies += [self._met(atom, holds) for atom, holds in compiled.conditions]
        where, unfit = " AND ".join(applies), "FALSE"
        if formula.start is not None and formula.to is not None:
            start, end = self._ends[formula.start], self._ends[formula.to]
            backwards = f"COALESCE({end.most} < {start.least}, FALSE)"
            unfit = unfit if compiled.by_clock else f"{where} AND {backwards}"
            where += f" AND NOT {backwards}"
            least, most = self._between(formula, start, end)
        else:
            least, most = self._other(here, formula, inputs)
        return f"CASE WHEN {where} THEN {least} END", f"CASE WHEN {where} THEN {most} END", unfit

    def _met(self, atom: Atom, holds: bool) -> str:
        if atom.question in self._ends:
            test = self.test(atom)
        else:
            test = f'"{atom.question}" IN ({", ".join(_text(value) for value in atom.values)})'
        return f"COALESCE({test}, FALSE)" if holds else f"NOT COALESCE({test}, TRUE)"

    def _between(self, formula: Formula, start: Ends, end: Ends) -> tuple[str, str]:
        if formula.days_from is not None:
            days = f"{end.least} - {start.most}"
            return f"CASE WHEN {days} > 1 THEN {days} ELSE 1 END", f"{end.most} - {start.least} + 1"
        shortest = _full_months(_date(self._dates[start.most]), _date(self._dates[end.least]))
        longest = _full_months(_date(self._dates[start.least]), _date(self._dates[end.most]))
        if formula.years_from is not None:
            shortest, longest = _over(f"({shortest})", 12), _over(f"({longest})", 12)
        return f"CASE WHEN {end.least} >= {start.most} THEN {shortest} ELSE 0 END", longest

    def _other(self, here: str, formula: Formula, inputs: Sequence[Ends]) -> tuple[str, str]:
        if formula.larger_of is not None:
            least, most = inputs[0]
            for each in inputs[1:]:
                least = _larger_known(least, each.least)
                most = f"CASE WHEN {most} >= {each.most} THEN {most} WHEN {each.most} > {most} THEN {each.most} END"
            return least, most
        day = inputs[0]
        if formula.plus is not None and formula.plus.days is not None:
            first, last = (f"{end} + ({formula.plus.days})" for end in day)
            return _if_between(first, 1, LAST_DAY, first), _if_between(last, 1, LAST_DAY, last)
        if formula.plus is not None:
            first, last = (
                _if_between(f'"_year_{here}_{name}"', datetime.MINYEAR, datetime.MAXYEAR, number)
                for name in ("first", "last")
                for number in [_day_number(*_date(f"{here}_{name}"))]
            )
            return first, last
        other = formula.before if formula.before is not None else formula.after
        fixed = str(other.toordinal()) if isinstance(other, datetime.date) else ""
        second = Ends(fixed, fixed) if fixed else self._ends[str(other)]
        one, two = (day, second) if formula.before is not None else (second, day)
        least = f"CASE WHEN {one.most} < {two.least} THEN 1 ELSE 0 END"
        return least, f"CASE WHEN {one.least} >= {two.most} THEN 0 ELSE 1 END"


def _if_between(tested: str, least: int, most: int, value: str) -> str:
    """Return the SQL of a value that is unknown where another lies outside of two bounds."""
    return f"CASE WHEN {tested} >= {least} AND {tested} <= {most} THEN {value} END"


def _months(span: Span | None) -> int | None:
    if span is None or span.days is not None:
        return None
    return (span.months or 0) + (span.years or 0) * MONTHS_IN_YEAR


def _date(suffix: str) -> tuple[str, str, str]:
    return f'"_year_{suffix}"', f'"_month_{suffix}"', f'"_day_{suffix}"'


def _larger_known(one: str, two: str) -> str:
    return f"CASE WHEN {two} IS NULL OR {one} >= {two} THEN {one} ELSE {two} END"


def _smaller_known(one: str, two: str) -> str:
    return f"CASE WHEN {two} IS NULL OR {one} <= {two} THEN {one} ELSE {two} END"


def _last_day(year: str, month: str) -> str:
    leap = f"{year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0)"
    return (
        f"(CASE WHEN {month} = 2 THEN CASE WHEN {leap} THEN 29 ELSE 28 END "
        f"WHEN {month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END)"
    )


def _full_months(start: tuple[str, str, str], end: tuple[str, str, str]) -> str:
    late = f"{start[2]} > {end[2]} AND {end[2]} < {_last_day(end[0], end[1])}"
    return f"({end[0]} - {start[0]}) * 12 + {end[1]} - {start[1]} - CASE WHEN {late} THEN 1 ELSE 0 END"


def _day_number(year: str, month: str, day: str) -> str:
    """Return the ordinal of a date: the usual formula for the Julian day, in which a year begins in March."""
    before = _over(f"(14 - {month})", 12)
    years, months = f"({year} + 4800 - {before})", f"({month} + 12 * {before} - 3)"
    leap = f"{_over(years, 4)} - {_over(years, 100)} + {_over(years, 400)}"
    return f"{day} + {_over(f'(153 * {months} + 2)', 5)} + 365 * {years} + {leap} - {32045 + _ORDINAL_0}"


def _civil(number: str) -> tuple[str, str, str]:
    """Return the year, the month and the day of an ordinal; the inverse of :func:`_day_number`."""
    days = f"({number} + {32044 + _ORDINAL_0})"
    centuries = _over(f"(4 * {days} + 3)", 146097)
    of_century = f"({days} - {_over(f'(146097 * {centuries})', 4)})"
    years = _over(f"(4 * {of_century} + 3)", 1461)
    of_year = f"({of_century} - {_over(f'(1461 * {years})', 4)})"
    months = _over(f"(5 * {of_year} + 2)", 153)
    wrapped = _over(months, 10)
    return (
        f"100 * {centuries} + {years} - 4800 + {wrapped}",
        f"{months} + 3 - 12 * {wrapped}",
        f"{of_year} - {_over(f'(153 * {months} + 2)', 5)} + 1",
    )


def _over(number: str, divisor: int) -> str:
    """Return the whole quotient. The CAST is for dialects in which it is a decimal number."""
    return f"CAST({number} // {divisor} AS BIGINT)"


def _text(value: object) -> str:
    return str(exp.convert(value).sql(dialect=WRITTEN_IN))


def parsed(text: str) -> exp.Expr:
    """Return the syntax tree of an expression of this module."""
    return parse_one(text, dialect=WRITTEN_IN)
