"""A rulebook as proofs look at it: its program, the diagram of it, and where its rules are written."""

from collections.abc import Mapping
from typing import NamedTuple

from assistant.analysis.proof.failure import Example
from assistant.assessment.assessor import STATUS_OF
from assistant.assessment.cells import cells_of, starts
from assistant.assessment.diagram import Diagram, Points, Space
from assistant.documents.problem import Place
from assistant.rulebook.model import Answers, ConditionValue, Rulebook
from assistant.rulebook.program import Atom, Clause, Literal, atom_of, compile_rules, ordinal
from assistant.rulebook.vocabulary import Period


class Subject(NamedTuple):
    """A rulebook and the diagram of it."""

    rulebook: Rulebook
    diagram: Diagram

    def places(self, *keys: str) -> tuple[Place, ...]:
        """Where things are written, by their keys; what is written nowhere is left out."""
        return tuple(self.rulebook.places[key] for key in keys if key in self.rulebook.places)

    def rules_of(self, *heads: str) -> tuple[Place, ...]:
        """Where the rules for some facts and findings are written."""
        return self.places(*(f"rules.{rule.id}" for rule in self.rulebook.rules if rule.concludes in heads))

    def applying(self, answers: Answers, *heads: str) -> tuple[Place, ...]:
        """Where those rules for some heads are written that can apply when these answers are given."""
        given = self.diagram.space.answering(answers) & self.diagram.valid
        clauses = [clause for head in heads for clause in self.diagram.program.clauses[head]]
        applying = (clause for clause in clauses if (given & self.diagram.clause(clause)).satisfiable())
        return self.places(*(f"rules.{clause.id}" for clause in applying))

    def example(self, goal: Points, *heads: str) -> Example | None:
        """Smallest answers all whose completions lie in a set, with the statuses of some findings; none if empty."""
        answers = self.diagram.space.smallest(goal, self.diagram.possible)
        return None if answers is None else self.shown(answers, *heads)

    def shown(self, answers: Answers, *heads: str) -> Example:
        """Answers with the statuses that they give to some findings."""
        given = self.diagram.space.answering(answers)
        expect = {h: STATUS_OF[self.diagram.truth(h, given)] for h in heads if h in self.rulebook.finding}
        return Example(answers=dict(answers), expect=expect)

    def where(self, when: Mapping[str, ConditionValue]) -> Points:
        """The points for which conditions hold however the disputes end."""
        points = self.diagram.possible
        for name, value in when.items():
            points &= self._condition(name, value)
        return points

    def _condition(self, name: str, value: ConditionValue) -> Points:
        if name not in self.rulebook.question:
            return self.diagram.surely(name) if value is True else self.diagram.never(name)
        atom, holds = atom_of(self.rulebook.question[name], value)
        inside = self.diagram.space.among(name, self.diagram.space.cells[name].inside(atom))
        return inside if holds else self.diagram.space.points & ~inside

    def outside(self, period: Period, asked: str | None) -> Points:
        """The points whose answer to a question for a date lies outside a period; none if there is no such question."""
        if asked is None or not period:
            return self.diagram.space.nowhere
        low, high = (None if end is None else ordinal(end) for end in (period.start, period.until))
        atom = Atom(node="", question=asked, low=low, high=high)
        return self.diagram.space.points & ~self.diagram.space.among(
            asked, self.diagram.space.cells[asked].inside(atom)
        )

    def conflict(self, clause: Clause) -> tuple[Literal, ...]:
        """As few conditions of a clause as cannot hold together; empty if all can."""
        if (self.diagram.clause(clause) & self.diagram.valid).satisfiable():
            return ()
        kept = list(clause.body)
        for literal in clause.body:
            others = clause.model_copy(update={"body": tuple(other for other in kept if other != literal)})
            if not (self.diagram.clause(others) & self.diagram.valid).satisfiable():
                kept.remove(literal)
        return tuple(kept)


def subject_of(rulebook: Rulebook) -> Subject:
    """What is to be proved of a rulebook, with cells that tell apart also the days that only promises name.

    Raises:
        MemoryError: if the rulebook is too large for decision diagrams.
    """
    program = compile_rules(rulebook)
    cells = cells_of([program], starts_of_promises(rulebook))
    order = [cells[question.id] for question in rulebook.questions_by_severity]
    return Subject(rulebook, Diagram(program, Space(order)))


def starts_of_promises(rulebook: Rulebook) -> dict[str, set[int]]:
    """The numbers and days, as ordinals, at which promises, provisions and the last review begin or end."""
    named: dict[str, set[int]] = {question.id: set() for question in rulebook.questions}
    conditions = [promise.when for promise in rulebook.exactly_one_of] + [promise.when for promise in rulebook.never]
    for promise in rulebook.not_excluded_by:
        conditions += [promise.when, promise.answers, promise.in_place_of]
    for when in conditions:
        for name, value in when.items():
            if name in rulebook.question:
                named[name].update(starts(atom_of(rulebook.question[name], value)[0]))
    reviewed = Period(until=rulebook.metadata.reviewed_until)
    periods: list[tuple[str, Period]] = []
    if rulebook.metadata.date_question is not None:
        laws = [law.in_force for law in rulebook.sources.statutes]
        periods += [(rulebook.metadata.date_question, period) for period in (*laws, reviewed)]
    if rulebook.clock_question is not None:
        periods.append((rulebook.clock_question.id, reviewed))
    for asked, period in periods:
        low, high = (None if end is None else ordinal(end) for end in (period.start, period.until))
        named[asked].update(starts(Atom(node="", question=asked, low=low, high=high)))
    return {name: found for name, found in named.items() if rulebook.question[name].type.is_ordered}
