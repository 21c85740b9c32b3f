"""Kleene's logic for languages that have only true and false: two rails, "it is true" and "it is false", for each node.

Neither is true of what is unknown. A conjunction is true if all its parts are, and false if one of them is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.rulebook.program import CONTRADICTION, Atom, Clause, Program, SignedNode


class Rails(NamedTuple):
    """Two terms in some language."""

    true: str
    false: str


class Language(NamedTuple):
    """The words in which languages differ; both write ``and``, ``or``, ``==``, ``>=`` and lists alike.

    ``equals`` and ``differs`` compare with a constant; ``variable`` stands before a name that a step has set.
    """

    constants: Rails
    null: str
    equals: str
    differs: str
    negation: str
    variable: str = ""


class Step(NamedTuple):
    """One variable and the term that it is set to; a step uses only variables of steps before it."""

    name: str
    term: str


class Compiled(NamedTuple):
    """The steps of a program in their order, the rails of every node after them, and the term of contradiction."""

    steps: list[Step]
    rails: dict[str, Rails]
    contradictory: str


def compiled(program: Program, language: Language) -> Compiled:
    """The program in a language where the answer to the question with the number 3 is called ``q3``.

    A yes/no answer is its own test and takes no step.
    """
    number = {question: at for at, question in enumerate(program.questions)}
    steps: list[Step] = []
    rails: dict[str, Rails] = {}

    def set_rails(node: str, at: str, true: str, false: str) -> None:
        names = Rails(f"true_{at}", f"false_{at}")
        steps.extend([Step(names.true, true), Step(names.false, false.format(true=language.variable + names.true))])
        rails[node] = Rails(*(language.variable + name for name in names))

    for at, atom in enumerate(program.atoms.values()):
        answer = f"q{number[atom.question]}"
        if atom.values == (True,):
            rails[atom.node] = Rails(*(f"{answer} {language.equals} {constant}" for constant in language.constants))
        else:
            known = f"{answer} {language.differs} {language.null}"
            otherwise = f"{known} and {language.negation}{{true}}"
            set_rails(atom.node, f"test_{at}", f"{known} and {_passes(atom, answer)}", otherwise)
    for at, head in enumerate(program.heads):
        set_rails(head, f"head_{at}", *_conclusion(program.clauses[head], rails, language.constants))
    wrong = [rails[head].true for head in program.heads if head.startswith(CONTRADICTION)]
    return Compiled(steps, rails, _joined(wrong, "or", language.constants.false))


def _conclusion(clauses: Sequence[Clause], rails: dict[str, Rails], constants: Rails) -> Rails:
    bodies = [[_literal(rails, literal) for literal in clause.body] for clause in clauses]
    holding = [
        _joined([each.true for each in body], "and", constants.true)
        for clause, body in zip(clauses, bodies, strict=True)
        if not clause.contested
    ]
    failing = [_joined([each.false for each in body], "or", constants.false) for body in bodies]
    return Rails(_joined(holding, "or", constants.false), _joined(failing, "and", constants.true))


def _literal(rails: dict[str, Rails], literal: SignedNode) -> Rails:
    known = rails[literal.node]
    return known if literal.holds else Rails(known.false, known.true)


def _passes(atom: Atom, answer: str) -> str:
    if atom.values:
        texts = ", ".join(f"'{value}'" for value in atom.values)
        return f"{answer} == {texts}" if len(atom.values) == 1 else f"({answer} in [{texts}])"
    bounds = ((">=", atom.low), ("<=", atom.high))
    return _joined([f"{answer} {sign} {bound}" for sign, bound in bounds if bound is not None], "and", "1 == 1")


def _joined(terms: Sequence[str], connector: str, empty: str) -> str:
    return f"({f' {connector} '.join(terms)})" if terms else empty
