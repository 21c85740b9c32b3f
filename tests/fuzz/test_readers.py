"""Whatever a file holds, its reader gives a value or problems with places; Hypothesis spoils files that are good."""

import random

import pytest
from hypothesis import given

from tests.fuzz.readers import READERS, examples
from tests.support.random_rulebooks import chances, thorough

MORSELS = [
    *(b"\0", b"\xff", b"\x1b]52;c;x\x07", "\u202e".encode(), b"\xed\xa0\x80", b"\t", b"\r", b"\n", b"\n\n---\n"),
    *(b"[", b"]", b"{", b"}", b"[" * 40, b": ", b"- ", b", ", b"#", b"'", b'"', b"|", b">", b"*x", b"&x ", b"!!int "),
    *(b"? ", b"<<: ", b"id", b"null", b"~", b"true", b"unknown", b"NaN", b"1e999", b"9" * 5000, b"-0", b"2024-02-30"),
    *(b'"\\ud800"', b'"\\u0000"', b"{{x}}", b"{0.__class__}", b"../", b"/dev/zero", "а".encode(), b"x" * 2000),
]
"""What YAML, JSON, terminals and file systems stumble over."""


def spoilt(chance: random.Random, content: bytes) -> bytes:
    """The content with a few places cut out, doubled, exchanged or overwritten."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(content))
        end = min(len(content), start + chance.choice([0, 1, 2, 10, 100]))
        other = chance.randint(0, len(content))
        piece = chance.choice(
            [b"", chance.choice(MORSELS), content[start:end] * 2, content[other : other + end - start]]
        )
        content = content[:start] + piece + content[end:]
    return content


@pytest.mark.parametrize("name", READERS)
def test_files_to_begin_with_and_files_that_once_did_harm_are_read(name: str) -> None:
    for content in examples(name):
        READERS[name](content)


@pytest.mark.parametrize("name", READERS)
@thorough(40)
@given(chance=chances)
def test_a_spoilt_file_is_a_value_or_problems_with_places(name: str, chance: random.Random) -> None:
    READERS[name](spoilt(chance, chance.choice(examples(name))))


def test_a_reader_that_lets_an_exception_through_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.documents import yaml_reader

    def broken(*_given: object) -> None:
        raise KeyError

    monkeypatch.setattr(yaml_reader, "unprintable", broken)
    with pytest.raises(KeyError):
        READERS["yaml"](b"a: 1")
