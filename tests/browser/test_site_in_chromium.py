"""The site in Chromium, opened from a folder: accessible, nothing fetched from elsewhere, no page too wide.

Run by ``.ci/run``; by hand: ``npm ci`` in this folder, then ``pytest tests/browser``, with Chromium installed.
"""

import asyncio
import base64
import contextlib
import functools
import json
import random
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.rulebook import Kind, Rulebook
from assistant.scenario import Scenario, load_scenarios
from assistant.site import build_site, write_site
from tests.browser.chromium import Tab, chromium
from tests.conftest import ROOT

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 768, 1280)
OF_EACH_KIND = 4
"""Pages of each kind and language that are looked at, beside every page that is the only one of its kind."""
CHECK = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => JSON.stringify(
    found.violations.map((each) => [each.id, each.nodes.map((node) => node.target.join(" ")).slice(0, 3)])))
"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, rulebook: Rulebook) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    found = load_scenarios(ROOT / "tests" / "scenarios" / "articles" / "dmitri.yaml", rulebook)
    scenarios = [each for each in found if isinstance(each, Scenario)]
    assert write_site(folder, build_site(rulebook, ROOT, scenarios)) is None
    return folder


@pytest.fixture(scope="module")
def sample(site: Path) -> list[Path]:
    """The pages that are the only ones of their kind, and some of all others: the longest, and others by chance."""
    chosen = [path for path in (site, site / "en", site / "ru") for path in sorted(path.glob("*.html"))]
    for folder in sorted(path for path in site.glob("*/*") if path.is_dir()):
        pages = sorted(folder.glob("*.html"), key=lambda page: -page.stat().st_size)
        chosen += [pages[0], *random.Random(7).sample(pages[1:], min(OF_EACH_KIND - 1, len(pages) - 1))]
    return chosen


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with chromium(tmp_path) as browser:
        yield await browser.tab()


async def seen(tab: Tab, page: Path) -> None:
    """Opens a page and waits until it is there."""
    await tab.open(page.as_uri())
    await tab.stands(f"location.href === {json.dumps(page.as_uri())} && document.readyState === 'complete'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_keeps_anybody_out(tab: Tab, sample: list[Path], scheme: str) -> None:
    await tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    axe = AXE.read_text("utf-8")
    found = {}
    for page in sample:
        await seen(tab, page)
        await tab.evaluate(axe)
        violations = json.loads(await tab.evaluate(CHECK))
        if violations:
            found["/".join(page.parts[-3:])] = violations
    assert found == {}


async def test_no_page_is_wider_than_its_window(tab: Tab, sample: list[Path]) -> None:
    found = []
    for width in WIDTHS:
        await tab.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        for page in sample:
            await seen(tab, page)
            if await tab.evaluate(TOO_WIDE):
                found.append((width, "/".join(page.parts[-3:])))
    assert found == []


async def test_nothing_is_asked_of_anything_but_the_folder(tab: Tab, sample: list[Path], site: Path) -> None:
    for page in sample:
        await seen(tab, page)
    addresses = [address for address in tab.addresses() if address != "about:blank"]
    assert addresses
    assert [address for address in addresses if not address.startswith(site.as_uri())] == []
    assert tab.complaints() == []


FOREIGN = """
const refused = new Set();
document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>x</p><img src='http://127.0.0.1:9/x.png'>");
const script = document.createElement("script");
script.textContent = "document.title = 'run'";
document.body.append(script);
const told = () => JSON.stringify([document.title === "run", [...refused].sort()]);
new Promise((resolve) => setTimeout(() => resolve(told()), 300))
"""
"""Puts into a page what a hole in it would let in, and tells whether it ran, and what was refused."""


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address of the site where a server has it in a folder of its own."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=site.parent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/{site.name}"
        server.shutdown()


@pytest.mark.parametrize("from_a_server", [False, True])
async def test_a_page_has_its_style_and_script_and_lets_no_other_in(
    tab: Tab, site: Path, served: str, from_a_server: bool
) -> None:
    root = served if from_a_server else site.as_uri()
    for page in ("index.html", "ru/findings.html", "en/article/bbc.html", "en/finding/uk332_2_1.html"):
        await tab.open(f"{root}/{page}")
        await tab.stands(f"location.href === '{root}/{page}' && document.readyState === 'complete'")
        assert await tab.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
        assert await tab.evaluate("!document.querySelector('form[hidden]')")
    assert tab.complaints() == []
    assert json.loads(await tab.evaluate(FOREIGN)) == [False, ["img-src", "script-src-elem", "style-src-attr"]]


SHOWN = "[...document.querySelectorAll('.entry:not([hidden])')].length"
TOLD = "document.querySelector('output').value"


async def choose(tab: Tab, **chosen: str) -> None:
    """Chooses in the form above a list, and types into its field."""
    for name, value in chosen.items():
        await tab.evaluate(
            f"(() => {{ const choice = document.querySelector('[name={name}], [type={name}]');"
            f"choice.value = {json.dumps(value)};"
            "choice.dispatchEvent(new Event('input', {bubbles: true})) })()"
        )


async def test_a_list_shows_what_is_looked_for_whatever_the_case(tab: Tab, site: Path) -> None:
    await seen(tab, site / "ru" / "findings.html")
    await choose(tab, search="НЕИСПОЛНЕНИЕ 332")
    shown = await tab.evaluate(SHOWN)
    assert 0 < shown < 10
    assert await tab.evaluate(TOLD) == f"Показано: {shown} из 78"
    assert await tab.evaluate("document.querySelector('output').ariaLive") == "polite"


async def test_a_list_is_narrowed_by_what_is_chosen_and_its_address_keeps_that_but_nothing_typed(
    tab: Tab, site: Path, rulebook: Rulebook
) -> None:
    await seen(tab, site / "en" / "rules.html")
    await choose(tab, kind="exposure", standing="contested")
    expected = [
        rule
        for rule in rulebook.rules
        if rule.contested
        and rule.concludes in rulebook.finding
        and rulebook.finding[rule.concludes].kind is Kind.EXPOSURE
    ]
    assert await tab.evaluate(TOLD) == f"Shown: {len(expected)} of {len(rulebook.rules)}"
    assert await tab.evaluate(SHOWN) == len(expected)
    assert await tab.evaluate("[...document.querySelectorAll('.group:not([hidden])')].length") < len(rulebook.findings)
    await choose(tab, search="absent")
    narrowed = await tab.evaluate(TOLD)
    assert await tab.evaluate("location.hash") == "#kind=exposure&standing=contested"
    assert await tab.evaluate("history.length") == 2  # the empty page, and this one once

    kept = (site / "en" / "rules.html").as_uri() + "#kind=exposure&standing=contested"
    await tab.open("about:blank")
    await tab.open(kept)
    await tab.stands("document.readyState === 'complete' && !!document.querySelector('output')")
    assert await tab.evaluate(SHOWN) == len(expected)
    assert await tab.evaluate(TOLD) != narrowed

    await tab.evaluate("document.querySelector('[type=reset]').click()")
    await tab.stands(f"{SHOWN} === {len(rulebook.rules)}")
    assert await tab.evaluate("location.href") == (site / "en" / "rules.html").as_uri()


async def test_a_list_is_narrowed_by_keys_alone(tab: Tab, site: Path) -> None:
    await seen(tab, site / "en" / "findings.html")
    await tab.evaluate("document.querySelector('[type=search]').focus()")
    await tab.press("Tab")
    assert await tab.evaluate("document.activeElement.name") == "kind"
    await tab.press("p")
    assert await tab.evaluate("document.activeElement.value") == "protection"
    protections = await tab.evaluate("[...document.querySelectorAll('[data-kind=protection]')].length")
    assert await tab.evaluate(SHOWN) == protections


async def test_without_scripts_a_page_is_whole(tab: Tab, site: Path) -> None:
    await tab.send("Emulation.setScriptExecutionDisabled", value=True)
    await tab.open((site / "en" / "findings.html").as_uri())
    text = ""
    for _attempt in range(200):
        with contextlib.suppress(RuntimeError):  # the page that was there is gone, and the next one not yet there
            document = await tab.send("DOM.getDocument", depth=0)
            text = (await tab.send("DOM.getOuterHTML", nodeId=document["root"]["nodeId"]))["outerHTML"]
        if "</footer>" in text:
            break
        await asyncio.sleep(0.05)
    assert text.count('class="entry"') == 78
    assert 'class="filter" data-list="findings" aria-label="Find a finding" hidden' in text


async def test_an_article_prints(tab: Tab, site: Path) -> None:
    await seen(tab, site / "ru" / "article" / "bbc.html")
    printed = base64.b64decode((await tab.send("Page.printToPDF", preferCSSPageSize=True))["data"])
    assert printed.startswith(b"%PDF-")
    assert 3 <= printed.count(b"/Type /Page\n") <= 20
