"""The exit codes of the program. Those who call it from another rely on them: README.md lists them."""

from typing import Final

DONE: Final = 0
"""All went well, and everything is as expected; for ``diff``: nothing differs."""
FAILED: Final = 1
"""An expectation or a check failed; for ``diff``: something differs."""
BAD_INPUT: Final = 2
"""What was asked for, or a file, is not as it has to be; or the output cannot be written."""
ROWS_REJECTED: Final = 3
"""Some rows of a table were not evaluated; the others were."""
ENGINE_FAILED: Final = 4
"""The rules engine cannot evaluate the answers, or the rulebook."""
CRASHED: Final = 70
"""A mistake of the program itself (``EX_SOFTWARE`` of sysexits.h)."""
ENDED_BY_SIGNAL: Final = 128
"""To this is added the number of the signal."""
