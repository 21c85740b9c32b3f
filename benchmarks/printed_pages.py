"""How many A4 pages the summary for a lawyer takes, printed by a browser: ``python benchmarks/printed_pages.py``.

Interviews from the first answer to the last, with whatever makes most findings apply. Fails if one takes more than two.
Needs Chromium, and pdfinfo of poppler-utils.
"""

# ruff: noqa: INP001 - a script

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.timeline import timeline
from assistant.publish.summary import summary
from assistant.publish.summary_format import summary_html
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.language import LANGUAGES, use_language
from tests.support.interviews import interviews

MAX_PAGES: Final = 2


def printed_pages(page: str, browser: str) -> int:
    """How many pages a browser prints of a page of HTML."""
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        command = [
            *(browser, *options, f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"),
            *(f"--print-to-pdf={printed}", source.as_uri()),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603  # our own page
        asked = ["pdfinfo", str(printed)]
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout  # noqa: S603  # as above
    found = re.search(r"^Pages: +(\d+)$", told, re.MULTILINE)
    return int(found[1]) if found else 0


def main() -> int:
    """Tells the pages of every interview in every language."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    rulebook = load_rulebook(default_folder())
    if browser is None or not isinstance(rulebook, Rulebook):
        sys.stderr.write("Chromium is needed, and a rulebook that loads.\n")
        return 2
    assessor, most = Assessor(rulebook), 0
    for language in LANGUAGES:
        use_language(language)
        book = in_language(rulebook, language)
        for interview in interviews(assessor):
            told = summary(book, interview, timeline(assessor, interview.answers))
            pages = printed_pages(summary_html(told), browser)
            most = max(most, pages)
            applies = len(interview.assessment.with_status(Status.ESTABLISHED))
            sys.stdout.write(f"{language} {len(interview.replies):2} replies, {applies:2} apply: {pages} pages\n")
    return int(not 0 < most <= MAX_PAGES)


if __name__ == "__main__":
    sys.exit(main())
