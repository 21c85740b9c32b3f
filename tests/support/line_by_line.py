"""The questionnaire line by line: in this process, or in its own with a pipe."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from assistant.assessment.assessor import Assessor
from assistant.plain.conversation import Conversation, Leave
from assistant.plain.line_io import LineIO
from assistant.rulebook.answer import Reply
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Question, QuestionType
from tests.support.project import ROOT

DMITRI = ROOT / "tests" / "scenarios" / "articles" / "dmitri.yaml"
ENDS: Final = ("", ".", "!", ",", " ", " …")
"""What may follow a typed answer."""


def choices(rulebook: Rulebook) -> list[Question]:
    return [question for question in rulebook.questions if question.type is QuestionType.CHOICE]


def conversation(assessor: Assessor, rulebook: Rulebook, typed: Iterable[str], width: int = 10_000) -> list[str]:
    return continued(assessor, rulebook, typed, None, width)


def continued(
    assessor: Assessor,
    rulebook: Rulebook,
    typed: Iterable[str],
    replies: Mapping[str, Reply] | None,
    width: int = 10_000,
) -> list[str]:
    """What is said when these lines are typed, to the end of them or to the command to leave."""
    lines: list[str] = []
    coming = iter(typed)

    def read() -> str:
        try:
            return next(coming)
        except StopIteration:
            raise EOFError from None

    try:
        Conversation(assessor, rulebook, LineIO(lines.append, read, width), replies).hold()
    except (EOFError, Leave):
        return lines
    raise AssertionError("a conversation ends by leaving, or with its input")


def piped(*words: str, typed: str | bytes = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--plain", *words],
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**environment, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
