"""The paragraphs of a summary and their forms. The output format decides how they look."""

from enum import Enum

from assistant.documents.value import Value


class Form(str, Enum):
    """The form of a part of a summary."""

    TITLE = "title"
    NOTICE = "notice"
    HEADING = "heading"
    ANSWER = "answer"
    FINDING = "finding"
    TEXT = "text"
    ITEM = "item"
    CITATION = "citation"


LISTED = frozenset({Form.ANSWER, Form.ITEM})
"""The forms whose parts are items of lists."""


class Part(Value):
    """A paragraph of a summary. :mod:`assistant.publish.summary_format` decides how it looks."""

    form: Form
    text: str
    about: str = ""
    """The id of its finding; empty if it is about none."""


class Summary(Value):
    """A summary in one language."""

    language: str
    parts: tuple[Part, ...]
