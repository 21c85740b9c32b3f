"""YAML is read as plain data with places; whatever else a file may hold is told as a problem, fast and without harm."""

import json
import os
import random
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.problem import Place, Problem, Problems
from assistant.documents.yaml_reader import MAX_DEPTH, MAX_FILE_BYTES, Document, decode, parse_yaml, read_yaml
from tests.support.random_rulebooks import thorough

SAFE_TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | SAFE_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(SAFE_TEXT, inner),
    max_leaves=20,
)
# What YAML is made of, so that random texts come near it.
SYNTAX = st.lists(st.sampled_from([*"[]{}:,-?&*!|>#%@`'\"\\ \n\t", "\r\n", "---", "...", "<<", "a", "é", "0", "!!"]))


def parse(content: bytes) -> Document | Problems:
    text = decode(content, "a.yaml")
    return (text,) if isinstance(text, Problem) else parse_yaml(text, "a.yaml")


def data(text: str) -> Any:
    document = parse_yaml(text, "a.yaml")
    assert isinstance(document, Document), document
    return document.data


def problem(text: str | bytes) -> str:
    """The one problem of a text."""
    found = parse(text if isinstance(text, bytes) else text.encode())
    assert not isinstance(found, Document)
    assert len(found) == 1
    return str(found[0])


def problem_of(path: Path) -> str:
    """The one problem of a file."""
    found = read_yaml(path, "a.yaml")
    assert not isinstance(found, Document)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize(
    "word",
    ["NO", "no", "on", "Yes", "True", "NULL", "1:30", "010", "1_000", "0x1F", "1e3", "+1", ".nan", "-.inf", "1.5"],
)
def test_a_word_that_yaml_1_1_would_turn_into_something_else_stays_text(word: str) -> None:
    assert data(f"answer: {word}") == {"answer": word}


@pytest.mark.parametrize("text", ["{{ answer }}", "{0.__class__}", "${HOME}", "%(name)s", "<b>[@click=x]</b>"])
def test_a_text_that_a_template_would_change_stays_as_it_is(text: str) -> None:
    assert data(f"text: '{text}'") == {"text": text}


def test_true_false_null_and_integers_are_themselves_unless_quoted() -> None:
    assert data("[true, false, null, ~, -12, 0, '', 'true', \"12\"]") == [
        *(True, False, None, None, -12, 0),
        *("", "true", "12"),
    ]


def test_a_day_stays_text_until_a_model_wants_a_day() -> None:
    assert data("2022-02-30") == "2022-02-30"


def test_a_number_of_five_thousand_digits_stays_text() -> None:
    assert data("9" * 5000) == "9" * 5000


@pytest.mark.parametrize("key", ["no", "1", "2022-09-24", "true", "~", "<<"])
def test_every_key_is_text(key: str) -> None:
    assert data(f"{key}: 1") == {key: 1}


def test_every_value_and_every_key_has_its_place() -> None:
    document = parse_yaml("a:\n  - b: true\n    c: [1,\n      2]\n", "a.yaml")
    assert isinstance(document, Document)
    assert document.places == {
        (): Place(path="a.yaml", line=1),
        ("a",): Place(path="a.yaml", line=2, column=3),
        ("a", 0): Place(path="a.yaml", line=2, column=5),
        ("a", 0, "b"): Place(path="a.yaml", line=2, column=8),
        ("a", 0, "c"): Place(path="a.yaml", line=3, column=8),
        ("a", 0, "c", 0): Place(path="a.yaml", line=3, column=9),
        ("a", 0, "c", 1): Place(path="a.yaml", line=4, column=7),
    }
    assert document.keys["a", 0, "c"] == Place(path="a.yaml", line=3, column=5)
    assert document.place(("a", 0, "c", "nowhere")) == document.places["a", 0, "c"]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - 2\r\n")
    assert isinstance(document, Document)
    assert document.data == {"a": 1, "b": [2]}
    assert document.place(("b", 0)) == Place(path="a.yaml", line=3, column=5)


def test_a_joiner_in_prose_is_kept() -> None:
    assert data("text: می\u200cخواهم") == {"text": "می\u200cخواهم"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: привет".encode("utf-16"), "a.yaml:1:1: byte 0 is not UTF-8. Save the file as UTF-8."),
        ("a: 1\nb: café".encode("latin-1"), "a.yaml:2:7: byte 11 is not UTF-8. Save the file as UTF-8."),
        ("a: привет".encode("cp1251"), "a.yaml:1:4: byte 3 is not UTF-8. Save the file as UTF-8."),
        (b"a: \xed\xa0\x80", "a.yaml:1:4: byte 3 is not UTF-8. Save the file as UTF-8."),
    ],
)
def test_another_encoding_is_refused_at_its_first_byte(content: bytes, told: str) -> None:
    assert problem(content) == told


@pytest.mark.parametrize(
    ("character", "name"),
    [
        *(("\t", "U+0009"), ("\0", "U+0000"), ("\x1b", "U+001B"), ("\x7f", "U+007F"), ("\x85", "U+0085")),
        *(("\u202e", "U+202E"), ("\u2066", "U+2066"), ("\u200b", "U+200B"), ("\u2028", "U+2028"), ("\ufeff", "U+FEFF")),
    ],
)
def test_an_invisible_character_is_refused_where_it_stands(character: str, name: str) -> None:
    told = f"the invisible character {name} is not allowed. Delete it; indent with spaces."
    assert problem(f"a: 1\nb: x{character}y\n") == f"a.yaml:2:5: {told}"


@pytest.mark.parametrize(
    "text", ['"\\e]52;c;AAAA\\a"', '"\\u202Etxet"', '"\\0"', '? "\\x1b[2J"\n: 1', '{"\\e": 1}', '- "\\uD800"']
)
def test_an_escape_cannot_smuggle_an_invisible_character_in(text: str) -> None:
    found = parse_yaml(text, "a.yaml")
    assert not isinstance(found, Document)
    assert str(found[0]).isprintable()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a.yaml:1:1: the file is empty. Write at least one entry."),
        ("# only a comment\n", "a.yaml:1:1: the file is empty. Write at least one entry."),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: a second document starts here. Put each document in its own file."),
        ("a: &x 1", "a.yaml:1:4: anchors and aliases are not allowed. Write the value out."),
        ("a: &x [*x]", "a.yaml:1:4: anchors and aliases are not allowed. Write the value out."),
        ("a: {<<: *x}", "a.yaml:1:9: anchors and aliases are not allowed. Write the value out."),
        ("*x : 1", "a.yaml:1:1: a key has to be plain text. Write a word before the colon."),
        ("a: !!python/name:os.system x", "a.yaml:1:4: tags are not allowed. Write the plain value."),
        ("a: ! x", "a.yaml:1:4: tags are not allowed. Write the plain value."),
        ("!!str a: 1", "a.yaml:1:1: a key has to be plain text. Write a word before the colon."),
        ("{a\n\n b: 1}", "a.yaml:1:2: a key has to be plain text. Write a word before the colon."),
        ('"a\\rb": 1', "a.yaml:1:1: a key has to be plain text. Write a word before the colon."),
        ("x" * 201 + ": 1", "a.yaml:1:1: a key has to be plain text. Write a word before the colon."),
        ("{[a]: 1}", "a.yaml:1:2: a key has to be plain text. Write a word before the colon."),
        (
            "a: 1\nb: 2\na: 3\n",
            "a.yaml:3:1: the key 'a' is here a second time; the first is in line 1. Keep one of them.",
        ),
        (
            "a: [1\n",
            (
                "a.yaml:2:1: this is not YAML. A comma or a closing ] is missing. "
                "Check indentation, quotes and colons around here."
            ),
        ),
    ],
)
def test_what_is_not_plain_data_is_told_with_its_place(text: str, told: str) -> None:
    assert problem(text) == told


def test_all_repeated_keys_are_told_at_once() -> None:
    found = parse_yaml("{a: 1, a: {b: 1, b: 2}, c: [{d: 1, d: 1}]}", "a.yaml")
    assert not isinstance(found, Document)
    assert [(each.place.column, each.message.split("'")[1]) for each in found] == [(8, "a"), (18, "b"), (36, "d")]


@pytest.mark.parametrize(
    "text",
    ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "? " * 30_000, "[" * 30_000 + "]" * 30_000],
    ids=["lists", "mappings", "entries", "keys", "closed"],
)
def test_thirty_thousand_brackets_are_refused_at_once(tmp_path: Path, text: str) -> None:
    file = tmp_path / "deep.yaml"
    file.write_text(text)
    assert problem_of(file)


def test_the_deepest_nesting_that_is_read_is_the_one_that_is_told() -> None:
    data("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert "nested more than 32 deep" in problem("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_an_alias_bomb_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    file = tmp_path / "bomb.yaml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 30)]
    file.write_text("\n".join(lines))
    assert problem_of(file) == "a.yaml:1:5: anchors and aliases are not allowed. Write the value out."


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES * 1_000_000)
    told = f"the file has {MAX_FILE_BYTES}000000 bytes; at most {MAX_FILE_BYTES} are read. Split it into smaller files."
    assert problem_of(file) == f"a.yaml: {told}"


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path, done = tmp_path / "growing.yaml", threading.Event()
    path.write_text("- a\n")

    def write() -> None:
        while not done.is_set():
            path.write_text("- a\n" * random.Random().randint(1, 1000))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = (read_yaml(path) for _ in range(100_000))
        problem = next(each[0] for each in found if isinstance(each, tuple) and "changed" in each[0].message)
    finally:
        done.set()
        writer.join()
    assert str(problem) == f"{path}: the file changed while it was read. Try again when it is finished."


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert problem_of(tmp_path / "pipe.yaml") == "a.yaml: this is not a regular file. Name a regular file."


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/dev/zero", "this is not a regular file. Name a regular file."),
        ("/dev", "this is a folder, not a file. Name a file."),
        ("nowhere.yaml", "the file cannot be read: No such file or directory. Check its name and its permissions."),
        ("x" * 5000, "the file cannot be read: File name too long. Check its name and its permissions."),
    ],
    ids=["device", "folder", "missing", "too long"],
)
def test_what_is_no_file_is_refused(path: str, told: str) -> None:
    assert problem_of(Path(path)) == f"a.yaml: {told}"


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("link.yaml")
    assert problem_of(tmp_path / "link.yaml").startswith("a.yaml: the file cannot be read: ")


@given(st.binary() | (st.text() | SYNTAX.map("".join)).map(lambda text: text.encode("utf-8", "surrogatepass")))
@thorough(400)
def test_whatever_a_file_holds_is_data_or_a_problem_inside_the_file(content: bytes) -> None:
    found = parse(content)
    if isinstance(found, Document):
        return
    assert found
    lines = content.decode("latin-1").replace("\r", "\n").split("\n")
    for each in found:
        assert str(each).isprintable()
        assert each.message
        assert 1 <= each.place.line <= len(lines) + 1  # what is missing at the end is missing after the last line
        assert 1 <= each.place.column <= len(content) + 1


@given(TREES)
@thorough(150)
def test_plain_data_comes_back_as_it_was_written(tree: object) -> None:
    assert data(json.dumps(tree, ensure_ascii=False)) == tree
    assert data(yaml.safe_dump(tree, allow_unicode=True)) == tree
