"""Escape cells that a spreadsheet would take for formulas, as OWASP advises (CSV injection)."""

import re
from typing import Final

import polars

# Some spreadsheets skip leading spaces, and accept the full-width signs of East Asian keyboards.
_BEGINNING: Final = r"(?:[\t\r]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])"
_DANGEROUS: Final = rf"^'*{_BEGINNING}"


def escape_formulas(column: str) -> polars.Expr:
    """Escape a text column: a cell that begins like a formula gets an apostrophe in front.

    A cell with apostrophes before such a beginning gets one more. Then removing one apostrophe undoes it.
    """
    cell = polars.col(column)
    return polars.when(cell.str.contains(_DANGEROUS)).then(polars.lit("'") + cell).otherwise(cell).alias(column)


def escape_formula(cell: str) -> str:
    """Escape one cell, as :func:`escape_formulas` does those of a column."""
    return f"'{cell}" if re.match(_DANGEROUS, cell) else cell
