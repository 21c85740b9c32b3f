"""The exit codes of the program. Other programs rely on them; README.md lists them."""

from typing import Final

DONE: Final = 0
"""Success, and everything is as expected; for ``diff``: nothing differs."""
FAILED: Final = 1
"""An expectation or a check failed; for ``diff``: something differs."""
BAD_INPUT: Final = 2
"""An argument or a file is invalid, or the output cannot be written."""
ROWS_REJECTED: Final = 3
"""Some rows of a table were rejected; the others were evaluated."""
ENGINE_FAILED: Final = 4
"""The rules engine cannot evaluate the answers, or the rulebook."""
CRASHED: Final = 70
"""An error in the program itself (``EX_SOFTWARE`` of sysexits.h)."""
ENDED_BY_SIGNAL: Final = 128
"""The base to which the number of the signal is added."""
