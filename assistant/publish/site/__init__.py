"""The rulebook as a static site: what every rule says, which words support it, and what it leads to.

Pages refer to each other by relative links alone, so that a folder of them opens from a memory stick.
"""

from assistant.publish.site.building import build_site
from assistant.publish.site.folder import write_site

__all__ = ["build_site", "write_site"]
