"""What a summary is made of: paragraphs, each with what it is. How they look is for the format to say."""

from enum import Enum

from assistant.documents.value import Value


class Form(str, Enum):
    """What a part of a summary is."""

    TITLE = "title"
    NOTICE = "notice"
    HEADING = "heading"
    ANSWER = "answer"
    FINDING = "finding"
    TEXT = "text"
    ITEM = "item"
    CITATION = "citation"


LISTED = frozenset({Form.ANSWER, Form.ITEM})
"""The forms whose parts stand in lists."""


class Part(Value):
    """A paragraph of a summary. How it looks is the business of :mod:`assistant.publish.summary_format`."""

    form: Form
    text: str
    about: str = ""
    """The finding that it tells of, if it tells of one."""


class Summary(Value):
    """A summary in a language."""

    language: str
    parts: tuple[Part, ...]
