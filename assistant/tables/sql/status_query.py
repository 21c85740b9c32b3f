"""The last stage of the query: convert truth values to the statuses and texts of a table of results."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from assistant.assessment.assessment import Status
from assistant.rulebook.model import Rulebook
from assistant.tables.column_names import CITATIONS, CONTRADICTIONS, ID, OPEN_RULES, RULES
from assistant.tables.sql.citations import citing_rules
from assistant.tables.sql.stages import CONTRADICTORY, Stages, alias, any_of, column


def status_query(rulebook: Rulebook, stages: Stages, *, explain: bool = False) -> exp.Select:
    """Return the whole query, with the columns ``id``, ``contradictions``, and the status of every finding as text.

    With ``explain`` it also has ``rules``, ``open_rules`` and ``citations``. The columns are exactly those of
    :mod:`assistant.tables.reading.columns`.
    """
    last = list(stages.queries)[-1]
    impossible = {label: column(name, last) for label, name in stages.impossible.items()}
    columns = [
        column(ID, last),
        alias(exp.Nullif(this=_join_labels(impossible), expression=exp.convert("")), CONTRADICTIONS),
        *(alias(_status(finding, last), finding) for finding in rulebook.finding),
        *(_explanation(rulebook, stages, last) if explain else ()),
    ]
    return stages.with_stages(exp.select(*columns))


def _status(finding: str, stage: str) -> exp.Expr:
    # With its stage: some engines take the bare name for the column being defined.
    truth = column(finding, stage)
    status = _unless_contradictory(stage).when(truth, exp.convert(Status.ESTABLISHED.value))
    status = status.when(exp.Not(this=truth.copy()), exp.convert(Status.EXCLUDED.value))
    return status.else_(exp.convert(Status.POSSIBLE.value))


def _unless_contradictory(stage: str) -> exp.Case:
    return exp.Case().when(column(CONTRADICTORY, stage), exp.null())


def _explanation(rulebook: Rulebook, stages: Stages, stage: str) -> list[exp.Expr]:
    rules = {rule: column(stages.rules[rule], stage) for rule in rulebook.rule}
    opened = {rule: exp.Is(this=truth.copy(), expression=exp.null()) for rule, truth in rules.items()}
    citations = {
        label: any_of(rules[rule].copy() for rule in citing) for label, citing in citing_rules(rulebook).items()
    }
    lists: dict[str, Mapping[str, exp.Expr]] = {RULES: rules, OPEN_RULES: opened, CITATIONS: citations}
    return [alias(_unless_contradictory(stage).else_(_join_labels(labelled)), name) for name, labelled in lists.items()]


def _join_labels(labelled: Mapping[str, exp.Expr]) -> exp.Expr:
    """Join the labels of all true conditions with spaces."""
    pieces = [
        exp.Case().when(condition, exp.convert(f" {label}")).else_(exp.convert(""))
        for label, condition in labelled.items()
    ]
    return exp.Trim(this=_concatenate(pieces)) if pieces else exp.convert("")


def _concatenate(pieces: Sequence[exp.Expr]) -> exp.Expr:
    # Split in halves: some parsers fail on expressions nested hundreds deep.
    if len(pieces) == 1:
        return pieces[0]
    halves = (pieces[: len(pieces) // 2], pieces[len(pieces) // 2 :])
    left, right = (_concatenate(half) if len(half) == 1 else exp.paren(_concatenate(half)) for half in halves)
    return exp.DPipe(this=left, expression=right, safe=True)
