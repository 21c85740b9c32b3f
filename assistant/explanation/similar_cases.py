"""The reported cases that share a finding: how many, how they were sentenced, and which are most like given answers.

Two cases are distinguished as a court distinguishes them: by a difference that a rule for the finding makes
(``docs/decisions/0033-which-cases-are-alike.md``).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from assistant.documents.value import Value
from assistant.rulebook.case import Case, CaseSentence
from assistant.rulebook.case_check import answers_of
from assistant.rulebook.computing import completed
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import Term, gravity
from assistant.rulebook.program import Atom, atom_of, decided, period_condition
from assistant.rulebook.question import Answer, Answers, GivenBy
from assistant.rulebook.ranges import OptionSet, interval

MAX_ALIKE: Final = 2


class SentenceRange(Value):
    """The mildest and the harshest of some sentences, each exact; they are equal if there is only one."""

    mildest: CaseSentence
    harshest: CaseSentence


class CaseEvidence(Value):
    """The reported cases in which a finding came true. ``count``: how many there are.

    ``alone`` is the range of the sentences for this finding only, ``combined`` that of the sentences for this and other
    crimes together; None if no sentence is reported.

    ``most_alike`` contains at most two cases: those with the most answers in common with the given ones. A case with an
    answer against them is not among them.
    """

    count: int
    alone: SentenceRange | None = None
    combined: SentenceRange | None = None
    most_alike: tuple[Case, ...] = ()


def case_evidence(rulebook: Rulebook, answers: Answers, finding: str) -> CaseEvidence:
    """Return the reported cases in which a finding came true, and which of them are most like some answers."""
    return ReportedCases(rulebook).evidence(answers, [finding])[finding]


class ReportedCases:
    """The cases of a rulebook, prepared for the comparison with many answers."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._known: dict[str, Answers] = {}
        self._conditions: dict[str, Mapping[str, tuple[Atom, ...]]] = {}

    @cached_property
    def _of(self) -> Mapping[str, tuple[tuple[Case, ...], CaseEvidence]]:
        found: dict[str, list[Case]] = {}
        for case in self._rulebook.cases:
            for finding in case.outcome.findings:
                found.setdefault(finding, []).append(case)
        return {finding: (tuple(cases), _evidence(finding, cases)) for finding, cases in found.items()}

    def evidence(self, answers: Answers, findings: Iterable[str]) -> dict[str, CaseEvidence]:
        """Return for each finding the reported cases in which it came true; see :func:`case_evidence`."""
        given = _known(self._rulebook, answers)
        return {finding: self._evidence(given, finding) for finding in findings}

    def _evidence(self, given: Answers, finding: str) -> CaseEvidence:
        if finding not in self._of:
            return CaseEvidence(count=0)
        cases, evidence = self._of[finding]
        common = {case.id: self._in_common(given, case, finding) for case in cases}
        alike = sorted((case for case in cases if common[case.id]), key=lambda case: -common[case.id])
        return evidence.replacing(most_alike=tuple(alike[:MAX_ALIKE]))

    def _in_common(self, given: Answers, case: Case, finding: str) -> int:
        """Return how many of the given answers a case shares; 0 if one is against it."""
        known = self._known_of(case)
        shared = [question for question in given if question in known]
        conditions = self._conditions_of(finding)
        if any(_told_apart(conditions.get(name, ()), given[name], known[name]) for name in shared):
            return 0
        return sum(_have_a_point_in_common(given[name], known[name]) for name in shared)

    def _known_of(self, case: Case) -> Answers:
        """Return the answers of a case."""
        if case.id not in self._known:
            self._known[case.id] = _known(self._rulebook, answers_of(self._rulebook, case))
        return self._known[case.id]

    def _conditions_of(self, finding: str) -> Mapping[str, tuple[Atom, ...]]:
        """Return the tests of answers that the rules for a finding contain, directly or through facts, by question."""
        if finding not in self._conditions:
            atoms = dict.fromkeys(_atoms(self._rulebook, finding, set()))
            asked = {atom.question for atom in atoms}
            self._conditions[finding] = {name: tuple(a for a in atoms if a.question == name) for name in asked}
        return self._conditions[finding]


def _known(rulebook: Rulebook, answers: Answers) -> Answers:
    """Return the answers with those that follow from them; without the day of asking, and what is only planned."""
    planned = rulebook.metadata.planned
    return {
        name: answer
        for name, answer in completed(rulebook, answers).answers.items()
        if rulebook.question[name].given_by is GivenBy.PERSON
        and not (planned is not None and (name, answer) == (planned.question, planned.option))
    }


def _atoms(rulebook: Rulebook, head: str, seen: set[str]) -> Iterator[Atom]:
    seen.add(head)
    for rule in rulebook.rules_for[head]:
        conditions = {**dict.fromkeys(rule.unless, True), **rule.when}
        for node, value in [*conditions.items(), *period_condition(rulebook, rule).items()]:
            if node in rulebook.question:
                yield atom_of(rulebook.question[node], value)[0]
            elif node not in seen:
                yield from _atoms(rulebook, node, seen)


def _told_apart(atoms: Iterable[Atom], first: Answer, second: Answer) -> bool:
    """Return whether one of the answers surely passes a test that the other surely fails."""
    return any({decided(atom, first), decided(atom, second)} == {True, False} for atom in atoms)


def _have_a_point_in_common(first: Answer, second: Answer) -> bool:
    if isinstance(first, str | bool | OptionSet):
        return not {*_options(first)}.isdisjoint(_options(second))
    (low, high), (other_low, other_high) = interval(first), interval(second)  # type: ignore[arg-type]  # of one question
    ends_in_time = high is None or other_low is None or other_low <= high
    return ends_in_time and (low is None or other_high is None or low <= other_high)


def _options(answer: Answer) -> tuple[Answer, ...]:
    return answer.options if isinstance(answer, OptionSet) else (answer,)


def _evidence(finding: str, cases: Iterable[Case]) -> CaseEvidence:
    cases = list(cases)
    convicted = [case.outcome for case in cases if finding in case.outcome.convicted_of]
    return CaseEvidence(
        count=len(cases),
        alone=_range(each.sentence for each in convicted if len(each.convicted_of) == 1),
        combined=_range(each.sentence for each in convicted if len(each.convicted_of) > 1),
    )


def _range(sentences: Iterable[CaseSentence | None]) -> SentenceRange | None:
    ends = [end for sentence in sentences if sentence is not None for end in _ends(sentence)]
    if not ends:
        return None
    ends.sort(key=lambda sentence: (gravity(sentence), not sentence.suspended))
    return SentenceRange(mildest=ends[0], harshest=ends[-1])


def _ends(sentence: CaseSentence) -> Iterator[CaseSentence]:
    """Yield a sentence with its shortest and with its longest terms: it is as exact as it is reported."""
    for first in (True, False):
        yield sentence.replacing(
            **{
                kind: _exact((term.start if first else term.up_to) or term.start or term.up_to)
                for kind, term in sentence.punishments.items()
                if isinstance(term, Term)
            }
        )


def _exact(months: int | None) -> Term:
    return Term.model_validate({"from": months, "up_to": months})
