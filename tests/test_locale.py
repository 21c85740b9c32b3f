"""The catalogues of the program's own texts: complete, compiled, and fit to stand in for the English."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from assistant.system.language import LANGUAGES, plural, use_language
from assistant.system.locale import CATALOGUES
from tests.support.project import ROOT, Run

PROGRAM: Final = ROOT / "assistant"
PLACEHOLDER: Final = re.compile(r"\{+[^{}]*\}+|%\(\w+\)[sr]|%[sr]")
TWO_LATIN_WORDS: Final = re.compile(r"[A-Za-z]{2,}[ -][A-Za-z]{2,}")

LOOKUPS: Final = {"_", "N_", "message", "plural", "counted"}
SAME_IN_RUSSIAN: Final = {
    "{question} — {answer}",
    "{speaker} ({force}) [{article}]",
    "[{labels}] {title}",
    "{penalty} ({provision})",
    "{penalty}: {condition}",
}
NAMES: Final = {"assistant ask", "CSV UTF", "Caps Lock", "JSON Schema", "JSON-LD", "assistant relocate", "engine spark"}
"""What is called so in every language."""

Identity: TypeAlias = str | tuple[str, ...]
"""A message, or its singular and plural."""


def catalogue_file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "assistant.po"


@pytest.fixture(scope="session", params=[language for language in LANGUAGES if language != "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def catalogue_of(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, language, "assistant")


@pytest.fixture(scope="session")
def catalogue(language: str) -> Catalog:
    return catalogue_of(language)


@pytest.fixture(scope="session")
def russian() -> Catalog:
    return catalogue_of("ru")


@pytest.fixture(scope="session")
def collected() -> set[Identity]:
    """What `make translations` collects."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel has no types there
    found = extract_from_dir(
        PROGRAM,
        methods,
        options,
        keywords={"_": None, "N_": None, "message": None, "plural": (1, 2), "counted": (1, 2)},
    )
    return {message for _file, _line, message, _comments, _context in found}


def messages(catalogue: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalogue if message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The translation, or its forms for different counts."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def translations(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Each form of each translation, with the message that it stands for: of a plural, the form for many."""
    for message in messages(catalogue):
        original = message.id if isinstance(message.id, str) else message.id[-1]
        yield from ((original, form) for form in forms(message))


def texts_said(path: Path) -> Iterator[ast.Call]:
    """Every call in a file that looks a text up."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOKUPS:
            yield node


def identity(call: ast.Call) -> Identity | None:
    """What a call looks up; none if that is known only when the program runs."""
    wanted = call.args[: 2 if isinstance(call.func, ast.Name) and call.func.id in {"plural", "counted"} else 1]
    words = [word.value for word in wanted if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    if not words or len(words) != len(wanted):
        return None
    return words[0] if len(words) == 1 else tuple(words)


def test_every_text_that_the_program_says_is_collected(collected: set[Identity]) -> None:
    # Inside an f-string or made at run time, a text is not found by Babel, or not under every Python.
    missed = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted(PROGRAM.rglob("*.py"))
        if path.name != "language.py"
        for call in texts_said(path)
        if identity(call) not in collected
    ]
    assert missed == []


def test_every_message_is_given_what_its_placeholders_name() -> None:
    wrong = []
    for path in sorted(PROGRAM.rglob("*.py")):
        for call in texts_said(path):
            given = {keyword.arg for keyword in call.keywords}
            if isinstance(call.func, ast.Name) and call.func.id in {"message", "counted"} and given:
                named = set(re.findall(r"\{(\w+)\}", str(identity(call)))) - {"count"}
                wrong += [f"{path.relative_to(ROOT)}:{call.lineno}"] * (named != given)
    assert wrong == []


def test_every_text_of_the_program_is_in_the_catalogue(catalogue: Catalog, collected: set[Identity]) -> None:
    assert collected - {message.id for message in messages(catalogue)} == set(), "run `make translations`"


def test_the_catalogue_keeps_no_text_that_the_program_has_lost(catalogue: Catalog, collected: set[Identity]) -> None:
    assert {message.id for message in messages(catalogue)} - collected == set(), "run `make translations`"
    assert catalogue.obsolete == {}


def test_every_text_is_translated_and_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [original for original, form in translations(catalogue) if not form.strip()] == []
    assert not catalogue.fuzzy
    assert [message.id for message in messages(catalogue) if message.fuzzy] == []


def test_the_compiled_catalogue_is_exactly_what_babel_makes_of_the_readable_one(
    language: str, catalogue: Catalog
) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    found = catalogue_file(language).with_suffix(".mo").read_bytes()
    assert found == compiled.getvalue(), "run `make translations`"


def test_every_translation_has_the_placeholders_of_its_message(catalogue: Catalog) -> None:
    wrong = [
        (original, form)
        for original, form in translations(catalogue)
        if form and sorted(PLACEHOLDER.findall(original)) != sorted(PLACEHOLDER.findall(form))
    ]
    assert wrong == []


def test_no_message_but_those_of_argparse_is_taken_for_one_with_percent_signs(catalogue: Catalog) -> None:
    # "5 % of" looks like a conversion to gettext's tools, which then complain about its translation.
    taken = {message.id: {file for file, _line in message.locations} for message in catalogue if message.python_format}
    assert {message for message, files in taken.items() if files != {"assistant/system/language.py"}} == set()
    assert {message.id for message in catalogue if message.python_format and message.python_brace_format} == set()


def test_no_text_is_said_both_alone_and_as_one_of_a_plural(collected: set[Identity]) -> None:
    # A catalogue has one entry for both, and the one or the other would stay English.
    singulars = [message[0] for message in collected if isinstance(message, tuple)]
    assert sorted(set(singulars)) == sorted(singulars)
    assert set(singulars) & {message for message in collected if isinstance(message, str)} == set()


def test_every_plural_has_all_forms_of_the_language(catalogue: Catalog) -> None:
    plurals = [message for message in messages(catalogue) if isinstance(message.id, tuple)]
    assert plurals
    all_said = [True] * catalogue.num_plurals
    assert [message.id for message in plurals if [bool(form.strip()) for form in forms(message)] != all_said] == []


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 правил"),
        (1, "1 правило"),
        (2, "2 правила"),
        (4, "4 правила"),
        (5, "5 правил"),
        (11, "11 правил"),
        (12, "12 правил"),
        (21, "21 правило"),
        (104, "104 правила"),
        (111, "111 правил"),
    ],
)
def test_russian_counts_with_one_few_and_many(count: int, text: str) -> None:
    use_language("ru")
    assert plural("{count} rule", "{count} rules", count) == text


def test_no_russian_translation_is_still_english(russian: Catalog) -> None:
    assert {original for original, form in translations(russian) if original == form} == SAME_IN_RUSSIAN
    rest = {original: PLACEHOLDER.sub("…", form) for original, form in translations(russian)}
    assert {original for original, form in rest.items() if set(TWO_LATIN_WORDS.findall(form)) - NAMES} == set()


def test_russian_texts_have_russian_quotation_marks(russian: Catalog) -> None:
    assert [form for _original, form in translations(russian) if re.search("[\"'“”„]", form)] == []


def test_the_program_speaks_russian_when_asked(run: Run, tmp_path: Path) -> None:
    told = run("evaluate", "--lang", "ru", tmp_path)
    expected = "в этой папке нет файлов сценариев. Имена файлов сценариев оканчиваются на .yaml или .yml."
    assert told.err == f"{tmp_path}: {expected}\n"
