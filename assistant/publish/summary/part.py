"""The paragraphs of a summary and their forms. The output format decides how they look."""

from enum import Enum
from typing import NamedTuple

from assistant.system.message import Phrase
from assistant.system.message import text as text_of


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


LIST_FORMS = frozenset({Form.ANSWER, Form.ITEM})
"""The forms whose parts are items of lists."""


class Part(NamedTuple):
    """A paragraph of a summary. :mod:`assistant.publish.summary_format` decides how it looks."""

    form: Form
    phrase: Phrase
    about: str = ""
    """The id of its finding; empty if it is about none."""

    @property
    def text(self) -> str:
        """The paragraph in the current language."""
        return text_of(self.phrase)


class Summary(NamedTuple):
    """A summary in one language."""

    language: str
    parts: tuple[Part, ...]
