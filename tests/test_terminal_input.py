"""What the bytes of a terminal are taken for: a key, a paste, or nothing."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from assistant.tui.terminal.terminal_input import PASTE_BEGINS, PASTE_ENDS, PatientParser


def read(*pieces: str, waiting: bool = False) -> list[str]:
    """Return the names of the keys, and pastes in brackets."""
    parser = PatientParser()
    events = [event for piece in pieces for event in parser.feed(piece)]
    if waiting:
        time.sleep(0.2)
        events += [event for _each in range(20) for event in parser.tick()]
    names = (_name(event) for event in events)
    return [name for name in names if name]


def _name(event: object) -> str:
    return f"[{event.text}]" if isinstance(event, Paste) else event.key if isinstance(event, Key) else ""


def test_a_paste_is_one_event_whatever_it_holds() -> None:
    assert read("\x1b[200~\x1b2\r1\r\x1b[201~x") == ["[\x1b2\r1\r]", "x"]
    assert read("\x1b[20", "0~ab", "c\x1b[2", "01~y") == ["[abc]", "y"]


def test_a_paste_without_an_end_ends_when_nothing_follows() -> None:
    assert read("\x1b[200~abc", waiting=True) == ["[abc]"]


@pytest.mark.parametrize("broken", ["\x1b[1", "\x1b[<0;", "\x1b[99", "\x1b[2"])
def test_a_broken_sequence_is_no_key(broken: str) -> None:
    assert read(broken, waiting=True) == []
    assert read(broken + "\x1b[A") == ["up"]


@pytest.mark.parametrize("odd", ["\x1b[49;1:3u", "\x1b[99999999999999999u", "\x1b[1114112u"])
def test_a_sequence_that_makes_no_sense_is_no_key_and_does_not_end_the_reading(odd: str) -> None:
    assert read(odd + "7") == ["7"]


@pytest.mark.parametrize("before", ["\x1b[", "\x1bO", "\x1b[1;", "\x1b", ""])
def test_the_key_that_leaves_is_no_part_of_a_broken_sequence(before: str) -> None:
    assert read(before + "\x11")[-1] == "ctrl+q"


def test_real_keys_are_keys() -> None:
    assert read("\x1b[27u\x1b[27u") == ["escape", "escape"]
    assert read("\x1b\x1b", waiting=True) == ["escape", "escape"]
    assert read("\x1b", waiting=True) == ["escape"]
    assert read("\x1b[A\x1bOPй1\x1b[3~") == ["up", "f1", "й", "1", "delete"]
    assert read("\x1b[97;1;97:98u") == ["a", "b"]


@pytest.mark.parametrize("modifiers", ["", ";1", ";129"])
def test_no_key_of_a_keypad_is_left_out_between_its_digits(modifiers: str) -> None:
    """Without its point, 1.5 would be 15."""
    codes = {57400: "1", 57405: "6", 57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57415: "=", 57416: ","}
    for code, character in codes.items():
        (key,) = PatientParser().feed(f"\x1b[{code}{modifiers}u")
        assert isinstance(key, Key)
        assert (key.character, key.is_printable) == (character, True)
        (typed,) = PatientParser().feed(character)
        assert isinstance(typed, Key)
        assert key.key == typed.key


@given(st.text(max_size=40), st.lists(st.integers(0, 60), max_size=4))
def test_however_a_paste_is_cut_into_pieces_nothing_of_it_is_a_key(text: str, cuts: list[int]) -> None:
    whole = PASTE_BEGINS + text.replace(PASTE_ENDS, "") + PASTE_ENDS
    places = [0, *sorted({3, *(cut for cut in cuts if 3 < cut < len(whole))}), len(whole)]
    pieces = [whole[start:end] for start, end in itertools.pairwise(places)]
    assert read(*pieces) == [f"[{text.replace(PASTE_ENDS, '')}]"]
