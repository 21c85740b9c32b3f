"""Factor common literals out of a disjunction of conjunctions, so that less is computed.

Strong Kleene logic is a distributive lattice: (a AND b) OR (a AND c) is a AND (b OR c), and a OR (a AND b) is a.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import reduce
from typing import TypeVar

from sqlglot import exp

_Literal = TypeVar("_Literal", bound=Hashable)


def factor(bodies: Sequence[Sequence[_Literal]], term: Callable[[_Literal], exp.Expr]) -> exp.Expr:
    """Return an expression that is true if all literals of a body are; ``term`` returns the expression of a literal.

    The most frequent literal is factored out, with all others that the same bodies share, and so on recursively.
    """
    if not all(bodies):  # a body without literals is true
        return exp.true()
    disjuncts: list[exp.Expr] = []
    left = list(bodies)
    while left:
        ((shared, _many),) = Counter(literal for body in left for literal in dict.fromkeys(body)).most_common(1)
        having = [body for body in left if shared in body]
        left = [body for body in left if shared not in body]
        everywhere = [literal for literal in dict.fromkeys(having[0]) if all(literal in body for body in having)]
        rest = factor([[each for each in body if each not in everywhere] for body in having], term)
        terms = [*map(term, everywhere), *([] if rest == exp.true() else [exp.paren(rest, copy=False)])]
        disjuncts.append(join(exp.And, terms))
    return join(exp.Or, disjuncts) if disjuncts else exp.false()


def join(connector: type[exp.Connector], terms: Sequence[exp.Expr]) -> exp.Expr:
    """Join one or more terms with AND or OR."""
    return reduce(lambda left, right: connector(this=left, expression=right), terms)
