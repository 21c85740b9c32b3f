"""How long each key of the questionnaire takes until the screen stands: ``python benchmarks/actions.py``.

For the people of the scenarios, once they have said everything: opening each page, with all that it computes, and
drawing it. Milliseconds, median and 99th percentile; everything is to stay under a hundred. On the clock, and beside it
what the processor worked for it, which is the same on a machine that does something else as well.
"""

# ruff: noqa: INP001 - a script

import asyncio
import gc
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from textual.screen import Screen

from assistant.assessment.assessment import Status
from assistant.interview.state import Interview
from assistant.rulebook.evidence import Quotation, evidence
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.scenarios.replies import replies_of
from assistant.system.language import use_language
from assistant.tui.app import Questionnaire
from assistant.tui.pages.article_page import ArticlePage
from assistant.tui.pages.comparison_page import ComparisonPage
from assistant.tui.pages.finding_page import CHANGES, STEPS, FindingPage
from assistant.tui.pages.help_page import HelpPage
from assistant.tui.pages.main_page import MainPage
from assistant.tui.pages.overview_page import OverviewPage
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.pages.summary_page import SummaryPage
from assistant.tui.pages.timeline_page import TimelinePage
from assistant.tui.pages.what_if_page import WhatIfPage
from assistant.tui.pages.why_page import WhyPage
from assistant.tui.widgets.links import WhatIfLink
from tests.support.questions_asked import real_scenarios

SIZE: Final = (120, 36)
EVERY: Final = 8
"""Of so many scenarios one is taken."""
FINDINGS: Final = 3
"""Of each status, so many findings are opened."""


class Wait(NamedTuple):
    """Milliseconds of one action."""

    clock: float
    worked: float


class Waits:
    """Milliseconds by action."""

    def __init__(self, app: Questionnaire) -> None:
        self.app = app
        self.of: dict[str, list[Wait]] = defaultdict(list)

    async def measure(self, action: str, doing: Callable[[], Awaitable[object]]) -> None:
        """Does something, and waits until the screen shows it."""
        await self._drawn()
        clock, worked = time.perf_counter(), time.process_time()
        await doing()
        await self._drawn()
        self.of[action].append(Wait((time.perf_counter() - clock) * 1000, (time.process_time() - worked) * 1000))

    async def opening(self, action: str, page: Screen[Any]) -> None:
        """Opens a page."""
        await self.measure(action, lambda: self.app.open_page(page))

    async def _drawn(self) -> None:
        done = asyncio.Event()
        self.app.screen.call_after_refresh(done.set)
        await done.wait()


async def every_page(waits: Waits) -> None:
    """Opens every page that can be opened now, from the question and the findings."""
    app = waits.app
    interview = app.turn.interview
    for action, page in pages(app.rulebook, interview):
        await waits.opening(action, page)
        if isinstance(page, WhatIfPage):
            rows = page._blocks  # noqa: SLF001  # a person would look for the first that can be opened
            link = next((row.link for row in rows if isinstance(row.link, WhatIfLink)), None)
            if link is not None:
                await waits.opening("comparison", ComparisonPage(link.supposed))
        if isinstance(page, FindingPage):
            await waits.measure("every step", partial(unfold, page, STEPS))
            await waits.measure("smallest change", partial(unfold, page, CHANGES))
        if isinstance(page, ArticlePage):
            await waits.measure("next quotation", partial(done, page.action_quotation, 1))
            await waits.measure("read on", partial(done, page.action_step, 1))
        await waits.measure("close", app.close_pages)
    await waits.measure("language", lambda: app.run_action("language"))
    main = app.screen
    if isinstance(main, MainPage):
        await waits.measure("other panel", partial(done, main.action_switch))
        for _step in range(FINDINGS):
            await waits.measure("cursor moved", partial(done, main.action_move, "down"))


def pages(rulebook: Rulebook, interview: Interview) -> Iterator[tuple[str, Screen[Any]]]:
    """The pages, and what opening them is called."""
    yield "all questions", OverviewPage()
    yield "help", HelpPage()
    yield from (("why asked", WhyPage(question)) for question in list(interview.replies)[:FINDINGS])
    yield "what if", WhatIfPage()
    yield "what if, of one", WhatIfPage(next(iter(interview.replies)))
    yield "timeline", TimelinePage()
    yield "summary", SummaryPage()
    for status in Status:
        for found in interview.assessment.with_status(status)[:FINDINGS]:
            yield "finding", FindingPage(found.finding)
    for found in interview.assessment.findings:
        cited = evidence(rulebook, [rulebook.rule[ground.rule] for ground in found.grounds])
        quoted = [source for source in cited if isinstance(source, Quotation)]
        if quoted:
            yield "article", ArticlePage(quoted[0])
            break


async def done(action: Callable[..., None], *arguments: Any) -> None:
    """Does what is done at once."""
    action(*arguments)


async def unfold(page: ReadingPage, part: str) -> None:
    """Shows a part of a page."""
    page._unfolded ^= {part}  # noqa: SLF001  # as Enter on its heading does
    page.draw_body()


async def measured(rulebook: Rulebook) -> dict[str, list[Wait]]:
    """The waits of all actions."""
    use_language("en")
    waits: dict[str, list[Wait]] = defaultdict(list)
    for scenario in real_scenarios(rulebook, default_folder() / "tests" / "scenarios")[::EVERY]:
        gc.collect()  # what is left of the person before
        app = Questionnaire(rulebook, "en", replies_of(scenario))
        async with app.run_test(size=SIZE):
            here = Waits(app)
            if not app.turn.interview.assessment.contradictions:
                await every_page(here)
            for question, reply in list(app.turn.interview.replies.items())[:FINDINGS]:
                await here.measure("answer revised", partial(_reply, app, question, reply))
        for action, values in here.of.items():
            waits[action] += values
    return waits


async def _reply(app: Questionnaire, question: str, reply: Any) -> None:
    app.withdraw(question)
    app.reply(question, reply)


def main() -> int:
    """Tells the waits."""
    rulebook = load_rulebook(default_folder())
    if not isinstance(rulebook, Rulebook):
        return 2
    waits = asyncio.run(measured(rulebook))
    sys.stdout.write(f"{'ms':18} {'':5} {'on the clock':>15} {'worked':>15}\n")
    sys.stdout.write(f"{'':18} {'times':>5} {'median':>7} {'p99':>7} {'median':>7} {'p99':>7}\n")
    for action, values in waits.items():
        told = [f"{statistics.median(each):7.1f} {p99(each):7.1f}" for each in zip(*values, strict=True)]
        sys.stdout.write(f"{action:18} {len(values):5} {' '.join(told)}\n")
    return 0


def p99(values: Sequence[float]) -> float:
    """The value that one in a hundred exceeds."""
    return statistics.quantiles(values, n=100)[98]


if __name__ == "__main__":
    sys.exit(main())
