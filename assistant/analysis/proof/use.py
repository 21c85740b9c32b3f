"""Find what is useless in a rulebook: unreachable findings, rules that never decide, answers that never matter."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.analysis.proof.failure import Example, Failure
from assistant.analysis.proof.subject import Subject
from assistant.assessment.diagram import Diagram
from assistant.assessment.space import PointSet
from assistant.rulebook.program import Clause, Program, SignedNode, notation, rule_of
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.system.language import _


def unreachable_findings(subject: Subject) -> Iterator[Failure]:
    """Find findings that no answers establish, or make possible if only contested rules conclude them."""
    for finding in subject.rulebook.finding:
        clauses = subject.diagram.program.clauses[finding]
        reached = subject.diagram.surely(finding)
        if all(clause.contested for clause in clauses):
            reached = subject.diagram.outcomes(finding).may_hold
        if reached.satisfiable():
            continue
        conflicts = [(clause, subject.conflict(clause)) for clause in clauses]
        because = "; ".join(
            _("{rule} cannot hold because of {conditions}").format(
                rule=clause.id, conditions=", ".join(map(notation, conflict))
            )
            for clause, conflict in conflicts
            if conflict
        )
        message = _("no answers establish the finding '{id}'.").format(id=finding)
        yield Failure(
            proof="reachable",
            subject=finding,
            message=f"{message} {because}".strip(),
            places=subject.rules_of(finding),
            examples=_nearest_misses(subject, conflicts),
        )


def idle_rules(subject: Subject) -> Iterator[Failure]:
    """Find rules that can never hold, or whose removal would change no finding for any answers and disputes.

    For the latter, answers that contradict each other count too: a rule that only they need is still a separate ground
    for a person who has not answered all of these questions.
    """
    diagram = subject.diagram
    for head in diagram.program.heads:
        for clause in diagram.program.clauses[head]:
            if rule_of(clause.id) not in subject.rulebook.rule or is_decisive(subject, clause):
                continue
            met = diagram.clause(clause) & diagram.valid
            conflict = subject.conflict(clause)
            others = [other for other in diagram.program.clauses[head] if other is not clause]
            covering = _covering(diagram, met, others)
            if conflict:
                names = ", ".join(map(notation, conflict))
                message = _("the rule '{id}' can never hold, because of {conditions}.").format(
                    id=clause.id, conditions=names
                )
            elif covering:
                names = ", ".join(other.id for other in covering)
                message = _("the rule '{id}' never decides: wherever it holds, so does one of {others}.")
                message = message.format(id=clause.id, others=names)
            else:
                message = _("the rule '{id}' never decides: what it concludes makes no difference.")
                message = message.format(id=clause.id)
            example = subject.example(diagram.space.however_disputes_end(met), head)
            yield Failure(
                proof="decisive",
                subject=clause.id,
                message=message,
                places=subject.places(*(f"rules.{rule_of(each.id)}" for each in (clause, *covering))),
                examples=(example,) if example else _nearest_misses(subject, [(clause, conflict)]),
            )


def _covering(diagram: Diagram, met: PointSet, others: list[Clause]) -> list[Clause]:
    """Return a minimal list of clauses one of which holds at each of the points; empty if they do not cover them."""
    covering = others
    for left_out in others:
        fewer = [other for other in covering if other is not left_out]
        if _are_covered(diagram, met, fewer):
            covering = fewer
    return covering if _are_covered(diagram, met, covering) else []


def _are_covered(diagram: Diagram, met: PointSet, clauses: list[Clause]) -> bool:
    for clause in clauses:
        met &= ~diagram.clause(clause)
    return not met.satisfiable()


def is_decisive(subject: Subject, clause: Clause) -> bool:
    """Return whether a clause can hold and its removal would change some finding."""
    diagram = subject.diagram
    others = [other for other in diagram.program.clauses[clause.head] if other.id != clause.id]
    met = diagram.clause(clause)
    if not (met & diagram.valid).satisfiable() or _are_covered(diagram, met & diagram.space.points, others):
        return False
    if clause.head in subject.rulebook.finding:
        return True
    without = Diagram(without_clause(diagram.program, clause), diagram.space)
    return any(
        ((diagram.holds[finding] ^ without.holds[finding]) & diagram.space.points).satisfiable()
        for finding in subject.rulebook.finding
    )


def without_clause(program: Program, clause: Clause) -> Program:
    """Return the program without one clause."""
    others = tuple(other for other in program.clauses[clause.head] if other.id != clause.id)
    return program.model_copy(update={"clauses": {**program.clauses, clause.head: others}})


def idle_questions(subject: Subject) -> Iterator[Failure]:
    """Find questions, options and boundaries that change no finding, for any other answers."""
    for question in subject.rulebook.questions:
        cells = range(len(subject.diagram.space.cells[question.id].representatives))
        if not any(question.id in _questions_that_matter(subject, finding) for finding in subject.rulebook.finding):
            message = _("the answer to '{id}' never changes a finding.")
            yield _idle_failure(subject, question, message, (cells[0], cells[-1]))
        elif question.type is QuestionType.CHOICE:
            for cell in cells:
                rest = [other for other in cells if other != cell]
                if not _makes_difference(subject, question, [cell], rest):
                    message = _("the option '{option}' of '{id}' never changes a finding.")
                    yield _idle_failure(subject, question, message, (cell, rest[0]))
        else:
            for below, above in pairwise(cells):
                if _is_rules_boundary(subject, question, above) and not _makes_difference(
                    subject, question, [below], [above]
                ):
                    message = _("it never matters whether '{id}' is {below} or {above}.")
                    yield _idle_failure(subject, question, message, (below, above))


def _questions_that_matter(subject: Subject, finding: str) -> tuple[str, ...]:
    diagram = subject.diagram
    return tuple(q for q in diagram.questions_of(finding) if diagram.can_matter(q, finding).satisfiable())


def _is_rules_boundary(subject: Subject, question: Question, above: int) -> bool:
    """Return whether a rule changes at the cell ``above``, and not only a promise or a statute."""
    return any(
        (above in inside) != (above - 1 in inside)
        for atom in subject.diagram.program.atoms.values()
        if atom.question == question.id and (inside := subject.diagram.space.cells[question.id].inside(atom))
    )


def _makes_difference(subject: Subject, question: Question, some: list[int], others: list[int]) -> bool:
    """Return whether answers in ``some`` and in ``others`` cells differ in a finding, or in what contradicts them."""
    diagram, space = subject.diagram, subject.diagram.space

    def with_answer(points: PointSet, cells: list[int]) -> PointSet:
        return space.exists_over(question.id, points & space.among(question.id, cells))

    if question.type is not QuestionType.CHOICE and with_answer(diagram.possible, some) != with_answer(
        diagram.possible, others
    ):
        return True
    for finding in subject.rulebook.finding:
        if question.id not in subject.diagram.questions_of(finding):
            continue
        space.make_room()
        # By the outcomes of disputes: a boundary may separate two disputes that give the same status.
        holds, fails = diagram.valid & diagram.holds[finding], diagram.valid & ~diagram.holds[finding]
        for one, two in ((holds, fails), (fails, holds)):
            if (with_answer(one, some) & with_answer(two, others)).satisfiable():
                return True
    return False


def _idle_failure(subject: Subject, question: Question, message: str, cells: tuple[int, int]) -> Failure:
    """Return a failure with two answers that lead to the same; the other answers meet a rule that uses the question."""
    diagram = subject.diagram
    rules = [rule for rule in subject.rulebook.rules if question.id in (*rule.when, *rule.unless)]
    first, second = (diagram.space.cells[question.id].representatives[cell] for cell in cells)
    examples = []
    for answer in dict.fromkeys((first, second)):
        rest: dict[str, Answer] = {}
        if rules:
            clause = next(c for c in diagram.program.clauses[rules[0].heads[0]] if rule_of(c.id) == rules[0].id)
            met = diagram.space.however_disputes_end(diagram.clause(clause) & diagram.valid)
            rest = diagram.space.smallest(diagram.space.exists_over(question.id, met), diagram.possible) or {}
        heads = [head for rule in rules for head in rule.heads]
        found = subject.fitted({**rest, question.id: answer}).answers
        if found is not None and (diagram.space.answering(found) & diagram.valid).satisfiable():
            examples.append(subject.example_of(found, *heads))
    return Failure(
        proof="matters",
        subject=question.id,
        message=message.format(id=question.id, option=first, below=first, above=second),
        places=subject.places(f"questions.{question.id}", *(f"rules.{rule.id}" for rule in rules)),
        examples=tuple(examples),
    )


def _nearest_misses(subject: Subject, conflicts: Sequence[tuple[Clause, Sequence[SignedNode]]]) -> tuple[Example, ...]:
    """Return answers that meet all conditions of a rule except one of those that cannot hold together."""
    for clause, conflict in conflicts:
        body = tuple(literal for literal in clause.body if literal not in conflict[-1:])
        nearly = subject.diagram.clause(clause.model_copy(update={"body": body})) & subject.diagram.valid
        example = subject.example(subject.diagram.space.however_disputes_end(nearly), clause.head)
        if example is not None:
            return (example,)
    return ()
