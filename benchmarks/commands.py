"""What whole commands cost: ``python benchmarks/commands.py``.

Start-up, beside an app of Textual's own that shows one label, and ``site`` beside ``check``. Peers take turns. Printed
are processor time, median, shortest and longest, and the median of the ratios, which depend least on the machine and
on what else it does.
"""

# ruff: noqa: INP001 - a script, and what it starts is itself

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import GivenBy
from tests.support.pseudo_terminal import on_a_terminal

ROUNDS: Final = 9
PROGRAM: Final = ("-m", "assistant")
LABEL: Final = "one label"
BARE: Final = f"""
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label({LABEL!r})
Bare().run()
"""
WARM_UP: Final = 1


def worked(run: Callable[[], object]) -> float:
    """Return the seconds of processor time of the processes that are started and end in a run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def python(*words: str) -> Callable[[], object]:
    """Return a run of Python with arguments, whose output is thrown away."""
    thrown_away = subprocess.DEVNULL
    return partial(subprocess.run, [sys.executable, *words], check=True, stdout=thrown_away, stderr=thrown_away)


def drawn(*words: str, text: str) -> Callable[[], None]:
    """Return a run of Python on a terminal that is left as soon as a text is on the screen."""

    def run() -> None:
        with on_a_terminal(list(words), Path.cwd(), LC_ALL="C.UTF-8") as terminal:
            terminal.waits_for(text.encode())
            terminal.types(b"\x11")
            terminal.ends()

    return run


def tell(peers: dict[str, Callable[[], object]]) -> None:
    """Run peers in turns, and print what each cost and how many times the last of them that was."""
    rounds = [{name: worked(run) for name, run in peers.items()} for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    *_others, base = peers
    for name in peers:
        times = [each[name] for each in rounds]
        ratio = statistics.median(each[name] / each[base] for each in rounds)
        spread = f"{min(times):.3f} to {max(times):.3f}"
        sys.stdout.write(f"{name:24} {statistics.median(times):.3f} s ({spread}), {ratio:.2f} times {base}\n")


def main() -> None:
    """Tell everything."""
    rulebook = load_rulebook(default_folder())
    if not isinstance(rulebook, Rulebook):
        raise SystemExit("\n".join(map(str, rulebook)))
    first = next(each for each in rulebook.questions if each.given_by is not GivenBy.CLOCK).text.split(",")[0]
    tell(
        {
            "assistant --version": python(*PROGRAM, "--version"),
            "assistant --help": python(*PROGRAM, "--help"),
            "first question drawn": drawn(*PROGRAM, text=first),
            "a bare Textual app": drawn("-c", BARE, text=LABEL),
        }
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tell(
            {
                "assistant site": python(*PROGRAM, "site", "--output", str(folder / "site")),
                "assistant check": python(*PROGRAM, "check"),
            }
        )


if __name__ == "__main__":
    main()
