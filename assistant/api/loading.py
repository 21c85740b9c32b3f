"""A rulebook from a folder, or the problems that keep it from being one."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from assistant.documents.problem import InputError, Problem
from assistant.rulebook import loader
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.language import LANGUAGES, _, speaking


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rulebook without any problem."""

    rulebook: Rulebook

    def or_raise(self) -> Rulebook:
        """Return the rulebook."""
        return self.rulebook


@dataclass(frozen=True, slots=True)
class Failed:
    """All the problems of a folder that is no sound rulebook: at least one, in the order of its files."""

    problems: tuple[Problem, ...]

    def or_raise(self) -> NoReturn:
        """Raise the problems.

        Raises:
            InputError: always.
        """
        raise InputError(self.problems)


def load_rulebook(folder: str | os.PathLike[str] | None = None, *, language: str = "en") -> Loaded | Failed:
    r"""Load and check the rulebook of a folder that has ``rules/`` in it; without one, the program's own.

    ``language`` is the code of the language of its texts, and of the reasons and problems that come later.

    >>> load_rulebook().or_raise().metadata.id
    'refusal-to-fight-russia'

    >>> match load_rulebook("nowhere"):
    ...     case Loaded(rulebook):
    ...         print(rulebook.metadata.title)
    ...     case Failed(problems):
    ...         print(*problems, sep="\n")
    nowhere: there is no such folder. Name a folder that has rules/ in it.
    """
    path = loader.default_folder() if folder is None else Path(folder)
    with speaking(language):
        rulebook = loader.load_rulebook(path)
        if isinstance(rulebook, tuple):
            return Failed(rulebook)
        spoken = sorted({*LANGUAGES, *rulebook.languages})
        if language not in spoken:
            message = _('there is no language "{language}". Available: {languages}.')
            message = message.format(language=language, languages=", ".join(spoken))
            return Failed((Problem.of_path(path, message),))
    return Loaded(in_language(rulebook, language))
