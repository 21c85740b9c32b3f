"""The official text of a statute is quoted as law, in its own language; nothing has to be English."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.assessment.assessor import Assessor
from assistant.rulebook.evidence import Strength, evidence, strengths, voices
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.source import Bearing
from tests.support.project import SOUND, Run

STATUTE = """
laws:
  - {id: code, name: "Кодекс", on: 1996-06-13, edition: The gazette's own text., not_found: [published]}
  - {id: law_365, name: Law 365, on: 2022-09-24, published: Official gazette no. 7 of 24.09.2022}
reviews:
  - {id: first, by: a lawyer, on: 2026-01-10, as: text, statutes: [art_1, art_2]}
statutes:
  - id: art_2
    reference: "Кодекс, ст. 2"
    effect: Leaving the unit is punished.
    basis: checked
    provisions: [{law: code, article: "2", part: "1", wording: law_365}]
    language: ru
    text: |
      1. Самовольное оставление части наказывается арестом.
      2. Покушение наказывается так же.
rules:
  - {id: leaving-the-unit, concludes: prison, when: {left: true}, cites: [{passage: arrest-in-law}]}
"""
PASSAGE = """  - id: arrest-in-law
    source: art_2
    exact: наказывается арестом
    force: law
    rendering: {en: is punished by arrest}
background:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path / "rulebook")
    (tmp_path / "rulebook" / "rules" / "law.yaml").write_text(STATUTE, "utf-8")
    sound = tmp_path / "rulebook" / "rules" / "_sound.yaml"
    place = 'basis: checked, provisions: [{law: code, article: "1", wording: code}]'
    sound.write_text(sound.read_text("utf-8").replace("basis: checked", place), "utf-8")
    catalogue = tmp_path / "rulebook" / "seeds" / "catalogue.yaml"
    catalogue.write_text(catalogue.read_text("utf-8").replace("background:\n", PASSAGE), "utf-8")
    return tmp_path / "rulebook"


def loaded(folder: Path) -> Rulebook:
    rulebook = load_rulebook(folder)
    assert isinstance(rulebook, Rulebook), "\n".join(map(str, rulebook))
    return rulebook


def test_a_quotation_of_the_official_text_is_law_and_counts_as_no_voice(folder: Path) -> None:
    rulebook = loaded(folder)
    cited = evidence(rulebook, [rulebook.rule["leaving-the-unit"]])
    assert strengths(cited) == (Strength.LAW,)
    assert voices(cited, Bearing.SUPPORTS) == ()
    status = Assessor(rulebook).assess({"left": True, "days": 3, "place": "russia"}).status_of("prison")
    assert strengths(status.cited(rulebook)) == (Strength.LAW,)


def test_a_report_quotes_it_with_the_provision_and_its_wording(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("id: case\nanswers: {left: true, days: 3, place: russia}\n", "utf-8")
    report = " ".join(run("evaluate", "--rulebook", folder, tmp_path / "case.yaml").out.split())
    assert "“наказывается арестом”" in report
    assert "is punished by arrest" in report
    assert "Кодекс, ст. 2" in report
    assert "official text" in report
    assert "Law 365 (24.09.2022)" in report
    assert "legal opinion" not in report


def test_the_site_shows_the_text_in_its_language_and_every_link_leads_somewhere(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    assert run("site", "--rulebook", folder, "--output", tmp_path / "site").code == 0
    pages = tmp_path / "site" / "en"
    statute = (pages / "statute" / "art_2.html").read_text("utf-8")
    assert all(
        words in statute for words in ("Law 365 (24.09.2022)", "Official gazette", "10.01.2026", "art. 2, part 1")
    )
    text = (pages / "article" / "art_2.html").read_text("utf-8")
    assert '<h1 lang="ru">' in text
    assert "Покушение" in text
    rule = (pages / "rule" / "leaving-the-unit.html").read_text("utf-8")
    assert '<blockquote lang="ru">' in rule
    assert 'href="../article/art_2.html#passage/arrest-in-law"' in rule
    assert 'href="../statute/art_2.html"' in rule


def test_provenance_names_the_statute_and_coverage_asks_for_no_more_of_it(folder: Path, run: Run) -> None:
    nodes = {node["id"]: node for node in json.loads(run("export", "provenance", "--rulebook", folder).out)["@graph"]}
    passage = nodes["book:passage/arrest-in-law"]
    assert passage["source"] == passage["wasQuotedFrom"] == "book:statute/art_2"
    assert "wasAttributedTo" not in passage
    statute = nodes["book:statute/art_2"]
    assert statute["readOn"] == "2026-01-10"
    assert "in the wording of Law 365 (24.09.2022)" in statute["reference"]["en"]
    covered = run("check", "--coverage", "--rulebook", folder, "--scenarios", folder)
    assert "art_2:" not in covered.out


def test_a_rulebook_may_be_written_in_another_language_and_translated_into_english(tmp_path: Path, run: Run) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    rules = (tmp_path / "rules" / "_sound.yaml").read_text("utf-8")
    rules = rules.replace("  id: sound\n", "  id: sound\n  language: de\n").replace(
        "title: Leaving", "title: Verlassen"
    )
    (tmp_path / "rules" / "_sound.yaml").write_text(rules, "utf-8")
    catalogue = tmp_path / "seeds" / "catalogue.yaml"
    needed = run("check", "--rulebook", tmp_path)
    assert needed.code == 0, needed.err
    written = catalogue.read_text("utf-8").replace(
        "    title: An article\n", "    title: An article\n    language: en\n"
    )
    catalogue.write_text(written, "utf-8")
    foreign = run("check", "--rulebook", tmp_path)
    assert "the quotation has no rendering in the language 'de'." in foreign.err
    catalogue.write_text(written.replace("force: practice", "force: practice\n    rendering: {de: Niemand}"), "utf-8")
    rulebook = loaded(tmp_path)
    assert (rulebook.language, rulebook.languages) == ("de", ("de",))
    assert run("site", "--rulebook", tmp_path, "--output", tmp_path / "site").code == 0
    page = (tmp_path / "site" / "de" / "article" / "article.html").read_text("utf-8")
    assert '<html lang="de"' in page
    assert '<h1 lang="en">' in page


def test_english_can_be_a_translation(tmp_path: Path, run: Run) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    shutil.copytree(SOUND.parent / "sound_in_two_languages", tmp_path, dirs_exist_ok=True)
    (tmp_path / "rules" / "ru").rename(tmp_path / "rules" / "en")
    file = tmp_path / "rules" / "_sound.yaml"
    file.write_text(file.read_text("utf-8").replace("  id: sound\n", "  id: sound\n  language: ru\n"), "utf-8")
    told = run("check", "--rulebook", tmp_path)
    # The texts are in each other's language, which only the words of the penalty show.
    assert [line for line in told.err.splitlines() if "do not say" not in line and "no rendering" not in line] == []
    assert "in the language 'en', the texts of 'prison' do not say 'up to 5 years in prison'" in told.err
