"""Keys that come in one write: what closes a page closes one, and the second finds the page below in order."""

from pathlib import Path

import pytest

from tests.monkey.actions import ESC as ESC_BYTE
from tests.monkey.actions import PASTE_BEGINS, PASTE_ENDS, Action
from tests.monkey.play import scripted
from tests.support.age_by_hand import age_encrypted
from tests.support.person import CTRL_Q, ESC, Person, two_questions

FIRST, SECOND = "On which day did it happen", "How did he serve"
PASSPHRASE = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing
PAGES = {
    "help": [("?", "What happens to your answers")],
    "safety": [("a", "Before you begin")],
    "overview": [("o", "All questions")],
    "why": [("w", "Why")],
    "what if": [("i", "What if?")],
    "calendar": [("c", "When which finding holds")],
    "summary": [("p", "A summary to take along")],
    "save": [("k", "File:")],
    "passphrase": [("k", "File:"), ("x\r", "Passphrase:")],
    "next case": [("r", "will be forgotten")],
}


@pytest.mark.parametrize(
    ("page", "escapes"), [*((page, ESC * 2) for page in PAGES), ("save", b"\x1b\x1b"), ("overview", ESC * 7)], ids=str
)
def test_two_escapes_close_one_page(tmp_path: Path, page: str, escapes: bytes) -> None:
    with two_questions(tmp_path) as session:
        somebody = Person(session)
        somebody.waits_for(FIRST)
        somebody.does([("24.09.2022\r", SECOND), *PAGES[page]])
        somebody.types(escapes)
        somebody.waits_for(SECOND)
        somebody.waits_until_quiet()  # a terminal without the newer protocol: Esc is known by what does not follow
        somebody.does([("o", "24.09.2022")])
        somebody.types(CTRL_Q)
        assert somebody.ends() == 0


@pytest.mark.parametrize("typed", ["", "secret", "secret\r"])
def test_two_escapes_close_the_page_that_opens_a_file(tmp_path: Path, typed: str) -> None:
    (tmp_path / "x").write_bytes(age_encrypted(b"{}".ljust(16384), PASSPHRASE, 14))
    with two_questions(tmp_path, "--open", "x") as session:
        somebody = Person(session)
        somebody.waits_for("Passphrase:")
        somebody.does([(typed, "Decrypting" if typed.endswith("\r") else "•" * len(typed))])
        somebody.types(ESC * 2)
        somebody.waits_until_quiet()
        somebody.types(ESC)
        somebody.waits_for(FIRST)
        somebody.types(CTRL_Q)
        assert somebody.ends() == 0


def test_a_page_and_two_escapes_in_one_write(tmp_path: Path) -> None:
    with two_questions(tmp_path) as session:
        somebody = Person(session)
        somebody.waits_for(FIRST)
        somebody.does([("24.09.2022\r", SECOND), (b"k" + ESC * 2, "")])
        somebody.types(ESC)
        somebody.waits_for(SECOND)
        somebody.types(CTRL_Q)
        assert somebody.ends() == 0


def test_a_paste_is_no_keys() -> None:
    answered = (
        Action("wait", until="act_date"),
        Action("text", b"24.09.2022"),
        Action("Enter", b"\r", until="service_category"),
    )
    pasted = PASTE_BEGINS + ESC_BYTE + b"2\r1\r" + PASTE_ENDS
    found = scripted((*answered, Action("paste", pasted, pause=0.5)))
    assert found.faults == [], str(found)
    assert found.replied == 1
