"""What whole commands cost: ``python benchmarks/commands.py``.

Start-up, beside an app of Textual's own that shows one label; ``site`` beside ``check``; and many scenario files. Peers
take turns. Told are processor time, median, shortest and longest, and the median of the ratios, which depend least on
the machine and on what else it does.
"""

# ruff: noqa: INP001, S311, S603 - a script, its random answers are no secrets, and what it starts is itself

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import yaml

from assistant.assessment.assessor import Assessor
from assistant.assessment.cells import cells_of
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from tests.support.pseudo_terminal import on_a_terminal

ROUNDS: Final = 9
FEW_ROUNDS: Final = 3
SCENARIOS: Final = 2000
ANSWERS: Final = 12
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


def tell_scenarios(folder: Path) -> None:
    """Evaluate all scenarios some times, in turns with ``check``; print what that cost, and its most memory."""
    seconds, ratios, memory = [], [], []
    for _ in range(FEW_ROUNDS):
        process = subprocess.Popen([sys.executable, *PROGRAM, "evaluate", "--json", folder], stdout=subprocess.DEVNULL)
        _process, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("a scenario could not be evaluated")
        seconds.append(usage.ru_utime + usage.ru_stime)
        ratios.append(seconds[-1] / worked(python(*PROGRAM, "check")))
        memory.append(usage.ru_maxrss / 1024)
    middle = statistics.median(seconds)
    spread = f"{min(seconds):.1f} to {max(seconds):.1f}"
    rates = f"{statistics.median(ratios):.0f} times assistant check, {SCENARIOS / middle:.0f} files a second"
    sys.stdout.write(f"{SCENARIOS:,} scenario files: {middle:.1f} s ({spread}), {rates}, {max(memory):,.0f} MiB\n")


def write_scenarios(rulebook: Rulebook, folder: Path) -> None:
    """Write a file for each of many people with a few random answers that do not contradict each other."""
    chance, assessor, written = random.Random(14), Assessor(rulebook), 0
    cells = cells_of([assessor.program])
    while written < SCENARIOS:
        asked = chance.sample(rulebook.questions, ANSWERS)
        answers = {question.id: chance.choice(cells[question.id].representatives) for question in asked}
        if not assessor.assess(answers).contradictions:
            text = yaml.safe_dump({"id": f"person-{written}", "answers": answers}, sort_keys=False)
            (folder / f"{written:04}.yaml").write_text(text, "utf-8")
            written += 1


def main() -> None:
    """Tell everything."""
    rulebook = load_rulebook(default_folder())
    if not isinstance(rulebook, Rulebook):
        raise SystemExit("\n".join(map(str, rulebook)))
    first = rulebook.questions[0].text.split(",")[0]
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
        scenarios = folder / "scenarios"
        scenarios.mkdir()
        write_scenarios(rulebook, scenarios)
        tell_scenarios(scenarios)


if __name__ == "__main__":
    main()
