"""Line by line: what was taken is said, nothing is lost by a slip, and standard input follows the rules for files."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from assistant.assessment.assessor import Assessor
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.language import use_language
from tests.support.line_by_line import continued, conversation, piped
from tests.support.project import ROOT, SOUND
from tests.support.pseudo_terminal import program_on_a_terminal

IN_THE_SMALL_RULEBOOK: Final = ("--rulebook", str(SOUND))
ANSWERED: Final[dict[str, Reply]] = {"act_date": Unknown.DONT_KNOW}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_answer_is_confirmed_in_one_line_before_the_next_question(
    rulebook: Rulebook, assessor: Assessor, language: str
) -> None:
    use_language(language)
    spoken = in_language(rulebook, language)
    typed = ["24 сентября 2022 г.", "2", "3", "0", "1", "не знаю", "s"]
    said = conversation(assessor, spoken, typed, width=80)
    begins = {"en": "Your answer: ", "ru": "Ваш ответ: "}[spoken.language]
    told = [line.removeprefix(begins) for line in said if line.startswith(begins)]
    assert len(told) == len(typed) - 1  # the checklist says in lines of its own what was recorded
    options = [spoken.question[name].options for name in ("service_category", "refusal", "leaving_attempt")]
    words = {"en": ("I don't know", "skipped"), "ru": ("не знаю", "пропущено")}[spoken.language]
    answers = ["24.09.2022", options[0][1].text, options[1][2].text, options[2][0].text, *words]
    assert [line.split(" — ")[0] for line in told] == answers
    assert told[0].split(" — ")[1][:20] == spoken.question["act_date"].text[:20]


def test_what_is_unread_is_told_and_the_question_is_asked_again(assessor: Assessor, rulebook: Rulebook) -> None:
    said = conversation(assessor, rulebook, ["24 s 2022", "весной", "24.09.2022", "contr act", "2"])
    asked_for = [line for line in said if line.startswith("Question: ")]
    assert [asked_for.count(line) for line in dict.fromkeys(asked_for)] == [3, 2, 1]


@pytest.mark.parametrize("again", ["q", "й", "yes", "да", "y"])
def test_leaving_with_answers_asks_once(assessor: Assessor, rulebook: Rulebook, again: str) -> None:
    typed = iter(["q", again, "what is typed after leaving"])
    said = continued(assessor, rulebook, typed, ANSWERED)
    assert said[-1].startswith("Your answers will be forgotten. To leave, type q again, or yes.")
    assert list(typed) == ["what is typed after leaving"]


def test_without_an_answer_it_leaves_at_once(assessor: Assessor, rulebook: Rulebook) -> None:
    typed = iter(["q", "what is typed after leaving"])
    conversation(assessor, rulebook, typed)
    assert list(typed) == ["what is typed after leaving"]


@pytest.mark.parametrize("command", ["q", "next"])
@pytest.mark.parametrize("line", ["no", "2", "", "contract", "24.09.2022", "н"])
def test_whatever_loses_answers_does_so_only_on_a_yes(
    assessor: Assessor, rulebook: Rulebook, command: str, line: str
) -> None:
    said = continued(assessor, rulebook, ["o 1", "24.09.2022", command, line, "", "", "o"], ANSWERED)
    assert "Nothing was forgotten. This case goes on." in said
    assert any(each.endswith("— 24.09.2022") for each in said)


def test_the_end_of_the_input_leaves_without_asking() -> None:
    assert piped(*IN_THE_SMALL_RULEBOOK, typed="yes\nq\n").returncode == 0
    with program_on_a_terminal("ask", "--plain", *IN_THE_SMALL_RULEBOOK) as person:
        person.waits_for(b"Question: Did he leave?")
        person.types(b"yes\n")
        person.waits_for(b"Your answer: yes")
        person.types(b"\x04")
        assert person.ends() == 0


def test_ctrl_c_leaves_at_once_without_asking() -> None:
    with program_on_a_terminal("ask", "--plain", *IN_THE_SMALL_RULEBOOK) as person:
        person.waits_for(b"Question: Did he leave?")
        person.types(b"yes\n")
        person.waits_for(b"Your answer: yes")
        person.process.send_signal(signal.SIGINT)
        assert person.ends() == 130
        assert b"Traceback" not in person.received
        assert person.received.endswith(b"\n")


def test_a_mark_at_the_start_of_the_input_is_dropped() -> None:
    text = piped(*IN_THE_SMALL_RULEBOOK, typed="\ufeffyes\n").stdout.decode()
    assert "Your answer: yes" in text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [(), ("--lang", "ru")])
def test_utf_16_is_refused_with_one_message(encoding: str, words: tuple[str, ...]) -> None:
    outcome = piped(*IN_THE_SMALL_RULEBOOK, *words, typed="24.09.2022\r\nконтракт\n".encode(encoding))
    told = outcome.stderr.decode()
    assert outcome.returncode == 2
    assert told.count("\n") == 1
    assert "UTF-16" in told
    assert "24.09.2022" not in outcome.stdout.decode().split("Enter.")[-1]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("24.09.2022\nконтракт\n".encode("cp1251"), "2:1: byte 11 is not UTF-8."),
        (b"\xff\n", "1:1: byte 0 is not UTF-8."),
        ("24.09.2022\nда".encode()[:-1], "2:3: byte 13 is not UTF-8."),
    ],
)
def test_what_is_not_utf_8_is_named_by_its_place(typed: bytes, place: str) -> None:
    outcome = piped(*IN_THE_SMALL_RULEBOOK, typed=typed)
    assert outcome.returncode == 2
    assert outcome.stderr.decode() == f"standard input:{place} Send it as UTF-8.\n"


def test_a_passphrase_from_a_pipe_is_read_by_the_same_rules(tmp_path: Path) -> None:
    outcome = piped(*IN_THE_SMALL_RULEBOOK, typed=f"yes\nk {tmp_path / 'x'}\n".encode() + b"\xff\xff\n")
    assert outcome.returncode == 2
    assert not (tmp_path / "x").exists()


def test_a_byte_that_a_terminal_gives_by_mistake_ends_nothing() -> None:
    with program_on_a_terminal("ask", "--plain", *IN_THE_SMALL_RULEBOOK) as person:
        person.waits_for(b"Question: Did he leave?")
        person.types(b"yes\xff\n")
        person.waits_for(b"A character in it could not be read.")
        person.types(b"yes\n")
        person.waits_for(b"Your answer: yes")
        person.types(b"q\nq\n")
        assert person.ends() == 0


@pytest.mark.parametrize("length", [1000, 1001, 4001, 4002, 4003])
def test_a_line_that_is_too_long_is_not_read_in_part(length: int) -> None:
    outcome = piped(*IN_THE_SMALL_RULEBOOK, typed="да" + " " * (length - 2) + "\no\nq\nq\n")
    text = outcome.stdout.decode()
    assert ("This line was not read: it has more than 1000 characters." in text) is (length > 1000)
    assert ("Did he leave? — yes" in text) is (length <= 1000)


@pytest.mark.parametrize("variable", ["PYTHONUTF8", "LC_ALL", "PYTHONIOENCODING"])
def test_a_pipe_is_utf_8_whatever_the_environment_says(variable: str) -> None:
    values = {"PYTHONUTF8": "1", "LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}
    outcome = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--plain", *IN_THE_SMALL_RULEBOOK],
        input="да\no\n".encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), variable: values[variable]},
    )
    assert b"Your answer: yes" in outcome.stdout


@pytest.mark.parametrize("line", ["к родным", "r home", "з отпуска", "p leave", "л ну", "к добровольцам.txt"])
def test_an_answer_that_begins_like_a_command_writes_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rulebook: Rulebook, assessor: Assessor, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for language in ("en", "ru"):
        use_language(language)
        continued(assessor, in_language(rulebook, language), ["o 6", line, "все", "да", "да"], ANSWERED)
    assert list(tmp_path.iterdir()) == []
