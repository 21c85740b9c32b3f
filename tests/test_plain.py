"""The plain questionnaire: line by line, from a pipe or a keyboard, with everything that the screens can tell."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from assistant.assessment import Assessor, Status
from assistant.finding_group import Group, grouped
from assistant.interview import Reply, Unknown, begin, next_question, replies_of
from assistant.language import use_language
from assistant.plain.conversation import Conversation, Leave
from assistant.plain.lines import LONGEST_LINE
from assistant.plain.talk import Talk
from assistant.plain.typed import Unread, command, understood
from assistant.problem import EngineError
from assistant.report import text_report
from assistant.rulebook import Impossible, Rule, Rulebook, Tone
from assistant.scenario import Scenario, load_scenarios
from assistant.summary import summary
from assistant.summary_format import summary_text
from assistant.texts import in_language
from tests.conftest import ROOT, SOUND
from tests.random_rulebooks import CITES, question
from tests.random_rulebooks import rulebook as rulebook_of

DMITRI = ROOT / "tests" / "scenarios" / "articles" / "dmitri.yaml"
CANARY = "zzcanary"


def conversation(assessor: Assessor, rulebook: Rulebook, typed: Iterable[str], width: int = 10_000) -> list[str]:
    return continued(assessor, rulebook, typed, None, width)


def continued(
    assessor: Assessor,
    rulebook: Rulebook,
    typed: Iterable[str],
    replies: Mapping[str, Reply] | None,
    width: int = 10_000,
) -> list[str]:
    """What is said when these lines are typed, to the end of them or to the command to leave."""
    lines: list[str] = []
    coming = iter(typed)

    def read() -> str:
        try:
            return next(coming)
        except StopIteration:
            raise EOFError from None

    try:
        Conversation(assessor, rulebook, Talk(lines.append, read, width), replies).hold()
    except (EOFError, Leave):
        return lines
    raise AssertionError("a conversation ends by leaving, or with its input")


@pytest.fixture
def dmitri(rulebook: Rulebook) -> dict[str, Reply]:
    (first, *_others) = load_scenarios(DMITRI, rulebook)
    assert isinstance(first, Scenario)
    return replies_of(first)


def piped(*words: str, typed: str | bytes = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--plain", *words],
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**environment, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )


def test_findings_have_one_order_on_the_screen_line_by_line_and_in_a_report(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    (case, *_others) = load_scenarios(DMITRI, rulebook)
    assert isinstance(case, Scenario)
    assessment = assessor.assess(case.answers)
    in_groups = grouped(rulebook, assessment)  # as the screen lists them
    titles = [rulebook.finding[found.finding].title for members in in_groups.values() for found in members]
    said = continued(assessor, rulebook, ["f all", "q"], replies_of(case))
    told = [f"  {number}  {title} (" for number, title in enumerate(titles, start=1)]
    assert [begun for line in said for begun in told if line.startswith(begun)] == told
    tones = [rulebook.finding[found.finding].tone for found in in_groups[Group.APPLIES]]
    assert tones == sorted(tones, key=lambda tone: tone is Tone.REASSURING)
    assert set(tones) == set(Tone)
    report = text_report(rulebook, case, assessment)
    reported = [line.partition("] ")[2] for line in report.splitlines() if line.startswith("[")]
    shown = titles[: len(titles) - len(in_groups[Group.EXCLUDED])]
    assert all(title.startswith(begun) for title, begun in zip(shown, reported, strict=True))


def test_where_there_is_no_room_for_exact_statuses_the_findings_and_the_summary_say_so(sound: Rulebook) -> None:
    told = "There is no room here for exact statuses"
    for most_nodes, times in ((0, 2), (None, 0)):
        said = conversation(Assessor(sound, most_nodes), sound, ["f", "q"])
        assert sum(told in line for line in said) == times  # in the beginning, and with the findings
        summed_up = summary_text(summary(sound, begin(Assessor(sound, most_nodes))))
        assert (told in " ".join(summed_up.split())) is bool(times)


def test_what_a_finding_would_rest_on_is_told_though_it_is_excluded(assessor: Assessor, rulebook: Rulebook) -> None:
    first = len(rulebook.findings)
    said = conversation(assessor, rulebook, ["24.02.2022", f"e {first}"])
    assert "    Rests on: ." not in said
    assert any(line.startswith("[excluded") for line in said)
    assert any(line.startswith("    · ") for line in said)


def test_while_answers_contradict_each_other_no_command_says_what_follows(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    clash: Mapping[str, Reply] = {"refusal": "none", "letter_filed": True}
    told = "These answers contradict each other, so nothing can be said yet."
    for typed in ("t", "f", "p"):
        said = " ".join(continued(assessor, rulebook, [typed, "all", "q"], clash))
        assert said.count(told) > 1, typed  # one stands there before anything is typed
        assert "the same on every day" not in said


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
    talk = Talk(lines.append, lambda: "", 80)
    talk.say("one\x1b[2Jtwo\u202e")
    talk.draw("three\x07")
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
        ("service_category", "9"),
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
    said = conversation(assessor, rulebook, ["d"] * 100)
    asked = [line.removeprefix("Question: ") for line in said if line.startswith("Question: ")]
    interview, expected = begin(assessor), []
    while (question := next_question(rulebook, interview)) is not None:
        expected.append(question.text)
        interview = begin(assessor, {**interview.replies, question.id: Unknown.DONT_KNOW})
    assert asked == expected
    assert "Everything that can still change the findings has been asked." in said


def test_help_says_why_a_question_is_asked(assessor: Assessor, rulebook: Rulebook) -> None:
    said = conversation(assessor, rulebook, ["?"])
    assert "Why this is asked:" in said
    assert any(line.startswith("- “The law has not been reviewed for this time”: applies with:") for line in said)


def test_back_leads_to_the_question_before_and_a_revision_loses_nothing(assessor: Assessor, rulebook: Rulebook) -> None:
    said = conversation(assessor, rulebook, ["10.04.2022", "contract", "b", "b", "24.09.2022", "o"])
    assert "Your reply so far: Contract soldier" in said
    assert "Your reply so far: 10.04.2022" in said
    overview = [line.strip() for line in said]
    assert "1  On which day did it happen, or on which day would it? — 24.09.2022" in overview
    assert "2  How did he serve on that day? — Contract soldier" in overview


def test_a_revision_tells_what_it_has_changed(assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]) -> None:
    said = continued(assessor, rulebook, ["o 1", "24.09.2022"], dmitri)
    assert (
        "New: “Not executing an order, or refusing hostilities, art. 332(2.1)” — excluded before, applies now." in said
    )
    assert any(line.startswith("Gone: “Spring 2022: no legal basis to prosecute") for line in said)


def test_findings_put_what_applies_first_and_fold_what_is_merely_possible(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    folded = conversation(assessor, rulebook, ["f"])
    whole = conversation(assessor, rulebook, ["f all"])
    possible = len(begin(assessor).assessment.with_status(Status.POSSIBLE, shown=True))
    assert f"{possible} findings may apply: it depends on what is not known." in folded
    assert f"  … and {possible - 5} more." in folded
    titles = [finding.title for finding in rulebook.findings]
    assert all(any(title in line for line in whole) for title in titles)


def test_a_finding_is_explained_with_its_words_its_reasons_and_what_would_change_it(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    listed = [line.split("  ", 2) for line in continued(assessor, rulebook, ["f"], dmitri)]
    number = next(line[1] for line in listed if line[-1].startswith("Spring 2022: no legal basis to prosecute"))
    said = continued(assessor, rulebook, [f"e {number}"], dmitri)
    assert any(line.strip().startswith("· “Under Russian military rules") for line in said)
    assert "How it came about:" in said
    assert "  Met: How did he serve on that day? — Contract soldier" in said
    whole = continued(assessor, rulebook, [f"e {number} all"], dmitri)
    assert "  The rule refused-in-russia-without-war holds, because:" in whole
    assert any(line.startswith("- excluded, were the answers: On which day") and "23.02.2022" in line for line in said)
    assert len(whole) > len(said)


def test_what_if_offers_what_matters_most_and_changes_no_answer(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    said = continued(assessor, rulebook, ["w", "w 1", "o"], dmitri)
    assert any(line.startswith("  1  Did he leave the unit without permission") for line in said)
    assert any(line.startswith("Would appear: “Leaving can be read as desertion”") for line in said)
    assert "Nothing of this has been changed in your answers." in said
    assert "  4  Did he leave the unit without permission, or not come back in time? — no" in said


def test_the_timeline_keeps_to_the_width(assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]) -> None:
    said = continued(assessor, rulebook, ["t"], dmitri, width=60)
    assert "■ applies   □ may apply   ○ not established   · excluded" in said
    assert max(map(len, said)) <= 60


def test_answers_that_contradict_each_other_are_put_to_be_revised(assessor: Assessor, rulebook: Rulebook) -> None:
    clash: dict[str, Reply] = {"refusal": "none", "letter_filed": True}
    said = continued(assessor, rulebook, ["f", "7", "2", "no", "f"], clash)
    assert "You said that there was no refusal, and that a letter of refusal was handed in." in said
    assert "  2  Has he handed in a letter of refusal? — yes" in said
    assert "Type a number from 1 to 2." in said
    assert any(line.endswith("findings are excluded by the answers.") for line in said)


def test_of_answers_that_contradict_each_other_by_a_fact_alone_any_can_be_revised() -> None:
    book = rulebook_of(
        [question("a"), question("b")],
        [
            Rule(id="r", concludes="f", when={"a": True}, cites=CITES),
            Rule(id="s", concludes="z", when={"f": True, "b": True}, cites=CITES),
        ],
        ["f"],
        [Impossible(id="never", when={"f": True}, text="It never was.")],
    )
    said = conversation(Assessor(book), book, ["o 1", "yes", "1"])
    assert "It never was." in said
    assert "  1  a — yes" in said
    assert "Your reply so far: yes" in said


def test_a_summary_has_the_answers_that_are_wanted(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    said = continued(assessor, rulebook, ["p", "2", "p", "none", "p", "", "p", "99", "q"], dmitri)
    begins = [at for at, line in enumerate(said) if line == "What was answered"]
    assert len(begins) == 2
    one, none = (said[at + 2 : said.index("What applies", at)] for at in begins)
    assert [line for line in one if " — " in line] == ["- How did he serve on that day? — Contract soldier"]
    assert [line for line in none if " — " in line] == []
    assert "Type all, none, or numbers from 1 to 17, as in 1, 3. Enter or q cancels." in said
    assert said.count("Nothing was written.") == 2


@pytest.mark.parametrize("name", ["summary.txt", "summary.md", "summary.html"])
def test_a_summary_is_written_only_under_the_name_that_was_typed(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    said = continued(assessor, rulebook, [f"p {path}", "all"], dmitri)
    assert "The file will not be encrypted: whoever finds it can read it." in said
    assert "Written." in said
    assert "Contract soldier" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_way_is_written_over_only_on_a_yes(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path
) -> None:
    path = tmp_path / "summary.txt"
    path.write_text("old", "utf-8")
    said = continued(assessor, rulebook, [f"p {path}", "all", "no"], dmitri)
    assert "Nothing was written." in said
    assert path.read_text("utf-8") == "old"
    continued(assessor, rulebook, [f"p {path}", "all", "yes"], dmitri)
    assert path.read_text("utf-8") != "old"


def test_a_summary_of_another_ending_is_not_written(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path
) -> None:
    said = continued(assessor, rulebook, [f"p {tmp_path / 'summary.pdf'}", "q"], dmitri)
    assert "The name has to end in one of: .txt, .md, .html. Type it with such an ending, or Enter to cancel." in said
    assert not any(line.startswith("Which of these answers") for line in said)
    assert "Nothing was written." in said
    assert list(tmp_path.iterdir()) == []


def test_a_receipt_that_is_written_verifies(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply], tmp_path: Path
) -> None:
    path = tmp_path / "receipt.json"
    continued(assessor, rulebook, [f"r {path}"], dmitri)
    assert json.loads(path.read_text("utf-8"))["answers"]["act_date"] == "2022-04-10"
    outcome = subprocess.run(
        [sys.executable, "-m", "assistant", "verify", path], capture_output=True, check=False, cwd=ROOT
    )
    assert outcome.returncode == 0


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
    outcome = piped("--rulebook", str(SOUND), typed=f"{'x' * LONGEST_LINE}yes\no\n")
    assert "Did he leave? — open, can still matter" in outcome.stdout.decode()


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
    assert "в — не знаю, ы — пропустить, а — выводы, ? — помощь, й — выйти." in said
    assert list(typed) == ["what is typed after leaving"]
