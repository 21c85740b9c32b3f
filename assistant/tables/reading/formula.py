"""Cells that a spreadsheet would take for formulas, made harmless the way OWASP advises, and back."""

import re
from typing import Final

import polars

# Some spreadsheets pass over spaces in front, and take the wide signs of East Asian keyboards for the others.
_BEGINNING: Final = r"(?:[\t\r]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])"
_DANGEROUS: Final = rf"^'*{_BEGINNING}"
_MADE_HARMLESS: Final = rf"^'+{_BEGINNING}"


def harmless(column: str) -> polars.Expr:
    """A text column in which no cell begins like a formula: such a one gets an apostrophe in front.

    A cell that begins with apostrophes and then like a formula gets one more, so that taking one away undoes it.
    """
    cell = polars.col(column)
    return polars.when(cell.str.contains(_DANGEROUS)).then(polars.lit("'") + cell).otherwise(cell).alias(column)


def harmless_text(cell: str) -> str:
    """One cell, as :func:`harmless` makes those of a column."""
    return f"'{cell}" if re.match(_DANGEROUS, cell) else cell


def restored(column: str) -> polars.Expr:
    """What :func:`harmless` was given."""
    cell = polars.col(column)
    return polars.when(cell.str.contains(_MADE_HARMLESS)).then(cell.str.slice(1)).otherwise(cell).alias(column)
