"""Leave the questionnaire from each page, on a pseudo-terminal of its own, and print what the terminal received.

A script, so that the questionnaire is imported once and forked for each page, before any thread is started. Arguments:
a folder for the rulebook, which share of the ways to go, of how many, and what to plant, if anything. On standard
output: JSON, a list of :class:`Left`.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import Final, NamedTuple

CTRL_Q, RUSSIAN_Q = "\x11", "й"
PASSPHRASE = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing
CLEARED: Final = b"\x1b[3J"
ANSWERED: Final = ("1", "On which day?")
"""Keys, and what is on the screen then."""
TO_THE_END: Final = (
    ("d", "On which day?"),
    ("\td", "Was there a war?"),
    ("d", "How many days?"),
    ("\td", "He [sic] went"),
    ("d", "Did he ask a lawyer?"),
    ("d", "Look at the findings"),
)
"""Each key once its question is on the screen: before, it would not count."""
TO_A_FINDING: Final = (*TO_THE_END, ("f", "Prison is possible"), ("\x1b[B\r", "Why it has this"))


class Way(NamedTuple):
    """How to get to a page: keys, each with a text to wait for; and what the conversation begins with."""

    page: str
    steps: tuple[tuple[str, str], ...] = ()
    opens: bool = False
    blank_after: float = 300
    small: bool = False
    letters: bool = False
    """Whether the letter is tried here too: once for each kind of page on which none is typed."""


WAYS: Final = (
    Way("MainPage", letters=True),
    Way("MainPage", (("1", "On which day?"), ("24.09", "24.09"))),
    Way("HelpPage", (("?", "What happens to your answers"),), letters=True),
    Way("SafetyPage", (("a", "Before you begin"),)),
    Way("OverviewPage", (("o", "All questions"),), letters=True),
    Way("OutcomePage", (("g", "What he can be punished for"),)),
    Way("WhyPage", (("w", "Why"),), letters=True),
    Way("WhatIfPage", (("i", "What if?"),)),
    Way("ComparisonPage", (ANSWERED, ("\ti", "What if?"), ("\r", "Only supposed"))),
    Way("TimelinePage", (("c", "When which finding holds"),)),
    Way("SummaryPage", (("p", "A summary to take along"),)),
    Way("WritePage", (("p", "A summary to take along"), ("p", "File:"), ("qlta", "qlta"))),
    Way("SavePage", (("k", "File:"), ("qlta", "qlta"))),
    Way("SavePage", (("k", "File:"), ("x\r", "Passphrase:"), ("secret", "••••••"))),
    Way(
        "SavePage",
        (("k", "File:"), ("x\r", "Passphrase:"), (PASSPHRASE + "\r", "Once more:"), (PASSPHRASE + "\r", "Encrypting")),
    ),
    Way("OpenPage", (("secret", "••••••"),), opens=True),
    Way("OpenPage", (("secret-one\r", "Decrypting"),), opens=True),
    Way("NextCasePage", (ANSWERED, ("\tr", "will be forgotten"))),
    Way("FindingPage", TO_A_FINDING),
    Way("ArticlePage", (*TO_A_FINDING, ("\x1b[B" * 12 + "\r", "⟦"))),
    Way("BlankPage", blank_after=0.2, letters=True),
    Way("SmallWindow", small=True, letters=True),
)


class Left(NamedTuple):
    """What happened: the page that was left, seconds until the scrollback was cleared, and what came after the key."""

    way: str
    key: str
    page: str
    seconds: float
    code: int
    cleared_last: bool
    shown_after: str


def leave(way: Way, key: str, folder: Path, plant: str) -> Left:
    """Goes a way, presses a key, and tells what happened; a program that goes on is killed after some seconds."""
    told, tells = os.pipe()
    process, terminal = pty.fork()
    if process == 0:
        os._exit(_questionnaire(way, folder, tells, plant))
    os.close(tells)
    _resize(terminal, 80, 24)
    received = b""

    def read(until: bytes, seconds: float) -> bool:
        nonlocal received
        deadline = time.monotonic() + seconds
        while until not in received and time.monotonic() < deadline:
            try:
                if select.select([terminal], [], [], 0.01)[0]:
                    received += os.read(terminal, 65536)
            except OSError:  # noqa: PERF203  # the terminal is gone, and so is the loop
                return until in received
        return until in received

    first = "Passphrase:" if way.opens else "Was it done?"
    for keys, shows in (("", first), *way.steps):
        received = b""
        os.write(terminal, keys.encode())
        if not read(shows.encode(), 20):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return Left(way.page, key, f"did not show {shows!r}", 0, 0, cleared_last=False, shown_after="")
    if way.small:
        _resize(terminal, 30, 10)
        read(b"too small", 5)
    read(b"never", 0.6 if way.page == "BlankPage" else 0.1)
    received, begun = b"", time.monotonic()
    os.write(terminal, key.encode())
    read(CLEARED, 3)
    seconds = time.monotonic() - begun
    if CLEARED not in received:
        os.kill(process, signal.SIGKILL)
    read(b"never", 0.1)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    page = os.read(told, 100).decode()
    os.close(told)
    os.close(terminal)
    after = received.rpartition(b"\x1b[?1049l")[2]
    return Left(way.page, key, page, seconds, code, after.endswith(CLEARED), _text(after))


def _questionnaire(way: Way, folder: Path, tells: int, plant: str) -> int:
    from assistant.interview.saved import EncryptedFile
    from assistant.tui.app import Questionnaire
    from assistant.tui.terminal import leaving
    from tests.support.small_rulebook import small_rulebook

    leave_for_good = Questionnaire.leave

    def watched(app: Questionnaire, code: int) -> None:
        os.write(tells, type(app.screen).__name__.encode())
        if plant != "deaf":
            leave_for_good(app, code)

    # Not by a subclass: its look would be sought beside this file.
    Questionnaire.leave = watched  # type: ignore[assignment, method-assign]  # the window through which it is watched
    Questionnaire.BLANK_AFTER = way.blank_after
    if plant == "dirty":
        leaving.CLEAR_EVERYTHING = "act: done"  # type: ignore[misc]  # the control
    os.chdir(folder)
    sealed = EncryptedFile("x", SEALED) if way.opens else None
    return leaving.run_and_clear(Questionnaire(small_rulebook(folder), "en", to_open=sealed))


def _resize(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _text(received: bytes) -> str:
    """What could be read of it: everything but control sequences."""
    import re

    return re.sub(rb"\x1b(\[[0-9;?<=>]*[ -/]*[@-~]|[=>()].?)|[\r\n]", b"", received).decode(errors="replace")


SEALED = b""

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    # Everything once, before the first fork.
    from assistant.interview.passphrase import weakness
    from tests.support.age_by_hand import age_encrypted

    weakness(PASSPHRASE)
    SEALED = age_encrypted(b"{}".ljust(16384), PASSPHRASE, 14)
    place, share, shares, planted = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    os.environ.update(TERM="xterm-256color")
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    ways = WAYS[:1] if planted else WAYS[share::shares]
    done: list[Left] = []
    for one in ways:
        for pressed in (CTRL_Q, RUSSIAN_Q) if one.letters and not planted else (CTRL_Q,):
            left = leave(one, pressed, place, planted)
            for _again in range(2):  # other work on the machine may have held it up once
                if left.seconds > 0.3 and not planted:
                    left = leave(one, pressed, place, planted)
            done.append(left)
    json.dump([each._asdict() for each in done], sys.stdout)
