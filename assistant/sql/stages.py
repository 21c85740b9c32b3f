"""A program as a syntax tree of SQL: one query over a table of answers, in stages, with nothing but NULL logic.

SQL's NULL is the unknown of strong Kleene logic: AND, OR and NOT have the same truth tables. So a clause is the
conjunction of its literals, a head the disjunction of its clauses, and a contested clause has one more condition, NULL.
The stages are subqueries, each of which adds columns to the one before: the tests of answers; then, stratum after
stratum, rules and what they conclude. Written into one another instead, they would be evaluated many times over.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Final, NamedTuple

from sqlglot import exp

from assistant.logic import CONTRADICTION, Atom, Clause, Literal, Program
from assistant.rulebook import QuestionType

ID: Final = "id"
"""The column that says whose row it is."""

TABLE: Final = "scenarios"
"""What the table of answers is called, unless its owner says otherwise."""

CONTRADICTORY: Final = "_contradictory"
"""The column that says whether the answers contradict each other. No id of a rulebook begins with an underscore."""


class Stages(NamedTuple):
    """Named queries, each of the one before, the first of the table; the last tells the truth of all clauses and heads.

    These are BOOLEAN columns, NULL where something is unknown. A fact or finding has its id for a column; ``rules`` and
    ``impossible`` have the columns of clauses, by id of the rule or of the combination. ``_contradictory`` is true
    where one of these combinations is.
    """

    queries: dict[str, exp.Select]
    rules: dict[str, str]
    impossible: dict[str, str]

    def read_by(self, query: exp.Select) -> exp.Select:
        """The whole as one query: what ``query`` selects from the last stage."""
        whole = query.from_(exp.to_identifier(list(self.queries)[-1]))
        for name, stage in self.queries.items():
            whole = whole.with_(name, as_=stage, copy=False)
        return whole


def staged(program: Program, table: exp.Table | None = None) -> Stages:
    """The program over a table with ``id`` and a column for each question, NULL where the answer is unknown.

    Yes or no is BOOLEAN, a choice the option's id as text (or an enumeration of these), a number BIGINT, a day DATE.
    """
    clauses = [clause for head in program.heads for clause in program.clauses[head]]
    wrong = {clause.id: f"_impossible_{at}" for at, clause in enumerate(filter(_is_contradiction, clauses), start=1)}
    grounds = [clause for clause in clauses if not _is_contradiction(clause)]
    rules = {clause.id: f"_rule_{at}" for at, clause in enumerate(grounds, start=1)}
    tested = {node: column(f"_test_{at}") for at, node in enumerate(program.atoms, start=1)}
    # A yes/no answer is its own test.
    tested |= {atom.node: column(atom.question) for atom in program.atoms.values() if atom.values == (True,)}
    tests = [
        aliased(_test(program, atom), tested[atom.node].name)
        for atom in program.atoms.values()
        if atom.values != (True,)
    ]
    answers = exp.select(*map(column, (ID, *program.questions))).from_(table or exp.to_table(f'"{TABLE}"'))
    queries = {"answers": answers}
    _extend(queries, "tests", tests)
    for number, heads in enumerate(_strata(program), start=1):
        known = {**rules, **wrong}
        conditions = [
            aliased(_condition(clause, tested), known[clause.id]) for head in heads for clause in program.clauses[head]
        ]
        _extend(queries, f"rules_{number}", conditions)
        concluded = [
            aliased(any_of(column(rules[clause.id]) for clause in program.clauses[head]), head)
            for head in heads
            if not head.startswith(CONTRADICTION)
        ]
        _extend(queries, f"conclusions_{number}", concluded)
    _extend(queries, "truths", [aliased(any_of(map(column, wrong.values())), CONTRADICTORY)])
    return Stages(queries, rules, {clause.removeprefix(CONTRADICTION): name for clause, name in wrong.items()})


def column(name: str, stage: str | None = None) -> exp.Column:
    """A column by its name, which is quoted, because ids have hyphens and may be words of SQL."""
    return exp.column(exp.to_identifier(name, quoted=True), table=stage)


def aliased(term: exp.Expr, name: str) -> exp.Expr:
    """A term as a column of this name."""
    return exp.alias_(term, name, quoted=True, copy=False)


def any_of(terms: Iterable[exp.Expr]) -> exp.Expr:
    """The disjunction of some terms; false if there are none."""
    return _joined(exp.Or, terms) or exp.false()


def _joined(connector: type[exp.Connector], terms: Iterable[exp.Expr]) -> exp.Expr | None:
    known = list(terms)
    return reduce(lambda left, right: connector(this=left, expression=right), known) if known else None


def _extend(queries: dict[str, exp.Select], name: str, columns: Sequence[exp.Expr]) -> None:
    """Adds a stage with more columns, if there are more."""
    if columns:
        queries[name] = exp.Select().select("*", *columns, copy=False).from_(list(queries)[-1], copy=False)


def _is_contradiction(clause: Clause) -> bool:
    return clause.head.startswith(CONTRADICTION)


def _strata(program: Program) -> Iterator[list[str]]:
    """The heads in groups, of which each depends only on groups before it."""
    stratum: dict[str, int] = {}
    for head in program.heads:
        below = (stratum.get(literal.node, 0) for clause in program.clauses[head] for literal in clause.body)
        stratum[head] = 1 + max(below, default=0)
    for number in range(1, 1 + max(stratum.values(), default=0)):
        yield [head for head in program.heads if stratum[head] == number]


def _condition(clause: Clause, tested: Mapping[str, exp.Column]) -> exp.Expr:
    terms = [_literal(literal, tested) for literal in clause.body]
    if clause.contested:
        terms.append(exp.cast(exp.null(), exp.DType.BOOLEAN))
    return _joined(exp.And, terms) or exp.true()


def _literal(literal: Literal, tested: Mapping[str, exp.Column]) -> exp.Expr:
    told = tested[literal.node].copy() if literal.node in tested else column(literal.node)
    return told if literal.holds else exp.Not(this=told)


def _test(program: Program, atom: Atom) -> exp.Expr:
    answer = column(atom.question)
    kind = program.questions[atom.question]
    if atom.values:
        options = [exp.convert(value) for value in atom.values]
        return exp.EQ(this=answer, expression=options[0]) if len(options) == 1 else answer.isin(*options)
    bounds = [
        comparison(this=answer.copy(), expression=_bound(kind, bound))
        for comparison, bound in ((exp.GTE, atom.low), (exp.LTE, atom.high))
        if bound is not None
    ]
    # A range without bounds is met by every answer that was given.
    return _joined(exp.And, bounds) or exp.EQ(this=answer, expression=answer.copy())


def _bound(kind: QuestionType, bound: int) -> exp.Expr:
    if kind is not QuestionType.DATE:
        return exp.convert(bound)
    return exp.cast(exp.Literal.string(datetime.date.fromordinal(bound).isoformat()), exp.DType.DATE)
