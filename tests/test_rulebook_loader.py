"""A folder becomes a rulebook, with its places, its hash and its last review; or it is refused as a whole."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.documents.problem import Place
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from tests.support.project import ROOT, SOUND

IN_TWO_LANGUAGES = SOUND.with_name("sound_in_two_languages")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound rulebook to be spoilt."""
    shutil.copytree(SOUND, tmp_path / "book")
    return tmp_path / "book"


def loaded(folder: Path) -> Rulebook:
    rulebook = load_rulebook(folder)
    assert isinstance(rulebook, Rulebook), rulebook
    return rulebook


def problems(folder: Path) -> list[str]:
    found = load_rulebook(folder)
    assert not isinstance(found, Rulebook)
    return [str(problem) for problem in found]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_rulebook_that_the_program_comes_with_is_in_order(rulebook: Rulebook) -> None:
    assert default_folder() == ROOT
    assert rulebook.rules
    assert set(rulebook.translations) == {"ru"}


def test_everything_has_the_place_where_it_is_written(folder: Path) -> None:
    places = loaded(folder).places
    assert places["rules.leaving"] == Place(path="rules/_sound.yaml", line=32, column=5)
    assert places["rules.leaving.when.left"] == Place(path="rules/_sound.yaml", line=32, column=45)
    assert places["questions.place.options.ukraine"] == Place(path="rules/_sound.yaml", line=19, column=46)
    assert places["passages.nobody-punished.exact"] == Place(path="seeds/catalogue.yaml", line=15, column=5)


def test_the_files_of_a_folder_are_joined_in_the_order_of_their_names(folder: Path) -> None:
    rule = "rules: [{id: %s, concludes: prison, when: {left: true}, cites: [{statute: art_1}]}]\n"
    (folder / "rules" / "b.yaml").write_text(rule % "second")
    (folder / "rules" / "a.yaml").write_text(rule % "first")
    assert [rule.id for rule in loaded(folder).rules][-2:] == ["first", "second"]


@pytest.mark.parametrize("name", ["rules/_sound.yaml", "seeds/catalogue.yaml"])
def test_another_byte_in_a_file_is_another_hash(folder: Path, name: str) -> None:
    before = loaded(folder).hash
    assert loaded(folder).hash == before
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    assert loaded(folder).hash != before


def test_no_tool_has_changed_the_line_ends_that_the_hash_of_the_real_rulebook_is_over() -> None:
    files = [path for part in ("rules", "seeds") for path in (ROOT / part).rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [path.name for path in files if b"\r" in path.read_bytes()] == []


def test_a_flipped_bit_in_an_article_is_told(folder: Path) -> None:
    article = folder / "seeds" / "article.txt"
    content = bytearray(article.read_bytes())
    content[0] ^= 1
    article.write_bytes(content)
    (told,) = problems(folder)
    assert told.startswith("seeds/catalogue.yaml:4:5: the article article.txt has changed: its hash is ")


def test_nothing_reassures_after_the_last_review(folder: Path) -> None:
    replace(
        folder / "rules" / "_sound.yaml", "    in_force: {until: 2022-09-20}\n", "    in_force: {from: 2022-02-24}\n"
    )
    rule = loaded(folder).rule["nobody-was"]
    assert (rule.in_force.start, rule.in_force.until) == (date(2022, 2, 24), date(2026, 1, 15))


def test_a_reassurance_that_ends_before_the_last_review_still_ends_then(folder: Path) -> None:
    assert loaded(folder).rule["nobody-was"].in_force.until == date(2022, 9, 20)


def test_a_reassurance_that_would_outlast_the_last_review_ends_with_it(folder: Path) -> None:
    replace(folder / "rules" / "_sound.yaml", "until: 2022-09-20", "until: 2026-01-16")
    assert loaded(folder).rule["nobody-was"].in_force.until == date(2026, 1, 15)


def test_a_caution_without_an_end_stays_after_the_last_review(folder: Path) -> None:
    assert loaded(folder).rule["leaving"].in_force.until is None


def test_no_reassurance_of_the_real_rulebook_outlasts_its_review(rulebook: Rulebook) -> None:
    reassuring = [
        rule
        for finding in rulebook.findings
        for rule in rulebook.rules_for[finding.id]
        if finding.tone.value == "reassuring"
    ]
    assert reassuring
    assert all(rule.in_force.until and rule.in_force.until <= rulebook.metadata.reviewed_until for rule in reassuring)


@pytest.mark.parametrize("missing", ["rules", "rules/_sound.yaml"])
def test_a_folder_without_rule_files_is_no_rulebook(folder: Path, missing: str) -> None:
    gone = folder / missing
    gone.rename(folder.parent / "elsewhere")
    told = "there is no rulebook here: it has no file rules/*.yaml. Name a folder that has rules/ in it."
    assert problems(folder) == [f"{folder}: {told}"]


def test_a_folder_that_does_not_exist_is_said_not_to_exist(tmp_path: Path) -> None:
    told = "there is no such folder. Name a folder that has rules/ in it."
    assert problems(tmp_path / "nowhere") == [f"{tmp_path}/nowhere: {told}"]


@pytest.mark.parametrize("name", ["more.yml", "more.YML", "more.YAML"])
def test_a_file_whose_ending_keeps_it_from_being_read_is_pointed_out(folder: Path, name: str) -> None:
    (folder / "rules" / name).write_text("rules: []\n")
    assert problems(folder) == [f"rules/{name}: this file is not read. Rename it to end in .yaml."]


def test_a_folder_that_is_named_by_no_language_is_pointed_out_and_a_hidden_one_is_not(folder: Path) -> None:
    for name in ("old_rules", ".git"):
        (folder / "rules" / name).mkdir()
    told = "this folder is not read: a folder in rules/ is a language, named by its code. Move its files into rules/."
    assert problems(folder) == [f"rules/old_rules: {told}"]


def test_a_rulebook_without_seeds_misses_the_passages_that_it_cites(folder: Path) -> None:
    shutil.rmtree(folder / "seeds")
    assert problems(folder) == ["rules/_sound.yaml:39:14: there is no passage 'nobody-punished'."]


@pytest.mark.parametrize("name", ["rules/linked.yaml", "seeds/catalogue.yaml"])
def test_a_file_that_is_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("secret: true\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    assert f"{name}: this link leads out of the rulebook. Put the file itself here." in problems(folder)


@pytest.mark.parametrize("name", ["rules", "seeds"])
def test_a_folder_that_is_a_link_out_of_the_rulebook_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    assert any("this link leads out of the rulebook" in problem for problem in problems(folder))


def test_an_article_that_is_a_link_out_of_the_seeds_is_refused(folder: Path, tmp_path: Path) -> None:
    article = folder / "seeds" / "article.txt"
    article.rename(tmp_path / "article.txt")
    article.symlink_to(tmp_path / "article.txt")
    assert problems(folder) == [
        "seeds/catalogue.yaml:3:5: this file is outside the rulebook's seeds. Put it into seeds/."
    ]


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "rules" / "one.yaml").symlink_to("two.yaml")
    (folder / "rules" / "two.yaml").symlink_to("one.yaml")
    assert len(problems(folder)) == 2


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "rules" / "_sound.yaml").rename(folder / "kept_here.yaml")
    (folder / "rules" / "_sound.yaml").symlink_to(folder / "kept_here.yaml")
    loaded(folder)


@pytest.mark.parametrize("name", ["rules/pipe.yaml", "seeds/article.txt"])
def test_a_pipe_in_the_folder_is_refused_without_waiting(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    (told,) = problems(folder)
    assert told.endswith("this is not a regular file. Name a regular file.")


def test_the_problems_of_all_files_are_told_together_in_the_order_of_the_files(folder: Path) -> None:
    (folder / "rules" / "a.yaml").write_text("rulez: []\nfax: []\n")
    (folder / "rules" / "b.yaml").write_text("rules: [1\n")
    (folder / "seeds" / "catalogue.yaml").write_text("passages: {}\n")
    assert [told.partition(": ")[0] for told in problems(folder)] == [
        "rules/a.yaml:1:1",
        "rules/a.yaml:2:1",
        "rules/b.yaml:2:1",
        "seeds/catalogue.yaml:1:11",
    ]


def test_an_id_that_stands_twice_is_told_once_whatever_else_it_repeats(folder: Path) -> None:
    _head, questions, text = (folder / "rules" / "_sound.yaml").read_text("utf-8").partition("questions:\n")
    (folder / "rules" / "copy.yaml").write_text(questions + text, "utf-8")
    told = problems(folder)
    assert told[3] == (
        "rules/copy.yaml:5:5: the id 'place' is here a second time; the first is at rules/_sound.yaml:15:5. "
        "Rename or delete one of them."
    )
    repeated = [problem.split("'")[1] for problem in told]
    assert repeated[:4] == ["day", "left", "days", "place"]
    assert repeated[4:8] == ["absent", "prison", "no_case", "art_1"]
    assert repeated[8:] == ["leaving", "long-absence", "absence-in-ukraine", "nobody-was"]


def test_entries_without_ids_in_two_files_are_told_for_what_they_lack(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / "rules" / f"{name}.yaml").write_text("facts: [{text: Nameless.}]\n")
    assert problems(folder) == [f"rules/{name}.yaml:1:9: the key 'id' is missing. Add it." for name in ("a", "b")]


def test_a_folder_in_rules_is_a_language_that_needs_every_text(folder: Path) -> None:
    (folder / "rules" / "de").mkdir()
    told = problems(folder)
    assert "rules/_sound.yaml:13:37: the text 'questions.left.help' is missing in the language 'de'." in str(told)
    assert "seeds/catalogue.yaml:13:5: the quotation has no rendering in the language 'de'. Add one." in told


def test_the_problems_of_one_text_that_is_missing_in_two_languages_are_two(folder: Path) -> None:
    shutil.copytree(IN_TWO_LANGUAGES, folder, dirs_exist_ok=True)
    shutil.copytree(folder / "rules" / "ru", folder / "rules" / "uk")
    replace(folder / "seeds" / "catalogue.yaml", "rendering: {ru:", "rendering: {uk: Нікого не покарали, ru:")
    assert set(loaded(folder).translations) == {"ru", "uk"}
    for language in ("ru", "uk"):
        replace(folder / "rules" / language / "_sound.yaml", ", help: Без разрешения.", "")
    assert [told.partition("language ")[2][:4] for told in problems(folder)] == ["'ru'", "'uk'"]
