"""Text that stands for itself in a page: no character of it is markup."""

import re
from typing import Final

_MARKED: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|&~$:@=])")


def markdown(text: str) -> str:
    """The text in one line of Markdown (CommonMark)."""
    return _MARKED.sub(r"\\\1", " ".join(text.split()))
