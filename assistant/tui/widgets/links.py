"""Links: what a place on a page opens. The conversation knows how to open it."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from assistant.rulebook.evidence import Quotation
from assistant.rulebook.question import Answer

Supposed: TypeAlias = tuple[tuple[str, Answer], ...]
"""Pairs of a question and a supposed answer."""


class QuestionLink(NamedTuple):
    """Opens a question."""

    question: str


class FindingLink(NamedTuple):
    """Opens a finding, as it is, or as it would be with supposed answers."""

    finding: str
    supposed: Supposed = ()


class WhatIfLink(NamedTuple):
    """Opens the comparison with supposed answers."""

    supposed: Supposed


class Fold(NamedTuple):
    """Shows or hides a part of the page."""

    part: str


class ReplyLink(NamedTuple):
    """Includes a reply in the summary, or leaves it out."""

    question: str


class Command(NamedTuple):
    """Runs a command of the page itself."""

    name: str


Link: TypeAlias = Quotation | QuestionLink | FindingLink | WhatIfLink | Fold | ReplyLink | Command


def supposing(answers: Mapping[str, Answer]) -> Supposed:
    """Return answers in the form that links contain."""
    return tuple(answers.items())
