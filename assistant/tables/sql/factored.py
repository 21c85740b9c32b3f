"""A disjunction of conjunctions with what they share taken out, so that less is computed.

Strong Kleene logic is a distributive lattice: (a AND b) OR (a AND c) is a AND (b OR c), and a OR (a AND b) is a.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import reduce
from typing import TypeVar

from sqlglot import exp

_Literal = TypeVar("_Literal", bound=Hashable)


def factored(bodies: Sequence[Sequence[_Literal]], term: Callable[[_Literal], exp.Expr]) -> exp.Expr:
    """True where all literals of one of the bodies are; ``term`` makes a new expression of a literal.

    The literal that most bodies have is taken out of them, with whatever else they all have; and so on within.
    """
    if not all(bodies):  # a body without literals is true
        return exp.true()
    found: list[exp.Expr] = []
    left = list(bodies)
    while left:
        ((shared, _many),) = Counter(literal for body in left for literal in dict.fromkeys(body)).most_common(1)
        having = [body for body in left if shared in body]
        left = [body for body in left if shared not in body]
        everywhere = [literal for literal in dict.fromkeys(having[0]) if all(literal in body for body in having)]
        rest = factored([[each for each in body if each not in everywhere] for body in having], term)
        terms = [*map(term, everywhere), *([] if rest == exp.true() else [exp.paren(rest, copy=False)])]
        found.append(joined(exp.And, terms))
    return joined(exp.Or, found) if found else exp.false()


def joined(connector: type[exp.Connector], terms: Sequence[exp.Expr]) -> exp.Expr:
    """At least one term, with AND or OR between them."""
    return reduce(lambda left, right: connector(this=left, expression=right), terms)
