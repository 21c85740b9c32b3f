"""A rulebook prepared for proofs: its program, its diagram, and the places of its rules."""

from collections.abc import Mapping
from typing import NamedTuple

from assistant.analysis.concrete import Fitted, Setting, fitting_answers, fitting_example
from assistant.analysis.proof.failure import Example
from assistant.assessment.assessment import STATUS_OF
from assistant.assessment.cells import cells_of, lower_bounds
from assistant.assessment.diagram import Diagram
from assistant.assessment.space import PointSet, Space
from assistant.assessment.variable_order import constrained_together
from assistant.documents.problem import Place
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Atom, Clause, SignedNode, atom_of, compile_rules, ordinal, rule_of
from assistant.rulebook.question import Answers
from assistant.rulebook.vocabulary import Period


class Subject(NamedTuple):
    """A rulebook and its diagram."""

    rulebook: Rulebook
    diagram: Diagram
    undecided: list[str]
    """The heads for which no example was found that fits, although cells are left in which there may be one."""

    def places(self, *keys: str) -> tuple[Place, ...]:
        """Return the places of keys in the files, each once; keys without a place are left out."""
        known = (self.rulebook.places[key] for key in keys if key in self.rulebook.places)
        return tuple(dict.fromkeys(known))

    def rules_of(self, *heads: str) -> tuple[Place, ...]:
        """Return the places of the rules that conclude these facts and findings."""
        return self.places(*(f"rules.{rule.id}" for rule in self.rulebook.rules if set(rule.heads) & set(heads)))

    def rules_applying(self, answers: Answers, *heads: str) -> tuple[Place, ...]:
        """Return the places of the rules that conclude these heads and can apply with these answers."""
        given = self.diagram.space.answering(answers) & self.diagram.valid
        clauses = [clause for head in heads for clause in self.diagram.program.clauses[head]]
        applying = (clause for clause in clauses if (given & self.diagram.clause(clause)).satisfiable())
        return self.places(*(f"rules.{rule_of(clause.id)}" for clause in applying))

    def example(self, goal: PointSet, *heads: str) -> Example | None:
        """Return the smallest answers whose completions all lie in ``goal``, with statuses of ``heads``, or None.

        Cells in which no answers fit where one is computed from others are left out, and the rest is tried. If nothing
        is found, and it is not certain that there is nothing, ``undecided`` gets the heads.
        """
        found = fitting_example([self._setting], goal, self.diagram.possible)
        if found.answers is not None:
            return self.example_of(found.answers, *heads)
        if not found.is_certain:
            self.undecided.append(", ".join(heads))
        return None

    def fitted(self, answers: Answers) -> Fitted:
        """Return days and numbers in the cells of these answers that fit together."""
        return fitting_answers([self._setting], answers)

    @property
    def _setting(self) -> Setting:
        return Setting(self.rulebook, self.diagram)

    def example_of(self, answers: Answers, *heads: str) -> Example:
        """Return an example of answers, with the statuses that they give to those heads that are findings."""
        given = self.diagram.space.answering(answers)
        expect = {h: STATUS_OF[self.diagram.truth(h, given)] for h in heads if h in self.rulebook.finding}
        return Example(answers=dict(answers), expect=expect)

    def where(self, when: Mapping[str, ConditionValue]) -> PointSet:
        """Return the points where the conditions hold for every outcome of the disputes."""
        points = self.diagram.possible
        for name, value in when.items():
            points &= self._condition(name, value)
        return points

    def _condition(self, name: str, value: ConditionValue) -> PointSet:
        if name not in self.rulebook.question:
            return self.diagram.surely(name) if value is True else self.diagram.never(name)
        atom, holds = atom_of(self.rulebook.question[name], value)
        inside = self.diagram.space.among(name, self.diagram.space.cells[name].inside(atom))
        return inside if holds else self.diagram.space.points & ~inside

    def outside(self, period: Period, asked: str | None) -> PointSet:
        """Return the points whose answer to a date question is outside of a period; none if ``asked`` is None."""
        if asked is None or not period:
            return self.diagram.space.empty
        low, high = (None if end is None else ordinal(end) for end in (period.start, period.until))
        atom = Atom(node="", question=asked, low=low, high=high)
        return self.diagram.space.points & ~self.diagram.space.among(
            asked, self.diagram.space.cells[asked].inside(atom)
        )

    def conflict(self, clause: Clause) -> tuple[SignedNode, ...]:
        """Return a minimal set of conditions of a clause that cannot hold together; empty if all can."""
        if (self.diagram.clause(clause) & self.diagram.valid).satisfiable():
            return ()
        conflict = list(clause.body)
        for literal in clause.body:
            others = clause.model_copy(update={"body": tuple(other for other in conflict if other != literal)})
            if not (self.diagram.clause(others) & self.diagram.valid).satisfiable():
                conflict.remove(literal)
        return tuple(conflict)


def subject_of(rulebook: Rulebook) -> Subject:
    """Prepare a rulebook for proofs; its cells also distinguish days that only promises name.

    Raises:
        MemoryError: if the rulebook is too large for decision diagrams.
    """
    program = compile_rules(rulebook)
    cells = cells_of([program], starts_of_promises(rulebook))
    order = [cells[question.id] for question in rulebook.questions_by_severity]
    return Subject(rulebook, Diagram(program, Space(order, together=constrained_together([program]))), [])


def starts_of_promises(rulebook: Rulebook) -> dict[str, set[int]]:
    """Return by question the numbers and days, as ordinals, at which promises, statutes and the review begin or end."""
    named: dict[str, set[int]] = {question.id: set() for question in rulebook.questions}
    conditions = [promise.when for promise in rulebook.exactly_one_of] + [promise.when for promise in rulebook.never]
    for promise in rulebook.not_excluded_by:
        conditions += [promise.when, promise.answers, promise.in_place_of]
    for when in conditions:
        for name, value in when.items():
            if name in rulebook.question:
                named[name].update(lower_bounds(atom_of(rulebook.question[name], value)[0]))
    reviewed = Period(until=rulebook.metadata.reviewed_until)
    dangerous = [Period(start=promise.start) for promise in rulebook.dangerous]
    periods: list[tuple[str, Period]] = []
    if rulebook.metadata.date_question is not None:
        laws = [law.in_force for law in rulebook.sources.statutes]
        periods += [(rulebook.metadata.date_question, period) for period in (*laws, *dangerous, reviewed)]
    if rulebook.clock_question is not None:
        periods += [(rulebook.clock_question.id, period) for period in (*dangerous, reviewed)]
    for asked, period in periods:
        low, high = (None if end is None else ordinal(end) for end in (period.start, period.until))
        named[asked].update(lower_bounds(Atom(node="", question=asked, low=low, high=high)))
    return {name: bounds for name, bounds in named.items() if rulebook.question[name].type.is_ordered}
