"""What may follow, legally, when a soldier refuses to fight: rules, evidence and a questionnaire.

The names in ``__all__`` are the public Python API; ``docs/python-api.md`` shows how they are used. Each is imported
when it is first asked for, so that ``import assistant`` loads no library.
"""

import os
import sys

_MODULE_CACHE_BYTES = 64 * 1024 * 1024
"""Bytes: more than all compiled modules take."""


def _bytecode_may_be_cut_off() -> bool:
    """Return whether a limit or a full disk could make Python keep half of a compiled module.

    It then fails at every later start, too: ``importlib`` does not notice a short write (before Python 3.14).
    """
    try:
        import resource

        if 0 <= resource.getrlimit(resource.RLIMIT_FSIZE)[0] < _MODULE_CACHE_BYTES:
            return True
        disk = os.statvfs(__path__[0])
    except (ImportError, OSError):
        return False
    return disk.f_bavail * disk.f_frsize < _MODULE_CACHE_BYTES


if _bytecode_may_be_cut_off():  # here, before any other module is compiled
    sys.dont_write_bytecode = True

from importlib import import_module  # noqa: E402  # see above
from typing import TYPE_CHECKING, Any, Final  # noqa: E402

if TYPE_CHECKING:
    from assistant.api.assessing import Assessment, Assessor
    from assistant.api.explaining import Reason, Why
    from assistant.api.loading import Failed, Loaded, load_rulebook
    from assistant.api.tables import (
        EvaluatedRow,
        RejectedRow,
        RowProblem,
        TableEvaluation,
        TableSummary,
        evaluate_table,
    )
    from assistant.assessment.assessment import Status
    from assistant.documents.problem import EngineError, InputError, Place, Problem
    from assistant.explanation.derivation import Step
    from assistant.rulebook.model import Rulebook
    from assistant.rulebook.question import Answer
    from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet
    from assistant.scenarios.json_report import FindingReport

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assessment",
    "Assessor",
    "DateRange",
    "EngineError",
    "EvaluatedRow",
    "Failed",
    "FindingReport",
    "InputError",
    "Loaded",
    "NumberRange",
    "OptionSet",
    "Place",
    "Problem",
    "Reason",
    "RejectedRow",
    "RowProblem",
    "Rulebook",
    "Status",
    "Step",
    "TableEvaluation",
    "TableSummary",
    "Why",
    "__version__",
    "evaluate_table",
    "load_rulebook",
]

_NAMES_BY_MODULE: Final = {
    "assistant.api.assessing": ("Assessment", "Assessor"),
    "assistant.api.explaining": ("Reason", "Why"),
    "assistant.api.loading": ("Failed", "Loaded", "load_rulebook"),
    "assistant.api.tables": (
        "EvaluatedRow",
        "RejectedRow",
        "RowProblem",
        "TableEvaluation",
        "TableSummary",
        "evaluate_table",
    ),
    "assistant.assessment.assessor": ("Status",),
    "assistant.documents.problem": ("EngineError", "InputError", "Place", "Problem"),
    "assistant.explanation.derivation": ("Step",),
    "assistant.rulebook.model": ("Rulebook",),
    "assistant.rulebook.question": ("Answer",),
    "assistant.rulebook.ranges": ("DateRange", "NumberRange", "OptionSet"),
    "assistant.scenarios.json_report": ("FindingReport",),
}
"""Where each public name is found."""

if not TYPE_CHECKING:  # or it would tell a type checker that the package has every name

    def __getattr__(name: str) -> Any:
        """Return a name of the public API, which is imported only now (PEP 562).

        Raises:
            AttributeError: if the public API has no such name.
        """
        for module, names in _NAMES_BY_MODULE.items():
            if name in names:
                found = globals()[name] = getattr(import_module(module), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names of the module, those that are not imported yet included."""
    return sorted({*globals(), *__all__})
