"""What a place on a page leads to. Where that is, only the conversation knows."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from assistant.rulebook.evidence import Quotation
from assistant.rulebook.question import Answer

Supposed: TypeAlias = tuple[tuple[str, Answer], ...]
"""Answers that are only supposed, by question."""


class QuestionLink(NamedTuple):
    """Leads to a question."""

    question: str


class FindingLink(NamedTuple):
    """Leads to a finding, as it is, or as it would be if some answers were others."""

    finding: str
    supposed: Supposed = ()


class WhatIfLink(NamedTuple):
    """Leads to what would differ if some answers were others."""

    supposed: Supposed


class Fold(NamedTuple):
    """Shows a part of the page, or hides it."""

    part: str


class ReplyLink(NamedTuple):
    """Takes a reply into something, or out of it."""

    question: str


class Command(NamedTuple):
    """Does something that only the page itself knows."""

    name: str


Link: TypeAlias = Quotation | QuestionLink | FindingLink | WhatIfLink | Fold | ReplyLink | Command


def supposing(answers: Mapping[str, Answer]) -> Supposed:
    """Answers as a link holds them."""
    return tuple(answers.items())
