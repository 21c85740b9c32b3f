"""Line by line, whatever is typed is the answer that it says, or is asked again; and nothing is lost by a slip."""

import itertools
import random
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import pytest

from assistant.plain.typed import COMMANDS, Command, Unread, understood
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Option, Question, QuestionType
from assistant.rulebook.translation import in_language
from assistant.system.language import use_language
from tests.support.line_by_line import ENDS, choices
from tests.support.random_rulebooks import LONG
from tests.support.random_rulebooks import question as asked

CANARY: Final = "zzcanary"
AWAY: Final = "In Russia, away from the unit (leave, hospital, home)"
NEGATIONS: Final = {"no", "not", "none", "нет", "не", "без", "вне", "away"}
SVO: Final = "Специальная военная операция: война не объявлена, военного положения там нет"
KEYS: Final = "qwertyuiopasdfghjklzxcvbnmйцукенгшщзхъфывапролджэячсмитьбюё?"


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
        ("place", "en", "other", ["In Ukraine, Crimea and the other occupied regions included"]),
        ("place", "ru", "другие", ["В Украине, включая Крым и другие оккупированные регионы"]),
        ("refusal", "en", "his", ["Yes, in writing or with his signature"]),
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


def test_at_every_question_a_key_alone_is_its_command_or_asked_about_and_never_an_option(spoken: Rulebook) -> None:
    for question in spoken.questions:
        for key in KEYS:
            said = understood(question, key)
            assert isinstance(said, bool | Unknown | Command | Unread), (question.id, key, said)
            if isinstance(said, Command):
                assert said.letter in COMMANDS
                assert not said.rest


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
