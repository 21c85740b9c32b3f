"""Decide each distinct combination of answers once, however many rows have it."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Final, Generic, TypeVar

import polars

from assistant.assessment.cells import Cells

MAX_CACHED_VERDICTS: Final = 4096
"""Verdicts in the cache, which is bounded so that memory does not grow with the table."""
_VERDICT: Final = "_verdict"
_MAX_NUMBER: Final = 1 << 62

Verdict = TypeVar("Verdict")


class Combinations(Generic[Verdict]):
    """Verdicts on answers to some questions, by the cells that the rules distinguish.

    ``decide`` gets the cell of every known answer, by question.
    """

    def __init__(
        self,
        questions: Iterable[Cells],
        decide: Callable[[dict[str, int]], Verdict],
        dtype: type[polars.DataType],
        remembered: int = MAX_CACHED_VERDICTS,
    ) -> None:
        self._words = list(_words(questions))
        self._decide = decide
        self._dtype = dtype
        self._most = remembered
        self._remembered: dict[tuple[int, ...], Verdict] = {}

    def verdicts(self, rows: polars.DataFrame, where: polars.Expr) -> polars.Series:
        """Return a verdict for every row where ``where`` is true, and null for the others."""
        words = (_number(word).alias(str(at)) for at, word in enumerate(self._words))
        numbers = rows.select(where.alias(_VERDICT), *words)
        names = numbers.columns[1:]
        wanted = numbers.filter(_VERDICT).select(names).unique()
        decided = [self._verdict(combination) for combination in wanted.iter_rows()]
        verdicts = wanted.with_columns(polars.Series(_VERDICT, decided, dtype=self._dtype))
        everywhere = numbers.select(names).join(verdicts, on=names, how="left", maintain_order="left")[_VERDICT]
        return everywhere.to_frame().select(polars.when(numbers[_VERDICT]).then(_VERDICT)).to_series()

    def _verdict(self, combination: tuple[int, ...]) -> Verdict:
        if combination not in self._remembered:
            if len(self._remembered) >= self._most:
                self._remembered.clear()
            self._remembered[combination] = self._decide(dict(self._cells(combination)))
        return self._remembered[combination]

    def _cells(self, combination: tuple[int, ...]) -> Iterator[tuple[str, int]]:
        for word, number in zip(self._words, combination, strict=True):
            rest = number
            for cells in reversed(word):
                rest, digit = divmod(rest, _digits(cells))
                if digit:
                    yield cells.question, digit - 1


def _words(questions: Iterable[Cells]) -> Iterator[list[Cells]]:
    """Group the questions so that the cells of each group are the digits of one 64-bit number."""
    word: list[Cells] = []
    size = 1
    for cells in questions:
        if word and size * _digits(cells) > _MAX_NUMBER:
            yield word
            word, size = [], 1
        word.append(cells)
        size *= _digits(cells)
    yield word


def _digits(cells: Cells) -> int:
    return len(cells.representatives) + 1  # 0 is unknown


def _number(word: Iterable[Cells]) -> polars.Expr:
    zero = polars.lit(0, polars.Int64)
    return reduce(lambda number, cells: number * _digits(cells) + _cell(cells).cast(polars.Int64), word, zero)


def _cell(cells: Cells) -> polars.Expr:
    """Return the cell of an answer, counted from 1; 0 if it is unknown."""
    answer = polars.col(cells.question)
    first = cells.representatives[0]
    if isinstance(first, bool):
        at = answer.cast(polars.Int64)
    elif isinstance(first, str):
        at = answer.to_physical().cast(polars.Int64)  # the options of the column are in the order of the cells
    else:
        starts = (
            map(datetime.date.fromordinal, cells.lower_bounds)
            if isinstance(first, datetime.date)
            else cells.lower_bounds
        )
        at = polars.sum_horizontal(polars.lit(0, polars.Int64), *((answer >= start) for start in starts))
    return polars.when(answer.is_not_null()).then(at + 1).otherwise(0)
