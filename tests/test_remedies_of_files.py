"""Messages about files and options say what is wrong in our own words, and what to do."""

from pathlib import Path

import pytest

from assistant.assessment.assessment import Status
from assistant.documents.yaml_model import nearest
from assistant.documents.yaml_reader import parse_yaml
from assistant.interview.receipt import Verification, verification_lines
from assistant.rulebook.model import Rulebook
from assistant.system.language import use_language
from tests.support.project import Run

BROKEN = (
    *("a: [1", "a: {b: 1", "a: 'x", 'a: "x', "\ta: 1", "a: b: c", "- a\nb: 1", "a: @x", 'a: "\\q"', "a: |x\n b"),
    *("a: *", "a: &", "a: !<", "{a: 1}}", '{"a": 1 "b": 2}', "a: ]", 'a: "x" y', "%YAML 3.0\n---\na: 1", "!x!y a"),
    *("%FOO\n--- a\n", 'a: "\\x4"', "a: 'b\n---\n'", "id: x\n  b: 1\nc: 2", "%TAG ! x\n%TAG ! y\n---\na"),
)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("text", BROKEN)
def test_no_word_of_the_yaml_library_is_told(text: str, language: str) -> None:
    use_language(language)
    found = parse_yaml(text, "a.yaml")
    assert isinstance(found, tuple)
    told = str(found[0])
    assert not any(word in told for word in ("expected", "found", "token", "context", "stream", "indicator"))
    if language == "ru":
        assert not any(word.isascii() and word.isalpha() for word in told.replace("YAML", "").split())


@pytest.mark.parametrize(
    "text",
    [
        "id: x\nanswers:\n  act_date:2022-09-24\n",
        "id: x\nanswers:\n  act_date:2022-09-24\n  refusal: none\n",
        "id: x\nanswers:\n  refusal: none\n  act_date:2022-09-24\n",
        "id:x\n",
    ],
)
def test_a_space_that_is_missing_after_a_colon_is_named(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    outcome = run("evaluate", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Put a space after the colon." in outcome.err
    assert "2022-09-24" not in outcome.err


@pytest.mark.parametrize("words", [("verify",), ("evaluate",), ("ask", "--scenario")])
def test_an_encrypted_interview_is_told_how_to_open(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"age-encryption.org/v1\n-> scrypt x\n\xff\x00\x81")
    outcome = run(*words, path)
    assert outcome.code == 2
    assert outcome.err == f"{path}: this is an encrypted interview. Open it: assistant ask --open FILE\n"


def test_a_name_that_others_begin_with_suggests_these() -> None:
    known = ["uk332_1", "uk332_2_1", "uk339_2", "uk337"]
    assert nearest("uk332", known) == "Did you mean one of these? uk332_1, uk332_2_1"
    assert nearest("uk337_x", known) == "Did you mean 'uk337'?"
    assert nearest("uk339", known) == "Did you mean 'uk339_2'?"


def test_a_language_that_there_is_not_is_told_in_the_users_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ru")
    assert run("--lang", "fr", "check").err == "Нет языка «fr». Есть: en, ru.\n"


@pytest.mark.parametrize("status", [Status.ESTABLISHED, Status.POSSIBLE, Status.EXCLUDED])
def test_a_finding_that_the_rulebook_lacks_has_its_status_in_words(rulebook: Rulebook, status: Status) -> None:
    found = Verification(intact=True, statuses={"gone": (status, None)})
    use_language("ru")
    told = "\n".join(verification_lines(rulebook, found))
    assert status.value not in told
