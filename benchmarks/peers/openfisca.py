"""OpenFisca-Core: a variable for each side of each node, with formulas over numpy arrays."""

from collections.abc import Callable
from functools import reduce
from operator import and_, ge, le, or_
from typing import Any

import numpy
import polars
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from assistant.rulebook.program import CONTRADICTION, Atom, Program, SignedNode
from assistant.rulebook.question import QuestionType
from benchmarks.peers.task import CONTRADICTORY, Ready, Task, as_numbers

_WHEN = "2022"
_BLOCK = 50_000
"""Rows at once: with more, the arrays leave the processor's caches and all becomes slower."""


def ready(task: Task, answers: polars.DataFrame) -> Ready:
    """Rows as arrays of numpy, which OpenFisca takes as they are."""
    system = _System(task.program)
    blocks = [system.inputs(answers.slice(at, _BLOCK)) for at in range(0, len(answers), _BLOCK)]
    names = [each for finding in task.findings for each in system.head(finding)]
    names += [system.head(head)[0] for head in task.program.heads if head.startswith(CONTRADICTION)]

    def run() -> list[dict[str, Any]]:
        return [system.calculated(block, names) for block in blocks]

    def truths(result: list[dict[str, Any]]) -> polars.DataFrame:
        return polars.concat([system.truths(block, task.findings) for block in result])

    return Ready(run, truths)


class _System:
    """The program as a system of OpenFisca. A question has two variables, and so has everything that is true or false.

    Yes/no: ``q3`` and ``q3_not``. Else ``q3``, an option's number, a number or a day, and ``q3_known``.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._question = {question: f"q{at}" for at, question in enumerate(program.questions)}
        self._atom = {node: (f"t{at}", f"f{at}") for at, node in enumerate(program.atoms)}
        self._head = {head: (f"h{at}", f"n{at}") for at, head in enumerate(program.heads)}
        self._entity = build_entity(key="person", plural="persons", label="", is_person=True)
        self._system = TaxBenefitSystem([self._entity])
        for name, formula, value_type in self._variables():
            attributes = {"value_type": value_type, "entity": self._entity, "definition_period": DateUnit.YEAR}
            given = attributes if formula is None else {**attributes, "formula": formula}
            self._system.add_variable(type(name, (Variable,), given))

    def head(self, head: str) -> tuple[str, str]:
        """The variables that say whether a head is true, and whether it is false."""
        return self._head[head]

    def inputs(self, answers: polars.DataFrame) -> dict[str, Any]:
        """The variables that answers set."""
        frame, given = as_numbers(answers), {}
        for question, name in self._question.items():
            column, kind = frame[question], self._program.questions[question]
            if kind is QuestionType.YES_NO:
                given[name] = column.fill_null(value=False).to_numpy()
                given[f"{name}_not"] = (~column).fill_null(value=False).to_numpy()
                continue
            if kind is QuestionType.CHOICE:
                column = column.cast(polars.Enum(self._program.options[question])).to_physical()
            given[name] = column.fill_null(0).to_numpy().astype(numpy.int32)
            given[f"{name}_known"] = column.is_not_null().to_numpy()
        return given

    def calculated(self, given: dict[str, Any], names: list[str]) -> dict[str, Any]:
        """The values of some variables, from those that are given."""
        simulation = SimulationBuilder().build_default_simulation(self._system, len(next(iter(given.values()))))
        for name, values in given.items():
            simulation.set_input(name, _WHEN, values)
        return {name: simulation.calculate(name, _WHEN) for name in names}

    def truths(self, block: dict[str, Any], findings: tuple[str, ...]) -> polars.DataFrame:
        """What was calculated, as every peer tells it."""
        wrong = [block[self._head[head][0]] for head in self._program.heads if head.startswith(CONTRADICTION)]
        columns = {CONTRADICTORY: polars.Series(reduce(or_, wrong))}
        for finding in findings:
            true, false = (polars.Series(block[name]) for name in self._head[finding])
            columns[finding] = true.zip_with(true | false, polars.Series([None], dtype=polars.Boolean))
        return polars.DataFrame(columns)

    def _variables(self) -> "list[tuple[str, Callable[..., Any] | None, type]]":
        variables: list[tuple[str, Callable[..., Any] | None, type]] = []
        for question, name in self._question.items():
            yes_no = self._program.questions[question] is QuestionType.YES_NO
            variables.append((name, None, bool if yes_no else int))
            variables.append((f"{name}_not" if yes_no else f"{name}_known", None, bool))
        for atom in self._program.atoms.values():
            if atom.values != (True,):
                (true, false), asked = self._atom[atom.node], self._question[atom.question]
                variables.append((true, _passing(self._test(atom), asked), bool))
                variables.append((false, _failing(true, asked), bool))
        for head, (true, false) in self._head.items():
            clauses = self._program.clauses[head]
            rails = [[self._rails(literal) for literal in clause.body] for clause in clauses]
            holding = [
                [rail[0] for rail in body] for body, clause in zip(rails, clauses, strict=True) if not clause.contested
            ]
            variables.append((true, _combined(holding, or_, and_, False), bool))
            variables.append((false, _combined([[rail[1] for rail in body] for body in rails], and_, or_, True), bool))
        return variables

    def _rails(self, literal: SignedNode) -> tuple[str, str]:
        atom = self._program.atoms.get(literal.node)
        if atom is None:
            true, false = self._head[literal.node]
        elif atom.values == (True,):
            true = self._question[atom.question]
            false = f"{true}_not"
        else:
            true, false = self._atom[literal.node]
        return (true, false) if literal.holds else (false, true)

    def _test(self, atom: Atom) -> Callable[[Any], Any]:
        if atom.values:
            options = self._program.options[atom.question]
            numbers = [options.index(str(value)) for value in atom.values]
            return lambda answer: reduce(or_, (answer == number for number in numbers))
        bounds = [(compare, bound) for compare, bound in ((ge, atom.low), (le, atom.high)) if bound is not None]
        return lambda answer: reduce(and_, (compare(answer, bound) for compare, bound in bounds))


def _passing(test: Callable[[Any], Any], asked: str) -> Callable[..., Any]:
    def formula(persons: Any, period: Any) -> Any:
        return persons(f"{asked}_known", period) & test(persons(asked, period))

    return formula


def _failing(true: str, asked: str) -> Callable[..., Any]:
    def formula(persons: Any, period: Any) -> Any:
        return persons(f"{asked}_known", period) & ~persons(true, period)

    return formula


def _combined(
    terms: list[list[str]], outer: Callable[[Any, Any], Any], inner: Callable[[Any, Any], Any], empty: bool
) -> Callable[..., Any]:
    """A disjunction of conjunctions, or the other way round; ``empty`` is what the outer is without any part."""

    def formula(persons: Any, period: Any) -> Any:
        def part(names: list[str]) -> Any:
            values = [persons(name, period) for name in names]
            return reduce(inner, values) if values else numpy.full(persons.count, not empty)

        return reduce(outer, map(part, terms)) if terms else numpy.full(persons.count, empty)

    return formula
