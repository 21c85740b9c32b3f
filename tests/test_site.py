"""The site: every page and link of it, the way from each sentence to its words, and text that stays text."""

import re
import textwrap
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from assistant.analysis.coverage import paragraph_coverage
from assistant.publish.site import build_site
from assistant.publish.site.address import address_of, address_of_paragraph
from assistant.publish.site.graph import MAX_RULES, graph_of
from assistant.publish.site.marking import Paragraph, Piece
from assistant.publish.site.strip import strip
from assistant.rulebook.identifier import identifier, paragraph_identifier, things
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.rulebook.vocabulary import Period
from tests.support import random_rulebooks
from tests.support.hostile_rulebook import sound_saying
from tests.support.project import ABSENT, ROOT, SOUND, Run
from tests.support.site_reader import Element, Site

OUTSIDE = re.compile(
    r"(?:href|src|action|srcset|data)\s*=\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:|//)|url\((?!#)|@import|https?://"
)
"""What would lead, or fetch, from anywhere but the site itself."""


@pytest.fixture(scope="module")
def site(rulebook: Rulebook) -> Site:
    """The site of the rulebook that the program comes with, in both languages."""
    return Site(build_site(rulebook, ROOT))


@pytest.fixture(scope="module")
def small_site(sound: Rulebook) -> Site:
    return Site(build_site(sound, SOUND))


def test_a_rule_may_hold_from_the_first_to_the_last_day_of_the_calendar(sound: Rulebook) -> None:
    period = Period(start=date.min, until=date.max)
    always = [each.model_copy(update={"in_force": period}) for each in sound.rules]
    site = Site(build_site(sound.replacing(rules=tuple(always)), SOUND))
    assert "from 01.01.0001 to 31.12.9999" in site.pages["en/rule/nobody-was.html"].root.text
    assert "day/" not in " ".join(site.pages["en/timeline.html"].anchors)


def test_an_article_says_how_many_of_its_paragraphs_are_quoted(site: Site, rulebook: Rulebook) -> None:
    for article in rulebook.sources.articles:
        quoted = sum(bool(each.passages) for each in paragraph_coverage(rulebook) if each.article == article.id)
        text = site.pages[f"en/{address_of(article)}"].root.text
        assert f"of the text is quoted by rules, in {quoted} paragraph" in text


def test_in_the_strip_of_an_article_no_paragraph_is_too_short_to_be_hit() -> None:
    lengths = (1, 10_000, 5)
    parts = strip([Paragraph(line=at, pieces=(Piece(text="x" * length),)) for at, length in enumerate(lengths)])
    assert min(part.width for part in parts) > 0.3
    assert sum(part.width for part in parts) == pytest.approx(100)
    assert [part.begin for part in parts[1:]] == [pytest.approx(part.begin + part.width) for part in parts[:-1]]


def test_a_graph_with_very_many_rules_shows_those_alone_that_decide() -> None:
    grounds = [random_rulebooks.rule(f"r{at}", "z", {"derived": True}) for at in range(MAX_RULES)]
    first = random_rulebooks.rule("first", "derived", {"a": True})
    book = random_rulebooks.rulebook([random_rulebooks.question("a")], [first, *grounds], ["derived"])
    assert [node.node for node in graph_of(book, "z").nodes if node.folded] == ["derived"]
    fewer = book.replacing(rules=book.rules[:-1])
    assert [node.node for node in graph_of(fewer, "z").nodes if node.folded] == []


def test_every_link_leads_to_a_page_and_an_anchor_of_the_site(site: Site, small_site: Site) -> None:
    assert site.broken_links() == []
    assert small_site.broken_links() == []


def test_no_anchor_stands_twice_on_a_page(site: Site) -> None:
    assert [path for path, page in site.pages.items() if len(set(page.anchors)) < len(page.anchors)] == []


def test_nothing_leads_or_fetches_from_outside(site: Site) -> None:
    found = {path: match[0] for path, text in site.files.items() if (match := OUTSIDE.search(text))}
    assert found == {}


def test_a_page_forbids_everything_but_the_style_and_the_script_beside_it(site: Site) -> None:
    for path, page in site.pages.items():
        head = [each for each in page.root.walk() if each.tag in {"meta", "link", "script"}]
        policy = head[1].attributes
        assert head[0].attributes == {"charset": "utf-8"}, path
        assert policy["http-equiv"] == "Content-Security-Policy", path
        assert policy["content"].startswith("default-src 'none'; "), path
        assert "unsafe" not in policy["content"], path
        inside = [each for each in page.root.walk() if each.tag == "style" or (each.tag == "script" and each.content)]
        assert inside == [], path
        named = {name for each in page.root.walk() for name in each.attributes}
        assert [name for name in named if name == "style" or name.startswith("on")] == [], path


def test_everything_with_an_identifier_has_its_page_or_its_anchor_in_every_language(
    site: Site, rulebook: Rulebook
) -> None:
    for language in ("en", "ru"):
        for thing in things(rulebook):
            path, _mark, anchor = f"{language}/{address_of(thing)}".partition("#")
            assert path in site.pages, identifier(thing)
            assert not anchor or anchor in site.pages[path].anchors, identifier(thing)
            assert identifier(thing) in {anchor, path.removeprefix(f"{language}/").removesuffix(".html")}


def test_both_languages_have_the_same_pages_each_in_its_own_words(site: Site, rulebook: Rulebook) -> None:
    english, russian = (
        {path.partition("/")[2] for path in site.pages if path.startswith(f"{language}/")} for language in ("en", "ru")
    )
    assert english == russian
    told = in_language(rulebook, "ru")
    for finding in told.findings:
        text = site.pages[f"ru/{address_of(finding)}"].root.text
        assert " ".join(finding.text.split()) in text
        assert " ".join(rulebook.finding[finding.id].text.split()) not in text


def test_a_rule_cites_provisions_in_the_language_of_its_page(site: Site, rulebook: Rulebook) -> None:
    russian = rulebook.translations["ru"]
    for rule in rulebook.rules:
        cited = " ".join(each.text for each in site.pages[f"ru/{address_of(rule)}"].root.having("citation"))
        effects = [russian[f"statutes.{cite.statute}.effect"] for cite in rule.cites if cite.statute]
        assert [effect for effect in effects if " ".join(effect.split()) not in cited] == [], rule.id


def test_the_title_of_an_article_says_in_which_language_it_is(site: Site, rulebook: Rulebook) -> None:
    titles = {article.title for article in rulebook.sources.articles}
    links = [
        each
        for path, page in site.pages.items()
        if path.startswith(("ru/rule/", "ru/finding/"))
        for each in page.root.walk()
        if each.tag == "a" and each.text in titles
    ]
    assert len(links) > 100
    assert {each.attributes.get("lang") for each in links} == {"en"}


def test_from_any_sentence_the_words_it_rests_on_are_two_clicks_away(site: Site, rulebook: Rulebook) -> None:
    passages = {passage.id: passage for passage in rulebook.sources.passages}
    statutes = {statute.id: statute for statute in rulebook.sources.statutes}
    for language in ("en", "ru"):
        for rule in rulebook.rules:
            concluded = [rulebook.finding.get(head) or rulebook.fact[head] for head in rule.heads]
            questions = [rulebook.question[node] for node in (*rule.when, *rule.unless) if node in rulebook.question]
            words = {
                f"{language}/{address_of(passages[cite.passage] if cite.passage else statutes[cite.statute or ''])}"
                for cite in rule.cites
            }
            for thing in (rule, *concluded, *questions):
                clicks = 1 if thing is rule else 2
                missing = words - site.reached(f"{language}/{address_of(thing)}", clicks)
                assert not missing, f"{identifier(thing)} does not lead to {sorted(missing)}"


def test_from_any_paragraph_every_rule_built_on_it_is_one_click_away(site: Site, rulebook: Rulebook) -> None:
    for language in ("en", "ru"):
        for paragraph in paragraph_coverage(rulebook):
            path, _mark, anchor = f"{language}/{address_of_paragraph(paragraph.article, paragraph.line)}".partition("#")
            page = site.pages[path]
            (part,) = (
                each
                for each in page.root.having("paragraph")
                if anchor in {below.attributes.get("id") for below in each.walk()}
            )
            built = {
                f"{language}/{address_of(rule)}"
                for rule in rulebook.rules
                if any(cite.passage in paragraph.passages for cite in rule.cites)
            }
            assert built <= set(page.links_in(part)), anchor
            reasons = [
                entry.reason
                for entry in in_language(rulebook, language).sources.background
                if entry.source == paragraph.article and paragraph.line in entry.lines
            ]
            assert [reason for reason in reasons if " ".join(reason.split()) not in part.text] == []


def test_the_line_below_quoted_words_shows_what_they_do_for_rules_and_their_number_says_it(
    site: Site, rulebook: Rulebook
) -> None:
    does: dict[str, set[str]] = {passage.id: set() for passage in rulebook.sources.passages}
    for rule in rulebook.rules:
        for cite in rule.cites:
            if cite.passage:
                does[cite.passage].add(cite.bearing.value)
    words = {"supports": "подтверждает", "qualifies": "ограничивает", "contradicts": "противоречит"}
    seen = set()
    for article in rulebook.sources.articles:
        within: set[str] = set()
        paragraphs = site.pages[f"ru/article/{article.id}.html"].root.having("words")
        for part in (part for paragraph in paragraphs for part in paragraph.content if isinstance(part, Element)):
            if part.tag == "span":
                within.add(part.attributes["id"].removeprefix("passage/"))
            elif part.tag == "mark":
                lines = [each.attributes["class"] for each in part.walk() if each.tag == "span"]
                assert sorted(lines) == sorted(set().union(*(does[name] for name in within))), within
                seen.add(tuple(lines))
            elif part.tag == "sup":
                (number,) = (each.attributes for each in part.walk() if each.tag == "a")
                passage = number["href"].removeprefix("#note/")
                within.discard(passage)
                said = {bearing for bearing, word in words.items() if word in number["aria-label"]}
                assert said == does[passage], passage
    assert {("supports",), ("qualifies",), ("supports", "qualifies")} <= seen


def test_an_article_stands_there_word_for_word(site: Site, rulebook: Rulebook) -> None:
    for article, text in rulebook.sources.texts.items():
        page = site.pages[f"ru/article/{article}.html"]
        for line, written in enumerate(text.splitlines(), start=1):
            if written.strip():
                found = page.root.with_anchor(paragraph_identifier(article, line))
                assert found.words("a", "sup") == written.rstrip()


def test_a_rule_is_shown_as_it_is_written(site: Site, rulebook: Rulebook) -> None:
    page = site.pages["ru/rule/many-refused.html"]
    path, line = page.root.having("place")[0].text.rsplit(":", 1)
    (shown,) = (each.words() for each in page.root.walk() if each.tag == "pre")
    first = int(line) - 1
    lines = (ROOT / path).read_text("utf-8").splitlines()[first : first + len(shown.splitlines())]
    assert shown == textwrap.dedent("\n".join(lines))
    assert shown.startswith("- id: many-refused\n")
    assert shown.endswith("  - {statute: prosecutions_mediazona, as: qualifies}")


def test_a_graph_leads_from_every_answer_to_the_finding(site: Site, rulebook: Rulebook) -> None:
    page = site.pages["en/finding/refusal_not_prosecuted_then.html"]
    (drawn,) = page.root.having("graph-picture")
    linked = set(page.links_in(drawn))
    rules = [*rulebook.rules_for["refusal_not_prosecuted_then"], *rulebook.rules_for["in_russia"]]
    asked = {node for rule in rules for node in rule.when if node in rulebook.question}
    assert {f"en/question/{node}.html" for node in asked} <= linked
    assert {f"en/rule/{rule.id}.html" for rule in rules} <= linked
    assert "en/fact/in_russia.html" in linked
    assert "en/finding/refusal_not_prosecuted_then.html" in linked


def boxes_of(drawn: Element) -> list[tuple[float, float, float, float]]:
    """The boxes of a graph: left, top, right, bottom."""
    rectangles = [each.attributes for each in drawn.walk() if each.tag == "rect"]
    sides = ([float(of[side]) for side in ("x", "y", "width", "height")] for of in rectangles)
    return [(x, y, x + width, y + height) for x, y, width, height in sides]


def graphs_of(site: Site) -> dict[str, Element]:
    """The graphs of findings and facts by their pages."""
    return {
        path: drawn
        for path, page in site.pages.items()
        if "/finding/" in path or "/fact/" in path
        for drawn in page.root.having("graph-picture")
    }


def test_a_graph_fits_on_a_page_and_every_column_of_it_begins_near_the_top(site: Site, rulebook: Rulebook) -> None:
    graphs = graphs_of(site)
    assert len(graphs) == len(rulebook.languages) * (len(rulebook.facts) + len(rulebook.findings))
    for path, drawn in graphs.items():
        assert float(drawn.attributes["width"]) <= 1054, path
        tops: dict[float, float] = {}
        for left, top, _right, _bottom in boxes_of(drawn):
            tops[left] = min(tops.get(left, top), top)
        assert max(tops.values()) <= 600, path


def test_in_a_graph_no_box_stands_on_another_and_no_line_goes_through_one(site: Site) -> None:
    crossing = re.compile(r"([\d.]+),([\d.]+) L([\d.]+),([\d.]+)")
    found = 0
    for path, drawn in graphs_of(site).items():
        boxes = boxes_of(drawn)
        for one, two in combinations(boxes, 2):
            assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1], path
        for line in drawn.having("curve"):
            for x, y, next_x, next_y in (map(float, each) for each in crossing.findall(line.attributes["d"])):
                found += 1
                assert y == next_y, path
                through = [box for box in boxes if box[0] < next_x and x < box[2] and box[1] < y < box[3]]
                assert through == [], path
    assert found


def test_no_line_of_a_graph_is_wider_than_its_box(rulebook: Rulebook, site: Site) -> None:
    # A letter of the widest usual sans serif takes up to 0.55 of its size on average; the text has 12 px.
    for language in ("en", "ru"):
        for finding in rulebook.findings:
            for box in site.pages[f"{language}/{address_of(finding)}"].root.having("box"):
                (rectangle,) = (each for each in box.walk() if each.tag == "rect")
                lines = [each.text for each in box.walk() if each.tag == "tspan"]
                longest = max(len(line) for line in lines)
                assert longest * 12 * 0.55 < float(rectangle.attributes["width"]) or " " not in max(lines, key=len)


def test_a_list_can_be_narrowed_to_what_holds_on_a_day(site: Site, rulebook: Rulebook) -> None:
    rules, findings = site.pages["en/rules.html"].root, site.pages["en/findings.html"].root
    (days,) = (each for each in rules.having("choice-days")[0].walk() if each.tag == "select")
    new_law = {each.text: each.attributes["value"] for each in days.walk() if each.tag == "option"}[
        "from 24.09.2022 to 19.10.2022"
    ]
    answering = {
        each.attributes.get("id") for each in rules.having("entry") if new_law in each.attributes["data-days"].split()
    }
    assert answering - {None} == {identifier(rule) for rule in rulebook.rules if date(2022, 9, 24) in rule.in_force}

    (surrendering,) = (each for each in findings.having("entry") if "Voluntary surrender, art. 352.1" in each.text)
    before = str(int(new_law) - 1)
    assert surrendering.attributes["data-kind"] == "exposure"
    assert {new_law, f"{new_law}-established", f"{before}-excluded"} <= set(
        surrendering.attributes["data-days"].split()
    )
    assert before not in surrendering.attributes["data-days"].split()


def test_the_timeline_says_what_changed_on_the_day_of_the_new_law(site: Site) -> None:
    told = site.pages["en/timeline.html"].root.with_anchor("day/2022-09-24").text
    assert "Not executing an order, or refusing hostilities, art. 332(2.1) excluded → applies" in told


def test_a_finding_tells_what_it_can_be_in_the_course_of_time(site: Site) -> None:
    told = site.pages["en/finding/uk352_1.html"].root.text
    assert "until 23.09.2022: excluded for all answers" in told
    assert "from 24.09.2022 on: applies for some answers" in told


@pytest.mark.parametrize(
    ("page", "last"),
    [
        ("en/statute/uk332_2_1.html", "from 16.01.2026 on: within the period (not reviewed)"),
        ("ru/finding/uk332_2_1.html", "с 16.01.2026: при некоторых ответах применимо (не проверено)"),
    ],
)
def test_a_course_of_time_says_where_the_review_of_the_law_ended(site: Site, page: str, last: str) -> None:
    (course,) = site.pages[page].root.having("calendar")
    (unreviewed,) = course.having("unreviewed")
    assert unreviewed.text.startswith(last)
    assert unreviewed is course.content[-2]  # after it only a space


def test_a_finding_tells_the_kind_of_its_grounds_and_speaks_of_voices_only_where_somebody_speaks(site: Site) -> None:
    told = site.pages["en/finding/uk352_1.html"].root.text
    assert "Kind of ground: law (read in the official text)" in told
    assert "No voice that can be counted" not in told
    assert "independent voice" in site.pages["en/finding/refusal_not_prosecuted_then.html"].root.text


def test_a_question_tells_what_its_answer_alone_decides(site: Site) -> None:
    (told,) = (
        each.text
        for each in site.pages["en/question/equipment_lost.html"].root.having("effect")
        if "art. 348" in each.text
    )
    assert "excluded with: no" in told
    assert told.endswith("may apply with: yes")


def test_without_scenarios_the_site_says_so(site: Site) -> None:
    assert "This site was made without scenarios" in site.pages["en/rule/many-refused.html"].root.text


def test_with_scenarios_a_rule_names_those_in_which_it_holds(run: Run, tmp_path: Path) -> None:
    scenarios = tmp_path / "scenarios"
    scenarios.mkdir()
    (scenarios / "case.yaml").write_text(f"{{id: case, title: Long away, {ABSENT}}}", "utf-8")
    told = run("site", "--rulebook", SOUND, "--scenarios", scenarios, "--output", tmp_path / "site")
    assert told.code == 0
    page = (tmp_path / "site" / "en" / "rule" / "long-absence.html").read_text("utf-8")
    assert "Long away" in page
    assert "case.yaml:1" in page
    assert str(tmp_path) not in page


def test_the_same_rulebook_makes_the_same_bytes(sound: Rulebook) -> None:
    assert build_site(sound, SOUND) == build_site(sound, SOUND)
    assert build_site(in_language(sound, "ru"), SOUND) == build_site(sound, SOUND)


HOSTILE = (
    "</script><script>alert(1)</script></style>--> <img src=x onerror=alert(1)> ]]> & {{ 7 * 7 }} {% raw %} \" ' </p> "
    "[x](javascript:1)"
)


def test_markup_in_a_rulebook_stays_text(tmp_path: Path) -> None:
    loaded = sound_saying(HOSTILE, tmp_path)
    site = Site(build_site(loaded, tmp_path))
    assert HOSTILE in site.pages["en/finding/prison.html"].root.text
    assert {
        each.attributes.get("src") for page in site.pages.values() for each in page.root.walk() if each.tag == "script"
    } <= {"../filter.js", "../../filter.js"}
    assert not any(each.tag == "img" for page in site.pages.values() for each in page.root.walk())
    assert not any("javascript:" in link for page in site.pages.values() for link in page.links)
