"""The compiled form of the rules. All evaluators use it, so that they cannot interpret the rules differently.

Rules become *clauses* over *literals*. A literal states that a node holds, or that it does not; a node is an atom (a
test of one answer), a fact, a finding, or a contradiction of answers. The semantics is strong Kleene logic over strata:
a clause is true if all its literals are true, false if one is false, else unknown; a head is true if one of its clauses
is true, false if all are false, else unknown (Kleene, *Introduction to Metamathematics*, §64). A contested clause has
one more condition that nobody can answer, so it is never true.
"""

import datetime
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from assistant.documents.value import Value
from assistant.rulebook.computed import Formula
from assistant.rulebook.condition import ConditionValue, Range
from assistant.rulebook.dependencies import in_order
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.question import Answer, GivenBy, Question, QuestionType
from assistant.rulebook.ranges import OptionSet, Point, interval

Truth: TypeAlias = bool | None
"""True, false, or unknown."""

CONTRADICTION = "impossible:"
"""The prefix of the heads of contradictions; no id in a rulebook contains a colon."""


class Atom(Value):
    """A test of one answer: one of ``values``, or an ordinal from ``low`` to ``high``, both included."""

    node: str
    question: str
    values: tuple[bool | str, ...] = ()
    low: int | None = None
    high: int | None = None


class SignedNode(NamedTuple):
    """The statement that a node holds, or that it does not."""

    node: str
    holds: bool


def notation(literal: SignedNode) -> str:
    """Return a literal as text for other programs: ``place=russia_at_unit|russia_away``, ``not left_without_leave``."""
    return literal.node if literal.holds else f"not {literal.node}"


def opposite(literal: SignedNode) -> SignedNode:
    """Return the negation of a literal."""
    return SignedNode(literal.node, not literal.holds)


class Clause(Value):
    """A compiled rule for one of its heads: a conjunction of literals that implies the head.

    Its id is that of the rule if this has one head, else the ids of the rule and of the head, as in ``leaving/absent``.
    """

    id: str
    head: str
    body: tuple[SignedNode, ...]
    contested: bool = False


class CompiledFormula(Value):
    """A formula of a computed question, with the atoms that its conditions test, and whether each has to hold.

    ``by_clock``: the day of asking is among its inputs.
    """

    formula: Formula
    conditions: tuple[tuple[Atom, bool], ...] = ()
    by_clock: bool = False


class ComputedQuestion(Value):
    """A question that is answered from others, and its formulas."""

    question: str
    formulas: tuple[CompiledFormula, ...]


class Program(Value):
    """A compiled rulebook. ``heads`` are sorted topologically: each depends only on earlier ones.

    ``bounds`` are the lowest and the highest answer to a question, as ordinals; None is unbounded.
    """

    questions: dict[str, QuestionType]
    options: dict[str, tuple[str, ...]]
    bounds: dict[str, tuple[int | None, int | None]] = {}
    computed: tuple[ComputedQuestion, ...] = ()
    atoms: dict[str, Atom]
    heads: tuple[str, ...]
    clauses: dict[str, tuple[Clause, ...]]


class Firing(NamedTuple):
    """One step of an evaluation: the conclusion, the clause (None for the atom of an answer) and the premises.

    A head is false if all its clauses are false; then ``clause`` is None too, and the premises are the negation of one
    false literal of each clause.
    """

    conclusion: SignedNode
    clause: str | None
    premises: tuple[SignedNode, ...]


class Valuation(Value):
    """The truth of nodes and clauses by id; absent ones are unknown. ``trace``: the steps of the evaluation."""

    nodes: dict[str, bool]
    clauses: dict[str, bool]
    trace: tuple[Firing, ...] = ()


def ordinal(point: Point) -> int:
    """Return a number unchanged, or a day as its proleptic Gregorian ordinal."""
    return point.toordinal() if isinstance(point, datetime.date) else int(point)


def decided(atom: Atom, answer: Answer) -> Truth:
    """Return whether an answer passes an atom's test; None if only some of the points of a range do."""
    if atom.values or isinstance(answer, str | bool | OptionSet):
        points = answer.options if isinstance(answer, OptionSet) else (answer,)
        passing = sum(point in atom.values for point in points)
        return True if passing == len(points) else None if passing else False
    low, high = interval(answer)
    if (atom.low is None or (low is not None and atom.low <= low)) and (
        atom.high is None or (high is not None and high <= atom.high)
    ):
        return True
    below = atom.low is not None and high is not None and high < atom.low
    return False if below or (atom.high is not None and low is not None and atom.high < low) else None


def _bounds(value: Range) -> tuple[int | None, int | None]:
    low = None if value.start is None else ordinal(value.start)
    low = value.over + 1 if value.over is not None else low
    high = None if value.until is None else ordinal(value.until)
    high = value.up_to if value.up_to is not None else high
    return low, value.under - 1 if value.under is not None else high


def _bound(bound: Point | None) -> int | None:
    return None if bound is None else ordinal(bound)


def _shown(question: Question, bound: int | None) -> str:
    if bound is None:
        return ""
    return datetime.date.fromordinal(bound).isoformat() if question.type is QuestionType.DATE else str(bound)


def atom_of(question: Question, value: ConditionValue) -> tuple[Atom, bool]:
    """Return the atom that tests ``value``, and whether the condition requires it to hold."""
    if isinstance(value, bool):
        return Atom(node=question.id, question=question.id, values=(True,)), value
    if isinstance(value, Range):
        low, high = _bounds(value)
        node = f"{question.id}={_shown(question, low)}..{_shown(question, high)}"
        return Atom(node=node, question=question.id, low=low, high=high), True
    wanted = {value} if isinstance(value, str) else set(value)
    values = tuple(option.id for option in question.options if option.id in wanted)
    return Atom(node=f"{question.id}={'|'.join(values)}", question=question.id, values=values), True


def period_condition(rulebook: Rulebook, rule: Rule) -> dict[str, ConditionValue]:
    """Return the period of a rule as a condition on the date question; empty for a rule without a period."""
    asked = rulebook.metadata.date_question
    if asked is None or not rule.in_force:
        return {}
    return {asked: Range(start=rule.in_force.start, until=rule.in_force.until)}


def compile_rules(rulebook: Rulebook) -> Program:
    """Return the program of a rulebook that the loader has accepted."""
    atoms: dict[str, Atom] = {}

    def literal(node: str, value: ConditionValue) -> SignedNode:
        if node not in rulebook.question:
            return SignedNode(node, value is True)
        atom, holds = atom_of(rulebook.question[node], value)
        atoms[atom.node] = atom
        return SignedNode(atom.node, holds)

    strata = in_order(rulebook)
    clauses: dict[str, list[Clause]] = {head: [] for head in strata}
    for rule in rulebook.rules:
        conditions = [*rule.when.items(), *period_condition(rulebook, rule).items()]
        body = [*(literal(*condition) for condition in conditions), *(literal(node, False) for node in rule.unless)]
        for head in rule.heads:
            clause = Clause(
                id=clause_of(rule, head),
                head=head,
                body=tuple(dict.fromkeys(body)),
                contested=rule.contested is not None,
            )
            clauses[head].append(clause)
    for impossible in rulebook.impossible:
        head = CONTRADICTION + impossible.id
        body = [literal(*condition) for condition in impossible.when.items()]
        clauses[head] = [Clause(id=head, head=head, body=tuple(body))]
    return Program(
        questions={question.id: question.type for question in rulebook.questions},
        options={question.id: tuple(option.id for option in question.options) for question in rulebook.questions},
        bounds={question.id: (_bound(question.lowest), _bound(question.highest)) for question in rulebook.questions},
        computed=tuple(_compiled(rulebook, question) for question in rulebook.computed_questions),
        atoms=atoms,
        heads=tuple(clauses),
        clauses={head: tuple(grounds) for head, grounds in clauses.items()},
    )


def clause_of(rule: Rule, head: str) -> str:
    """Return the id of a rule's clause for one of its heads."""
    return rule.id if len(rule.heads) == 1 else f"{rule.id}/{head}"


def rule_of(clause: str) -> str:
    """Return the id of the rule of a clause, which is also given by its id. No id in a rulebook contains a slash."""
    return clause.partition("/")[0]


def _compiled(rulebook: Rulebook, question: Question) -> ComputedQuestion:
    formulas = [
        CompiledFormula(
            formula=formula,
            conditions=tuple(atom_of(rulebook.question[name], value) for name, value in formula.when.items()),
            by_clock=any(rulebook.question[name].given_by is GivenBy.CLOCK for name in formula.inputs),
        )
        for formula in question.computed
    ]
    return ComputedQuestion(question=question.id, formulas=tuple(formulas))


def question_of(program: Program, node: str) -> str | None:
    """Return the question that an atom tests, or None for a fact or finding."""
    atom = program.atoms.get(node)
    return atom.question if atom else None


def open_questions(program: Program, known: Valuation) -> dict[str, tuple[str, ...]]:
    """Return, for each head that is unknown, the unanswered questions on which it depends, directly or through facts.

    Only unknown clauses count. Questions are in the order of the program. If nothing is known, these are all questions
    on which a head depends.
    """
    waiting: dict[str, set[str]] = {}
    for head in program.heads:  # each depends only on earlier ones
        if head in known.nodes:
            continue
        waiting[head] = questions = set()
        for clause in program.clauses[head]:
            if clause.id in known.clauses:
                continue
            for node, _holds in clause.body:
                if node in known.nodes:
                    continue
                if node in program.atoms:
                    questions.add(program.atoms[node].question)
                else:
                    questions |= waiting[node]
    place = {question: at for at, question in enumerate(program.questions)}
    return {head: tuple(sorted(questions, key=place.__getitem__)) for head, questions in waiting.items()}


def contradictions(valuation: Valuation) -> tuple[str, ...]:
    """Return the ids of the impossible combinations that the answers contain."""
    return tuple(
        node.removeprefix(CONTRADICTION)
        for node, holds in valuation.nodes.items()
        if holds and node.startswith(CONTRADICTION)
    )


def truth(known: Mapping[str, bool], literal: SignedNode) -> Truth:
    """Return the truth of a literal, which is unknown if its node is."""
    value = known.get(literal.node)
    return None if value is None else value == literal.holds
