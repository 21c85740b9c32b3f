"""The command line as a shell sees it: where options stand, which exit code, which stream, and no traceback ever."""

import argparse
import json
import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import __version__
from assistant.cli.parser import command_line
from tests.support.project import ROOT, SOUND, Run

IN_RUSSIAN = "Информация, а не юридическая консультация"
IN_ENGLISH = "Information, not legal advice"
PROGRAM = [sys.executable, "-m", "assistant"]
INSTALLED = Path(sys.executable).with_name("assistant")


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, **more}


def started(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """What the program does as a process of its own."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text("id: case\nanswers: {left: true, days: 11}\nexpect: {prison: established}\n")
    return path


@pytest.fixture
def bilingual(tmp_path: Path, case: Path) -> list[str]:
    """What to evaluate, by a rulebook in English and Russian."""
    for part in (SOUND, SOUND.with_name("sound_in_two_languages")):
        shutil.copytree(part, tmp_path / "book", dirs_exist_ok=True)
    return ["--rulebook", str(tmp_path / "book"), str(case)]


@pytest.mark.parametrize("before", [True, False])
def test_the_rulebook_can_be_named_before_and_after_the_command(run: Run, before: bool) -> None:
    words = ["--rulebook", SOUND, "check"] if before else ["check", "--rulebook", SOUND]
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith("The rulebook 'sound' is in order: 4 questions, 4 rules, 2 findings,")


def test_what_stands_after_the_command_counts(run: Run) -> None:
    assert run("--rulebook", "/nowhere", "check", "--rulebook", SOUND).code == 0


@pytest.mark.parametrize(
    "words", [["--lang", "ru", "evaluate"], ["evaluate", "--lang", "ru"], ["evaluate", "--lang=ru"]]
)
def test_the_language_can_be_named_before_and_after_the_command(
    run: Run, bilingual: list[str], words: list[str]
) -> None:
    outcome = run(*words, *bilingual)
    assert outcome.code == 0
    assert IN_RUSSIAN in outcome.out
    assert IN_ENGLISH not in outcome.out


@pytest.mark.parametrize(
    ("variables", "russian"),
    [
        ({"LANG": "ru_RU.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LANGUAGE": "ru:en"}, True),
        ({}, False),
    ],
)
def test_the_language_is_that_of_the_system_unless_it_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, bilingual: list[str], variables: dict[str, str], russian: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert (IN_RUSSIAN if russian else IN_ENGLISH) in run("evaluate", *bilingual).out
    assert IN_ENGLISH in run("evaluate", *bilingual, "--lang", "en").out


def test_the_program_without_any_word_opens_the_questionnaire_and_says_what_it_needs_for_it() -> None:
    outcome = subprocess.run(PROGRAM, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert len(outcome.stderr.splitlines()) == 1


def every_command(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of a parser's command, and of all the commands in it."""
    yield words
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from every_command(inner, (*words, name))


@pytest.mark.parametrize(("language", "usage"), [("en", "usage: "), ("ru", "использование: ")])
@pytest.mark.parametrize("command", every_command(command_line()), ids=" ".join)
def test_every_command_has_help_in_every_language(
    run: Run, language: str, usage: str, command: tuple[str, ...]
) -> None:
    outcome = run("--lang", language, *command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{usage}assistant")


@pytest.mark.parametrize(
    "words",
    [
        ["evalute"],
        ["evaluate"],
        ["schema"],
        ["schema", "rule"],
        ["--lang", "d/e", "check"],
        ["check", "--rulebok", "."],
        ["check", "--lan", "ru"],
    ],
)
def test_what_is_no_command_is_bad_input_with_usage_on_standard_error(run: Run, words: list[str]) -> None:
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("usage: assistant")


def test_a_language_that_neither_program_nor_rulebook_speaks_is_bad_input(run: Run) -> None:
    assert run("--lang", "de", "check") == (2, "", 'There is no language "de". Available: en, ru.\n')


@pytest.mark.parametrize("command", [[], ["ask"], ["check"], ["evaluate", "case.yaml"]])
def test_a_folder_that_is_no_rulebook_is_bad_input_for_every_command(
    run: Run, tmp_path: Path, command: list[str]
) -> None:
    outcome = run(*command, "--rulebook", tmp_path)
    told = "there is no rulebook here: it has no file rules/*.yaml. Name a folder that has rules/ in it."
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"{tmp_path}: {told}\n")


def test_a_schema_is_printed_even_where_the_rulebook_is_broken(run: Run, tmp_path: Path) -> None:
    assert run("schema", "rules", "--rulebook", tmp_path).code == 0


def test_the_rulebook_that_the_program_comes_with_is_in_order(run: Run) -> None:
    outcome = run("check")
    assert (outcome.code, outcome.out) == (0, "")
    assert "is in order" in outcome.err


def test_data_goes_to_standard_output_and_the_rest_to_standard_error(run: Run, case: Path) -> None:
    outcome = run("evaluate", "--json", "--rulebook", SOUND, case, "nowhere.yaml")
    assert outcome.code == 2
    assert [report["id"] for report in json.loads(outcome.out)] == ["case"]
    assert outcome.err.startswith("nowhere.yaml: ")


@pytest.mark.parametrize("program", [PROGRAM, [str(INSTALLED)]], ids=["module", "installed"])
def test_the_program_runs_as_a_module_and_as_a_command(program: list[str]) -> None:
    ran = subprocess.run([*program, "--version"], capture_output=True, check=False, text=True, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"assistant {__version__}\n", "")


def test_a_bad_rulebook_ends_a_process_with_its_problems_only(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "bad.yaml").write_text("rulez: []\n")
    ran = started("check", "--rulebook", tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "rules/bad.yaml:1:1: the key 'rulez' is not known here. Did you mean 'rules'?\n"


def test_neither_the_engine_nor_the_terminal_is_imported_before_it_is_needed() -> None:
    code = "import assistant.cli, sys; print([m for m in sys.modules if m.split('.')[0] in %r])"
    heavy = ("textual", "rich", "durable_rules_engine", "durable", "oxidd")
    ran = subprocess.run(
        [sys.executable, "-c", code % (heavy,)], capture_output=True, check=True, text=True, timeout=60
    )
    assert ran.stdout == "[]\n"


def test_who_reads_only_the_beginning_gets_no_traceback(case: Path) -> None:
    for words in (["schema", "rules"], ["evaluate", "--rulebook", str(SOUND), str(case)]):
        reading, writing = os.pipe()
        os.close(reading)
        ran = subprocess.run(
            [*PROGRAM, *words],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),  # buffered, so that the little that is printed is written when the program ends
            text=True,
            timeout=60,
        )
        os.close(writing)
        assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="/dev/full, a disk that is always full, is not on every system"
)
def test_a_full_disk_is_told_without_a_traceback() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*PROGRAM, "schema", "rules"], stdout=full, stderr=subprocess.PIPE, check=False, text=True, timeout=60
        )
    assert (ran.returncode, ran.stderr) == (2, "The output cannot be written: No space left on device.\n")


def test_an_interruption_ends_the_program_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text("".join(f"- {{id: case-{at}, answers: {{}}}}\n" for at in range(200)))
    words = ["evaluate", "--json", "--rulebook", str(SOUND), str(tmp_path)]
    with subprocess.Popen(
        [*PROGRAM, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        # More is printed than a pipe holds: once the first of it is there, the program waits to write the rest.
        assert select.select([process.stdout], [], [], 60)[0]
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert (process.wait(60), process.stderr.read()) == (130, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_russian_letters_gets_english_and_is_told_why(bilingual: list[str], encoding: str) -> None:
    ran = in_encoding(encoding, "--lang", "ru", "evaluate", *bilingual)
    assert ran.returncode == 0
    assert ran.stderr == b'This terminal\'s encoding cannot write "ru"; set another, as in LANG=C.UTF-8.\n'
    assert IN_ENGLISH.encode("ascii", "replace") in ran.stdout


def test_a_terminal_without_some_signs_gets_question_marks_for_them(bilingual: list[str]) -> None:
    ran = in_encoding("koi8-r", "--lang", "ru", "evaluate", *bilingual)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"?" in ran.stdout


@pytest.mark.parametrize(
    ("closed", "code", "told"),
    [
        ("<&-", 0, b""),
        (">&-", 2, b"The output cannot be written: Bad file descriptor.\n"),
        ("2>&-", 0, b""),
        ("<&- >&- 2>&-", 2, b""),
    ],
)
def test_a_closed_stream_is_told_if_it_keeps_data_from_being_written(
    bilingual: list[str], closed: str, code: int, told: bytes
) -> None:
    ran = in_a_shell(*PROGRAM, "evaluate", *bilingual, then=closed)
    assert (ran.returncode, ran.stderr) == (code, told)


def test_a_command_that_has_no_data_does_not_mind_a_closed_output() -> None:
    ran = in_a_shell(*PROGRAM, "check", "--rulebook", str(SOUND), then=">&-")
    assert ran.returncode == 0
    assert ran.stderr.startswith(b"The rulebook 'sound' is in order")


def test_a_questionnaire_whose_output_cannot_be_written_says_so() -> None:
    ran = in_a_shell(*PROGRAM, "ask", "--plain", "--rulebook", str(SOUND), then=">&-", typed=b"1\n")
    assert (ran.returncode, ran.stderr) == (2, b"The output cannot be written: Bad file descriptor.\n")


@pytest.mark.skipif(sys.platform != "linux", reason="core dumps are forbidden by prctl, which is Linux's own")
def test_a_process_that_forbids_core_dumps_has_neither_limit_nor_leave_for_one() -> None:
    asked = (
        "import ctypes, resource; from assistant.system.core_dump import forbid_core_dumps; forbid_core_dumps();"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, cwd=ROOT, timeout=60)
    assert ran.stdout == b"(0, 0) 0\n"


def in_a_shell(*words: str, then: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What a command does, with what the shell does for it written behind it."""
    command = f"{shlex.join(words)} {then}"
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, input=typed, timeout=60)


def in_encoding(encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    told = environment(PYTHONIOENCODING=encoding)
    return subprocess.run([*PROGRAM, *words], capture_output=True, check=False, env=told, timeout=60)
