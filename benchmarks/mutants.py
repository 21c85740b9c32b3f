"""Hostile mutants: each rule of the rulebook changed in small ways, and who notices: ``python benchmarks/mutants.py``.

A mutant is *noticed* by a scenario whose expectation fails, or by a proof. It is *equivalent* if no complete answers
that go together give any finding another status. What is left would pass unseen: the exit code is 1 if that is more
than one in twenty of the others. ``--write`` puts the numbers into docs/verification.md; ``--check`` fails if it has
other ones.
"""

# ruff: noqa: INP001 - a script

import argparse
import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from assistant.analysis.proof import Proofs, prove
from assistant.analysis.proof.prove import failures_of
from assistant.analysis.proof.subject import Subject, starts_of_promises
from assistant.assessment.assessment import STATUS_OF, Status
from assistant.assessment.cells import cells_of
from assistant.assessment.diagram import Diagram
from assistant.assessment.space import MAX_NODES, PointSet, Space
from assistant.assessment.variable_order import constrained_together
from assistant.rulebook.condition import Range
from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.program import compile_rules
from assistant.rulebook.reassurance_limit import limit_reassurance
from assistant.rulebook.vocabulary import Period
from assistant.scenarios.scenario import Scenario, load_scenarios, scenario_files

REPORT: Final = default_folder() / "docs" / "verification.md"
NOTICED_AT_LEAST: Final = 0.95
MUTANTS_BETWEEN_CLEANING: Final = 50


LIMITS: Final = (
    "Rules compare an answer with a day, not two answers with each other. So a change counts as unnoticed although it",
    "only matters for answers that nobody has: three days of absence from 23.09.2022 on, over before 24.09.2022.",
)


class Mutant(NamedTuple):
    """A rulebook with one change in one rule."""

    rule: str
    kind: str
    what: str
    rulebook: Rulebook


class Verdict(NamedTuple):
    """Who noticed a mutant: the id of a scenario, the name of a proof, or nobody; or why nobody can."""

    mutant: Mutant
    noticed_by: str


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Every mutant that differs from the original in one rule."""
    for rule in rulebook.rules:
        for kind, what, changed in _changes(rulebook, rule):
            rules = tuple(changed if each is rule else each for each in rulebook.rules)
            yield Mutant(rule.id, kind, what, limit_reassurance(rulebook.replacing(rules=rules)))


def _changes(rulebook: Rulebook, rule: Rule) -> Iterator[tuple[str, str, Rule]]:
    for name, value in rule.when.items():
        fewer = {other: wanted for other, wanted in rule.when.items() if other != name}
        yield "drop a condition", name, rule.model_copy(update={"when": fewer})
        for kind, what, other in _other_values(rulebook, name, value):
            yield kind, what, rule.model_copy(update={"when": {**rule.when, name: other}})
    for name in rule.unless:
        kept = tuple(other for other in rule.unless if other != name)
        yield "drop an exception", name, rule.model_copy(update={"unless": kept})
    for end in ("start", "until"):
        day = getattr(rule.in_force, end)
        for step in (-1, 1) if day is not None else ():
            moved = Period(**{**dict(rule.in_force), end: day + datetime.timedelta(days=step)})
            yield "move a date by a day", f"{end} {step:+}", rule.model_copy(update={"in_force": moved})
    if rule.contested is not None:
        yield "drop contested", "", rule.model_copy(update={"contested": None})


def _other_values(rulebook: Rulebook, name: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, bool):
        yield "swap true and false", name, not value
    elif isinstance(value, Range):
        for end, bound in dict(value).items():
            for step in (-1, 1) if bound is not None else ():
                by_day = isinstance(bound, datetime.date)
                moved = bound + datetime.timedelta(days=step) if by_day else bound + step
                kind = "move a date by a day" if by_day else "move a number by one"
                yield kind, f"{name} {end} {step:+}", value.model_copy(update={end: moved})
    else:
        wanted = (value,) if isinstance(value, str) else value
        for option in wanted:
            others = tuple(other for other in wanted if other != option)
            if others:
                yield "drop an option", f"{name} {option}", others
            else:
                rest = tuple(each.id for each in rulebook.question[name].options if each.id != option)
                yield "take the other options", name, rest


class Judge:
    """Tells who notices a mutant; knows the original in a space that tells apart what any mutant does."""

    def __init__(self, rulebook: Rulebook, scenarios: Sequence[Scenario], found: Sequence[Mutant]) -> None:
        self.rulebook = rulebook
        self.scenarios = scenarios
        programs = [compile_rules(rulebook), *(compile_rules(mutant.rulebook) for mutant in found)]
        cells = cells_of(programs, starts_of_promises(rulebook))
        # Cells for every mutant are finer than the rulebook's own, so that its limit of nodes is too low for them.
        ordered = [cells[question.id] for question in rulebook.questions_by_severity]
        self.space = Space(ordered, 8 * MAX_NODES, constrained_together(programs[:1]))
        self.original = Diagram(programs[0], self.space)
        self.given = {scenario.id: self.space.answering(scenario.answers) for scenario in scenarios}

    def verdict(self, mutant: Mutant) -> Verdict:
        diagram = Diagram(compile_rules(mutant.rulebook), self.space)
        changed = [f for f in self.rulebook.finding if diagram.holds[f] != self.original.holds[f]]
        if not changed and diagram.possible == self.original.possible:
            return Verdict(mutant, "equivalent: the same for all answers, those that contradict each other too")
        for scenario in self.scenarios:
            for finding in changed:
                expected = scenario.expect.get(finding)
                if expected and self._status(diagram, finding, self.given[scenario.id]) not in expected:
                    return Verdict(mutant, f"scenario {scenario.id}")
        if not any(((diagram.holds[f] ^ self.original.holds[f]) & self.original.valid).satisfiable() for f in changed):
            return Verdict(mutant, "equivalent: only answers that contradict each other show a difference")
        if not any(self._otherwise(diagram, finding) for finding in changed):
            return Verdict(mutant, "equivalent: another dispute leaves every finding the same status")
        failure = next(failures_of(Subject(mutant.rulebook, diagram, [])), None)
        return Verdict(mutant, f"proof {failure.proof}" if failure else "")

    def _otherwise(self, diagram: Diagram, finding: str) -> bool:
        pairs = zip(diagram.outcomes(finding), self.original.outcomes(finding), strict=True)
        return any(one != other for one, other in pairs)

    @staticmethod
    def _status(diagram: Diagram, finding: str, given: PointSet) -> Status:
        return STATUS_OF[diagram.truth(finding, given)]


def judged(rulebook: Rulebook, folder: Path) -> list[Verdict]:
    loaded = [load_scenarios(file, rulebook) for file in scenario_files(folder)]
    scenarios = [scenario for each in loaded for scenario in each if isinstance(scenario, Scenario)]
    found = list(mutants(rulebook))
    judge = Judge(rulebook, scenarios, found)
    verdicts = []
    for at, mutant in enumerate(found):
        if at % MUTANTS_BETWEEN_CLEANING == 0:
            judge.space.forget_garbage()
        verdicts.append(judge.verdict(mutant))
    return verdicts


def report(verdicts: Sequence[Verdict], proofs: Proofs) -> str:
    """The numbers as Markdown, and every mutant that nobody notices or that is equivalent."""
    groups = Counter((verdict.mutant.kind, _group(verdict)) for verdict in verdicts)
    kinds = list(dict.fromkeys(verdict.mutant.kind for verdict in verdicts))
    columns = ("scenario", "proof", "equivalent", "unnoticed")
    lines = [
        "# Verification",
        "",
        f"Proofs (`assistant check --prove`): {len(proofs.failures)} promises fail, over {proofs.answers:.2e} complete",
        f"answers that contradict nothing and {len(proofs.shares)} findings.",
        "",
        "Written by `make mutants`; do not edit. Each rule of the rulebook is changed in small ways; a change that",
        "alters a finding for some answers has to be noticed by a scenario or by a proof.",
        "",
        f"| change | {' | '.join(columns)} |",
        f"|---|{'---:|' * len(columns)}",
        *(f"| {kind} | {' | '.join(str(groups[kind, column]) for column in columns)} |" for kind in kinds),
        f"| all | {' | '.join(str(sum(groups[kind, column] for kind in kinds)) for column in columns)} |",
        "",
        f"Noticed: {100 * noticed(verdicts):.1f} % of those that are not equivalent.",
    ]
    lines += ["", *LIMITS]
    for title, group in (("Unnoticed", "unnoticed"), ("Equivalent", "equivalent")):
        lines += ["", f"## {title}", ""]
        for verdict in verdicts:
            if _group(verdict) == group:
                why = f" — {verdict.noticed_by.partition(': ')[2]}" if verdict.noticed_by else ""
                lines.append(f"- `{verdict.mutant.rule}`: {verdict.mutant.kind} {verdict.mutant.what}".rstrip() + why)
    return "\n".join(lines) + "\n"


def noticed(verdicts: Sequence[Verdict]) -> float:
    groups = Counter(map(_group, verdicts))
    seen = groups["scenario"] + groups["proof"]
    return seen / (seen + groups["unnoticed"])


def _group(verdict: Verdict) -> str:
    return verdict.noticed_by.replace(":", " ").split(" ")[0] if verdict.noticed_by else "unnoticed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    rulebook = load_rulebook(default_folder())
    if not isinstance(rulebook, Rulebook):
        raise SystemExit("\n".join(map(str, rulebook)))
    verdicts = judged(rulebook, default_folder() / "tests" / "scenarios")
    proofs = prove(rulebook)
    text = report(verdicts, proofs)
    if options.write:
        REPORT.write_text(text, "utf-8")
    sys.stdout.write(text)
    if options.check and REPORT.read_text("utf-8") != text:
        raise SystemExit("docs/verification.md is stale: run `make mutants`")
    if noticed(verdicts) < NOTICED_AT_LEAST:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
