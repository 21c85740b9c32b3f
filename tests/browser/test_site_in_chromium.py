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
from collections.abc import AsyncIterator, Iterable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.assessment.assessor import Assessor
from assistant.publish.site import build_site, write_site
from assistant.rulebook.finding import Kind
from assistant.rulebook.model import Rulebook
from assistant.scenarios.evaluation import Evaluated, evaluate_files
from tests.browser.chromium import Chromium, Tab, chromium
from tests.support.hostile_rulebook import sound_saying
from tests.support.project import ROOT

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 768, 1280, 1920)
OF_EACH_KIND = 4
"""Pages of each kind and language in a sample, beside every page that is the only one of its kind."""
TABS = 3
"""Pages looked at at once."""
CHECK = f"""{AXE.read_text("utf-8") if AXE.exists() else ""};
axe.run(document, {{resultTypes: ["violations"]}}).then((found) => JSON.stringify(
    found.violations.map((each) => [each.id, each.nodes.map((node) => node.target.join(" ")).slice(0, 3)])))
"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OUTSIDE_ITS_BOX = """
JSON.stringify([...document.querySelectorAll(".box")].filter((box) => {
    const [frame, text] = [box.querySelector("rect").getBBox(), box.querySelector("text").getBBox()];
    const right = Math.max(...[...box.querySelectorAll("tspan")].map(
        (line) => Number(line.getAttribute("x")) + line.getComputedTextLength()));
    return right > frame.x + frame.width - 2 || text.y < frame.y || text.y + text.height > frame.y + frame.height;
}).map((box) => box.textContent))
"""
BLANK = """
[...document.querySelectorAll(".scroll")].some((graph) => {
    const { left, top, right } = graph.getBoundingClientRect();
    return ![...graph.querySelectorAll("rect")].map((box) => box.getBoundingClientRect()).some(
        (box) => box.left >= left && box.right <= right && box.top - top < 300);
})
"""
"""Whether a graph opens on a part without a whole box."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, rulebook: Rulebook) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    found = evaluate_files(Assessor(rulebook), [ROOT / "tests" / "scenarios" / "articles" / "dmitri.yaml"])
    cases = [(each.scenario, each.assessment) for each in found if isinstance(each, Evaluated)]
    assert write_site(folder, build_site(rulebook, ROOT, cases)) is None
    return folder


def sample_of(site: Path, of_each_kind: int) -> list[Path]:
    """The pages that are the only ones of their kind, and some of all others: the longest, and others by chance."""
    chosen = [path for path in (site, site / "en", site / "ru") for path in sorted(path.glob("*.html"))]
    for folder in sorted(path for path in site.glob("*/*") if path.is_dir()):
        pages = sorted(folder.glob("*.html"), key=lambda page: -page.stat().st_size)
        chosen += [pages[0], *random.Random(7).sample(pages[1:], min(of_each_kind - 1, len(pages) - 1))]
    return chosen


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def sample(site: Path) -> list[Path]:
    return sample_of(site, OF_EACH_KIND)


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Chromium]:
    async with chromium(tmp_path) as started:
        yield started


@pytest.fixture
async def tab(browser: Chromium) -> Tab:
    return await browser.tab()


async def seen(tab: Tab, page: Path) -> None:
    """Opens a page and waits until it is there."""
    await tab.open(page.as_uri())
    await tab.stands(f"location.href === {json.dumps(page.as_uri())} && document.readyState === 'complete'")


async def found_on(
    browser: Chromium, pages: Iterable[Path], script: str, *, width: int = 1280, scheme: str = "light"
) -> dict[str, Any]:
    """What a script finds on pages where it finds something, in several tabs at once."""
    waiting, found = iter(pages), dict[str, Any]()

    async def look(tab: Tab) -> None:
        await tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for page in waiting:
            await seen(tab, page)
            told = await tab.evaluate(script)
            if told and told != "[]":
                found["/".join(page.parts[-3:])] = told

    await asyncio.gather(*[look(await browser.tab(width)) for _each in range(TABS)])
    return found


async def test_no_page_keeps_anybody_out(browser: Chromium, pages: list[Path]) -> None:
    assert len(pages) > 800
    assert await found_on(browser, pages, CHECK) == {}


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("dark", 320), ("light", 320)])
async def test_no_page_keeps_anybody_out_in_the_dark_or_in_a_small_window(
    browser: Chromium, site: Path, scheme: str, width: int
) -> None:
    assert await found_on(browser, sample_of(site, 2), CHECK, width=width, scheme=scheme) == {}


async def test_a_page_that_keeps_somebody_out_is_noticed(browser: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html><body><img src='x.png'></body></html>", "utf-8")
    (told,) = (await found_on(browser, [page], CHECK)).values()
    assert {"html-has-lang", "image-alt"} <= {name for name, _nodes in json.loads(told)}


@pytest.mark.parametrize("width", WIDTHS)
async def test_no_page_is_wider_than_its_window_and_every_graph_opens_on_a_box(
    browser: Chromium, sample: list[Path], width: int
) -> None:
    assert await found_on(browser, sample, f"{TOO_WIDE} || {BLANK}", width=width) == {}


async def test_in_a_graph_no_text_goes_beyond_its_box(browser: Chromium, pages: list[Path]) -> None:
    with_a_graph = [page for page in pages if page.parent.name in {"finding", "fact"}]
    assert len(with_a_graph) > 180
    assert await found_on(browser, with_a_graph, OUTSIDE_ITS_BOX) == {}


@pytest.mark.parametrize("word", ["W" * 300, "مرحبا" * 60])
async def test_a_word_of_any_length_stays_in_its_window_and_its_box(
    browser: Chromium, tmp_path: Path, word: str
) -> None:
    folder = tmp_path / "site"
    assert write_site(folder, build_site(sound_saying(word, tmp_path / "rulebook"), tmp_path / "rulebook")) is None
    pages = sample_of(folder, 9)
    assert await found_on(browser, pages, TOO_WIDE, width=320) == {}
    assert await found_on(browser, pages, OUTSIDE_ITS_BOX) == {}


async def test_a_graph_is_scrolled_by_keys(browser: Chromium, site: Path) -> None:
    tab = await browser.tab(320)
    await seen(tab, site / "ru" / "finding" / "uk332_2_2.html")
    region = "document.querySelector('.scroll')"
    assert (
        await tab.evaluate(f"{region}.getAttribute('role') + ' ' + {region}.ariaLabel") == "region Как решается вывод"
    )
    await tab.evaluate(f"{region}.focus()")
    await tab.press("ArrowRight")
    await tab.stands(f"{region}.scrollLeft > 20")


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


async def test_a_list_shows_what_is_looked_for_whatever_the_case(tab: Tab, site: Path, rulebook: Rulebook) -> None:
    await seen(tab, site / "ru" / "findings.html")
    await choose(tab, search="НЕИСПОЛНЕНИЕ 332")
    shown = await tab.evaluate(SHOWN)
    assert 0 < shown < 10
    assert await tab.evaluate(TOLD) == f"Показано: {shown} из {len(rulebook.findings)}"
    assert await tab.evaluate("document.querySelector('output').ariaLive") == "polite"


async def test_a_list_is_narrowed_by_what_is_chosen_and_its_address_keeps_that_but_nothing_typed(
    tab: Tab, site: Path, rulebook: Rulebook
) -> None:
    await seen(tab, site / "en" / "rules.html")
    await choose(tab, kind="exposure", standing="contested")
    # A rule is listed under each of its conclusions.
    listed = [(rule, head) for rule in rulebook.rules for head in rule.heads]
    expected = [
        rule
        for rule, head in listed
        if rule.contested and head in rulebook.finding and rulebook.finding[head].kind is Kind.EXPOSURE
    ]
    assert await tab.evaluate(TOLD) == f"Shown: {len(expected)} of {len(listed)}"
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
    await tab.stands(f"{SHOWN} === {len(listed)}")
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


async def test_without_scripts_a_page_is_whole(tab: Tab, site: Path, rulebook: Rulebook) -> None:
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
    assert text.count('class="entry"') == len(rulebook.findings)
    assert 'class="filter" data-list="findings" aria-label="Find a finding" hidden' in text


CLIPPED = """
JSON.stringify([...document.querySelectorAll("body *")].filter((each) => getComputedStyle(each).overflowX !== "visible"
    && each.clientWidth > 1 && each.scrollWidth > each.clientWidth).map((each) => each.outerHTML))
"""
WORDS = """
[...document.querySelectorAll(".hidden")].forEach((each) => each.remove());
document.body.innerText
"""


async def test_on_paper_every_word_is_there_and_nothing_is_cut_off(tab: Tab, site: Path, tmp_path: Path) -> None:
    await tab.send("Emulation.setEmulatedMedia", media="print")
    size = {"width": 670, "height": 900, "deviceScaleFactor": 1, "mobile": False}  # between the margins of A4
    await tab.send("Emulation.setDeviceMetricsOverride", **size)
    for page in sample_of(site, 1):
        await seen(tab, page)
        assert not await tab.evaluate(TOO_WIDE), page
        assert await tab.evaluate(CLIPPED) == "[]", page
        printed = tmp_path / "page.pdf"
        a4 = {"paperWidth": 8.27, "paperHeight": 11.69}
        printed.write_bytes(base64.b64decode((await tab.send("Page.printToPDF", **a4))["data"]))
        reader = await asyncio.create_subprocess_exec("pdftotext", printed, "-", stdout=asyncio.subprocess.PIPE)
        told, _none = await reader.communicate()
        on_paper = "".join(told.decode().replace("-", "").split())  # at the end of a line pdftotext leaves them out
        words = (await tab.evaluate(WORDS)).replace("-", "").split()
        assert words
        assert [word for word in words if word not in on_paper] == [], page
