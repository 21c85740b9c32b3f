"""Evaluates a table of scenarios: the rules as one SQL query, run by Polars over its rows in batches.

The query tells the truth of every rule and finding (:mod:`assistant.sql.stages`); here it becomes statuses and texts.
It is the same query that other engines of tables are given; nothing here knows what a rule means.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars
from sqlglot import exp

from assistant.assessment import Status
from assistant.logic import compile_rules
from assistant.rulebook import Rulebook
from assistant.sql.citations import citing_rules
from assistant.sql.stages import CONTRADICTORY, TABLE, Stages, column, staged
from assistant.table.columns import CITATIONS, CONTRADICTIONS, ID, OPEN_RULES, RULES, STATUS
from assistant.table.exact import Completions

_DIALECT: Final = "duckdb"
"""The dialect of SQLGlot whose words Polars understands; it has none of its own."""

_TOGETHER: Final = 10
"""So many truth values choose one of 1024 texts, which are made once; what a row lists is a few of these, joined."""


class TableEngine:
    """The rules of a rulebook, made ready for tables once and for all."""

    def __init__(self, rulebook: Rulebook, *, explain: bool = False, exact: bool = False) -> None:
        """Raises MemoryError if exact statuses are asked for and the rulebook is too large for decision diagrams."""
        program = compile_rules(rulebook)
        stages = staged(program)
        clauses = [*stages.impossible.values(), CONTRADICTORY, *(stages.rules.values() if explain else ())]
        answers = list(rulebook.question) if exact else []
        query = stages.read_by(exp.select(*map(column, [ID, *answers, *rulebook.finding, *clauses])))
        self._query = query.sql(dialect=_DIALECT)
        self._completions = Completions(rulebook, program, stages) if exact else None
        words = {status: polars.lit(status.value, STATUS) for status in Status}
        coherent = ~polars.col(CONTRADICTORY).fill_null(value=False)
        columns = {
            CONTRADICTIONS: _told(stages.impossible),
            **{finding: _status(finding, coherent, words) for finding in rulebook.finding},
            **(_explanation(rulebook, stages, coherent) if explain else {}),
        }
        self._columns = [polars.col(ID), *(expression.alias(name) for name, expression in columns.items())]

    def evaluated(self, frame: polars.LazyFrame) -> polars.LazyFrame:
        """The statuses of all findings for every row of answers; nothing is read or computed yet.

        ``frame`` has the columns of ``input_schema``, the result those of ``output_schema``. The order of the rows may
        be another, so that they can be evaluated in batches. Collecting it raises MemoryError where the diagrams of
        exact statuses become too large.
        """
        truths = polars.SQLContext({TABLE: frame}, eager=False).execute(self._query)
        if self._completions is not None:
            truths = truths.map_batches(self._completions.decided, schema=None, streamable=True)
        return truths.select(self._columns)


def evaluated(
    rulebook: Rulebook, frame: polars.LazyFrame, *, explain: bool = False, exact: bool = False
) -> polars.LazyFrame:
    """The statuses of all findings for every row, as a new :class:`TableEngine` has them."""
    return TableEngine(rulebook, explain=explain, exact=exact).evaluated(frame)


def _status(finding: str, coherent: polars.Expr, words: Mapping[Status, polars.Expr]) -> polars.Expr:
    truth = polars.col(finding)
    return (
        polars.when(~coherent)
        .then(None)
        .when(truth)
        .then(words[Status.ESTABLISHED])
        .when(~truth)
        .then(words[Status.EXCLUDED])
        .otherwise(words[Status.POSSIBLE])
    )


def _explanation(rulebook: Rulebook, stages: Stages, coherent: polars.Expr) -> dict[str, polars.Expr]:
    rules = {rule: polars.col(stages.rules[rule]) for rule in rulebook.rule}
    citations = {
        label: polars.any_horizontal([rules[rule] for rule in citing])
        for label, citing in citing_rules(rulebook).items()
    }
    return {
        RULES: _listed(rules, coherent),
        OPEN_RULES: _listed({rule: truth.is_null() for rule, truth in rules.items()}, coherent),
        CITATIONS: _listed(citations, coherent),
    }


def _told(impossible: Mapping[str, str]) -> polars.Expr:
    """The labels of the columns that are true where the answers contradict each other, which few rows do."""
    labels = _listed({label: polars.col(label) for label in impossible}, polars.lit(value=True))

    def told(columns: Sequence[polars.Series]) -> polars.Series:
        contradictory = columns[0].fill_null(value=False)
        if not contradictory.any():
            return polars.Series([None], dtype=polars.String).new_from_index(0, len(contradictory))
        named = zip(impossible, columns[1:], strict=True)
        texts = polars.DataFrame({label: column.filter(contradictory) for label, column in named}).select(labels)
        places = contradictory.cast(polars.Int64).cum_sum() - 1
        return texts.to_series().gather(places.set(~contradictory, None))

    return polars.map_batches([CONTRADICTORY, *impossible.values()], told, polars.String, is_elementwise=True)


def _listed(labelled: Mapping[str, polars.Expr], where: polars.Expr) -> polars.Expr:
    """The labels of what is true, with a space between; null where ``where`` is not true."""
    pairs = list(labelled.items())
    texts = [_chosen(pairs[at : at + _TOGETHER], where) for at in range(0, len(pairs), _TOGETHER)]
    # Slicing leaves the texts where they are; stripping the first space would copy them.
    return polars.when(where).then(polars.concat_str(texts or [polars.lit("")]).str.slice(1))


def _chosen(labelled: Sequence[tuple[str, polars.Expr]], where: polars.Expr) -> polars.Expr:
    texts = [""]
    number = polars.lit(0, polars.UInt16)
    for bit, (label, condition) in enumerate(labelled):
        texts += [f"{text} {label}" for text in texts]
        number += (condition & where).fill_null(value=False).cast(polars.UInt16) * (1 << bit)
    chosen = polars.Series(texts)
    return number.map_batches(chosen.gather, return_dtype=polars.String(), is_elementwise=True)
