"""The order of the variables of decision diagrams, which decides how large these are.

Every diagram is cut down to the answers that do not contradict each other. So it stays small if questions whose answers
can contradict each other are neighbours.
"""

from collections.abc import Collection, Iterable, Sequence
from statistics import fmean
from typing import Final

from assistant.rulebook.program import CONTRADICTION, Program, Valuation, open_questions

ROUNDS: Final = 100
"""At most; it ends when the order does not change any more."""


def constrained_together(programs: Iterable[Program]) -> list[tuple[str, ...]]:
    """Return the groups of questions that an impossible combination or a formula names together."""
    groups: list[tuple[str, ...]] = []
    for program in programs:
        questions = open_questions(program, Valuation(nodes={}, clauses={}))
        groups += (group for head, group in questions.items() if head.startswith(CONTRADICTION))
        for each in program.computed:
            groups += ((each.question, *compiled.formula.inputs) for compiled in each.formulas)
    return groups


def force_order(names: Sequence[str], groups: Iterable[Collection[str]]) -> list[str]:
    """Return the names in an order in which the names of each group are near each other.

    This is the heuristic FORCE (Aloul, Markov and Sakallah 2003): again and again, each name moves to the mean of the
    centres of its groups. The order with the smallest sum of distances between the ends of groups is returned.
    """
    known = set(names)
    edges = [edge for group in groups if len(edge := known.intersection(group)) > 1]
    best = order = list(names)
    place = {name: float(at) for at, name in enumerate(names)}
    for _round in range(ROUNDS if edges else 0):
        centres: dict[str, list[float]] = {name: [] for name in names}
        for edge in edges:
            centre = fmean(place[name] for name in edge)
            for name in edge:
                centres[name].append(centre)
        wanted = {name: fmean(pulls) if pulls else place[name] for name, pulls in centres.items()}
        before, order = order, sorted(order, key=wanted.__getitem__)
        if order == before:
            break
        place = {name: float(at) for at, name in enumerate(order)}
        best = min(best, order, key=lambda each: _span(each, edges))
    return best


def _span(order: Sequence[str], edges: Iterable[Collection[str]]) -> int:
    place = {name: at for at, name in enumerate(order)}
    return sum(max(place[name] for name in edge) - min(place[name] for name in edge) for edge in edges)
