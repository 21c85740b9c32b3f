"""Evaluate a table of scenarios: the rules are one SQL query, which Polars runs over the rows in batches.

The query computes the truth of every rule and finding (:mod:`assistant.tables.sql.stages`); this module converts it to
statuses and texts. Other engines run the same query; nothing here knows what a rule means.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars
from sqlglot import exp

from assistant.assessment.assessment import Status
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import compile_rules
from assistant.tables.column_names import CITATIONS, CONTRADICTIONS, ID, OPEN_RULES, RULES, check_ids
from assistant.tables.evaluation.exact import Completions
from assistant.tables.reading.columns import STATUS, output_schema
from assistant.tables.sql.citations import citing_rules
from assistant.tables.sql.computed import parsed
from assistant.tables.sql.stages import CONTRADICTORY, TABLE, Stages, answer_columns, column, compile_stages

_DIALECT: Final = "duckdb"
"""The SQLGlot dialect that Polars understands; SQLGlot has none for Polars."""

_TRUTHS_PER_TEXT: Final = 10
"""Truth values that together select one of 1024 prepared texts; a row's list is a few of these, joined."""

_WORDS: Final = {status: polars.lit(status.value, STATUS) for status in Status}


class TableEngine:
    """The rules of a rulebook, compiled once for all tables."""

    def __init__(self, rulebook: Rulebook, *, explain: bool = False, exact: bool = False, ranges: bool = False) -> None:
        """Compile the rules; with ``ranges``, for the columns of ``ranged_schema`` instead of ``input_schema``.

        Raises:
            InputError: if a question or a finding has the name of another column.
            MemoryError: if ``exact``, and the rulebook is too large for decision diagrams.
        """
        check_ids(rulebook)
        program = compile_rules(rulebook)
        stages = compile_stages(program, rules=explain, ranges=ranges)
        clauses = [*stages.impossible.values(), CONTRADICTORY, *(stages.rules.values() if explain else ())]
        answers = answer_columns(program, ranges=ranges) if exact else [ID]
        computed = [parsed(end) for ends in stages.computed.values() for end in ends] if exact else []
        query = stages.with_stages(exp.select(*map(column, [*answers, *rulebook.finding, *clauses]), *computed))
        self._query = query.sql(dialect=_DIALECT, copy=False)
        self._completions = Completions(rulebook, program, stages, ranges=ranges) if exact else None
        self._impossible = stages.impossible
        self._schema = output_schema(rulebook, explain=explain)
        self._reported = [name for name in self._schema if name not in {ID, CONTRADICTIONS}]
        reported = {
            **{finding: _status(polars.col(finding)) for finding in rulebook.finding},
            **(_explanation(rulebook, stages) if explain else {}),
        }
        carried = (ID, CONTRADICTORY, *stages.impossible.values())
        self._columns = [*map(polars.col, carried), *(expression.alias(name) for name, expression in reported.items())]

    def evaluate(self, frame: polars.LazyFrame) -> polars.LazyFrame:
        """Return the statuses of all findings for every row as a lazy frame: nothing is read or computed yet.

        ``frame`` has the columns that the engine was compiled for, the result those of ``output_schema``. The result
        may have another order of rows, so that batches are possible. Collecting it raises MemoryError if the diagrams
        of exact statuses become too large.
        """
        truths = polars.SQLContext({TABLE: frame}, eager=False).execute(self._query)
        if self._completions is not None:
            truths = truths.map_batches(self._completions.decide, schema=None, streamable=True)
        return truths.select(self._columns).map_batches(self._with_contradictions, schema=self._schema, streamable=True)

    def _with_contradictions(self, rows: polars.DataFrame) -> polars.DataFrame:
        """List the contradictions of each row; its other columns are then null. Few rows have any."""
        contradictory = rows[CONTRADICTORY].fill_null(value=False)
        contradictions = polars.Series(CONTRADICTIONS, [None], dtype=polars.String).new_from_index(0, len(rows))
        if contradictory.any():
            combinations = {label: polars.col(name) for label, name in self._impossible.items()}
            texts = rows.filter(contradictory).select(_join_labels(combinations)).to_series()
            places = contradictory.cast(polars.Int64).cum_sum() - 1
            contradictions = texts.gather(places.set(~contradictory, None))
            rows = rows.with_columns(polars.when(~contradictory).then(polars.col(self._reported)))
        return rows[[ID, *self._reported]].insert_column(1, contradictions.alias(CONTRADICTIONS))


def _status(truth: polars.Expr) -> polars.Expr:
    open_first = polars.when(truth.is_null()).then(_WORDS[Status.POSSIBLE])  # faster than testing for true first
    return open_first.when(truth).then(_WORDS[Status.ESTABLISHED]).otherwise(_WORDS[Status.EXCLUDED])


def _explanation(rulebook: Rulebook, stages: Stages) -> dict[str, polars.Expr]:
    rules = {rule: polars.col(stages.rules[rule]) for rule in rulebook.rule}
    citations = {
        label: polars.any_horizontal([rules[rule] for rule in citing])
        for label, citing in citing_rules(rulebook).items()
    }
    return {
        RULES: _join_labels(rules),
        OPEN_RULES: _join_labels({rule: truth.is_null() for rule, truth in rules.items()}),
        CITATIONS: _join_labels(citations),
    }


def _join_labels(labelled: Mapping[str, polars.Expr]) -> polars.Expr:
    """Join the labels of all true conditions with spaces."""
    pairs = list(labelled.items())
    texts = [_text_of(pairs[at : at + _TRUTHS_PER_TEXT]) for at in range(0, len(pairs), _TRUTHS_PER_TEXT)]
    # Slicing does not copy the texts; stripping the first space would.
    return polars.concat_str(texts or [polars.lit("")]).str.slice(1)


def _text_of(labelled: Sequence[tuple[str, polars.Expr]]) -> polars.Expr:
    texts = [""]
    number = polars.lit(0, polars.UInt16)
    for bit, (label, condition) in enumerate(labelled):
        texts += [f"{text} {label}" for text in texts]
        number += condition.fill_null(value=False).cast(polars.UInt16) * (1 << bit)
    chosen = polars.Series(texts)
    return number.map_batches(chosen.gather, return_dtype=polars.String(), is_elementwise=True)
