"""The plain questionnaire: line by line, from a pipe or a keyboard, with everything that the screens can tell."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import EngineError
from assistant.interview.state import Checklist, begin, next_step
from assistant.plain.line_io import LineIO
from assistant.plain.standard_input import MAX_LINE_CHARACTERS
from assistant.plain.typed import Unread, command, understood
from assistant.publish.summary import summary
from assistant.publish.summary_format import summary_text
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.rulebook.vocabulary import FIRST_STAGE
from assistant.system.language import use_language
from tests.support.line_by_line import DMITRI, continued, conversation, piped
from tests.support.project import SOUND

CANARY = "zzcanary"


def test_where_there_is_no_room_for_exact_statuses_the_findings_and_the_summary_say_so(sound: Rulebook) -> None:
    told = "There is no room here for exact statuses"
    for most_nodes, times in ((0, 2), (None, 0)):
        said = conversation(Assessor(sound, most_nodes), sound, ["f", "q"])
        assert sum(told in line for line in said) == times  # in the beginning, and with the findings
        summed_up = summary_text(summary(sound, begin(Assessor(sound, most_nodes))))
        assert (told in " ".join(summed_up.split())) is bool(times)


def test_from_a_pipe_it_asks_answers_and_ends_with_the_findings_so_far(tmp_path: Path) -> None:
    outcome = piped(typed="24.09.2022\ncontract\noral\n", cwd=tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    text = outcome.stdout.decode()
    assert (
        text.index("Question: On which day") < text.index("Question: How did he serve") < text.index("Has he refused?")
    )
    assert "The input has ended. These are the findings so far." in text
    assert "The law changed on 21 and 24 September 2022 (applies, warning)" in text
    assert list(tmp_path.iterdir()) == []


def test_there_are_no_control_codes_in_what_it_says(tmp_path: Path) -> None:
    typed = b"\x1b[2J\x07" + "\u202e".encode() + b"\n?\nf all\np\nall\np \x1b]52;c;x\x07.txt\nall\nq\n"
    outcome = piped(typed=typed, cwd=tmp_path)
    assert outcome.returncode == 0
    text = outcome.stdout.decode()
    assert not [character for character in text if not character.isprintable() and character != "\n"]
    assert list(tmp_path.iterdir()) == []


def test_what_could_move_a_cursor_is_neither_said_nor_made_a_file(
    assessor: Assessor, rulebook: Rulebook, tmp_path: Path
) -> None:
    lines: list[str] = []
    io = LineIO(lines.append, lambda: "", 80)
    io.say("one\x1b[2Jtwo\u202e")
    io.say_verbatim("three\x07")
    assert lines == ["one\ufffd[2Jtwo\ufffd", "three\ufffd"]
    said = conversation(assessor, rulebook, [f"r {tmp_path}/\x1b]52;c;x.json"])
    assert "The name has characters that cannot be shown. Type another, or Enter to cancel." in said
    assert list(tmp_path.iterdir()) == []


def test_an_endless_line_is_read_without_end_and_ignored(tmp_path: Path) -> None:
    outcome = piped(typed="1" * 300_000 + "\nq\n", cwd=tmp_path)
    assert outcome.returncode == 0
    assert b"This line was not read: it has more than 1000 characters." in outcome.stdout


def test_no_answer_stands_in_the_arguments_and_a_crash_does_not_repeat_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rulebook: Rulebook
) -> None:
    from assistant import plain

    def crash(*_given: object) -> str:
        raise ValueError(CANARY)

    monkeypatch.setattr(plain, "_typed_line", crash)
    assert plain.run(rulebook) == 70
    told = capsys.readouterr()
    assert "The program stopped because of a mistake of its own: ValueError at " in told.err
    assert CANARY not in told.out + told.err


@pytest.mark.parametrize(
    "typed", ["2", "contract", "Contract soldier", "CONTRACT", " contract soldier ", "contract sol"]
)
def test_an_answer_is_a_number_a_word_or_part_of_the_words(rulebook: Rulebook, typed: str) -> None:
    assert understood(rulebook.question["service_category"], typed) == "contract"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("1", True), ("yes", True), ("ДА", True), ("true", True), ("2", False), ("No", False), ("нет", False)],
)
def test_yes_and_no_are_understood_in_both_languages(rulebook: Rulebook, typed: str, answer: bool) -> None:
    assert understood(rulebook.question["left_without_leave"], typed) is answer


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("service_category", "0"),
        ("service_category", "10"),
        ("service_category", "99999999999999999999"),
        ("service_category", "²"),
        ("service_category", "national guard"),  # there are two
        ("service_category", CANARY),
        ("service_category", "ontract sol"),
        ("left_without_leave", "yes?"),
        ("act_date", "30.02.2022"),
        ("act_date", "01/02/2022"),
        ("act_date", "31.12.2021"),
        ("absence_days", "-1"),
        ("absence_days", "many"),
    ],
)
def test_what_is_no_answer_is_told_and_never_repeated(rulebook: Rulebook, question: str, typed: str) -> None:
    said = understood(rulebook.question[question], typed)
    assert isinstance(said, Unread)
    assert all(said.messages)
    assert CANARY not in "".join(said.messages)


@pytest.mark.parametrize(
    ("typed", "letter", "rest"),
    [
        ("q", "q", ""),
        ("Q", "q", ""),
        ("й", "q", ""),
        ("Й", "q", ""),
        ("e 3", "e", "3"),
        ("у 3", "e", "3"),
        ("e3", "e", "3"),
    ],
)
def test_a_command_is_the_same_on_a_latin_and_on_a_russian_keyboard(typed: str, letter: str, rest: str) -> None:
    assert command(typed) == (letter, rest)


@pytest.mark.parametrize("typed", ["no", "да", "", "3", "yes", "l", "24.09.2022", "officer"])
def test_what_is_no_command_is_none(typed: str) -> None:
    assert command(typed) is None


def test_the_same_questions_come_in_the_same_order_as_on_the_screens(assessor: Assessor, rulebook: Rulebook) -> None:
    interview, expected, typed = begin(assessor), [], []
    while (step := next_step(rulebook, interview)) is not None:
        if "1" not in typed and next_step(rulebook, interview, FIRST_STAGE) is None:
            typed.append("1")
        expected.append(step.group.text if isinstance(step, Checklist) else step.text)
        typed.append("d")
        questions = step.questions if isinstance(step, Checklist) else (step,)
        unknown = dict.fromkeys((question.id for question in questions), Unknown.DONT_KNOW)
        interview = begin(assessor, {**interview.replies, **unknown})
    said = conversation(assessor, rulebook, typed)
    assert [line.removeprefix("Question: ") for line in said if line.startswith("Question: ")] == expected
    assert said.index("Here is the answer so far.") < said.index("No more questions. Here is the answer:")


def test_the_next_case_begins_only_on_a_yes_and_knows_nothing_of_the_last(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    kept = continued(assessor, rulebook, ["next", "n", "o"], dmitri)
    assert any(line.endswith("— 10.04.2022") for line in kept)
    fresh = continued(assessor, rulebook, ["next", "yes", "o"], dmitri)
    assert not any("10.04.2022" in line for line in fresh)


def test_a_failing_engine_loses_no_answer(small: Assessor, sound: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    fails = iter([False, True, False, False])

    def assess(answers: Mapping[str, object]) -> object:
        if next(fails, False):
            raise EngineError("the engine")
        return Assessor.assess(small, answers)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(small, "assess", assess)
    said = conversation(small, sound, ["yes", "yes", "o"])
    assert "The rules engine failed, and this reply was not taken. Everything else is as it was." in said
    assert sum(line.endswith("— yes") for line in said) == 1


def test_what_a_line_has_beyond_its_length_is_no_answer() -> None:
    outcome = piped("--rulebook", str(SOUND), typed=f"{'x' * MAX_LINE_CHARACTERS}yes\no\n")
    assert "Did he leave? — still open" in outcome.stdout.decode()


def test_a_scenario_is_opened_with_what_it_says_and_what_it_does_not_know(tmp_path: Path) -> None:
    outcome = piped("--scenario", str(DMITRI), "--id", "dmitri-refuses-with-eight-others", typed="o\nq\n")
    text = " ".join(outcome.stdout.decode().split())
    assert "On which day did it happen, or on which day would it? — 10.04.2022" in text
    assert "What is his rank? — I don't know" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--scenario", str(DMITRI)],
            "the file has several scenarios. Name one with --id: dmitri-refuses-with-eight-others, ",
        ),
        (
            ["--scenario", str(DMITRI), "--id", "nobody"],
            "there is not one scenario of that name here. Name one with --id: dmitri-",
        ),
        (["--scenario", "nowhere.yaml"], "nowhere.yaml: the file cannot be read"),
        (["--id", "dmitri"], "With --id, name a file with --scenario"),
    ],
)
def test_a_scenario_that_is_not_there_is_told(words: list[str], told: str) -> None:
    outcome = piped(*words)
    assert outcome.returncode == 2
    assert outcome.stdout == b""
    assert told in outcome.stderr.decode()


def test_it_speaks_russian_with_the_letters_of_a_russian_keyboard(assessor: Assessor, rulebook: Rulebook) -> None:
    use_language("ru")
    russian = in_language(rulebook, "ru")
    typed = iter(["10.04.2022", "й", "й", "what is typed after leaving"])
    said = conversation(assessor, russian, typed)
    assert f"Вопрос: {russian.question['act_date'].text}" in said
    assert "в — не знаю, ы — пропустить, п — главное, а — выводы, ? — помощь, й — выйти." in said
    assert list(typed) == ["what is typed after leaving"]
