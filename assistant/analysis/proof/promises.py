"""Prove the promises of a rulebook: those it states, and those that its sources and its review imply."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.analysis.proof.failure import Failure
from assistant.analysis.proof.subject import Subject
from assistant.assessment.space import PointSet
from assistant.rulebook.condition import Range
from assistant.rulebook.evidence import Quotation, evidence
from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.program import rule_of
from assistant.rulebook.promise import Never, RestsOn
from assistant.rulebook.source import Bearing, Force
from assistant.rulebook.vocabulary import Period
from assistant.system.language import _


def contradictory_answers(subject: Subject) -> Iterator[Failure]:
    """Find impossible combinations that together exclude all answers."""
    together = subject.diagram.contradicting(subject.diagram.space.points)
    if together:
        message = _("whatever is answered contradicts one of {combinations}.")
        yield Failure(
            proof="impossible",
            subject=together[0],
            message=message.format(combinations=", ".join(together)),
            places=subject.places(*(f"impossible.{name}" for name in together)),
        )


def incompatible_pairs(subject: Subject) -> Iterator[Failure]:
    """Find incompatible facts and findings that some answers establish together."""
    for promise in subject.rulebook.incompatible:
        for pair in combinations(promise.of, 2):
            message = _("'{one}' and '{two}' are incompatible, and some answers establish both.")
            yield from _overlap(subject, f"incompatible.{promise.id}", pair, message, subject.diagram.possible)


def gaps_and_overlaps(subject: Subject) -> Iterator[Failure]:
    """Find partitions of which some answers reach no part, or establish two."""
    for promise in subject.rulebook.exactly_one_of:
        key, where = f"exactly_one_of.{promise.id}", subject.where(promise.when)
        nothing = where
        for head in promise.of:
            nothing &= ~subject.diagram.outcomes(head).may_hold
        message = _("one of {heads} has to hold, and for some answers none can.").format(heads=", ".join(promise.of))
        yield from _failure(subject, key, message, nothing, promise.of)
        for pair in combinations(promise.of, 2):
            message = _("only one of '{one}' and '{two}' may hold, and some answers establish both.")
            yield from _overlap(subject, key, pair, message, where)


def _overlap(subject: Subject, key: str, pair: tuple[str, str], message: str, where: PointSet) -> Iterator[Failure]:
    both = where & subject.diagram.surely(pair[0]) & subject.diagram.surely(pair[1])
    yield from _failure(subject, key, message.format(one=pair[0], two=pair[1]), both, pair)


def _failure(subject: Subject, key: str, message: str, wrong: PointSet, heads: Sequence[str]) -> Iterator[Failure]:
    """Return a failure with the smallest answers all of whose completions are ``wrong``, if there are any.

    It has the places of the rules that conclude one of the heads from these answers; if none does, of all its rules.
    ``key``: the proof and the id of its subject, with a dot between them.
    """
    example = subject.example(wrong, *heads)
    if example is not None:
        proof, _dot, about = key.partition(".")
        places = subject.places(key) + (subject.rules_applying(example.answers, *heads) or subject.rules_of(*heads))
        yield Failure(proof=proof, subject=about, message=message, places=places, examples=(example,))


def forbidden_findings(subject: Subject) -> Iterator[Failure]:
    """Find findings that are established where a promise forbids it."""
    for promise in subject.rulebook.never:
        for head in _findings_of(subject, promise):
            message = _("'{head}' is established by some answers where '{promise}' forbids it.")
            message = message.format(head=head, promise=promise.id)
            where = subject.where(promise.when)
            yield from _established(subject, f"never.{promise.id}", head, message, where)


def dangerous_steps(subject: Subject) -> Iterator[Failure]:
    """Find steps that are established for an act, or when they are asked about, from a day on which they do harm."""
    clock = subject.rulebook.clock_question
    for promise in subject.rulebook.dangerous:
        for asked in (subject.rulebook.metadata.date_question, clock.id if clock else None):
            message = _("the step '{head}' is established for {day} or later, where '{promise}' calls it dangerous.")
            message = message.format(head=promise.step, day=promise.start, promise=promise.id)
            where = subject.where({asked: Range(start=promise.start)}) if asked else subject.diagram.space.empty
            yield from _established(subject, f"dangerous.{promise.id}", promise.step, message, where)


def forbidden_exclusions(subject: Subject) -> Iterator[Failure]:
    """Find facts and findings that are excluded only by answers which a promise says never exclude them."""
    diagram, space = subject.diagram, subject.diagram.space
    for promise in subject.rulebook.not_excluded_by:
        for head in promise.of:
            left_open = subject.where({**promise.when, **promise.in_place_of}) & ~diagram.never(head)
            moved, exchanged = left_open, {**promise.answers, **promise.in_place_of}
            for question in exchanged:
                moved = space.exists_over(question, moved)
            excluded = subject.where({**promise.when, **promise.answers}) & diagram.never(head)
            message = _("'{head}' is excluded only by answers that '{promise}' says never exclude it.")
            message, key = message.format(head=head, promise=promise.id), f"not_excluded_by.{promise.id}"
            for failure in _failure(subject, key, message, excluded & moved, [head]):
                (shown,) = failure.examples
                others = {name: answer for name, answer in shown.answers.items() if name not in exchanged}
                # The answers that replace these must fit the others too.
                if subject.example(left_open & space.answering(others), head) is not None:
                    yield failure
                elif head not in subject.undecided:
                    subject.undecided.append(head)


def reassurance_after_the_review(subject: Subject) -> Iterator[Failure]:
    """Find reassuring findings that are established for a day after the last review."""
    last = subject.rulebook.metadata.reviewed_until
    where = subject.outside(Period(until=last), subject.rulebook.metadata.date_question)
    for finding in subject.rulebook.findings:
        if finding.tone is Tone.REASSURING:
            message = _("'{head}' reassures after the last review, {day}.").format(head=finding.id, day=last)
            yield from _established(subject, f"reviewed.{finding.id}", finding.id, message, where)


def reassurance_asked_after_the_review(subject: Subject) -> Iterator[Failure]:
    """Find findings that reassure about a future act when they are asked after the last review, or on an unknown day.

    An unknown day may be after the last review, even if all such days contradict the other answers.
    """
    clock, last = subject.rulebook.clock_question, subject.rulebook.metadata.reviewed_until
    if clock is None:
        return
    too_late = subject.outside(Period(until=last), clock.id)
    for finding in subject.rulebook.findings:
        if finding.reassures_ahead:
            missed = subject.diagram.possible & ~subject.diagram.surely(finding.id)
            unasked = ~subject.diagram.space.exists_over(clock.id, missed)
            message = _(
                "'{head}' reassures about what is still to be done, and may be asked after the last review, {day}."
            )
            message = message.format(head=finding.id, day=last)
            yield from _established(subject, f"asked.{finding.id}", finding.id, message, too_late | unasked)


def reassurance_that_outlives_its_law(subject: Subject) -> Iterator[Failure]:
    """Find rules that establish a reassuring finding for a day when a statute that they rest on was not in force."""
    for rule in subject.rulebook.rules:
        head = rule.heads[0]  # the others reassure alike, and the clauses of a rule have one body
        finding = subject.rulebook.finding.get(head)
        if finding is None or finding.tone is not Tone.REASSURING:
            continue
        clause = next(each for each in subject.diagram.program.clauses[head] if rule_of(each.id) == rule.id)
        for name in _supporting_statutes(rule):
            met = subject.diagram.surely_met(clause) & subject.outside(
                subject.rulebook.sources.statute[name].in_force, subject.rulebook.metadata.date_question
            )
            example = subject.example(met, *rule.heads)
            if example is not None:
                message = _("the rule '{rule}' reassures for a day on which '{statute}' was not in force.")
                yield Failure(
                    proof="outlives",
                    subject=rule.id,
                    message=message.format(rule=rule.id, statute=name),
                    places=subject.places(f"rules.{rule.id}", f"statutes.{name}"),
                    examples=(example,),
                )


def _established(subject: Subject, key: str, head: str, message: str, where: PointSet) -> Iterator[Failure]:
    yield from _failure(subject, key, message, subject.diagram.surely(head) & where, [head])


def _findings_of(subject: Subject, promise: Never) -> Iterator[str]:
    yield from promise.of
    if promise.tone is None and promise.rests_on is None:
        return
    for finding in subject.rulebook.findings:
        rules = subject.rulebook.rules_for[finding.id]
        resting = promise.rests_on is None or any(_rests_on(subject.rulebook, rule, promise.rests_on) for rule in rules)
        if finding.id not in promise.of and promise.tone in (None, finding.tone) and resting:
            yield finding.id


def _rests_on(rulebook: Rulebook, rule: Rule, source: RestsOn) -> bool:
    supports = evidence(rulebook, [rule])
    return any(
        (isinstance(each, Quotation) and each.passage.force is not Force.OFFICIAL) is (source is RestsOn.PASSAGE)
        for each in supports
        if each.bearing is Bearing.SUPPORTS
    )


def _supporting_statutes(rule: Rule) -> Iterator[str]:
    for citation in rule.cites:
        if citation.statute is not None and citation.bearing is Bearing.SUPPORTS:
            yield citation.statute
