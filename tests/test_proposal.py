"""`assistant relocate`: the patch that it prints is applied by the tools that people have, and `check` then passes."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.documents.yaml_reader import Document, parse_yaml
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.relocation.catalogue_edit import CatalogueText, quoted
from assistant.rulebook.source import Passage
from assistant.system.display_safe import unprintable
from tests.support.project import ROOT, SOUND, Outcome, Run

CATALOGUE = "seeds/catalogue.yaml"
BBC = "seeds/002_cb760922bf5ee699.txt"


class Desk:
    """A copy of a rulebook whose articles somebody edits."""

    def __init__(self, run: Run, folder: Path, book: Path) -> None:
        self.run = run
        self.folder = folder
        for part in ("rules", "seeds"):
            shutil.copytree(book / part, folder / part)

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        """Puts other words in the place of words that stand in a file once."""
        path = self.folder / name
        text = path.read_bytes().decode("utf-8")
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path.write_bytes(text.encode("utf-8"))

    def relocate(self, *words: object) -> Outcome:
        return self.run("relocate", "--rulebook", self.folder, *words)

    def check(self) -> Outcome:
        return self.run("check", "--rulebook", self.folder)

    def apply(self, patch: str, *program: str) -> None:
        subprocess.run(program, input=patch.encode(), cwd=self.folder, check=True, capture_output=True)

    def passage(self, name: str) -> Passage:
        loaded = load_rulebook(self.folder)
        assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
        return next(passage for passage in loaded.sources.passages if passage.id == name)


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path / "book", SOUND)


@pytest.fixture
def real(run: Run, tmp_path: Path) -> Desk:
    return Desk(run, tmp_path / "book", ROOT)


GIT = ("git", "apply")
PATCH = ("patch", "-p1", "--fuzz=0")


@pytest.mark.parametrize("book", [SOUND, ROOT], ids=["small", "real"])
def test_where_nothing_changed_nothing_is_proposed(run: Run, book: Path) -> None:
    assert run("relocate", "--rulebook", book) == (0, "", "Every quotation is where it was.\n")


@pytest.mark.parametrize("program", [GIT, PATCH], ids=["git", "patch"])
def test_after_the_patch_the_check_passes(real: Desk, program: tuple[str, ...]) -> None:
    text = (real.folder / BBC).read_text("utf-8")
    first, rest = text.split("\n", 1)
    new = rest.replace("soldiers", "servicemen").replace("’", "'").replace("Ukraine", "the Ukraine")
    (real.folder / BBC).write_text(
        f"{first}\n\nUpdated since.\n{new}".replace("\n\nUpdated since.\n", "\n", 1), "utf-8"
    )
    assert real.check().code == 2
    outcome = real.relocate()
    assert outcome.code == 0
    assert "With other words, so that their translations may no longer fit: bbc-" in outcome.err
    real.apply(outcome.out, *program)
    assert real.check().code == 0
    assert real.relocate() == (0, "", "Every quotation is where it was.\n")


def test_only_what_moved_is_touched(real: Desk) -> None:
    was = "That is not to say that prosecutions are not being attempted."
    now = was.replace("not being", "never being")
    real.edit(BBC, (was, now))
    before = (real.folder / CATALOGUE).read_text("utf-8").splitlines()
    real.apply(real.relocate().out, *GIT)
    after = (real.folder / CATALOGUE).read_text("utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.strip().split(":")[0] for line in changed] == ["sha256", "exact"]
    assert real.passage("bbc-prosecutions-attempted").exact == now


def test_a_new_paragraph_moves_the_lines_of_those_that_support_no_rule(desk: Desk) -> None:
    desk.edit("seeds/article.txt", ("A heading\n\n", "A heading\n\n\n\n"))
    outcome = desk.relocate()
    assert (outcome.code, outcome.err) == (0, "")
    assert "+  - {id: later, source: article, lines: [1, 7], reason" in outcome.out
    desk.apply(outcome.out, *GIT)
    assert desk.check().code == 0


def test_what_nobody_but_a_person_can_decide_is_told_and_keeps_the_old_hash(desk: Desk) -> None:
    desk.edit("seeds/article.txt", ("Nobody was punished, a lawyer said.", "Silence."))
    outcome = desk.relocate()
    assert (outcome.code, outcome.out) == (1, "")
    assert "the quotation is not in the article." in outcome.err
    assert "it cannot be decided which paragraphs of the changed article these are." in outcome.err
    assert "assistant relocate" not in outcome.err


def test_a_selector_without_prefix_and_suffix_gets_what_it_needs_to_be_found_once(desk: Desk) -> None:
    desk.edit(CATALOGUE, ('    suffix: ", a lawyer said"\n', ""))
    desk.edit("seeds/article.txt", ("Later all were", "Nobody was punished twice. Later all were"))
    outcome = desk.relocate()
    assert (outcome.code, outcome.out) == (1, "")
    assert "the quotation could be in several places, in the lines 3, 5." in outcome.err


def test_other_words_around_a_quotation_renew_its_suffix_and_leave_its_translation(desk: Desk) -> None:
    desk.edit("seeds/article.txt", (", a lawyer said", ", lawyers said"))
    outcome = desk.relocate()
    assert (outcome.code, outcome.err) == (0, "With other text around them: nobody-punished.\n")
    desk.apply(outcome.out, *PATCH)
    assert desk.passage("nobody-punished").suffix == ", lawyers said."


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize(("mark", "last"), [("\ufeff", ""), ("", "# the end")], ids=["mark", "no last line end"])
@pytest.mark.parametrize("program", [GIT, PATCH], ids=["git", "patch"])
def test_line_ends_and_a_byte_order_mark_stay(
    desk: Desk, ends: str, mark: str, last: str, program: tuple[str, ...]
) -> None:
    path = desk.folder / CATALOGUE
    written = mark + (path.read_text("utf-8") + last).replace("\n", ends)
    path.write_bytes(written.encode())
    desk.edit("seeds/article.txt", (", a lawyer said", ", 😀 “lawyers” said"))
    if program is PATCH and ends == "\r\n":
        program = (*PATCH, "--binary")
    desk.apply(desk.relocate().out, *program)
    assert desk.check().code == 0
    after = path.read_bytes().decode()
    digest = hashlib.sha256((desk.folder / "seeds/article.txt").read_bytes()).hexdigest()
    expected = written.replace('", a lawyer said"', '", 😀 “lawyers” said"')
    assert after.replace(digest, "") == expected.replace(written.split("sha256: ")[1][:64], "")


@pytest.mark.parametrize(
    "written",
    [
        "exact: >-\n      Nobody was\n      punished\n    suffix: ', a lawyer said'\n",
        "exact: 'Nobody\n      was punished' # so he said\n    suffix: ', a lawyer said'\n",
        "suffix: ', a lawyer said'\n    exact: |-\n      Nobody was punished\n",
    ],
    ids=["folded", "quoted", "block"],
)
def test_however_a_quotation_is_written_it_can_be_replaced(desk: Desk, written: str) -> None:
    desk.edit(CATALOGUE, ('exact: Nobody was punished\n    suffix: ", a lawyer said"\n', written))
    assert desk.check().code == 0
    desk.edit("seeds/article.txt", ("Nobody was punished, a lawyer said", 'Nobody was  punished, a "lawyer" said'))
    outcome = desk.relocate()
    assert outcome.code == 0
    desk.apply(outcome.out, *GIT)
    assert desk.check().code == 0
    assert desk.passage("nobody-punished").exact == "Nobody was  punished"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("- {id: a, exact: One.}", '- {id: a, exact: One., prefix: "Two, ", suffix: " three"}'),
        ("- id: a\n  exact: >-\n    One.\n", '- id: a\n  exact: >-\n    One.\n  prefix: "Two, "\n  suffix: " three"\n'),
    ],
    ids=["in one line", "in several"],
)
def test_a_prefix_or_suffix_that_was_not_there_comes_behind_the_quotation(
    sound: Rulebook, written: str, expected: str
) -> None:
    before = sound.sources.passages[0].model_copy(update={"id": "a", "exact": "One.", "suffix": ""})
    now = before.model_copy(update={"prefix": "Two, ", "suffix": " three"})
    text = CatalogueText(f"passages:\n{written}")
    patch = text.patch(text.reselect(before, now), "a.yaml")
    lines = [line[1:] for line in patch.splitlines()[3:] if line[0] in "+ "]
    assert "\n".join(lines).endswith(expected.rstrip())


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        'a "word" and \\ more',
        "no\xa0break",
        " edges ",
        "two  spaces",
        "a\nb\r\n",
        "word " * 60,
        "😀 # no comment",
    ],
)
def test_a_text_in_quotation_marks_is_read_back_as_it_was(text: str) -> None:
    document = parse_yaml(f"key: {quoted(text, 5, 2)}\n", "a.yaml")
    assert isinstance(document, Document), document
    assert document.data == {"key": text}
    assert max(map(len, quoted(text, 5, 2).splitlines())) <= 120


def test_what_could_move_a_cursor_in_an_article_does_not_come_out_as_such(desk: Desk) -> None:
    desk.edit("seeds/article.txt", (", a lawyer said", "\x1b]52;c;eA==\x07\u202e, a lawyer \x9b2J\u2028said"))
    outcome = desk.relocate()
    assert (outcome.code, outcome.err) == (0, "With other text around them: nobody-punished.\n")
    assert r"\U0000001B]52;c;eA==\U00000007\U0000202E" in outcome.out
    assert [each for each in outcome.out if unprintable(each)] == []
    desk.apply(outcome.out, *GIT)
    assert "the invisible character U+001B is not allowed." in desk.check().err


@pytest.mark.parametrize("name", ["../../secret.txt", "{folder}/secret.txt", "../rules/_sound.yaml", "link.txt", "."])
def test_nothing_outside_of_the_seeds_is_read_for_a_patch(desk: Desk, name: str) -> None:
    secret = desk.folder.parent / "secret.txt"
    secret.write_text("Nobody was punished, zzcanary said.", "utf-8")
    (desk.folder / "seeds" / "link.txt").symlink_to(secret)
    desk.edit(CATALOGUE, ("file: article.txt", f"file: {name.format(folder=secret.parent)}"))
    outcome = desk.relocate()
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    assert "zzcanary" not in outcome.err


def test_a_catalogue_that_cannot_be_read_is_bad_input(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / CATALOGUE).write_text("articles: [", "utf-8")
    outcome = desk.relocate()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{CATALOGUE}:")


def test_a_rulebook_without_sources_has_nothing_to_relocate(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "seeds")
    assert desk.relocate().code == 0
