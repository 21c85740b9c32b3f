"""Each file of ``bad_rulebooks/`` makes one mistake, and its first comment is what the program says about it.

The file is put into a copy of the rulebook ``sound/``, as ``rules/<its name>.yaml``; or elsewhere, and then its first
line says where: ``# as seeds/catalogue.yaml``. With ``in two languages`` there, ``sound_in_two_languages/`` is laid
over ``sound/`` before. The comment has one line for each problem, exactly as ``assistant check`` prints it.
"""

import ast
import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from assistant.documents import yaml_model, yaml_reader
from assistant.rulebook import case_check, computed_check, condition_check, group_check, penalty_check, source_check
from assistant.rulebook import check as rulebook_check
from assistant.rulebook import files as rulebook_files
from assistant.rulebook import loader as rulebook_loader
from tests.support.bad_rulebook import FILES, FOLDER, Mistake, read
from tests.support.project import Desk, Run

SHOWN_ELSEWHERE = {
    # test_ranges.py: fields that take ranges.
    "this is not a day, a month or a range of days, or not written as one.",
    "this is not a whole number or a range of numbers.",
    "this range has no bounds.",
    # test_yaml_reader.py: files that are no text, and files that cannot be kept in a repository.
    "this is not a regular file.",
    "the file changed while it was read.",
    # test_remedies_of_files.py: a file of another kind.
    "this is an encrypted interview.",
    "the file has {size} bytes; at most {most} are read.",
    "byte {offset} is not UTF-8.",
    "this is not YAML.",
    "there are more than {most} values in the file.",
    # test_rulebook_loader.py: the folder itself.
    "there is no rulebook here: it has no file rules/*.yaml.",
    "there is no such folder.",
    "this file is not read.",
    "this folder is not read: a folder in rules/ is a language, named by its code.",
    "this link leads out of the rulebook.",
    # What is said of an error of pydantic that no model of ours can have yet.
    "this value does not fit here.",
}
"""Problems that no file here has."""


def unpack(file: Path, folder: Path) -> Mistake:
    mistake = read(file)
    shutil.copytree(FOLDER / "sound", folder, dirs_exist_ok=True)
    if mistake.in_two_languages:
        shutil.copytree(FOLDER / "sound_in_two_languages", folder, dirs_exist_ok=True)
    shutil.copyfile(file, folder / mistake.target)
    return mistake


@pytest.mark.parametrize("languages", [["sound"], ["sound", "sound_in_two_languages"]], ids=["one", "two"])
def test_the_rulebook_in_which_they_are_made_is_sound(run: Run, tmp_path: Path, languages: list[str]) -> None:
    for part in languages:
        shutil.copytree(FOLDER / part, tmp_path, dirs_exist_ok=True)
    assert run("check", "--rulebook", tmp_path).code == 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mistake_is_told_with_its_place_and_what_to_do(run: Run, tmp_path: Path, file: Path) -> None:
    mistake = unpack(file, tmp_path)
    outcome = run("check", "--rulebook", tmp_path)
    assert outcome.err == mistake.expected
    assert outcome.out == ""
    assert outcome.code == 2


WORD: Final = re.compile(r"[\w.-]{2,}(?=[^:\w]|$)")
"""A word that is no key, as far as a regular expression can tell."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_same_mistake_among_answers_is_told_without_one_of_them(desk: Desk, file: Path) -> None:
    """Whatever can be wrong with a file of rules can be wrong with a scenario, where each word may be an answer."""
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    planted = [WORD.sub("zzcanary", line) for line in lines]
    for text in (
        "\n".join(planted),
        "id: case\nanswers: {place: zzcanary}\n" + "\n".join(planted),
        "id: case\nanswers:\n" + "".join(f"  {line}\n" for line in planted),
    ):
        assert "zzcanary" not in "".join(desk.told(text))


def test_every_problem_that_can_be_told_is_made_by_some_file() -> None:
    told = "\n".join(read(file).expected for file in FILES)
    checks = (rulebook_check, case_check, computed_check, condition_check, group_check, penalty_check, source_check)
    for module in (yaml_reader, yaml_model, *checks, rulebook_files, rulebook_loader):
        source = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        calls = (node for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
        templates = {ast.literal_eval(call.args[0]) for call in calls if getattr(call.func, "id", "") == "_"}
        untold = {text for text in templates if not re.search(pattern(text), told)}
        assert {text for text in untold if text[0].islower() or text[0] == "'"} <= SHOWN_ELSEWHERE


def pattern(template: str) -> str:
    """What a message looks like once its placeholders are filled in."""
    return ".+".join(re.escape(part) for part in re.split(r"\{\w+(?::\w+)?\}", template))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("позже", "these days have a name that is used twice for 'when'"),
        ("после |", "a name of these days has no letter"),
    ],
)
def test_the_names_of_days_are_checked_in_every_language(run: Run, tmp_path: Path, named: str, told: str) -> None:
    for part in ("sound", "sound_in_two_languages"):
        shutil.copytree(FOLDER / part, tmp_path, dirs_exist_ok=True)
    days = "{id: before, words: earlier, until: 2022-09-20}, {id: after, words: later, from: 2022-09-21}"
    (tmp_path / "rules" / "when.yaml").write_text(
        f"questions: [{{id: when, type: date, text: When?, help: The day., named: [{days}]}}]\n"
        "rules: [{id: late, concludes: prison, when: {when: {from: 2022-09-24}}, cites: [{statute: art_1}]}]\n",
        "utf-8",
    )
    (tmp_path / "rules" / "ru" / "when.yaml").write_text(
        "questions: {when: {text: Когда?, help: День., named: "
        f"{{before: {{words: Позже}}, after: {{words: '{named}'}}}}}}}}\n",
        "utf-8",
    )
    outcome = run("check", "--rulebook", tmp_path)
    assert outcome.code == 2
    assert all(f"in the language 'ru', {told}." in line for line in outcome.err.splitlines())
