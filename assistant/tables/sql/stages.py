"""Compile a program to SQL: one query over a table of answers, in stages, which uses only the logic of NULL.

SQL's NULL is the unknown of strong Kleene logic: AND, OR and NOT have the same truth tables. So a clause is the
conjunction of its literals, a head the disjunction of its clauses, and a contested clause has one more condition, NULL.
The stages are subqueries, each of which adds columns to the previous one: first the tests of answers; then, stratum by
stratum, the rules and their conclusions. Nested instead, the same expressions would be evaluated many times.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from sqlglot import exp

from assistant.rulebook.computing import COMPUTED
from assistant.rulebook.program import CONTRADICTION, Atom, Clause, Program, SignedNode, rule_of
from assistant.rulebook.question import QuestionType, end_columns
from assistant.tables.column_names import ID
from assistant.tables.sql.computed import ComputedAnswers, Ends, parsed
from assistant.tables.sql.factor import factor, join

TABLE: Final = "scenarios"
"""The default name of the table of answers."""

CONTRADICTORY: Final = "_contradictory"
"""The column that is true if the answers contradict each other. No id of a rulebook begins with an underscore."""

_UNKNOWN: Final = SignedNode("", holds=True)
"""The additional condition of a contested clause."""


class Stages(NamedTuple):
    """Named queries, each over the previous one, the first over the table; the last has the truth of clauses and heads.

    Truths are BOOLEAN columns, NULL if unknown. The column of a fact or finding is named by its id; ``rules`` and
    ``impossible`` map the ids of rules and combinations to the columns of their clauses. ``_contradictory`` is true if
    one of these combinations is. ``computed`` maps computed questions to the SQL of the ends of their answers.
    """

    queries: dict[str, exp.Select]
    rules: dict[str, str]
    impossible: dict[str, str]
    computed: dict[str, Ends]

    def with_stages(self, query: exp.Select) -> exp.Select:
        """Return ``query`` as one query that selects from the last stage."""
        whole = query.from_(exp.to_identifier(list(self.queries)[-1]))
        for name, stage in self.queries.items():
            whole = whole.with_(name, as_=stage, copy=False)
        return whole


def compile_stages(
    program: Program, table: exp.Table | None = None, *, rules: bool = True, ranges: bool = False
) -> Stages:
    """Return the stages over a table with ``id`` and a column for each question, NULL if the answer is unknown.

    A yes/no answer is BOOLEAN, a choice the option's id as text (or an ENUM of these), a number BIGINT, a date DATE.
    With ``ranges``, a number and a date have two columns instead, of the first and the last point that the answer may
    be: the same if it is exact, NULL if that end is open. Without ``rules`` only facts, findings and combinations have
    columns, and less is computed.
    """
    combinations = [head for head in program.heads if head.startswith(CONTRADICTION)]
    wrong = {head: f"_impossible_{at}" for at, head in enumerate(combinations, start=1)}
    clauses = [clause for head in program.heads if head not in wrong for clause in program.clauses[head]]
    grounds = dict.fromkeys(rule_of(clause.id) for clause in clauses)
    named = {rule: f"_rule_{at}" for at, rule in enumerate(grounds, start=1)} if rules else {}
    # The clauses of a rule hold alike, so the first of them makes its column.
    first = {rule_of(clause.id): clause.id for clause in reversed(clauses)}
    tested = {node: f"_test_{at}" for at, node in enumerate(program.atoms, start=1)}
    # A yes/no answer is its own test.
    tested |= {atom.node: atom.question for atom in program.atoms.values() if atom.values == (True,)}
    computed = ComputedAnswers(
        program,
        lambda name: end_columns(name) if ranges and program.questions[name].is_ordered else (name, name),
    )
    before = [[alias(parsed(text), name) for name, text in stage.items()] for stage in computed.stages()]
    own = {node: f"_test_{at}" for at, node in enumerate(program.atoms, start=1)}
    tested |= {atom.node: own[atom.node] for atom in program.atoms.values() if atom.question in computed.unfit}
    tests = [
        alias(
            parsed(computed.test(atom)) if atom.question in computed.unfit else _test(program, atom, ranges=ranges),
            own[atom.node],
        )
        for atom in program.atoms.values()
        if tested[atom.node] == own[atom.node]
    ]
    bodies = _bodies(program, alike=not rules)
    names = answer_columns(program, ranges=ranges)
    answers = exp.select(*map(column, names)).from_(table or exp.to_table(f'"{TABLE}"'))
    queries = {"answers": answers}
    for number, columns in enumerate(before, start=1):
        _extend(queries, f"computed_{number}", columns)
    _extend(queries, "tests", tests)

    for number, heads in enumerate(_strata(program), start=1):
        holding = [
            alias(_holds([bodies[clause.id]], tested), named[rule_of(clause.id)])
            for head in heads
            for clause in program.clauses[head]
            if rule_of(clause.id) in named and first[rule_of(clause.id)] == clause.id
        ]
        _extend(queries, f"rules_{number}", holding)
        concluded = [
            alias(_concluded(program.clauses[head], named, bodies, tested), wrong.get(head, head)) for head in heads
        ]
        _extend(queries, f"conclusions_{number}", concluded)
    impossible = {head.removeprefix(CONTRADICTION): name for head, name in wrong.items()}
    impossible |= {COMPUTED + question: name for question, name in computed.unfit.items()}
    _extend(queries, "truths", [alias(any_of(map(column, impossible.values())), CONTRADICTORY)])
    ends = {each.question: computed.ends(each.question) for each in program.computed}
    return Stages(queries, named, impossible, ends)


def answer_columns(program: Program, *, ranges: bool) -> list[str]:
    """Return the columns of the table of answers."""
    names = [ID]
    for question, kind in program.questions.items():
        names += end_columns(question) if ranges and kind.is_ordered else [question]
    return names


def column(name: str, stage: str | None = None) -> exp.Column:
    """Return a column with its name quoted, because ids contain hyphens and may be SQL keywords."""
    return exp.column(exp.to_identifier(name, quoted=True), table=stage)


def alias(term: exp.Expr, name: str) -> exp.Expr:
    """Name a term as a column."""
    return exp.alias_(term, name, quoted=True, copy=False)


def any_of(terms: Iterable[exp.Expr]) -> exp.Expr:
    """Return the disjunction of the terms; false if there are none."""
    disjuncts = list(terms)
    return join(exp.Or, disjuncts) if disjuncts else exp.false()


def _extend(queries: dict[str, exp.Select], name: str, columns: Sequence[exp.Expr]) -> None:
    """Add a stage with these columns, if there are any."""
    if columns:
        queries[name] = exp.Select().select("*", *columns, copy=False).from_(list(queries)[-1], copy=False)


def _strata(program: Program) -> Iterator[list[str]]:
    """Group the heads into strata, each of which depends only on earlier ones."""
    stratum: dict[str, int] = {}
    for head in program.heads:
        below = (stratum.get(literal.node, 0) for clause in program.clauses[head] for literal in clause.body)
        stratum[head] = 1 + max(below, default=0)
    for number in range(1, 1 + max(stratum.values(), default=0)):
        yield [head for head in program.heads if stratum[head] == number]


def _bodies(program: Program, *, alike: bool) -> dict[str, Sequence[SignedNode]]:
    """Return the literals of each clause; with ``alike``, the most frequent first.

    Then more conjunctions begin with the same subexpression, which an engine computes once.
    """
    clauses = [clause for head in program.heads for clause in program.clauses[head]]
    frequency = Counter(literal for clause in clauses for literal in clause.body if alike)
    return {
        clause.id: (*sorted(clause.body, key=lambda literal: -frequency[literal]), *[_UNKNOWN] * clause.contested)
        for clause in clauses
    }


def _concluded(
    clauses: Sequence[Clause],
    named: Mapping[str, str],
    bodies: Mapping[str, Sequence[SignedNode]],
    tested: Mapping[str, str],
) -> exp.Expr:
    rules = [rule_of(clause.id) for clause in clauses]
    if all(rule in named for rule in rules):
        return any_of(column(named[rule]) for rule in rules)
    return _holds([bodies[clause.id] for clause in clauses], tested)


def _holds(bodies: Sequence[Sequence[SignedNode]], tested: Mapping[str, str]) -> exp.Expr:
    return factor(bodies, partial(_literal, tested=tested))


def _literal(literal: SignedNode, tested: Mapping[str, str]) -> exp.Expr:
    if literal is _UNKNOWN:
        return exp.cast(exp.null(), exp.DType.BOOLEAN)
    truth = column(tested.get(literal.node, literal.node))
    return truth if literal.holds else exp.Not(this=truth)


def _test(program: Program, atom: Atom, *, ranges: bool) -> exp.Expr:
    answer = column(atom.question)
    kind = program.questions[atom.question]
    if atom.values:
        options = [exp.convert(value) for value in atom.values]
        return exp.EQ(this=answer, expression=options[0]) if len(options) == 1 else answer.isin(*options)
    if ranges:
        return _test_of_range(kind, atom)
    bounds = [
        comparison(this=answer.copy(), expression=_bound(kind, bound))
        for comparison, bound in ((exp.GTE, atom.low), (exp.LTE, atom.high))
        if bound is not None
    ]
    # Every known answer is inside of a range without bounds.
    return join(exp.And, bounds) if bounds else exp.EQ(this=answer, expression=answer.copy())


def _test_of_range(kind: QuestionType, atom: Atom) -> exp.Expr:
    """Return true if the whole range passes the test, false if none of it does, else NULL."""
    first, last = map(column, end_columns(atom.question))
    inside: list[exp.Expr] = []
    outside: list[exp.Expr] = []
    if atom.low is not None:
        inside.append(exp.GTE(this=first.copy(), expression=_bound(kind, atom.low)))
        outside.append(exp.LT(this=last.copy(), expression=_bound(kind, atom.low)))
    if atom.high is not None:
        inside.append(exp.LTE(this=last.copy(), expression=_bound(kind, atom.high)))
        outside.append(exp.GT(this=first.copy(), expression=_bound(kind, atom.high)))
    if not inside:  # every known answer is inside of a range without bounds
        known = exp.Coalesce(this=first, expressions=[last])
        return exp.EQ(this=known, expression=known.copy())
    return exp.Case().when(join(exp.And, inside), exp.true()).when(join(exp.Or, outside), exp.false())


def _bound(kind: QuestionType, bound: int) -> exp.Expr:
    if kind is not QuestionType.DATE:
        return exp.convert(bound)
    return exp.cast(exp.Literal.string(datetime.date.fromordinal(bound).isoformat()), exp.DType.DATE)
