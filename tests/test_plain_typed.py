"""Line by line, whatever is typed is the answer that it says, or is asked again; and nothing is lost by a slip."""

import itertools
import os
import random
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from assistant.assessment import Assessor
from assistant.interview import Reply, Unknown
from assistant.language import use_language
from assistant.plain.typed import COMMANDS, Command, Unread, understood
from assistant.rulebook import Option, Question, QuestionType, Rulebook
from assistant.texts import in_language
from tests.conftest import ROOT, SOUND
from tests.pseudo_terminal import program_on_a_terminal
from tests.random_rulebooks import LONG
from tests.random_rulebooks import question as asked
from tests.test_plain import continued, conversation, piped

CANARY: Final = "zzcanary"
ENDS: Final = ("", ".", "!", ",", " ", " …")
YES: Final = ("yes", "Yes", "YES", "yeah", "yep", "true", "да", "Да", "ДА", "ага", "угу", "конечно", "так точно")
NO: Final = ("no", "No", "NO", "nope", "nah", "false", "нет", "Нет", "НЕТ", "неа", "не", "никак нет")
DONT_KNOW: Final = (
    *("I don't know", "I don’t know", "i dont know", "don't know", "Unknown", "unknown.", "not sure", "no idea"),
    *("не знаю", "Не знаю.", "я не знаю", "неизвестно", "не помню", "хз"),
)
AWAY: Final = "In Russia, away from the unit (leave, hospital, home)"
NEGATIONS: Final = {"no", "not", "none", "нет", "не", "без", "вне", "away"}
SVO: Final = "Специальная военная операция: война не объявлена, военного положения там нет"
KEYS: Final = "qwertyuiopasdfghjklzxcvbnmйцукенгшщзхъфывапролджэячсмитьбюё?"


@pytest.fixture(scope="module", params=["en", "ru"])
def spoken(request: pytest.FixtureRequest, rulebook: Rulebook) -> Rulebook:
    """The rulebook in one of its languages."""
    return in_language(rulebook, request.param)


@pytest.fixture(autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    if "spoken" in request.fixturenames:
        use_language(request.getfixturevalue("spoken").language)


def choices(rulebook: Rulebook) -> list[Question]:
    return [question for question in rulebook.questions if question.type is QuestionType.CHOICE]


def listed(said: object) -> list[str]:
    """The options that are listed to choose from."""
    assert isinstance(said, Unread), said
    return [line.split("  ", 2)[2] for line in said.messages if line.startswith("  ")]


def spellings(text: str) -> Iterator[str]:
    """The same to a reader: another case, other spaces, without what only helps reading."""
    yield from (text, text.upper(), text.lower(), f" {text}\t", text.replace(" ", "\u00a0"), f"\ufeff{text}\u200b")
    yield from (unicodedata.normalize("NFD", text), text.replace("ё", "е"), re.sub("[,:;()]", "", text))


def test_an_option_in_its_own_words_is_that_option_however_it_is_written(spoken: Rulebook) -> None:
    for question in choices(spoken):
        for option in question.options:
            for text in (option.text, option.id):
                for written in itertools.chain.from_iterable(spellings(text + end) for end in ENDS):
                    assert understood(question, written) == option.id, ascii(written)


def test_the_beginnings_of_an_options_words_are_that_option_or_asked_about_and_never_anything_else(
    spoken: Rulebook,
) -> None:
    for question in choices(spoken):
        for option in question.options:
            for part in itertools.islice(parts(option.text), 0, None, 1 if LONG else 3):
                for written in (part, part.upper(), part + "."):
                    said = understood(question, written)
                    assert said == option.id or isinstance(said, Unread) or is_that_of(question, said, part), (
                        ascii(written),
                        said,
                    )


def test_words_that_are_left_out_or_mistyped_never_choose_what_they_deny(spoken: Rulebook) -> None:
    chance = random.Random(14)
    for _time in range(20_000 if LONG else 400):
        question = chance.choice(choices(spoken))
        words = chance.choice(question.options).text.split()
        for _slip in range(chance.randint(1, 3)):
            at = chance.randrange(len(words))
            words[at : at + 1] = chance.choice(([], [], [words[at][1:]], [words[at][:-1]], [words[at]] * 2))
            words = [word for word in words if word] or ["?"]
        said = understood(question, " ".join(words))
        if isinstance(said, str):
            (option,) = (each for each in question.options if each.id == said)
            assert is_said_by(words_in(" ".join(words)), words_in(option.text)), (words, option.text)


def is_said_by(typed: list[str], own: list[str]) -> bool:
    """Whether the words are in a row in those of an option, with no negation before them."""
    at = [start for start in range(len(own)) if own[start : start + len(typed) - 1] == typed[:-1]]
    return any(own[start + len(typed) - 1].startswith(typed[-1]) and not NEGATIONS & set(own[:start]) for start in at)


def words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("ё", "е"))


def parts(text: str) -> Iterator[str]:
    """Every run of characters that begins with a word, but for single letters, which are keys."""
    starts = [match.start() for match in re.finditer(r"\b\w", text)]
    cut = (text[start:end].strip() for start in starts for end in range(start + 1, len(text) + 1))
    return (part for part in cut if len(re.sub(r"\W", "", part)) > 1)


def is_that_of(question: Question, said: Reply | Command, part: str) -> bool:
    """Whether the part is all the words, the id, or a yes or no of another option."""
    named = [option for option in question.options if option.id == said]
    words = part.strip(" ,.;:()").casefold()
    return any(words in {option.text.casefold(), option.id} for option in named)


def test_a_part_from_the_middle_of_a_word_is_no_answer(spoken: Rulebook) -> None:
    for question in choices(spoken):
        whole = {option.text.casefold() for option in question.options} | {option.id for option in question.options}
        for option in question.options:
            for word in re.findall(r"\w{5,}", option.text):
                for start in range(1, len(word) - 3):
                    part = word[start:].casefold()
                    others = " ".join(each.text for each in question.options).casefold()
                    if part not in whole and not re.search(rf"\b{part}", others):
                        assert isinstance(understood(question, part), Unread), (option.text, part)


@pytest.mark.parametrize(
    ("question", "language", "typed", "fits"),
    [
        ("order", "en", "order", ["No order so far"]),
        ("order", "en", "so far", ["No order so far"]),
        ("order", "en", "yes", ["Yes, by word of mouth", "Yes, in writing, or read out and signed"]),
        (
            *("order", "ru", "приказ"),
            ["Приказа пока нет", "Только разговоры: просят, уговаривают, говорят ждать приказа"],
        ),
        ("order", "ru", "нет", ["Приказа пока нет"]),
        ("regime", "en", "martial law there", ["Special military operation: no war declared, no martial law there"]),
        ("regime", "ru", "положения", [SVO]),
        ("regime", "ru", "объявлена", [SVO]),
        ("service_category", "en", "service on", ["Not in service on that day"]),
        (
            *("service_category", "ru", "контракт"),
            ["Срочник (служба по призыву, без контракта)", "Военнослужащий по контракту"],
        ),
        ("service_category", "ru", "служил", ["В тот день не служил"]),
        (
            "place",
            "en",
            "Russia",
            ["In Russia, with his unit", "In Russia, away from the unit (leave, hospital, home)"],
        ),
        ("place", "en", "the unit", ["In Russia, away from the unit (leave, hospital, home)"]),
        ("place", "en", "leave", ["In Russia, away from the unit (leave, hospital, home)"]),  # or the program?
        ("place", "ru", "Россия", ["В России, в своей части", "В России, вне части (в отпуске, в госпитале, дома)"]),
        ("place", "ru", "в Украину", ["В Украине, включая Крым и другие оккупированные регионы"]),
        (
            *("service_category", "ru", "контрактник"),
            ["Срочник (служба по призыву, без контракта)", "Военнослужащий по контракту"],
        ),
        ("refusal", "en", "thinking", ["No, and he is not thinking of it", "Not yet; he is thinking of it"]),
        ("refusal", "ru", "думает", ["Нет, и он об этом не думает", "Пока нет, он об этом думает"]),
        ("refusal", "ru", "да", ["Да, устно", "Да, письменно или под подпись"]),
        ("criminal_case", "en", "asked for", ["A commander has asked for one", "It was asked for and declined"]),
        ("criminal_case", "en", "it was asked", ["It was asked for and declined"]),
        ("criminal_case", "ru", "просили возбудить дело", ["Просили возбудить дело, но в этом отказано"]),
        ("criminal_case", "ru", "он знает", ["Нет, насколько он знает"]),
    ],
)
def test_words_that_an_option_denies_or_several_have_are_asked_about(
    rulebook: Rulebook, question: str, language: str, typed: str, fits: list[str]
) -> None:
    use_language(language)
    of = in_language(rulebook, language).question[question]
    assert listed(understood(of, typed)) == fits


@pytest.mark.parametrize(
    ("question", "language", "typed", "answer"),
    [
        ("place", "ru", "в Украине", "ukraine"),
        ("place", "ru", "В другой стране", "abroad"),
        ("place", "en", "crimea", "ukraine"),
        ("place", "en", "hospital", "russia_away"),
        ("service_category", "ru", "В тот день не служил", "not_serving"),
        ("service_category", "ru", "срочник", "conscript"),
        ("service_category", "ru", "мобилизованный", "mobilised"),
        ("service_category", "en", "contract sol", "contract"),
        ("service_category", "en", "not in service", "not_serving"),
        ("service_category", "ru", "Boеннoслужaщий по контрaкту", "contract"),  # some of its letters are Latin
        ("regime", "en", "special military operation", "special_operation"),
        ("regime", "ru", "война не объявлена", "special_operation"),
        ("regime", "en", "Martial law in", "martial_law"),
        ("order", "ru", "приказа пока нет", "none"),
        ("order", "en", "no", "none"),
        ("refusal", "ru", "пока нет", "considering"),
        ("refusal", "en", "yes, in writing", "written"),
        ("criminal_case", "ru", "нет", "none"),
        ("discharge", "ru", "да", "ordered"),
        ("rank", "en", "2)", "warrant"),
        ("rank", "en", "2.", "warrant"),
        ("rank", "en", "(2)", "warrant"),
        ("rank", "en", "２", "warrant"),
    ],
)
def test_words_that_fit_one_option_choose_it(
    rulebook: Rulebook, question: str, language: str, typed: str, answer: str
) -> None:
    use_language(language)
    assert understood(in_language(rulebook, language).question[question], typed) == answer


def test_yes_and_no_are_understood_in_all_their_usual_forms(spoken: Rulebook) -> None:
    for question in spoken.questions:
        if question.type is QuestionType.YES_NO:
            for forms, answer in ((YES, True), (NO, False)):
                for form in forms:
                    for end in ENDS:
                        assert understood(question, form + end) is answer, form
            assert (understood(question, "1."), understood(question, "2)")) == (True, False)


def test_that_one_does_not_know_is_understood_at_every_question(spoken: Rulebook) -> None:
    for question in spoken.questions:
        for form in DONT_KNOW:
            assert understood(question, form) is Unknown.DONT_KNOW, (question.id, form)
        assert understood(question, "пропустить") is understood(question, "Skip.") is Unknown.SKIPPED


def test_one_letter_is_yes_or_no_only_where_it_is_certain_and_never_the_next_case(spoken: Rulebook) -> None:
    certain = {"en": {"y": True, "n": False}, "ru": {"д": True, "н": False}}[spoken.language]
    for question in spoken.questions:
        if question.type is QuestionType.YES_NO:
            for letter in "yYnNдДнНтТ":
                said = understood(question, letter)
                expected = certain.get(letter.lower())
                assert said is expected if expected is not None else isinstance(said, Unread), (letter, said)


def test_the_letter_for_the_next_case_is_asked_about_where_an_option_begins_with_no(spoken: Rulebook) -> None:
    for question in choices(spoken):
        for letter in "nт":
            said = understood(question, letter)
            has_no = any(re.match(r"(?:no|not|none|нет)\b", option.text, re.IGNORECASE) for option in question.options)
            assert not (has_no and isinstance(said, Command)), question.id


def test_at_every_question_a_key_alone_is_its_command_or_asked_about_and_never_an_option(spoken: Rulebook) -> None:
    for question in spoken.questions:
        for key in KEYS:
            said = understood(question, key)
            assert isinstance(said, bool | Unknown | Command | Unread), (question.id, key, said)
            if isinstance(said, Command):
                assert said.letter in COMMANDS
                assert not said.rest


@pytest.mark.parametrize(
    "typed",
    ["d 3", "в Африке", "s it", "b 2", "q now", "n 1", "? x", "t x", "yes?", "да?", "yes or no", "да нет", "-1", "1 2"],
)
def test_what_is_not_certain_at_a_question_of_yes_or_no_is_asked_again(rulebook: Rulebook, typed: str) -> None:
    assert isinstance(understood(rulebook.question["left_without_leave"], typed), Unread)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("help", "?"),
        ("Помощь", "?"),
        ("back", "b"),
        ("назад", "b"),
        ("выводы", "f"),
        ("следующий случай", "n"),
        ("next", "n"),
        ("exit", "q"),
        ("выйти.", "q"),
    ],
)
def test_the_usual_commands_have_names(rulebook: Rulebook, typed: str, command: str) -> None:
    for name in ("act_date", "absence_days", "left_without_leave"):
        assert understood(rulebook.question[name], typed) == Command(command)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("contr\u00adact", "There is a character in it that cannot be seen, U+00AD."),
        ("\x1b[A\x1b[B1", "There is a character in it that cannot be seen, U+001B."),
        ("кoнтraкt zольдат", "A word in it has Latin and Cyrillic letters."),
        (CANARY, "This is no answer to the question."),
    ],
)
def test_what_is_wrong_with_a_word_is_named_and_the_word_is_not(rulebook: Rulebook, typed: str, told: str) -> None:
    said = understood(rulebook.question["service_category"], typed)
    assert isinstance(said, Unread)
    assert said.messages[0].startswith(told)
    assert CANARY not in "".join(said.messages)


def test_an_option_counts_before_any_command_also_in_another_rulebook() -> None:
    texts = ("k home", "next", "E 3", "Б", "I don't know yet", "quit smoking")
    options = tuple(Option(id=f"o{number}", text=text) for number, text in enumerate(texts))
    question = asked("x", QuestionType.CHOICE).model_copy(update={"options": options})
    for option in options:
        assert understood(question, option.text) == option.id
    assert listed(understood(question, "I don't know")) == ["I don't know yet"]
    assert listed(understood(question, "quit")) == ["quit smoking"]


def test_each_answer_is_confirmed_in_one_line_before_the_next_question(spoken: Rulebook, assessor: Assessor) -> None:
    typed = ["24 сентября 2022 г.", "2", "3", "yes", "не знаю", "s"]
    said = conversation(assessor, spoken, typed, width=80)
    begins = {"en": "Your answer: ", "ru": "Ваш ответ: "}[spoken.language]
    told = [line.removeprefix(begins) for line in said if line.startswith(begins)]
    assert len(told) == len(typed)
    options = [spoken.question[name].options for name in ("service_category", "refusal")]
    words = {"en": ("yes", "I don't know", "skipped"), "ru": ("да", "не знаю", "пропущено")}[spoken.language]
    answers = ["24.09.2022", options[0][1].text, options[1][2].text, *words]
    assert [line.split(" — ")[0] for line in told] == answers
    assert told[0].split(" — ")[1][:20] == spoken.question["act_date"].text[:20]


def test_what_is_unread_is_told_and_the_question_is_asked_again(assessor: Assessor, rulebook: Rulebook) -> None:
    said = conversation(assessor, rulebook, ["24 s 2022", "октябрь 2025", "24.09.2022", "contr act", "2"])
    asked_for = [line for line in said if line.startswith("Question: ")]
    assert [asked_for.count(line) for line in dict.fromkeys(asked_for)] == [3, 2, 1]


ANSWERED: Final[dict[str, Reply]] = {"act_date": Unknown.DONT_KNOW}


@pytest.mark.parametrize("again", ["q", "й", "yes", "да", "y"])
def test_leaving_with_answers_asks_once(assessor: Assessor, rulebook: Rulebook, again: str) -> None:
    typed = iter(["q", again, "what is typed after leaving"])
    said = continued(assessor, rulebook, typed, ANSWERED)
    assert said[-1] == "Your answers will be forgotten. To leave, type q again, or yes."
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
    said = continued(assessor, rulebook, ["o 1", "24.09.2022", command, line, "o"], ANSWERED)
    assert "Nothing was forgotten. This case goes on." in said
    assert any(each.endswith("— 24.09.2022") for each in said)


def test_the_end_of_the_input_leaves_without_asking() -> None:
    assert piped("--rulebook", str(SOUND), typed="yes\nq\n").returncode == 0
    with program_on_a_terminal("ask", "--plain", "--rulebook", str(SOUND)) as person:
        person.waits_for(b"Question: Did he leave?")
        person.types(b"yes\n")
        person.waits_for(b"Your answer: yes")
        person.types(b"\x04")
        assert person.ends() == 0


def test_ctrl_c_leaves_at_once_without_asking() -> None:
    with program_on_a_terminal("ask", "--plain", "--rulebook", str(SOUND)) as person:
        person.waits_for(b"Question: Did he leave?")
        person.types(b"yes\n")
        person.waits_for(b"Your answer: yes")
        person.process.send_signal(signal.SIGINT)
        assert person.ends() == 130
        assert b"Traceback" not in person.received


def test_a_mark_at_the_start_of_the_input_is_dropped() -> None:
    text = piped(typed="\ufeff24.09.2022\n").stdout.decode()
    assert "Your answer: 24.09.2022" in text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [(), ("--lang", "ru")])
def test_utf_16_is_refused_with_one_message(encoding: str, words: tuple[str, ...]) -> None:
    outcome = piped(*words, typed="24.09.2022\r\nконтракт\n".encode(encoding))
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
    outcome = piped(typed=typed)
    assert outcome.returncode == 2
    assert outcome.stderr.decode() == f"standard input:{place} Send it as UTF-8.\n"


def test_a_passphrase_from_a_pipe_is_read_by_the_same_rules(tmp_path: Path) -> None:
    outcome = piped(typed=f"24.09.2022\nk {tmp_path / 'x'}\n".encode() + b"\xff\xff\n")
    assert outcome.returncode == 2
    assert not (tmp_path / "x").exists()


def test_a_byte_that_a_terminal_gives_by_mistake_ends_nothing() -> None:
    with program_on_a_terminal("ask", "--plain", "--rulebook", str(SOUND)) as person:
        person.waits_for(b"Question: Did he leave?")
        person.types(b"yes\xff\n")
        person.waits_for(b"A character in it could not be read.")
        person.types(b"yes\n")
        person.waits_for(b"Your answer: yes")
        person.types(b"q\nq\n")
        assert person.ends() == 0


@pytest.mark.parametrize("length", [1000, 1001, 4001, 4002, 4003])
def test_a_line_that_is_too_long_is_not_read_in_part(length: int) -> None:
    outcome = piped("--rulebook", str(SOUND), typed="да" + " " * (length - 2) + "\no\nq\nq\n")
    text = outcome.stdout.decode()
    assert ("This line was not read: it has more than 1000 characters." in text) is (length > 1000)
    assert ("Did he leave? — yes" in text) is (length <= 1000)


@pytest.mark.parametrize("variable", ["PYTHONUTF8", "LC_ALL", "PYTHONIOENCODING"])
def test_a_pipe_is_utf_8_whatever_the_environment_says(variable: str) -> None:
    values = {"PYTHONUTF8": "1", "LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}
    outcome = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--plain", "--rulebook", str(SOUND)],
        input="да\no\n".encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), variable: values[variable]},
    )
    assert b"Your answer: yes" in outcome.stdout
